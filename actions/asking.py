"""What a message asks: one question or several, in their own words or in the light of what was answered before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from actions import bumps, follow_ups, topics
from actions.alarms import DESCRIBES
from actions.memory import Json, entity, intent_of, meant_intent
from actions.responses import topics_of

COMPARES = "ask_difference"
UNKNOWN_BUMP = "unknown"
SMALL_TALK = ("greet", "goodbye", "thank", "help", "stop", "bot_challenge", "talk_to_human", "change_booking")
ANSWERED = (*SMALL_TALK, "print_advice", "call_for_help", "out_of_scope")
SURE = 0.5  # of a question beside another, or beside an alarm


@dataclass(frozen=True)
class Asked:
    """A question of the visitor: its answer is `utter_<intent>` with this topic, or a comparison with these bumps.

    `subject` is what it is about beyond this one answer: "does it hurt?" after extraction is about extraction.
    """

    intent: str
    topic: str | None = None
    bumps: tuple[str, ...] = ()
    subject: str | None = None

    @property
    def has_answer(self) -> bool:
        """True when a response or a comparison answers it."""
        return self.intent.startswith("ask_") or self.intent in ANSWERED

    def to_dict(self) -> Json:
        """Give what a slot keeps."""
        return {"intent": self.intent, "topic": self.topic, "bumps": list(self.bumps), "subject": self.subject}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Asked:
        """Read what `to_dict` wrote."""
        return cls(raw["intent"], raw["topic"], tuple(raw["bumps"]), raw["subject"])


def kept_in(tracker: Tracker, slot: str) -> tuple[Asked, ...]:
    """Give the questions in a slot."""
    return tuple(Asked.from_dict(one) for one in tracker.get_slot(slot) or ())


def answered_before(tracker: Tracker) -> Asked | None:
    """Give the question that was answered last."""
    about = tracker.get_slot("about")
    return Asked.from_dict(about) if about else None


def asked_in(tracker: Tracker, facts: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Give each question of the message once, in its order; of a message that asks nothing, its intent."""
    text = str(tracker.latest_message.get("text") or "")
    if text.startswith("/"):
        return (pressed(tracker),)
    about, found = answered_before(tracker), []
    for words, intent in parts_of(tracker, text):
        about = asked(words, intent, about, facts)
        found.append(about)
    several = [one for one in found if one.has_answer]
    return tuple(dict.fromkeys(several)) if len(several) > 1 else tuple(found[-1:] if several else found[:1])


def parts_of(tracker: Tracker, text: str) -> Iterator[tuple[str, str]]:
    """Give the words and the intent of each question; a part that was hardly understood is left out."""
    parts = tracker.latest_message.get("parts") or ()
    sure = [one for one in parts if one["confidence"] >= SURE or follow_ups.kind_of(one["text"])]
    if len(sure) > 1:
        yield from ((one["text"], one["intent"]) for one in sure)
    elif sure and meant_intent(tracker) in DESCRIBES and sure[0]["intent"] not in DESCRIBES:
        yield text, sure[0]["intent"]
    else:
        yield text, meant_intent(tracker)


def pressed(tracker: Tracker) -> Asked:
    """Read a pressed button."""
    named = bumps.bumps_in(entity(tracker, "condition") or "")
    topic = "command" if tracker.latest_message.get("typed_command") else entity(tracker, "topic")
    intent = intent_of(tracker)
    return Asked(intent, topic, named, follow_ups.subject_of(intent, topic, "", answered_before(tracker)))


def asked(text: str, intent: str, about: Asked | None, facts: Mapping[str, Any]) -> Asked:
    """Understand one question: of another bump, in the light of the one before, or by its own words."""
    if told := topics.telling(text):
        return Asked(*told)
    named = bumps.bumps_in(text)
    follows = follow_ups.resolved(text, about)
    if about and about.bumps and not named and follows and follows.of_bump:
        return Asked(COMPARES, follows.of_bump, about.bumps, about.subject)
    if named and bumps.compares(intent, text):
        return Asked(COMPARES, None, named)
    if follows:
        intent = follows.intent
    subject = follow_ups.subject_of(intent, follows.topic if follows else None, text, about)
    topic = follows.topic if follows else by_words(intent, text, facts, subject)
    if intent == COMPARES and topic is None and bumps.names_unknown_bump(text):
        topic = UNKNOWN_BUMP
    return Asked(intent, topic, (), subject)


def by_words(intent: str, text: str, facts: Mapping[str, Any], subject: str | None) -> str | None:
    """Give the topic that the words name, else the subject in hand if it has an answer of its own."""
    topic = topics.topic_of(intent, text, facts)
    if not topics.is_named(intent, topic) and subject in topics_of(intent):
        return subject
    return topic
