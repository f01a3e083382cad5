"""The list of conversations: what staff chose to see, and pages that stay fast with a million rows.

Nothing here counts or skips rows: a page begins after the last row of the one before, found by an index, and all that a
row shows stands in its case.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Self

from django.db.models import Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.utils import timezone
from django.utils.dateparse import parse_date

from booking.models import BookingRequest
from cases import search
from cases.models import Case
from cases.search import Place, Wanted
from chat.models import Conversation

PAGE = 25
HEX = re.compile(r"[0-9a-f]{4,32}")
REFERENCE = re.compile(r"DL-[0-9A-Z]{2,8}", re.IGNORECASE)
# The filters of the page: each is a kind of facet, see `cases.refresh.facets_of`.
KINDS = (
    "level", "concern", "state", "outcome", "booking", "flag", "intent", "sure", "language", "tag", "assigned", "need",
)  # fmt: skip

type Cases = QuerySet[Case]


@dataclass(frozen=True)
class Filters:
    """What staff chose to see."""

    words: str = ""
    view: str = "queue"  # or "all"
    facets: Mapping[str, str] = field(default_factory=dict)
    begin: date | None = None
    end: date | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        """Read the address of the page; what it does not know narrows nothing."""
        facets = {kind: asked[kind][:70] for kind in KINDS if asked.get(kind)}
        words = asked.get("q", "").replace("\x00", "").strip()[:200]
        days = (day_of(asked.get("from", "")), day_of(asked.get("to", "")))
        searched = bool(words or facets or any(days))
        chosen = asked.get("view", "")
        view = chosen if chosen in ("queue", "all") else "all" if searched else "queue"
        return cls(words, view, facets, *days)

    @property
    def searched(self) -> bool:
        """Tell whether anything but the view was chosen."""
        return bool(self.words or self.facets or self.begin or self.end)

    @property
    def wanted(self) -> Wanted:
        """Give it as a search."""
        facets = tuple(f"{kind}:{value}" for kind, value in self.facets.items())
        return Wanted(self.words, facets, self.view == "queue", *self.bounds)

    @property
    def bounds(self) -> tuple[int, int]:
        """Give the ids between which the days lie: cases are numbered as their conversations began."""
        low = first_from(self.begin) if self.begin else 0
        high = first_from(self.end + timedelta(days=1)) - 1 if self.end else 2**62
        return low, high


@dataclass(frozen=True)
class Page:
    """Some rows, and where the next ones begin; `unknown` when only words were typed that no search can use."""

    rows: list[Case]
    next: str = ""
    unknown: bool = False


def day_of(text: str) -> date | None:
    """Read a day such as 2026-11-30."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def first_from(day: date) -> int:
    """Give the id of the first case that began on this day or later."""
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    later = Case.objects.filter(began_at__gte=midnight).order_by("began_at", "pk")
    return later.values_list("pk", flat=True).first() or 2**62


def place_of(text: str) -> Place | None:
    """Read where a page ended, such as "11-2045"; anything else means the first page."""
    found = re.fullmatch(r"(\d{1,4})-(\d{1,18})", text)
    return Place(int(found[1]), int(found[2])) if found else None


def page_of(filters: Filters, after: Place | None) -> Page:
    """Give one page."""
    rows = found_by_number(filters) or rows_of(filters, after)
    more = f"{rows[PAGE - 1].risk}-{rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    return Page(rows[:PAGE], more, bool(filters.words) and not filters.wanted.terms)


def rows_of(filters: Filters, after: Place | None) -> list[Case]:
    """Give the rows of a page and one more."""
    wanted = filters.wanted
    if filters.words and not wanted.terms:
        return []
    if not (wanted.terms or wanted.facets):
        return list(in_order(wanted, after)[: PAGE + 1])
    ids = search.find(wanted, after, PAGE + 1)
    known = shown().in_bulk(ids)
    return [known[one] for one in ids if one in known]


def shown() -> Cases:
    """Give the cases with what a row shows."""
    return Case.objects.select_related("assigned_to")


def in_order(wanted: Wanted, after: Place | None) -> Cases:
    """Give all of the queue or all there is, by an index."""
    rows = shown().filter(pk__gte=wanted.low, pk__lte=wanted.high)
    if not wanted.queue:
        return (rows.filter(pk__lt=after.id) if after else rows).order_by("-pk")
    rows = rows.filter(risk__gt=0)
    if after:
        rows = rows.filter(TupleLessThan(Tuple("risk", "pk"), (after.risk, after.id)))
    return rows.order_by("-risk", "-pk")


def found_by_number(filters: Filters) -> list[Case]:
    """Find a conversation by its own number (#1a2b3c4d) or by the reference number of its booking request."""
    words = filters.words.strip()
    if REFERENCE.fullmatch(words):
        begin = words.upper()
        known = BookingRequest.objects.filter(reference__gte=begin, reference__lt=begin + "~")
        ids = list(known.values_list("handoff__conversation", flat=True)[:PAGE])
        return list(shown().filter(conversation__in=[one for one in ids if one]).order_by("-pk"))
    number = words.lower().replace("-", "").removeprefix("#")
    if not HEX.fullmatch(number) or not any(letter.isdigit() for letter in number):
        return []
    low, high = uuid.UUID(number.ljust(32, "0")), uuid.UUID(number.ljust(32, "f"))
    known_ids = Conversation.objects.filter(pk__gte=low, pk__lte=high).values_list("pk", flat=True)[:PAGE]
    return list(shown().filter(conversation__in=list(known_ids)).order_by("-pk"))


def count_up_to[M: Model](rows: QuerySet[M], limit: int = 99) -> str:
    """Count a little: "7", or "99+" where more would take long."""
    found = len(rows.values_list("pk", flat=True)[: limit + 1])
    return f"{limit}+" if found > limit else str(found)
