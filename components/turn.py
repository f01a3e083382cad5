"""One turn of a conversation: a visitor's words in, the whole answer out. Channel and evaluation share it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from components import action_results  # noqa: F401 - makes every action call faster
from components.parts import parts_of
from components.reply import reply

CHANNEL = "website"
NO_INTENT = "out_of_scope"
ALARM = "report_red_flag"
COMMAND = re.compile(r"^[\s/]*/\w+(\{.*\})?\s*$", re.DOTALL)
Json = dict[str, Any]


class NoAnswer(RuntimeError):  # noqa: N818 - it names a state, as people say it
    """The assistant has nothing safe to say; the message says why, without any text of the visitor."""


@dataclass(frozen=True)
class Said:
    """What a visitor typed, or the payload of a button that was offered to them."""

    text: str
    button: bool = False


async def take_turn(agent: Agent, sender: str, message_id: str, said: Said) -> Json:
    """Answer one message; the same `message_id` gets the stored answer. Raises NoAnswer rather than say nothing."""
    if agent.processor is None:
        raise NoAnswer("Rasa has no model. Run `make train` and start it again.")
    async with agent.lock_store.lock(sender):
        before = await tracker_of(agent, sender)
        start, attempts = last_attempt(before, message_id)
        if start is not None and (stored := reply(before, start)) is not None:
            return stored
        message_id = f"{message_id}~{attempts}" if attempts else message_id
        await agent.processor.handle_message(await user_message(agent, before, message_id, said))
        after = await tracker_of(agent, sender)
    return checked(after, message_id)


async def tracker_of(agent: Agent, sender: str) -> DialogueStateTracker:
    """Give what Rasa remembers of a conversation."""
    return await agent.tracker_store.get_or_create_tracker(sender, append_action_listen=False)


def last_attempt(tracker: DialogueStateTracker, message_id: str) -> tuple[int | None, int]:
    """Find where a message was last handled, and count how often: a repeated attempt is `id~1`, `id~2`, ..."""
    found = [
        index
        for index, event in enumerate(tracker.events)
        if isinstance(event, UserUttered) and str(event.message_id).partition("~")[0] == message_id
    ]
    return (found[-1] if found else None), len(found)


async def user_message(agent: Agent, tracker: DialogueStateTracker, message_id: str, said: Said) -> UserMessage:
    """Put the words into Rasa's form, with what was said before; typed words never become a command."""
    context = {"earlier": tracker.get_slot("findings") or [], "question": tracker.get_slot("question")}
    text = said.text if said.button else said.text.lstrip("/ \t\r\n") or "?"
    message = UserMessage(text, CollectingOutputChannel(), tracker.sender_id, None, CHANNEL, message_id, context)
    if said.button:
        return message
    parts = parts_of(text)
    if parts or COMMAND.match(said.text):
        parsed = await parse(agent, message, tracker)
        if COMMAND.match(said.text) and parsed["intent"]["name"] != ALARM:
            parsed |= {"intent": {"name": NO_INTENT, "confidence": 1.0}, "typed_command": True}
        message.parse_data = parsed | {"parts": [await part(agent, words) for words in parts]}
    return message


async def parse(agent: Agent, message: UserMessage, tracker: DialogueStateTracker | None = None) -> Json:
    """Understand a message without answering it. Raises NoAnswer without a model."""
    if agent.processor is None:
        raise NoAnswer("Rasa has no model. Run `make train` and start it again.")
    return dict(await agent.processor.parse_message(message, tracker))


async def part(agent: Agent, words: str) -> Json:
    """Give one question of several with the classifier's guess."""
    parsed = await parse(agent, UserMessage(words))
    guess = parsed.get("classified_intent") or parsed["intent"]
    return {"text": words, "intent": guess["name"], "confidence": guess["confidence"]}


def checked(tracker: DialogueStateTracker, message_id: str) -> Json:
    """Give the answer of this turn, unless the safety net did not run or an alarm was met with no advice."""
    start, _ = last_attempt(tracker, message_id.partition("~")[0])
    answer = None if start is None else reply(tracker, start)
    if answer is None:
        raise NoAnswer("no message came out")
    return answer
