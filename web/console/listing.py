"""The list of conversations: filters, orders, search and pages that stay fast with a million rows.

Nothing here counts or skips rows: a page begins after the last row of the one before (its `Place`), found by an index.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Model, QuerySet
from django.db.models.functions import Lower

from booking.models import BookingRequest
from chat.models import Conversation, Disposition

PAGE = 25
CANDIDATES = 500  # of a search: enough to find, few enough to sort
LAST_CHARACTER = "\U0010fffd"
NEWEST = ("-last_message_at", "-id")
HEX = re.compile(r"[0-9a-f]{4,32}")

type Conversations = QuerySet[Conversation]


@dataclass(frozen=True)
class Place:
    """Where a page ended."""

    urgency: int
    moment: datetime
    id: uuid.UUID

    @classmethod
    def of(cls, row: Conversation) -> Self:
        """Give the place of a row."""
        return cls(row.urgency, row.last_message_at, row.pk)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read what `__str__` wrote; anything else means the first page."""
        try:
            urgency, moment, known = text.split("_")
            return cls(int(urgency), datetime.fromisoformat(moment), uuid.UUID(known))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.urgency}_{self.moment.isoformat()}_{self.id.hex}"


@dataclass(frozen=True)
class Filters:
    """What staff chose to see."""

    level: str = ""
    only: str = ""
    order: str = "newest"
    words: str = ""

    def apply(self, rows: Conversations) -> Conversations:
        """Narrow the rows; unknown values narrow nothing."""
        if self.level in Disposition.values:  # by its number, which the indexes hold
            rows = rows.filter(urgency=Disposition(self.level).urgency)
        elif self.level == "none":
            rows = rows.filter(urgency=0)
        if self.only == "call_back":
            rows = rows.filter(needs_call_back=True)
        elif self.only == "outage":
            rows = rows.filter(outage=True)
        return rows


@dataclass(frozen=True)
class Page:
    """Some rows, where the next ones begin, and whether a search found more than it can show."""

    rows: list[Conversation]
    next: Place | None = None
    too_many: bool = False


def page_of(filters: Filters, after: Place | None) -> Page:
    """Give one page."""
    if filters.words:
        return search(filters)
    rows = filters.apply(Conversation.objects.all())
    by_urgency = filters.order == "urgent" and not filters.level
    found = most_urgent(rows, after, PAGE + 1) if by_urgency else newest(rows, after, PAGE + 1)
    return Page(found[:PAGE], Place.of(found[PAGE - 1]) if len(found) > PAGE else None)


def newest(rows: Conversations, after: Place | None, size: int) -> list[Conversation]:
    """Give the rows after a place, newest first."""
    return list(later(rows, after).order_by(*NEWEST)[:size])


def later(rows: Conversations, after: Place | None) -> Conversations:
    """Begin after the place; the first condition is the one that an index answers."""
    if after is None:
        return rows
    return rows.filter(last_message_at__lte=after.moment).exclude(last_message_at=after.moment, id__gte=after.id)


def most_urgent(rows: Conversations, after: Place | None, size: int) -> list[Conversation]:
    """Give the rows level by level: inside one level the index has them in order."""
    found: list[Conversation] = []
    for urgency in range(after.urgency if after else len(Disposition), -1, -1):
        begin = after if after and after.urgency == urgency else None
        found += newest(rows.filter(urgency=urgency), begin, size - len(found))
        if len(found) == size:
            break
    return found


def search(filters: Filters) -> Page:
    """Find by reference number, by the number of the conversation, or by how the first message begins."""
    ids = found_by_reference(filters.words) + found_by_id(filters.words) + found_by_opening(filters.words)
    rows = list(filters.apply(Conversation.objects.filter(pk__in=ids)).order_by(*NEWEST)[: 2 * PAGE + 1])
    return Page(rows[: 2 * PAGE], too_many=len(rows) > 2 * PAGE or len(ids) >= CANDIDATES)


def found_by_reference(words: str) -> list[uuid.UUID]:
    """Find the conversation behind the reference number of a booking request."""
    begin = words.upper()
    known = BookingRequest.objects.filter(reference__gte=begin, reference__lt=begin + LAST_CHARACTER)
    return [one for one in known.values_list("handoff__conversation", flat=True)[:PAGE] if one]


def found_by_id(words: str) -> list[uuid.UUID]:
    """Find conversations by the beginning of their number."""
    begin = words.lower().replace("-", "").lstrip("#")
    if not HEX.fullmatch(begin):
        return []
    low, high = uuid.UUID(begin.ljust(32, "0")), uuid.UUID(begin.ljust(32, "f"))
    return ids_of(Conversation.objects.filter(pk__gte=low, pk__lte=high), PAGE)


def found_by_opening(words: str) -> list[uuid.UUID]:
    """Find conversations by how their first message begins."""
    begin = words.lower()
    rows = Conversation.objects.alias(beginning=Lower("opening"))
    return ids_of(rows.filter(beginning__gte=begin, beginning__lt=begin + LAST_CHARACTER), CANDIDATES)


def ids_of(rows: QuerySet[Conversation], limit: int) -> list[uuid.UUID]:
    """Give the ids of some rows."""
    return list(rows.values_list("pk", flat=True)[:limit])


def count_up_to[M: Model](rows: QuerySet[M], limit: int = 99) -> str:
    """Count a little: "7", or "99+" where more would take long."""
    found = len(rows.values_list("pk", flat=True)[: limit + 1])
    return f"{limit}+" if found > limit else str(found)
