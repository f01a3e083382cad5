"""What a consultation is for, in a few words for the clinic: taken from the triage, never asked again."""

from __future__ import annotations

from typing import Any

from django.db import models

UNRELATED_WISH = "unrelated_cosmetic"


class Visit(models.TextChoices):
    """The kinds of visit; all are the clinic's cosmetic consultation (brief, C-13)."""

    GENERAL = "general", "Cosmetic consultation"
    REMOVAL = "removal", "Cosmetic consultation: having milia removed"
    CHECK = "check", "Cosmetic consultation: having a bump looked at"
    OTHER = "other", "Cosmetic consultation: another wish"


WISHES = {UNRELATED_WISH: Visit.OTHER, "removal": Visit.REMOVAL, "check": Visit.CHECK}


def visit_of(summary: dict[str, Any]) -> Visit:
    """Give the kind of visit that fits the summary of a hand-off."""
    return WISHES.get(str(summary.get("wish") or ""), Visit.GENERAL)
