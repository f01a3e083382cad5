"""Pages around the chat: the clinic's demo page, the privacy note, and whether we are well."""

from __future__ import annotations

from functools import cache as cache_forever
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chat import rasa


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the clinic's page about milia, with the assistant on it."""
    words = {"clinic": settings.CLINIC_NAME, "notice": settings.FIRST_NOTICE, "help": settings.WHERE_TO_GET_HELP}
    return render(request, "chat/home.html", words)


@never_cache
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, why, for how long, and how to see or erase it."""
    context = {
        "clinic": settings.CLINIC_NAME,
        "contact": settings.PRIVACY_CONTACT,
        "keep_days": settings.CHAT_KEEP_DAYS,
        "cookie_days": settings.CHAT_COOKIE_SECONDS // 86400,
    }
    return render(request, "chat/privacy.html", context)


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Describe the public interface for programs."""
    return JsonResponse(description())


@cache_forever
def description() -> dict[str, Any]:
    """Read `openapi.yml` once."""
    return dict(yaml.safe_load((Path(__file__).parent / "openapi.yml").read_text(encoding="utf-8")))


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether the database works (else 503) and whether Rasa answers (without it we still give the advice)."""
    parts = {"database": database_state(), "rasa": rasa_state()}
    return JsonResponse(parts, status=200 if parts["database"] == "up" else 503)


def database_state() -> str:
    """Ask the database for one row."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM chat_conversation LIMIT 1")
    except DatabaseError:
        return "down"
    return "up"


def rasa_state() -> str:
    """Ask Rasa, at most once in two seconds: this address is public."""
    state: str | None = cache.get_or_set("rasa_state", lambda: "up" if rasa.is_up() else "down", timeout=2)
    return state or "down"
