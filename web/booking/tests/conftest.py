"""A request for a consultation, and the hand-off that it came from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from booking import desk
from booking.models import BookingRequest, Handoff, Slot
from chat.models import Conversation

WISH = {"disposition": "routine", "wish": "removal", "facts": {"site": "eyelid"}}


def new_handoff() -> Handoff:
    """Open a hand-off with a triage summary."""
    return Handoff.objects.create(conversation=Conversation.objects.create(), summary=WISH)


def new_slot(days: int = 2) -> Slot:
    """Open a time."""
    return Slot.objects.create(starts_at=timezone.now().replace(microsecond=0) + timedelta(days=days))


@pytest.fixture
def requested(db: None) -> BookingRequest:
    """A request that waits for staff, with an e-mail address."""
    wanted = desk.Request(new_slot().pk, "Ada", "", "ada@mail.example", "mornings")
    return desk.book(new_handoff(), wanted)
