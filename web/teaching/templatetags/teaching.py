"""How figures are written."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def percent_fine(share: float | None) -> str:
    """Write a share as a percentage with one decimal: 0.914 as "91.4%"."""
    return "" if share is None else f"{share:.1%}"
