"""Whether a message answers the open question of the interview."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker

from actions.alarms import Alarm
from actions.describing import asks_for_a_check
from actions.memory import Memory, intent_of, knowledge
from triage.model import Reading
from triage.records import Question

COMPLETE = "complete"  # in the slot `answer`: the interview has no more to ask
# Never questions of the visitor: with these the form goes on, and asks again what was not understood.
REPLIES = (
    "report_red_flag",
    "affirm",
    "deny",
    "unsure",
    "greet",
    "thank",
    "describe_symptoms",
    "out_of_scope",
    "nlu_fallback",
)
# Wishes of the visitor: they are no answers, however much they tell, unless they are only guessed.
WISHES = ("book_appointment", "change_booking", "talk_to_human", "restart", "stop", "explain", "goodbye", "help")
SURE = 0.5
ASKS = re.compile(
    r"\?|^\s*(how|what|why|when|where|which|who|does|do (?!not|n't)|did|is|are|can|could|will|would|should)\b",
    re.IGNORECASE,
)
ASKS_WITHIN = re.compile(  # "thanks, will they go away"
    r"\b(will|can|could|do|does|did|is|are|should|would)\s+(they|it|i|you|he|she|we|this|that|these|those)\b|\b(how|why)\b",
    re.IGNORECASE,
)
ASKED = 0.7
SENTENCES = re.compile(r"(?<=[.!?\n])\s+")
STORY = 3  # sentences: who writes so many tells something


def open_question(memory: Memory) -> Question | None:
    """Give the question that was put and not yet answered."""
    return next((one for one in knowledge().questions if one.id == memory.question), None)


def choice_facts(memory: Memory, text: str) -> dict[str, Any]:
    """Give the facts of a pressed button of the open question."""
    question = open_question(memory)
    chosen = {title.lower(): facts for title, facts in question.choices.items()} if question else {}
    return dict(chosen.get(text.strip().lower(), {}))


def answers_question(tracker: Tracker, before: Memory, reading: Reading, alarm: Alarm) -> str | None:
    """Give the text if it answers; the visitor's own questions and wishes are served first."""
    news = {hit.flag for hit in reading.flags} - set(before.advised)
    if not before.in_interview or news or alarm.taken_back:
        return None
    question, text = open_question(before), reading.text
    pressed = question is not None and text.strip().lower() in {title.lower() for title in question.choices}
    if pressed or intent_of(tracker) in REPLIES or is_said_again(tracker, text) or asks_for_a_check(reading):
        return text
    wish = intent_of(tracker) in WISHES and float(tracker.latest_message["intent"].get("confidence") or 0) >= SURE
    return text if (reading.facts or is_story(text)) and not wish and not asks(tracker, text) else None


def is_story(text: str) -> bool:
    """Tell whether a message has several sentences."""
    return len(SENTENCES.split(text.strip())) >= STORY


def asks(tracker: Tracker, text: str) -> bool:
    """Tell whether a message asks; a story does by a question that is well understood: "tender? no." is none."""
    if not is_story(text):
        sure = intent_of(tracker).startswith("ask_") and float(tracker.latest_message["intent"]["confidence"]) >= ASKED
        return bool(ASKS.search(text)) or (sure and bool(ASKS_WITHIN.search(text)))
    parts = tracker.latest_message.get("parts") or ()
    return any(one["intent"].startswith("ask_") and one["confidence"] >= SURE for one in parts)


def is_said_again(tracker: Tracker, text: str) -> bool:
    """Tell whether the message before this one got the answer that this one would get: now it is meant as a reply.

    A short question is asked again for its own sake.
    """
    said = [one for one in tracker.events if one.get("event") == "user"]
    if len(said) < 2:
        return False
    before = said[-2]
    same_intent = ((before.get("parse_data") or {}).get("intent") or {}).get("name") == intent_of(tracker)
    same_text = str(before.get("text") or "").strip().lower() == text.strip().lower()
    return same_text or (same_intent and len(SENTENCES.split(text.strip())) > 1)
