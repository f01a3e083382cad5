"""Whether a message also describes a bump of the visitor's own, whatever else it asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rasa_sdk import Tracker

from actions.memory import Memory, intent_of
from actions.topics import telling
from triage.model import Finding, Reading

# What people tell of bumps that they have; in questions about a treatment single ones of these words are common.
DESCRIPTIVE = {
    *("colour", "size_mm", "feel", "top", "number", "location", "duration_days", "change", "onset", "trigger"),
    *("bleeding", "pain", "itch", "heat", "pus", "sore", "age_days", "lash_loss", "eye_signs"),
}
SOME, MANY = 2, 3
CHECK = "check_mine"
NO_SELF_HARM = "no_self_harm"
ALSO = ("book_appointment", "out_of_scope", "help", "greet", "talk_to_human", "bot_challenge", "nlu_fallback")
OF_TREATMENT = (
    *("ask_babies", "ask_aftercare", "ask_risks", "ask_pain", "ask_downtime", "ask_skin_of_colour"),
    *("ask_electrocautery", "ask_skincare", "ask_home_removal", "ask_prevention", "ask_difference", "ask_causes"),
)


def told(reading: Reading) -> int:
    """Count the descriptive facts of a message."""
    return told_in(reading.facts)


def told_in(facts: Mapping[str, Any]) -> int:
    """Count the descriptive facts among some facts."""
    plural = set() if "number.words" in facts else {"number"}  # "milia" says nothing of how many there are
    return len((DESCRIPTIVE & set(facts)) - plural)


def describes_own(tracker: Tracker, now: Memory, reading: Reading) -> bool:
    """Tell whether a question about something else also describes a bump of the visitor's own, for the first time."""
    intent = intent_of(tracker)
    here = asks_for_a_check(reading) and intent != "book_appointment"
    if now.in_interview or now.asked or now.level or not (intent.startswith("ask_") or intent in ALSO or here):
        return False
    if wants_a_check(reading) and not telling(reading.text) and (here or told(reading)):
        return True
    own = "who" in reading.facts and intent not in OF_TREATMENT
    return told(reading) >= (SOME if own else MANY)


def wants_a_check(reading: Reading) -> bool:
    """Tell whether the visitor asks for a look at a bump of their own ("could you check mine?")."""
    return reading.facts.get("wants") == "check" and "who" in reading.facts


def asks_for_a_check(reading: Reading) -> bool:
    """Tell whether that look is asked for in the chat itself, not at an appointment."""
    return any(one.concept == CHECK and one.holds for one in reading.findings)


def denies_self_harm(findings: Iterable[Finding]) -> bool:
    """Tell whether self-harm was denied ("not suicidal")."""
    return any(one.concept == NO_SELF_HARM for one in findings)
