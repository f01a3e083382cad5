"""Trackers for the tests of the actions: slots, one message, and what was done before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from triage.model import Assertion, Finding, FlagHit, Level, Reading

Slots = dict[str, Any]
BLEEDS = Finding("bleeding", Assertion.PRESENT, "bleeds", 0, 6, turn=1)


def flag(name: str = "E01", level: Level = Level.EMERGENCY, words: Sequence[str] = ("throat",)) -> FlagHit:
    """Give a red flag that fired."""
    return FlagHit(name, level, "It can be dangerous.", ("HealthLinkBC-ana",), tuple(words))


def after(*flags: FlagHit) -> Slots:
    """Give the slots after an earlier message that fired these flags."""
    reasons = [{"rule": one.flag, "level": one.level.value, "because": "", "words": [], "source": []} for one in flags]
    return {
        "flags": [one.to_dict() for one in flags],
        "findings": [BLEEDS.to_dict()],
        "disposition": flags[0].level.value,
        "disposition_reasons": [{**one, "knowledge_version": "v"} for one in reasons],
        "advised": [one.flag for one in flags],
    }


def tracker(
    intent: str = "greet",
    text: str = "hello",
    slots: Slots | None = None,
    reading: Reading | None = None,
    done: Sequence[str] = (),
    interview: bool = False,
    entities: Sequence[dict[str, str]] = (),
) -> Tracker:
    """Give a tracker after one message; `done` are the actions since then."""
    latest = {
        "intent": {"name": intent, "confidence": 0.9},
        "text": text,
        "message_id": "m1",
        "entities": list(entities),
    }
    if not text.startswith("/"):
        latest["reading"] = (reading or Reading(text)).to_dict()
    events = [{"event": "user"}, *({"event": "action", "name": name} for name in done)]
    loop = {"name": "triage_form"} if interview else {}
    known = {**({"requested_slot": "answer"} if interview else {}), **(slots or {})}
    return Tracker("s", known, latest, events, False, None, loop, "action_listen")


async def ran(action: Action, state: Tracker) -> tuple[list[dict[str, Any]], Slots]:
    """Run an action; give its messages and the slots that it set."""
    dispatcher = CollectingDispatcher()
    found = action.run(dispatcher, state, {})
    events = await found if hasattr(found, "__await__") else found
    return dispatcher.messages, {one["name"]: one["value"] for one in events if one["event"] == "slot"}
