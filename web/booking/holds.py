"""A time is held for the visitor whose form is open: others are not offered it, and nobody can take it meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from booking.models import Handoff, Hold, Slot

HOLD = timedelta(minutes=10)
LONGEST = timedelta(minutes=30)  # an open form may ask again until then


class SlotTaken(Exception):  # noqa: N818 - it names a state
    """Somebody else has this time now."""


class NotOpen(Exception):  # noqa: N818 - it names a state
    """The hand-off is paused, expired or booked."""


def free(handoff: Handoff | None, notice: datetime) -> Q:
    """Give the condition for a time that this hand-off may have: open, not taken, not held by another."""
    held_by_others = Q(hold__until__gt=timezone.now()) & ~Q(hold__handoff=handoff)
    return Q(taken=False, open=True, starts_at__gte=notice) & ~held_by_others


def hold(handoff: Handoff, slot_id: int, notice: datetime) -> Hold:
    """Hold a time, or hold it longer; the one that was held before is free again. Raise SlotTaken or NotOpen."""
    try:
        with transaction.atomic():
            if Handoff.objects.select_for_update().get(pk=handoff.pk).state != Handoff.State.OPEN:
                raise NotOpen
            return keep(handoff, lock(handoff, slot_id, notice))
    except IntegrityError:  # the constraints of the table have the last word
        raise SlotTaken from None


def lock(handoff: Handoff, slot_id: int, notice: datetime) -> Slot:
    """Lock a time that this hand-off may have, until the transaction ends; raise SlotTaken."""
    Slot.objects.select_for_update().filter(pk=slot_id).first()  # first the row, then what hangs on it
    slot = Slot.objects.filter(free(handoff, notice), pk=slot_id).first()
    if slot is None:
        raise SlotTaken
    return slot


def keep(handoff: Handoff, slot: Slot) -> Hold:
    """Write the hold down; inside a transaction that has locked the time."""
    now = timezone.now()
    mine = Hold.objects.filter(slot=slot, handoff=handoff, until__gt=now).first()
    since = mine.since if mine else now
    Hold.objects.filter(Q(slot=slot) | Q(handoff=handoff)).delete()
    return Hold.objects.create(slot=slot, handoff=handoff, since=since, until=min(now + HOLD, since + LONGEST))


def release(handoff: Handoff) -> None:
    """Let go of what this hand-off holds."""
    Hold.objects.filter(handoff=handoff).delete()
