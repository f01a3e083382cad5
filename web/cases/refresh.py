"""Brings a case up to date with its conversation: after each turn, booking, call back and change by staff."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import QuerySet

from booking.models import BookingRequest
from cases import risk, search
from cases.models import Case, Change, FacetValue
from cases.risk import Said, Standing
from chat.models import Conversation, Message
from console.findings import names

MOST_MESSAGES = 300  # of one conversation: more than anybody has written
MOST_CHARACTERS = 60_000  # of the searched words: PostgreSQL's limit is far above

type Log = list[Message]


@transaction.atomic
def refresh(conversation_id: uuid.UUID) -> Case | None:
    """Bring the case of this conversation up to date; None when the conversation is gone."""
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    if conversation is None:
        return None
    start = {"began_at": conversation.created_at, "last_message_at": conversation.last_message_at}
    Case.objects.get_or_create(conversation=conversation, defaults=start)
    case = Case.objects.select_for_update().get(conversation=conversation)
    bring_up_to_date(case, conversation)
    return case


def bring_up_to_date(case: Case, conversation: Conversation) -> None:
    """Work out everything that lists show and filters use; the case's row is locked by the caller."""
    log = log_of(conversation)
    said = [said_in(one) for one in log]
    booking = newest_booking(conversation)
    case.newest_message = log[-1].pk if log else 0
    reopen(case)
    standing = standing_of(case, conversation, booking)
    worries = risk.concerns(said, standing)
    settled = case.state in Case.SETTLED
    case.concerns, case.risk = [one.value for one in worries], 0 if settled or not worries else worries[0].risk
    case.last_message_at, case.opening = conversation.last_message_at, conversation.opening
    case.level, case.outcome = conversation.disposition or "", risk.outcome(said, standing)
    case.booking, case.booking_state = (booking.reference, booking.state) if booking else ("", "")
    case.save()
    facets = sorted(set(facets_of(case, log, said)))
    remember(facets)
    search.keep(case.pk, words_of(case, log), facets)


def log_of(conversation: Conversation) -> Log:
    """Read the visitor's messages, oldest first."""
    visitors = conversation.messages.filter(author=Message.Author.VISITOR).order_by("-pk")
    return list(visitors[:MOST_MESSAGES])[::-1]


def said_in(message: Message) -> Said:
    """Take from a message what the risk depends on."""
    known = names()
    signs = ((known.get(str(one.get("concept"))), str(one.get("assertion"))) for one in message.findings)
    return Said(
        intent=message.intent,
        confidence=message.confidence,
        pressed=bool(message.payload),
        answered=message.status != Message.Status.UNDELIVERED,
        flags=tuple((str(one.get("flag")), str(one.get("level"))) for one in message.flags),
        signs=tuple((fact, assertion) for fact, assertion in signs if fact),
        asked=str(message.metadata.get("asked") or ""),
        unhelpful=message.metadata.get("helpful") is False,
    )


def newest_booking(conversation: Conversation) -> BookingRequest | None:
    """Give the newest booking request of the conversation."""
    return BookingRequest.objects.filter(handoff__conversation=conversation).order_by("-pk").first()


def standing_of(case: Case, conversation: Conversation, booking: BookingRequest | None) -> Standing:
    """Say how the conversation stands besides what was said."""
    return Standing(
        level=conversation.disposition or "",
        call_back_reason=conversation.call_back_reason if conversation.needs_call_back else "",
        booked=booking is not None and booking.state not in BookingRequest.GIVEN_BACK,
        called_back=conversation.call_backs.exists(),
        wants_follow_up=case.state == Case.State.FOLLOW_UP,
    )


def reopen(case: Case) -> None:
    """Make a settled case new again when the visitor has written since."""
    if case.state in Case.SETTLED and case.newest_message > case.settled_message:
        before, case.state = case.state, Case.State.NEW
        case.version += 1
        pair = {"before": {"state": before}, "after": {"state": case.state}}
        Change.objects.create(case=case, by=None, version=case.version, **pair)


def facets_of(case: Case, log: Log, said: Iterable[Said]) -> Iterator[str]:
    """Give all that filters choose by, as `kind:value`."""
    yield f"level:{case.level or 'none'}"
    yield f"state:{case.state}"
    yield f"outcome:{case.outcome}"
    yield f"booking:{case.booking_state or 'none'}"
    yield f"assigned:{case.assigned_to_id or 'nobody'}"
    yield f"sure:{risk.sureness(said)}"
    yield f"language:{language_of(log)}"
    yield f"risk:{case.risk}"
    if case.conversation.needs_call_back:
        yield "need:call_back"
    yield from (f"concern:{one}" for one in case.concerns)
    yield from (f"tag:{one}" for one in case.tags)
    for one in log:
        yield from (f"flag:{flag.get('flag')}" for flag in one.flags)
        if one.intent:
            yield f"intent:{one.intent}"


def language_of(log: Log) -> str:
    """Give the language other than English that a message was in, as the assistant noticed it."""
    found = (str(one.metadata.get("language") or "") for one in log)
    return next((one for one in found if one), "en")


def words_of(case: Case, log: Log) -> str:
    """Give what the words of a search are looked for in: the visitor's messages, staff's notes, the reference."""
    notes = case.notes.values_list("text", flat=True)
    return "\n".join([case.booking, *(one.text for one in log), *notes])[:MOST_CHARACTERS]


def remember(tokens: Iterable[str]) -> None:
    """Keep the values that filters offer, each once."""
    wanted = {token[:80] for token in tokens if not token.startswith("risk:")}
    known = FacetValue.objects.filter(token__in=wanted).values_list("token", flat=True)
    new = [FacetValue(token=token) for token in sorted(wanted.difference(known))]
    FacetValue.objects.bulk_create(new, ignore_conflicts=True)  # another process may store the same


def refresh_all(conversations: QuerySet[Conversation]) -> int:
    """Bring the cases of many conversations up to date, oldest first; give how many."""
    ids = list(conversations.order_by("created_at", "pk").values_list("pk", flat=True))
    for known in ids:
        refresh(known)
    return len(ids)
