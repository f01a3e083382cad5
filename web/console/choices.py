"""What the filters of the list offer, in words; and the searches that staff have saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import structlog
import yaml
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from booking.models import BookingRequest
from cases.models import Case, Concern, FacetValue, Outcome, SavedFilter
from chat.models import Disposition
from console.templatetags.console import plain

log = structlog.get_logger(__name__)
LABELS = {
    "level": "Level",
    "concern": "Worry",
    "state": "State",
    "outcome": "Outcome",
    "booking": "Booking",
    "flag": "Red flag",
    "intent": "Asked about",
    "sure": "Understood with",
    "language": "Language",
    "tag": "Tag",
    "assigned": "Assigned to",
    "need": "Needs",
}
FIRST = ("level", "state")  # the others stand under "More filters"
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish", "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
             "ru": "Russian", "ar": "Arabic", "fa": "Persian", "pa": "Punjabi", "hi": "Hindi",
             "other": "Another one"}  # fmt: skip
FIXED: dict[str, list[tuple[str, str]]] = {
    "level": [*Disposition.choices, ("none", "Not assessed")],
    "concern": list(Concern.choices),
    "state": list(Case.State.choices),
    "outcome": list(Outcome.choices),
    "booking": [*BookingRequest.State.choices, ("none", "No request")],
    "sure": [("low", "Low confidence"), ("medium", "Medium confidence"), ("high", "High confidence")],
    "need": [("call_back", "A call back")],
}
MOST = 300  # values of one kind
LONGEST = 70  # characters of an option


@dataclass(frozen=True)
class Choice:
    """One filter with its values."""

    kind: str
    label: str
    options: list[tuple[str, str]]
    chosen: str

    @property
    def as_options(self) -> SafeString:
        """Write the options of the select box; there are hundreds, so they are written once and not by a template."""
        return options_written(tuple(self.options), self.chosen)

    @property
    def said(self) -> str:
        """Give the chosen value in words."""
        return dict(self.options).get(self.chosen, self.chosen)


@lru_cache(maxsize=200)
def options_written(options: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """Write `<option>` elements; what they hold is escaped."""
    lines = ((value, SafeString(" selected" if value == chosen else ""), name[:LONGEST]) for value, name in options)
    return format_html_join("", '<option value="{}"{}>{}</option>', lines)


def choices(chosen: dict[str, str]) -> list[Choice]:
    """Give all filters; those with values of their own offer what some case has."""
    stored = values_by_kind()
    return [Choice(kind, label, options_of(kind, stored), chosen.get(kind, "")) for kind, label in LABELS.items()]


def options_of(kind: str, stored: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Give the values of a filter."""
    if kind in FIXED:
        return FIXED[kind]
    if kind == "assigned":
        return [("nobody", "Nobody"), *((str(one.pk), one.get_username()) for one in colleagues())]
    return [(value, name_of(kind, value)) for value in stored.get(kind, [])[:MOST]]


def name_of(kind: str, value: str) -> str:
    """Give a value in words."""
    if kind == "language":
        return LANGUAGES.get(value, value)
    return f"{value}: {flags()[value]}" if kind == "flag" and value in flags() else str(plain(value))


def values_by_kind() -> dict[str, list[str]]:
    """Read the values that cases have."""
    found: dict[str, list[str]] = {}
    for token in FacetValue.objects.order_by("token").values_list("token", flat=True):
        kind, _, value = token.partition(":")
        found.setdefault(kind, []).append(value)
    return found


def colleagues() -> Iterable[User]:
    """List who can have a case."""
    return User.objects.filter(is_staff=True, is_active=True).order_by("username")


@cache
def flags() -> dict[str, str]:
    """Give the title of each red flag."""
    try:
        files = sorted((settings.KNOWLEDGE_DIR / "red_flags").glob("*.yml"))
        read = [yaml.load(one.read_text(encoding="utf-8"), yaml.CSafeLoader) for one in files]
        return {str(one["id"]): str(one["title"]) for one in read}
    except (OSError, KeyError, TypeError, yaml.YAMLError) as problem:
        log.warning("red_flags_unreadable", why=repr(problem), instead="filters show their ids")
        return {}


def saved_for(user: User) -> list[SavedFilter]:
    """Give somebody's own saved searches and those that are shared."""
    return list(SavedFilter.objects.filter(Q(owner=user) | Q(shared=True)).select_related("owner")[:30])
