"""What sounds the alarm, and for how long: the highest level wins and stays until it is taken back."""

from __future__ import annotations

from dataclasses import dataclass

from rasa_sdk import Tracker

from actions.memory import Memory, highest, intent_of, knowledge, meant_intent, phrases
from triage.engine import Advise, Reason
from triage.explain import explain
from triage.model import FlagHit, Level

DESCRIBES = ("describe_symptoms", "report_red_flag")
# These turns deal with the emergency themselves.
QUIET = (
    "describe_symptoms",
    "report_red_flag",
    "withdraw_alarm",
    "affirm",
    "deny",
    "unsure",
    "explain",
    "call_for_help",
    "book_appointment",
)


@dataclass(frozen=True)
class Alarm:
    """The level after this message with its reasons, and whether this message raised it or took something back."""

    level: Level | None
    reasons: tuple[Reason, ...]
    flags: tuple[FlagHit, ...]
    new: bool
    taken_back: bool
    remind: bool


def sounded(before: Memory, now: Memory, tracker: Tracker, dropped: frozenset[str]) -> Alarm:
    """Weigh the alarms of this message against those before it; `dropped` are the words that it takes back."""
    withdrawn = taken_back(before, now, dropped)
    flags = tuple(hit for hit in now.flags if hit.flag not in withdrawn)
    alarms = alarms_of(now, flags, heeds_facts=now.in_interview or meant_intent(tracker) in DESCRIBES)
    kept = tuple(reason for reason in before.reasons if reason.rule not in withdrawn)
    reasons = highest((*kept, *alarms))
    new = any(reason.rule not in {one.rule for one in kept} for reason in alarms)
    emergency = before.level is Level.EMERGENCY
    return Alarm(
        level=reasons[0].level if reasons else None,
        reasons=reasons,
        flags=flags,
        new=new,
        taken_back=any(hit.level is Level.EMERGENCY and dropped & set(hit.words) for hit in before.flags),
        remind=emergency and not new and intent_of(tracker) not in QUIET,
    )


def alarms_of(now: Memory, flags: tuple[FlagHit, ...], heeds_facts: bool) -> tuple[Reason, ...]:
    """Give the red flags, and the rules over facts when the visitor speaks of a bump of their own."""
    step = Memory(**{**vars(now), "flags": flags}).step()
    fired = {hit.flag for hit in flags}
    known = fired | ({rule.id for rule in knowledge().overrides} if heeds_facts else set())
    reasons = step.reasons if isinstance(step, Advise) else step.alarms
    return tuple(reason for reason in reasons if reason.rule in known)


def taken_back(before: Memory, now: Memory, dropped: frozenset[str]) -> set[str]:
    """Name the rules below an emergency that the visitor has taken back in this message."""
    if not dropped:
        return set()
    still = {reason.rule for reason in alarms_of(now, (), heeds_facts=True)}
    gone = {hit.flag for hit in before.flags if dropped & set(hit.words)}
    facts = {rule.id for rule in knowledge().overrides} - still
    return {one.rule for one in before.reasons if one.rule in gone | facts and one.level is not Level.EMERGENCY}


def reminder(tracker: Tracker) -> str:
    """Repeat the first line of an emergency before any other answer."""
    memory = Memory.of(tracker)
    first = explain(knowledge(), Advise(Level.EMERGENCY, memory.reasons), memory.facts)
    return f"{phrases()['still']} **{first.headline}**"
