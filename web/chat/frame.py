"""The frame around the talk: its words in the visitor's language, and the script that puts the chat on any page."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from chat import formatting

WORDS = Path(__file__).parent / "words"
START = ("what", "check", "removal", "booking")  # topics to choose from in an empty conversation
FRESH_SECONDS = 300


@cache
def words_in(language: str) -> dict[str, Any]:
    """Read the words of a language; those of English when we have none for it."""
    known = {path.stem: path for path in WORDS.glob("*.yml")}
    path = known.get(language.lower().split("-")[0], known["en"])
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def topics() -> dict[str, dict[str, str]]:
    """Give what a page can open the chat on: {name: {title, say}}."""
    return dict(words_in("en")["topics"])


def frame(language: str = "en") -> dict[str, Any]:
    """Give all that the widget shows of its own: words, notices, topics, and where the other pages are."""
    words = words_in(language)
    first = words["english_only"]
    return {
        **words,
        "clinic": settings.CLINIC_NAME,
        "notice": formatting.blocks(f"{first}\n{settings.FIRST_NOTICE}"),
        "help": formatting.blocks(f"{first}\n{settings.WHERE_TO_GET_HELP}"),
        "start": START,
        "privacy": reverse("chat:privacy"),
    }


@cache_control(public=True, max_age=FRESH_SECONDS)
@require_safe
def words(request: HttpRequest, language: str) -> HttpResponse:
    """Give the frame in another language than English."""
    if not (WORDS / f"{language}.yml").is_file():
        raise Http404
    return JsonResponse(frame(language))


@cache_control(public=True, max_age=FRESH_SECONDS)
@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    """Give the script for a page: the English frame comes inside it, so that it is there whenever the script is."""
    # "<" could end the script if somebody put this text into a page; in a JSON string it may always be escaped
    script = json.dumps(frame(), ensure_ascii=False).replace("<", "\\u003C")
    context = {"frame": script, "module": static("chat/triage-chat.js")}
    return render(request, "chat/embed.js", context, content_type="text/javascript; charset=utf-8")
