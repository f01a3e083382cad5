"""The rules of booking: when a hand-off may be used, and that a time is given to one person only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from booking.levels import words_of
from booking.models import BookingRequest, Handoff, Slot
from chat.models import Conversation, Disposition

State = Handoff.State
UNRELATED_WISH = "unrelated_cosmetic"


class CareFirst(Exception):  # noqa: N818 - it names a decision
    """The summary holds something that needs care before any cosmetic appointment."""

    def __init__(self, level: Disposition) -> None:
        super().__init__(f"{level} comes before a booking")
        self.level = level


class SlotTaken(Exception):  # noqa: N818 - it names a state
    """Somebody else has this time now."""


class NotOpen(Exception):  # noqa: N818 - it names a state
    """The hand-off is paused, expired or booked."""


@dataclass(frozen=True)
class Request:
    """What the visitor filled in."""

    slot: int
    name: str
    phone: str
    email: str
    note: str


def care_first(summary: dict[str, Any]) -> Disposition | None:
    """Give the level that forbids a booking: always for an emergency; else unless the wish is unrelated to it."""
    level = summary.get("disposition")
    if level is None or not words_of(Disposition(level)).care_first:
        return None
    unrelated = summary.get("wish") == UNRELATED_WISH and level != Disposition.EMERGENCY
    return None if unrelated else Disposition(level)


def open_handoff(conversation: Conversation, summary: dict[str, Any]) -> Handoff:
    """Open a hand-off, or the one that waits once more, with the newer summary; raise CareFirst."""
    level = care_first(summary)
    if level:
        conversation.handoffs.filter(state=State.OPEN).update(state=State.PAUSED)
        raise CareFirst(level)
    with transaction.atomic():
        Conversation.objects.select_for_update().get(pk=conversation.pk)  # one after the other, so one hand-off
        waiting = conversation.handoffs.filter(state__in=[State.OPEN, State.PAUSED]).order_by("-created_at").first()
        handoff = waiting or Handoff(conversation=conversation)
        handoff.summary, handoff.state, handoff.created_at = summary, State.OPEN, timezone.now()
        handoff.save()
    return handoff


def refresh(handoff: Handoff) -> Handoff:
    """Let an old hand-off expire."""
    limit = timezone.now() - timedelta(hours=settings.BOOKING_OPEN_HOURS)
    if handoff.state in (State.OPEN, State.PAUSED) and handoff.created_at < limit:
        handoff.state = State.EXPIRED
        handoff.save(update_fields=["state"])
    return handoff


def open_slots() -> list[Slot]:
    """List the times that can be asked for, soonest first."""
    return list(Slot.objects.filter(taken=False, starts_at__gte=soonest())[:40])


def soonest() -> datetime:
    """Give the moment from which times are offered."""
    return timezone.now() + timedelta(hours=settings.BOOKING_NOTICE_HOURS)


def book(handoff: Handoff, wanted: Request) -> BookingRequest:
    """Take the time and store the request, both or neither; raise SlotTaken or NotOpen."""
    try:
        with transaction.atomic():
            return take(handoff, wanted)
    except IntegrityError:  # the constraints of the table have the last word
        raise SlotTaken from None


def take(handoff: Handoff, wanted: Request) -> BookingRequest:
    """Do it inside a transaction: the hand-off is locked, the slot changes hands in one statement."""
    current = Handoff.objects.select_for_update().get(pk=handoff.pk)
    if current.state != State.OPEN or care_first(current.summary):
        raise NotOpen
    if not Slot.objects.filter(pk=wanted.slot, taken=False, starts_at__gte=soonest()).update(taken=True):
        raise SlotTaken
    Handoff.objects.filter(pk=current.pk).update(state=State.BOOKED)
    return BookingRequest.objects.create(
        handoff=current,
        slot_id=wanted.slot,
        name=wanted.name,
        phone=wanted.phone,
        email=wanted.email,
        note=wanted.note,
        consent_at=timezone.now(),
    )


def cancel(booking: BookingRequest) -> bool:
    """Cancel a request and give its time back; False when it is over or was given back before."""
    return give_back(booking, BookingRequest.State.CANCELLED)


@transaction.atomic
def give_back(booking: BookingRequest, state: BookingRequest.State) -> bool:
    """End a request (cancelled, declined) and open its time; the hand-off opens again while it is young enough."""
    changed = BookingRequest.objects.filter(pk=booking.pk, state__in=BookingRequest.AHEAD)
    given_back = changed.update(state=state) == 1
    if given_back:
        Slot.objects.filter(pk=booking.slot_id).update(taken=False)
        Handoff.objects.filter(pk=booking.handoff_id, state=State.BOOKED).update(state=State.OPEN)
    return given_back


def current_booking(handoff: Handoff) -> BookingRequest | None:
    """Give the request that this hand-off led to, unless its time was given back."""
    requests = handoff.bookings.exclude(state__in=BookingRequest.GIVEN_BACK).select_related("slot")
    return requests.first()
