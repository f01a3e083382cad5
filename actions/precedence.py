"""What comes before the answer to a message: an alarm, a checking question, another language."""

from __future__ import annotations

import re
from dataclasses import replace

from rasa_sdk import Tracker

from actions import topics
from actions.alarms import Alarm
from actions.bumps import bumps_in
from actions.describing import SOME, denies_self_harm, describes_own, told, told_in
from actions.languages import language_of
from actions.memory import Json, Memory, intent_of, meant_intent, reading_of, red_flags
from triage.model import Assertion, FlagHit, Level, Reading

YES = ("yes", "yeah", "yep", "yup", "ya", "correct", "right")
UNSURE = ("unsure",)
SELF_HARM = "E12"
SMALL_TALK = ("greet", "thank", "goodbye", "affirm", "deny", "unsure", "help", "out_of_scope", "stop")
UNCLEAR = ("out_of_scope", "nlu_fallback")
MILIA = re.compile(r"\b(mili(a|um)|bumps?|spots?|dots?)\b", re.IGNORECASE)
WITHDRAWAL = "withdrawal"  # the question whether an emergency is over
DENIES = re.compile(
    r"^\W*([\w'’]+[^\w'’]+){0,3}(no|nope|nah|never|not|none|nothing)\b|^(\w+\W+){0,3}(do|would)n['’]?t\W*$"
)
UNWELL = re.compile(r"\bnot (great|good|well|ok|okay|fine|sure|really|much)\b")
WELL = ("well_told", "doing_well")
OPEN = re.compile(r"(how|what|which|when|where|who)\b", re.IGNORECASE)


def guard_of(tracker: Tracker, before: Memory, now: Memory, reading: Reading, alarm: Alarm, answering: bool) -> Json:
    """Choose the guard of this turn; a red flag needs none, it is an intent."""
    cleared = before.question in red_flags() and not alarm.new and told_in(now.facts) >= SOME
    if reading.flags:
        return {"guard": None, "screen": check(tracker, now, reading).get("screen")}
    if now.question == WITHDRAWAL:
        return {"guard": "withdrawn" if says_yes(tracker) else "alarm", "question": None}
    if alarm.taken_back:
        return {"guard": WITHDRAWAL}
    if alarm.new and not answering:
        return {"guard": "alarm"}
    if language := None if answering else foreign(tracker):
        return {"guard": "language", "topic": f"language_{language}"}
    if any(hit.flag == SELF_HARM for hit in now.flags) and intent_of(tracker) in SMALL_TALK:
        return {"guard": "care"}
    if worries(tracker, before, now, reading):
        return {"guard": "stays"}
    found = check(tracker, now, reading)
    return found or ({"guard": "describes"} if describes_own(tracker, now, reading) or cleared else {})


def worries(tracker: Tracker, before: Memory, now: Memory, reading: Reading) -> bool:
    """Tell whether a message after an advice adds to it or worries about it, and asks nothing that has an answer.

    "Is she going to be OK?", "he says it's fine", "it bled once when I shaved".
    """
    intent = intent_of(tracker)
    if before.level is None or now.in_interview or before.question or reading.text.startswith("/"):
        return False
    if intent == "ask_harmful":
        return before.level.rank >= Level.URGENT.rank and not (MILIA.search(reading.text) or bumps_in(reading.text))
    if intent not in UNCLEAR or topics.is_named(intent, topics.topic_of(intent, reading.text, now.facts)):
        return False
    return before.level.rank >= Level.URGENT.rank or (before.level is Level.SOON and told(reading) > 0)


def foreign(tracker: Tracker) -> str | None:
    """Give the language of a typed message that is not English."""
    text = str(tracker.latest_message.get("text") or "")
    return None if text.startswith("/") else language_of(text)


def check(tracker: Tracker, now: Memory, reading: Reading) -> Json:
    """Put the question of net two once, unless the alarm has already sounded as loud."""
    flag = red_flags().get(reading.screen or "")
    if not flag or reading.screen in now.checked or now.in_interview or OPEN.match(flag["ask"]):
        return {}  # only a question that takes a "yes" can be put here
    level = Level(flag["level"])
    if now.level and now.level.rank >= level.rank:
        return {}
    if intent_of(tracker) == "describe_symptoms" and (level is Level.SOON or now.facts.get("who") == "baby"):
        return {}  # the interview begins with these signs: in a baby with fever, feeding and waking, then the spots
    return {"screen": reading.screen, "guard": "check"}


def answered_check(tracker: Tracker, now: Memory) -> Memory:
    """Take the answer to a checking question: "yes" fires its red flag; so does doubt, when it would be urgent.

    After the advice on a milder sign of the same danger everything but a denial does.
    """
    flag = red_flags().get(now.question or "")
    if not flag:
        return now
    answered = replace(now, question=None)
    level = Level(flag["level"])
    doubt = meant_intent(tracker) in UNSURE and level.rank >= Level.URGENT.rank
    evades = any(red_flags()[hit.flag].get("then_ask") == flag["id"] for hit in now.flags) and not denies(tracker)
    if not (says_yes(tracker) or doubt or evades):
        return answered
    words = (reading_of(tracker).text, flag["ask"])
    hit = FlagHit(flag["id"], level, flag["because"], tuple(flag["source"]), words)
    return replace(answered, flags=(*now.flags, hit))


def denies(tracker: Tracker) -> bool:
    """Tell whether the message disagrees, or says that all is well."""
    reading = reading_of(tracker)
    said = reading.text.strip().lower()
    if denies_self_harm(reading.findings) or meant_intent(tracker) == "deny":
        return True
    well = any(one.concept in WELL and one.assertion is Assertion.PRESENT for one in reading.findings)
    return not UNWELL.search(said) and (well or bool(DENIES.search(said)))


def says_yes(tracker: Tracker) -> bool:
    """Tell whether the message agrees."""
    first = reading_of(tracker).text.lower().split()[:1]
    return meant_intent(tracker) == "affirm" or bool(first and first[0].strip(",.!") in YES)
