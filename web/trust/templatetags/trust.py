"""Entries of the audit log in plain words."""

from __future__ import annotations

from typing import Any

from auditlog.models import LogEntry
from django import template
from django.db.models import Model

from trust.log_pages import told as told_by
from trust.masking import masked_text
from trust.reveals import key_of

register = template.Library()

HIDDEN = {"event", "by"}  # said by the sentence already


@register.filter
def key(what: Model) -> str:
    """Name a conversation or a booking in the address of a form."""
    return key_of(what)


@register.filter
def masked(text: str) -> str:
    """Cover the personal data in a text."""
    return masked_text(text)


@register.filter
def told(entry: LogEntry) -> str:
    """Say what an entry records."""
    return told_by(entry)


@register.filter
def who(entry: LogEntry) -> str:
    """Name who did it: a person, a command on the server, or nobody who was signed in."""
    if entry.actor:
        return str(entry.actor.get_username())
    return "command" if (entry.additional_data or {}).get("by") == "command" else "not signed in"


@register.filter
def details(entry: LogEntry) -> list[tuple[str, Any]]:
    """List what an entry says besides."""
    return [(name, value) for name, value in (entry.additional_data or {}).items() if name not in HIDDEN]
