"""Plain words for what the machine writes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cases.models import Change, Concern
from cases.work import sentence
from chat.models import Disposition

register = template.Library()

BOLD = re.compile(r"\*\*(.+?)\*\*")
ASSERTIONS = {
    "present": "is there",
    "possible": "may be there",
    "absent": "is not there",
    "past": "was there in the past",
    "hypothetical": "asked about in general",
    "other_person": "somebody else has it",
}


@register.filter
def plain(name: object) -> str:
    """Write a name as words: "cannot_open" as "cannot open"."""
    return str(name or "").replace("_", " ").replace(".", ": ")


@register.filter
def assertion(name: object) -> str:
    """Say how a finding is meant."""
    return ASSERTIONS.get(str(name), plain(name))


@register.filter
@lru_cache(maxsize=16)
def level_mark(level: str | None) -> SafeString:
    """Draw a level with its shape and name, as level.html does; in a list it is drawn for each row."""
    return render_to_string("console/level.html", {"level": level})


@register.filter
def level_name(level: object) -> str:
    """Give the name of a level."""
    return Disposition(str(level)).label if level in Disposition.values else "Not assessed"


@register.filter
def lines(text: str) -> SafeString:
    """Write an answer as the visitor saw it: paragraphs, and **bold** as bold."""
    safe = [BOLD.sub(r"<strong>\1</strong>", escape(line)) for line in text.splitlines() if line.strip()]
    return format_html_join("", "<p>{}</p>", ((mark_safe(line),) for line in safe))  # noqa: S308 - escaped above


@register.filter
def percent(share: float | None) -> str:
    """Write a share as a percentage."""
    return "" if share is None else f"{share:.0%}"


@register.filter
def listed(value: Any) -> str:
    """Write one value or several as text."""
    return ", ".join(plain(one) for one in value) if isinstance(value, list | tuple) else plain(value)


@register.filter
def words_said(value: Any) -> list[str]:
    """Give the visitor's words of a reason, which may be one string or several."""
    return [value] if isinstance(value, str) and value else list(value or [])


@register.filter
def short(known: object) -> str:
    """Give the number of a conversation as people read it out."""
    return str(known)[:8]


@register.filter
def undone_by(tags: str) -> str:
    """Give the number of the change that a notice offers to undo, or nothing."""
    found = re.fullmatch(r"undo-(\d+)", tags or "")
    return found[1] if found else ""


@register.filter
def concern_name(value: str) -> str:
    """Say why somebody should look."""
    return Concern(value).label if value in Concern.values else plain(value)


@register.filter
def did(change: Change) -> str:
    """Say what a change of a case did."""
    return sentence(change)
