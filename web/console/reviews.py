"""Pages about reviews: the list, and the reviews as a file for developers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from console.access import Right, needs, record_reading
from console.models import Review

PAGE = 50


@needs(Right.TEACH)
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """List the reviews, newest first."""
    rows = Review.objects.select_related("message", "reviewer")
    found, more = page_before(rows, request)
    return render(request, "console/reviews.html", {"rows": found, "more": more})


def page_before(rows: Any, request: HttpRequest) -> tuple[list[Any], int | None]:
    """Give one page of rows in order of -id, and the id where the next one begins."""
    before = request.GET.get("before", "")
    found = list((rows.filter(pk__lt=int(before)) if before.isdecimal() else rows)[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


@needs(Right.TEACH)
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Give all reviews as JSON lines, oldest first."""
    rows = Review.objects.select_related("message", "reviewer").prefetch_related("message__assessments").order_by("pk")
    newest = rows.last()
    if newest:
        record_reading(request, newest)
    file = StreamingHttpResponse(lines(rows), content_type="application/x-ndjson; charset=utf-8")
    file["Content-Disposition"] = 'attachment; filename="reviews.jsonl"'
    return file


def lines(rows: Any) -> Iterator[str]:
    """Write one line a review."""
    for row in rows.iterator(chunk_size=500):
        yield json.dumps(record(row), ensure_ascii=False) + "\n"


def record(row: Review) -> dict[str, Any]:
    """Say what was understood and what should have been."""
    message = row.message
    decided = list(message.assessments.all())
    return {
        "message": message.pk,
        "text": message.text,
        "intent": message.intent,
        "confidence": message.confidence,
        "findings": message.findings,
        "flags": message.flags,
        "disposition": decided[-1].disposition if decided else None,
        "knowledge_version": decided[-1].knowledge_version if decided else None,
        "verdict": row.verdict,
        "should": {"understood": row.understood, "disposition": row.level or None},
        "reviewer": row.reviewer.get_username(),
        "reviewed_at": row.created_at.isoformat(),
    }
