"""The assistant's answer to one message, read from the tracker: messages, what was understood, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

SOURCES = Path(__file__).resolve().parent.parent / "knowledge" / "sources.yml"
CARE_FIRST = ("emergency", "urgent", "soon")
BOOK = "/book_appointment"
FALLBACK = "nlu_fallback"
MORE = {"title": "Tell me more", "payload": '/explain{"topic": "more"}'}
Json = dict[str, Any]


def reply(tracker: DialogueStateTracker, start: int) -> Json | None:
    """Give the answer to the message at event `start`, as it was then; None if there is none that is safe to show."""
    events = list(tracker.events)
    message: UserUttered = events[start]
    turn = list(takewhile(lambda event: not isinstance(event, UserUttered), events[start + 1 :]))
    then = tracker.from_events(tracker.sender_id, events[: start + 1 + len(turn)], tracker.slots.values())
    messages = list(shown(turn, then.get_slot("disposition")))
    understood = understanding_of(message)
    if not messages or then.get_slot("heard") != message.message_id:
        return None  # the safety net did not read this message
    if not_advised(understood, then) and not any(one["metadata"].get("type") == "advice" for one in messages):
        return None  # an alarm was met with no advice
    return {"messages": messages, "understood": understood, "assessment": assessment_of(then, messages)}


def not_advised(understood: Json, tracker: DialogueStateTracker) -> set[str]:
    """Name the red flags of this message that the visitor has had no advice about yet, now or in an earlier turn."""
    return {one["flag"] for one in understood["flags"]} - set(tracker.get_slot("advised") or ())


def understanding_of(message: UserUttered) -> Json:
    """Give what was understood in the visitor's words."""
    parsed = message.parse_data
    reading = parsed.get("reading") or {}
    classified = guess_of(parsed)
    return {
        "intent": parsed["intent"].get("name"),
        "confidence": parsed["intent"].get("confidence"),
        "classified_intent": classified.get("name"),
        "classified_confidence": classified.get("confidence"),
        "runner_up": runner_up(parsed, classified.get("name")),
        "findings": reading.get("findings", []),
        "flags": reading.get("flags", []),
    }


def guess_of(parsed: Json) -> Json:
    """Give the classifier's best guess, also when a red flag or the fallback took its place: staff want to see it."""
    guess: Json = parsed.get("classified_intent") or parsed["intent"]
    ranking = ranked(parsed)
    return ranking[0] if guess.get("name") == FALLBACK and ranking else guess


def runner_up(parsed: Json, first: str | None) -> Json | None:
    """Give the intent that came second, for staff; None for a button, which is not classified."""
    found = next((one for one in ranked(parsed) if one["name"] != first), None)
    return {"name": found["name"], "confidence": found.get("confidence")} if found else None


def ranked(parsed: Json) -> list[Json]:
    """Give the classifier's guesses, the best first; the fallback's own is none."""
    return [one for one in parsed.get("intent_ranking") or () if one.get("name") not in (FALLBACK, None)]


def assessment_of(tracker: DialogueStateTracker, messages: Iterable[Json]) -> Json:
    """Give the disposition with its reasons, the question that was put and the one that is open, and what is known."""
    asked = [one["metadata"]["question"] for one in messages if one["metadata"].get("question")]
    return {
        "disposition": tracker.get_slot("disposition"),
        "reasons": tracker.get_slot("disposition_reasons") or [],
        "asked": asked[-1] if asked else None,
        "question": tracker.get_slot("question"),
        "facts": tracker.get_slot("facts") or {},
    }


def shown(turn: Iterable[Event], disposition: str | None) -> Iterator[Json]:
    """Give the bot's messages; only the last keeps its buttons, and nothing is sold before care."""
    said = [event for event in turn if isinstance(event, BotUttered) and (event.text or event.data.get("custom"))]
    for event in said:
        metadata = event.metadata.get("metadata") or {}
        offered = [*([MORE] if metadata.get("more") else []), *(event.data.get("buttons") or [])]
        buttons = offered if event is said[-1] else []
        yield {
            "text": event.text or "",
            "buttons": [
                {"title": one["title"], "payload": one["payload"]}
                for one in buttons
                if disposition not in CARE_FIRST or one["payload"] != BOOK
            ],
            "custom": event.data.get("custom"),
            "metadata": with_sources({key: value for key, value in metadata.items() if key != "more"}),
        }


def with_sources(metadata: Json) -> Json:
    """Turn the tags of an answer's sources into titles and addresses."""
    if not metadata.get("sources"):
        return metadata
    found = [source(one) if isinstance(one, str) else one for one in metadata["sources"]]
    return {"type": "answer", **metadata, "sources": found}


def source(tag: str) -> Json:
    """Give title and address of a source; raises KeyError for a tag that knowledge/sources.yml does not have."""
    known = sources()[tag]
    return {"title": known["title"], "url": known.get("url", "")}


@lru_cache(maxsize=1)
def sources() -> dict[str, Json]:
    """Read knowledge/sources.yml once."""
    return dict(yaml.safe_load(SOURCES.read_text(encoding="utf-8"))["sources"])
