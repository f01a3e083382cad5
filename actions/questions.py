"""What becomes of the visitor's questions in a turn: answered now, answered after the safety check, or asked back."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions import doubts, topics
from actions.alarms import DESCRIBES
from actions.asking import SURE, Asked, answered_before, kept_in
from actions.memory import Json, Memory, intent_of
from actions.responses import FROM_CLINIC, fact

BOOKS = "book_appointment"
FIRST_CHECKED = ("check", "describes")  # the visitor's question waits for these


def guard_of_questions(tracker: Tracker, before: Memory, now: Memory, asks: tuple[Asked, ...]) -> Json:
    """Choose the guard of a message with no alarm: what waited, several questions, another meaning, doubt."""
    if before.question and not now.question and kept_in(tracker, "kept"):
        return {"guard": "kept"}
    if intent_of(tracker) in DESCRIBES:
        return {}
    if len(asks) > 1 or books_too(tracker) or (asks and asks[0].has_answer and asks[0].intent != intent_of(tracker)):
        return {"guard": "questions"}
    if asks and asks[0].intent == "explain" != intent_of(tracker):
        return {"guard": "explain"}
    return {"guard": "doubt"} if doubts.is_doubtful(tracker, asks) else {}


def books_too(tracker: Tracker) -> bool:
    """Tell whether a booking is wished for beside a question."""
    parts = tracker.latest_message.get("parts") or ()
    return len(parts) > 1 and any(one["intent"] == BOOKS and one["confidence"] >= SURE for one in parts)


def about(tracker: Tracker, asks: tuple[Asked, ...], guard: str | None, in_interview: bool) -> Json:
    """Tell which answer fits: the questions, the topic of the first, what the clinic says, the bump to compare with."""
    if not asks or guard == "doubt":
        return {}
    first, last = asks[0], asks[-1]
    says = fact(first.topic)
    in_hand = last if last.intent.startswith("ask_") else answered_before(tracker)
    return {
        "asks": [one.to_dict() for one in asks],
        "about": in_hand.to_dict() if in_hand else None,
        "topic": FROM_CLINIC if says else first.topic,
        "clinic_says": says,
        "compared_with": first.bumps[0] if first.bumps and not guard and not in_interview else None,
    }


def waiting(tracker: Tracker, asks: tuple[Asked, ...], guard: str | None, alarmed: bool, in_interview: bool) -> Json:
    """Keep the questions that come after the safety check; a later question takes their place."""
    if in_interview and not alarmed:
        return {}
    if not (alarmed or guard in FIRST_CHECKED or intent_of(tracker) in DESCRIBES):
        return {} if guard == "kept" else {"kept": None}
    worth = [one.to_dict() for one in asks if is_worth_keeping(tracker, one)]
    return {"kept": worth} if worth else {}


def is_worth_keeping(tracker: Tracker, one: Asked) -> bool:
    """Tell whether an advice leaves this question open; one beside an alarm must be well understood."""
    classified = tracker.latest_message.get("classified_intent") or tracker.latest_message["intent"]
    sure = float(classified.get("confidence") or 0) >= SURE or bool(tracker.latest_message.get("parts"))
    answered, still_open = topics.table()["answered_by_advice"], topics.table()["still_open"]
    left = one.intent not in answered or f"{one.intent}/{one.topic}" in still_open
    return one.intent.startswith("ask_") and sure and left
