"""The page of figures, each of them as CSV, and one row a conversation as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from figures.all import FIGURES, every, headline
from figures.files import csv_lines, json_lines
from figures.period import Period
from figures.rows import COLUMNS, rows_of
from trust.access import needs, staff
from trust.audit import Event, record_event
from trust.rights import Right

QUICK = ((7, "7 days"), (30, "30 days"), (90, "90 days"), (365, "A year"))


@needs(Right.FIGURES)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show all figures of a period."""
    period, today = Period.read(request.GET.dict()), timezone.localdate()
    tables = every(period)
    quick = [(today - timedelta(days=days - 1), today, name) for days, name in QUICK]
    context = {"tables": tables, "period": period, "headline": headline(tables), "quick": quick}
    return render(request, "figures/index.html", context)


@needs(Right.FIGURES)
@require_GET
def table(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """Give one figure as CSV."""
    if name not in FIGURES:
        raise Http404
    period = Period.read(request.GET.dict())
    found = FIGURES[name](period)
    record_event(request, staff(request), Event.EXPORTED, figure=name, period=str(period))
    return file(csv_lines(found.columns, found.rows), f"{name}-{period.first}-{period.last}.csv", "text/csv")


@needs(Right.EXPORT)
@require_POST
def conversations(request: HttpRequest) -> StreamingHttpResponse:
    """Give one row a conversation, as CSV or JSON lines; who took it, and for which days, is written down first."""
    period, form = Period.read(request.POST.dict()), request.POST.get("form", "")
    write = {"csv": csv_lines, "jsonl": json_lines}.get(form)
    if write is None:
        raise Http404
    record_event(request, staff(request), Event.EXPORTED, rows="one a conversation", form=form, period=str(period))
    kind = "text/csv" if form == "csv" else "application/x-ndjson"
    return file(write(COLUMNS, rows_of(period)), f"conversations-{period.first}-{period.last}.{form}", kind)


def file(lines: Iterator[str], name: str, kind: str) -> StreamingHttpResponse:
    """Send lines as a file to store, never to show."""
    answer = StreamingHttpResponse(lines, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
