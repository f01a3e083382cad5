"""Filters that show a message on a page without JavaScript as the widget shows it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from chat import formatting
from chat.frame import words_in

register = template.Library()


@register.filter
def nodes(raw: list[formatting.Node]) -> SafeString:
    """Write what `formatting.blocks` made."""
    return formatting.html(raw)


@register.filter
def level_name(message: dict[str, Any]) -> str:
    """Name the level of an advice; empty for every other message."""
    metadata = message["metadata"]
    return str(words_in("en")["levels"].get(metadata.get("level"), "")) if metadata.get("type") == "advice" else ""


@register.filter
def calls(message: dict[str, Any]) -> list[dict[str, str]]:
    """List the buttons that are links, such as "Call 911"."""
    return [one for one in message["buttons"] if "href" in one]


@register.filter
def choices(message: dict[str, Any]) -> list[tuple[str, str]]:
    """List the answers that can be pressed: (value for the form, title)."""
    numbered = [(f"{message['id']}:{place}", one) for place, one in enumerate(message["buttons"])]
    return [(value, one["title"]) for value, one in numbered if "href" not in one and "drawn" not in one]
