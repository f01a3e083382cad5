"""A test story out of a corrected talk: today's model holds it again with the right intents; its steps are kept."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from components.turn import ALARM, Said, tracker_of, user_message
from evaluation.assistant import Assistant
from evaluation.practice import without_bookings

Json = dict[str, Any]
SILENT = ("action_listen", "action_session_start", "action_validate_slot_mappings", "action_extract_slots")
INDENT = " " * 6


def steps(assistant: Assistant, content: Json) -> str:
    """Hold the talk and give the steps of its test story as YAML."""
    with without_bookings():
        tracker = assistant.loop.run_until_complete(hold(assistant, content["turns"]))
    assert assistant.agent.domain is not None  # noqa: S101 - a loaded agent has one
    written = list(written_steps(tracker.events, assistant.agent.domain))
    if content.get("answer"):
        written = [*up_to_last_user(written), f"{INDENT}- action: {content['answer']}\n"]
    return "".join(written)


async def hold(assistant: Assistant, turns: Iterable[Json]) -> DialogueStateTracker:
    """Say each turn to the assistant, with the intent that it should have had."""
    agent, sender = assistant.agent, uuid.uuid4().hex
    assert agent.processor is not None  # noqa: S101 - a loaded agent has one
    for turn in turns:
        said = Said(turn["payload"], button=True) if "payload" in turn else Said(turn["text"])
        tracker = await tracker_of(agent, sender)
        message = await user_message(agent, tracker, uuid.uuid4().hex, said)
        if "intent" in turn:
            parsed = message.parse_data or await agent.processor.parse_message(message, tracker)
            message.parse_data = corrected(dict(parsed), turn["intent"])
        await agent.processor.handle_message(message)
    return await tracker_of(agent, sender)


def corrected(parsed: Json, intent: str) -> Json:
    """Give what was understood another intent; a talk that is no alarm has no red flags either."""
    reading = parsed.get("reading") or {}
    quiet = {} if intent == ALARM else {"reading": {**reading, "flags": []}}
    return {**parsed, **quiet, "intent": {"name": intent, "confidence": 1.0}}


def written_steps(events: Iterable[Event], domain: Domain) -> Iterator[str]:
    """Give each step that a story shows: words with intent, actions, loops, and slots that decide what comes next."""
    deciding = {slot.name for slot in domain.slots if slot.influence_conversation} - {REQUESTED_SLOT}
    known: dict[str, Any] = {}
    for event in events:
        if isinstance(event, UserUttered):
            yield f"{INDENT}- user: |\n{INDENT}    {event.text}\n{INDENT}  intent: {event.intent_name}\n"
        elif isinstance(event, ActionExecuted) and event.action_name and event.action_name not in SILENT:
            yield f"{INDENT}- action: {event.action_name}\n"
        elif isinstance(event, ActiveLoop):
            yield f"{INDENT}- active_loop: {event.name or 'null'}\n"
            if not event.name:
                yield slot_step(REQUESTED_SLOT, None)
        elif isinstance(event, SlotSet) and event.key in deciding and known.get(event.key) != event.value:
            known[event.key] = event.value
            yield slot_step(event.key, event.value)


def slot_step(name: str, value: object) -> str:
    """Write that a slot was set."""
    shown = "null" if value is None else f"'{value}'" if value in ("yes", "no") else value
    return f"{INDENT}- slot_was_set:\n{INDENT}    - {name}: {shown}\n"


def up_to_last_user(written: list[str]) -> list[str]:
    """Cut a story after the last thing that the visitor said."""
    last = max(n for n, step in enumerate(written) if step.startswith(f"{INDENT}- user:"))
    return written[: last + 1]
