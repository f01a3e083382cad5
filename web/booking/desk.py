"""The rules of booking: when a hand-off may be used, and that a time is given to one person only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from booking import events, holds, schedule
from booking.events import Event
from booking.holds import NotOpen, SlotTaken
from booking.levels import words_of
from booking.models import BookingRequest, Handoff, Slot
from booking.visits import UNRELATED_WISH, visit_of
from chat.models import Conversation, Disposition

State = Handoff.State


class CareFirst(Exception):  # noqa: N818 - it names a decision
    """The summary holds something that needs care before any cosmetic appointment."""

    def __init__(self, level: Disposition) -> None:
        super().__init__(f"{level} comes before a booking")
        self.level = level


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


def open_slots(handoff: Handoff | None = None) -> list[Slot]:
    """List the times that this hand-off can ask for, soonest first."""
    schedule.reach_ahead()
    return list(Slot.objects.filter(holds.free(handoff, soonest()))[:40])


def soonest() -> datetime:
    """Give the moment from which times are offered."""
    return timezone.now() + timedelta(hours=schedule.current().notice_hours)


def book(handoff: Handoff, wanted: Request) -> BookingRequest:
    """Take the time and store the request, both or neither; raise SlotTaken or NotOpen."""
    try:
        with transaction.atomic():
            return take(handoff, wanted)
    except IntegrityError:  # the constraints of the table have the last word
        raise SlotTaken from None


def take(handoff: Handoff, wanted: Request) -> BookingRequest:
    """Do it inside a transaction: schedule, hand-off and time are locked, in this order everywhere."""
    schedule.lock()
    current = Handoff.objects.select_for_update().get(pk=handoff.pk)
    if current.state != State.OPEN or care_first(current.summary):
        raise NotOpen
    slot = holds.lock(current, wanted.slot, soonest())
    Slot.objects.filter(pk=slot.pk).update(taken=True)
    holds.release(current)
    Handoff.objects.filter(pk=current.pk).update(state=State.BOOKED)
    booking = BookingRequest.objects.create(
        handoff=current,
        slot=slot,
        name=wanted.name,
        phone=wanted.phone,
        email=wanted.email,
        note=wanted.note,
        visit=visit_of(current.summary),
        consent_at=timezone.now(),
    )
    events.announce(booking, Event.REQUESTED)
    return booking


def change(booking: BookingRequest, slot_id: int) -> BookingRequest:
    """Move a request to another time, which staff confirm anew; raise SlotTaken or NotOpen."""
    try:
        with transaction.atomic():
            schedule.lock()
            moved = BookingRequest.objects.select_for_update().get(pk=booking.pk)
            if moved.state not in BookingRequest.AHEAD or moved.slot.starts_at < timezone.now():
                raise NotOpen
            new = holds.lock(moved.handoff, slot_id, soonest())
            Slot.objects.filter(pk=new.pk).update(taken=True)
            Slot.objects.filter(pk=moved.slot_id).update(taken=False)
            moved.slot, moved.state, moved.sequence = new, BookingRequest.State.REQUESTED, moved.sequence + 1
            moved.save(update_fields=["slot", "state", "sequence"])
            schedule.apply()  # the time that is free again may not fit into today's hours
            events.announce(moved, Event.CHANGED)
            return moved
    except IntegrityError:
        raise SlotTaken from None


@transaction.atomic
def confirm(booking: BookingRequest) -> bool:
    """Confirm a request, and tell the visitor; False when it is not waiting any more."""
    waiting = [BookingRequest.State.REQUESTED, BookingRequest.State.CONTACTED]
    return move(booking, waiting, BookingRequest.State.CONFIRMED, Event.CONFIRMED)


def cancel(booking: BookingRequest) -> bool:
    """Cancel a request and give its time back; False when it is over or was given back before."""
    return give_back(booking, BookingRequest.State.CANCELLED)


@transaction.atomic
def give_back(booking: BookingRequest, state: BookingRequest.State) -> bool:
    """End a request (cancelled, declined) and open its time; the hand-off opens again while it is young enough."""
    schedule.lock()
    given_back = move(booking, BookingRequest.AHEAD, state, Event(f"booking.{state}"))
    if given_back:
        Slot.objects.filter(pk=booking.slot_id).update(taken=False)
        Handoff.objects.filter(pk=booking.handoff_id, state=State.BOOKED).update(state=State.OPEN)
        schedule.apply()
    return given_back


def move(
    booking: BookingRequest, before: Iterable[BookingRequest.State], state: BookingRequest.State, event: Event
) -> bool:
    """Bring a request from one of these states into another, once, and announce it."""
    found = BookingRequest.objects.filter(pk=booking.pk, state__in=before)
    moved = found.update(state=state, sequence=F("sequence") + 1) == 1
    if moved:
        events.announce(BookingRequest.objects.get(pk=booking.pk), event)
    return moved


def current_booking(handoff: Handoff) -> BookingRequest | None:
    """Give the request that this hand-off led to, unless its time was given back."""
    requests = handoff.bookings.exclude(state__in=BookingRequest.GIVEN_BACK).select_related("slot")
    return requests.first()
