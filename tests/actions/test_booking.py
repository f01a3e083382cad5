"""Booking: care comes first, the website gets the summary, and an outage is said."""

from __future__ import annotations

from typing import Any

import pytest

from actions import booking
from actions.booking import OpenBooking
from tests.actions.trackers import after, flag, ran, tracker
from triage.model import Level


@pytest.fixture
def website(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Stand for the website; gives the list of what it was asked."""
    asked: list[Any] = []

    async def open_handoff(conversation: str, told: Any) -> str:
        asked.append((conversation, told))
        return "h1"

    monkeypatch.setattr(booking, "open_handoff", open_handoff)
    return asked


@pytest.mark.asyncio
async def test_a_booking_is_opened_with_the_summary(website: list[Any]) -> None:
    state = tracker(slots={"disposition": "routine", "facts": {"wants": "removal"}})
    assert (await ran(OpenBooking(), state))[1] == {"booking": "open", "handoff": "h1"}
    summary = {"disposition": "routine", "reasons": [], "facts": {"wants": "removal"}, "wish": "removal"}
    assert website == [("s", summary)]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("level", "result"), [(Level.EMERGENCY, "held"), (Level.URGENT, "held"), (Level.SOON, "other_wish")]
)
async def test_care_comes_first(website: list[Any], level: Level, result: str) -> None:
    state = tracker(slots=after(flag("X1", level)))
    assert (await ran(OpenBooking(), state))[1] == {"booking": result}
    assert website == []


@pytest.mark.asyncio
async def test_another_wish_may_be_booked_while_one_bump_goes_to_the_doctor(website: list[Any]) -> None:
    slots = after(flag("S01", Level.SOON))
    pressed = tracker(text="/book_appointment", slots=slots, entities=[{"entity": "wish", "value": "other"}])
    assert (await ran(OpenBooking(), pressed))[1]["booking"] == "open"
    urgent = tracker(slots=after(flag("U01", Level.URGENT)), entities=[{"entity": "wish", "value": "other"}])
    assert (await ran(OpenBooking(), urgent))[1]["booking"] == "held"
    assert [told["wish"] for _, told in website] == ["unrelated_cosmetic"]


@pytest.mark.asyncio
async def test_a_baby_goes_to_its_doctor(website: list[Any]) -> None:
    state = tracker(slots={"facts": {"age_band": "A0"}})
    assert (await ran(OpenBooking(), state))[1] == {"booking": "not_for_children"}


@pytest.mark.asyncio
async def test_a_website_that_does_not_answer_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKING_URL", "http://127.0.0.1:9")
    assert (await ran(OpenBooking(), tracker()))[1] == {"booking": "unreachable", "handoff": None}
