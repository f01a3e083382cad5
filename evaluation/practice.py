"""Talks that are held again for practice open no booking in the website."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from actions import booking

HANDOFF = "00000000-0000-0000-0000-000000000000"


async def practised(conversation: str, told: dict[str, Any]) -> str:
    """Stand in for `booking.open_handoff`: say that it is open, and ask nobody."""
    return HANDOFF


@contextmanager
def without_bookings() -> Iterator[None]:
    """Let the actions of this process open no booking while the block runs."""
    real = booking.open_handoff
    booking.open_handoff = practised
    try:
        yield
    finally:
        booking.open_handoff = real
