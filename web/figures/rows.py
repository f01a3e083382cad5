"""One row a conversation, for research and quality work: no message texts, the opening with personal data masked."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from itertools import batched

from django.db.models import Prefetch

from booking.models import BookingRequest
from chat.models import Assessment, Conversation, Message
from console.models import Review
from figures.conversations import begun_in
from figures.period import Period
from figures.table import Row
from figures.talk import NOT_UNDERSTOOD
from trust.masking import masked_text

COLUMNS = (
    "conversation", "began", "last_message", "level", "rules", "knowledge_version", "messages", "questions_asked",
    "topics", "not_understood", "outage", "needs_call_back", "booking", "reviews_agree", "reviews_disagree", "opening",
)  # fmt: skip
TOGETHER = 500  # conversations read at once


def rows_of(period: Period) -> Iterator[Row]:
    """Give a row for each conversation that began in the period, oldest first; the database is read in portions."""
    ids = begun_in(period).order_by("created_at", "pk").values_list("pk", flat=True)
    for portion in batched(ids.iterator(chunk_size=TOGETHER), TOGETHER, strict=False):
        found = {one.pk: one for one in read(portion)}
        bookings = bookings_of(portion)
        yield from (row_of(found[pk], bookings.get(pk, "")) for pk in portion if pk in found)


def read(ids: tuple[uuid.UUID, ...]) -> list[Conversation]:
    """Read some conversations with all that their rows need."""
    said = Message.objects.filter(author=Message.Author.VISITOR).defer("text", "findings", "flags")
    assessed = Assessment.objects.order_by("pk")
    judged = Review.objects.all()
    parts = [
        Prefetch("messages", said),
        Prefetch("messages__assessments", assessed),
        Prefetch("messages__reviews", judged),
    ]
    return list(Conversation.objects.filter(pk__in=ids).prefetch_related(*parts))


def bookings_of(ids: tuple[uuid.UUID, ...]) -> dict[uuid.UUID | None, str]:
    """Give the state of the newest booking request of each conversation."""
    rows = BookingRequest.objects.filter(handoff__conversation__in=ids).order_by("pk")
    return dict(rows.values_list("handoff__conversation", "state"))


def row_of(one: Conversation, booking: str) -> Row:
    """Make the row of one conversation."""
    said = list(one.messages.all())
    assessed = [each for message in said for each in message.assessments.all()]
    verdicts = [review.verdict for message in said for review in message.reviews.all()]
    last = assessed[-1] if assessed else None
    missed = [message for message in said if message.intent in NOT_UNDERSTOOD and not message.payload]
    return (
        str(one.pk),
        one.created_at.isoformat(timespec="seconds"),
        one.last_message_at.isoformat(timespec="seconds"),
        one.disposition or "",
        " ".join(str(reason.get("rule", "")) for reason in last.reasons) if last else "",
        last.knowledge_version if last else "",
        len(said),
        sum(1 for message in said if message.metadata.get("asked")),
        " ".join(dict.fromkeys(message.intent for message in said if message.intent)),
        len(missed),
        int(one.outage),
        int(one.needs_call_back),
        booking,
        verdicts.count("agree"),
        verdicts.count("disagree"),
        masked_text(one.opening),
    )
