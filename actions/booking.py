"""Opens a booking in the website, with the summary of the triage; care comes first."""

from __future__ import annotations

import os
from dataclasses import dataclass

import aiohttp
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.memory import Json, Memory, entity
from triage.model import Level

CHILD = ("A0", "A1", "A2", "A3")
UNRELATED = "unrelated_cosmetic"
PATIENCE = aiohttp.ClientTimeout(total=3)  # seconds: the visitor waits


@dataclass(frozen=True)
class Wish:
    """What the booking is for, as far as the visitor has said it."""

    other: bool
    adult: bool


class OpenBooking(Action):
    """Says in the slot `booking` what came of the wish to book."""

    def name(self) -> str:
        """Give the name in domain.yml."""
        return "action_open_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Open a hand-off, unless care comes first."""
        memory, wish = Memory.of(tracker), wish_of(tracker)
        refused = obstacle(memory, wish)
        if refused:
            return [SlotSet("booking", refused)]
        handoff = await open_handoff(tracker.sender_id, summary(memory, wish))
        return [SlotSet("booking", "open" if handoff else "unreachable"), SlotSet("handoff", handoff)]


def wish_of(tracker: Tracker) -> Wish:
    """Read the pressed button, or a "yes" to "is it for something else?"."""
    said = entity(tracker, "wish")
    asked = [event.get("name") for event in tracker.events if event.get("event") == "action"][-3:]
    return Wish(other=said == "other" or "utter_booking_other_wish" in asked, adult=said == "adult")


def obstacle(memory: Memory, wish: Wish) -> str | None:
    """Say why nothing is booked now, or None."""
    if memory.level in (Level.EMERGENCY, Level.URGENT):
        return "held"
    if memory.level is Level.SOON and not wish.other:
        return "other_wish"
    return "not_for_children" if memory.facts.get("age_band") in CHILD and not wish.adult else None


def summary(memory: Memory, wish: Wish) -> Json:
    """Give the clinic what the triage knows: never contact details."""
    return {
        "disposition": memory.level.value if memory.level else None,
        "reasons": [one.to_dict() for one in memory.reasons],
        "facts": memory.facts,
        "wish": UNRELATED if wish.other else str(memory.facts.get("wants") or ""),
    }


async def open_handoff(conversation: str, told: Json) -> str | None:
    """Ask the website for a hand-off; None when it does not give one."""
    url = os.environ.get("BOOKING_URL", "http://127.0.0.1:8000") + "/api/booking/handoffs"
    headers = {"Authorization": f"Bearer {os.environ.get('BOOKING_TOKEN', '')}"}
    body = {"conversation": conversation, "summary": told}
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.post(url, json=body, headers=headers) as response,
        ):
            return str((await response.json())["handoff"]) if response.status == 201 else None
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None  # the visitor is told how else to reach the clinic
