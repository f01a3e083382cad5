"""The safety net: every message of the visitor is heard before anything else happens, in every context."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import topics
from actions.alarms import Alarm, reminder, sounded
from actions.asking import asked_in
from actions.memory import Json, Memory, intent_of, knowledge, reading_of
from actions.precedence import answered_check, guard_of
from actions.questions import about, guard_of_questions, waiting
from actions.replies import answers_question, choice_facts, open_question
from triage.facts import merged
from triage.model import Assertion, Finding, Reading

STEM = 4
Findings = tuple[Finding, ...]
ONE_TURN = ("topic", "clinic_says", "compared_with", "guard", "booking", "screen", "asks")
# These speak of the danger.
CARES = ("alarm", "check", "language", "care", "stays", "describes", "withdrawal", "withdrawn")


class HearVisitor(Action):
    """Takes what was understood into the slots, before the policies choose an answer."""

    def name(self) -> str:
        """Rasa runs the action with this name after every message."""
        return "action_validate_slot_mappings"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Hear a message once; Rasa asks again when a form opens."""
        message = tracker.latest_message.get("message_id")
        if not message or tracker.get_slot("heard") == message:
            return []
        slots = heard(tracker)
        if slots.pop("remind", None):
            dispatcher.utter_message(text=reminder(tracker))
        return [SlotSet(name, value) for name, value in {**slots, "heard": message}.items()]


def heard(tracker: Tracker) -> dict[str, Any]:
    """Give the new value of every slot that this message changes."""
    before, reading = Memory.of(tracker), reading_of(tracker)
    dropped = taken_back(before, reading)
    now = answered_check(tracker, taken_in(tracker, before, reading, dropped))
    alarm = sounded(before, now, tracker, frozenset(one.text for one in dropped))
    now = replace(now, level=alarm.level, reasons=alarm.reasons, flags=alarm.flags)
    answer = answers_question(tracker, before, reading, alarm)
    guard = guard_of(tracker, before, now, reading, alarm, answering=bool(answer))
    asks = () if answer else asked_in(tracker, now.facts)
    if not (guard.get("guard") or reading.flags or answer or now.in_interview):
        guard = {**guard, **guard_of_questions(tracker, before, now, asks)}
    return {
        **dict.fromkeys(ONE_TURN),
        "facts": now.facts,
        "findings": [one.to_dict() for one in now.findings],
        "flags": [one.to_dict() for one in now.flags],
        "disposition": now.level.value if now.level else None,
        "disposition_reasons": [one.to_dict() for one in now.reasons],
        "advised": still_advised(before, alarm),
        "question": now.question,
        **ticked_off(before, reading, answer),
        **({"answer": answer} if answer else {}),  # Rasa takes any value of it, even None, for an answer
        **about(tracker, asks, guard.get("guard"), now.in_interview),
        **waiting(tracker, asks, guard.get("guard"), bool(reading.flags), now.in_interview),
        **guard,
        "doubts": int(tracker.get_slot("doubts") or 0) + 1 if guard.get("guard") == "doubt" else 0,
        "remind": alarm.remind and guard.get("guard") not in CARES,
    }


def taken_in(tracker: Tracker, before: Memory, reading: Reading, dropped: Findings) -> Memory:
    """Add the findings and facts of a message."""
    told = {**reading.facts, **choice_facts(before, reading.text)}
    if intent_of(tracker) == "explain":
        told.pop("refuses", None)  # "why do you ask?" is a question first
    question = next((one for one in knowledge().questions if one.id == before.question), None)
    settles = (*question.settles, *question.also) if question else ()
    hits = {hit.flag: hit for hit in (*before.flags, *reading.flags)}
    return replace(
        before,
        facts=merged(before.facts, told, settles),
        findings=latest(tuple(one for one in before.findings if one not in dropped), reading.findings),
        flags=tuple(hits.values()),
    )


def ticked_off(before: Memory, reading: Reading, answer: str | None) -> Json:
    """Count a reply that sounds an alarm as an answer too, so that its question is not put again."""
    question = open_question(before)
    if answer or question is None or not before.in_interview or not reading.flags:
        return {}
    return {"asked": [*before.asked, question.id], "question": None}


def still_advised(before: Memory, alarm: Alarm) -> list[str]:
    """Forget the advice on rules that were taken back: when they fire once more, it is said once more."""
    gone = {one.rule for one in before.reasons} - {one.rule for one in alarm.reasons}
    return [rule for rule in before.advised if rule not in gone]


def taken_back(before: Memory, reading: Reading) -> Findings:
    """Give the earlier findings that a correction denies ("sorry, it does not bleed")."""
    if reading.facts.get("corrects") != "yes" and not topics.corrects(reading.text):
        return ()
    denied = [one for one in reading.findings if one.assertion is Assertion.ABSENT]
    concepts, stems = {one.concept for one in denied}, {stem for one in denied for stem in stems_of(one.text)}
    return tuple(one for one in before.findings if one.concept in concepts or stems & stems_of(one.text))


def stems_of(text: str) -> set[str]:
    """Give the beginnings of the longer words: "bleed" takes back "keeps bleeding"."""
    return {word[:STEM] for word in text.lower().split() if len(word) >= STEM}


def latest(earlier: Findings, now: Findings) -> Findings:
    """Keep what holds, of each concept the newest mention: the context of the next message."""
    holding = tuple(one for one in now if one.holds)
    mentioned = {one.concept for one in holding}
    return (*(one for one in earlier if one.concept not in mentioned), *holding)
