"""A time is held for one open form, and for a while only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from booking import desk, holds
from booking.models import Handoff, Hold
from booking.tests.conftest import new_handoff, new_slot

pytestmark = pytest.mark.django_db


def hold(handoff: Handoff, slot: int) -> Hold:
    """Hold a time as the form does."""
    return holds.hold(handoff, slot, desk.soonest())


def offered(handoff: Handoff) -> list[int]:
    """Give the ids of the times that a form shows."""
    return [one.pk for one in desk.open_slots(handoff)]


def test_a_held_time_is_offered_to_nobody_else_and_cannot_be_taken() -> None:
    mine, other, slot, free = new_handoff(), new_handoff(), new_slot(), new_slot(3)
    hold(mine, slot.pk)
    assert (offered(mine), offered(other)) == ([slot.pk, free.pk], [free.pk])
    with pytest.raises(holds.SlotTaken):
        hold(other, slot.pk)
    with pytest.raises(holds.SlotTaken):
        desk.book(other, desk.Request(slot.pk, "Eve", "+16045550123", "", ""))
    assert desk.book(mine, desk.Request(slot.pk, "Ada", "+16045550123", "", "")).slot_id == slot.pk
    assert Hold.objects.count() == 0


def test_choosing_another_time_lets_the_first_one_go() -> None:
    mine, other, first, second = new_handoff(), new_handoff(), new_slot(), new_slot(3)
    hold(mine, first.pk)
    hold(mine, second.pk)
    assert hold(other, first.pk).handoff == other


def test_a_hold_ends_by_itself() -> None:
    mine, other, slot = new_handoff(), new_handoff(), new_slot()
    hold(mine, slot.pk)
    Hold.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert hold(other, slot.pk).handoff == other


def test_an_open_form_holds_on_but_not_for_ever() -> None:
    mine, slot = new_handoff(), new_slot()
    hold(mine, slot.pk)
    begun = timezone.now() - timedelta(minutes=25)
    Hold.objects.update(since=begun)
    assert hold(mine, slot.pk).until == begun + holds.LONGEST


def test_a_paused_form_holds_nothing() -> None:
    mine, slot = new_handoff(), new_slot()
    Handoff.objects.update(state=Handoff.State.PAUSED)
    with pytest.raises(holds.NotOpen):
        hold(mine, slot.pk)
