"""Numbers as tables show them; the charts read them from there."""

from __future__ import annotations

from django import template

from figures.table import Value

register = template.Library()


@register.filter
def number(value: Value) -> str:
    """Write a number without separators; nothing is a dash."""
    return "–" if value is None else str(value)
