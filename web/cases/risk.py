"""What worries about a conversation: pure functions over what the log says of each of the visitor's messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cases.models import Concern, Outcome
from chat.models import Disposition

LOW_CONFIDENCE = 0.5
MEDIUM_CONFIDENCE = 0.8
RED_FLAG = re.compile(r"[A-Z]\d\d")  # the id of a red flag is the id of its checking question
FALLBACKS = ("nlu_fallback", "out_of_scope")
ANSWERS = ("affirm", "deny", "unsure", "describe_symptoms", "report_red_flag")
LEVELS = {"emergency": Concern.EMERGENCY, "urgent": Concern.URGENT, "soon": Concern.SOON}


@dataclass(frozen=True)
class Said:
    """One message of a visitor as the log holds it."""

    intent: str = ""
    confidence: float | None = None
    pressed: bool = False
    answered: bool = True
    flags: tuple[tuple[str, str], ...] = ()  # (flag, level)
    signs: tuple[tuple[str, str], ...] = ()  # (fact, assertion) that the triage goes by
    asked: str = ""  # the question that the answer to it put
    unhelpful: bool = False


@dataclass(frozen=True)
class Standing:
    """What else is known of the conversation."""

    level: str = ""
    call_back_reason: str = ""  # why a call back waits; empty: none waits
    booked: bool = False
    called_back: bool = False
    wants_follow_up: bool = False


def concerns(said: Sequence[Said], standing: Standing) -> list[Concern]:
    """List what worries, the worst first."""
    found = {*unattended(said, standing), *misunderstood(said)}
    if open_check(said):
        found.add(Concern.CHECK)
    if any(not one.answered for one in said):
        found.add(Concern.OUTAGE)
    if standing.wants_follow_up:
        found.add(Concern.FOLLOW_UP)
    if said_no_then_yes(said):
        found.add(Concern.CHANGED)
    return sorted(found, key=list(Concern).index)


def unattended(said: Sequence[Said], standing: Standing) -> Iterator[Concern]:
    """Give the worst danger sign that led neither to a booking nor to a call back; a call back that waits counts."""
    if standing.call_back_reason in ("self_harm", "emergency"):
        yield Concern(standing.call_back_reason)
        return
    levels = {level for one in said for _, level in one.flags} | {standing.level}
    worst = next((level for level in LEVELS if level in levels), None)
    if worst and not (standing.booked or standing.called_back):
        yield LEVELS[worst]


def misunderstood(said: Iterable[Said]) -> Iterator[Concern]:
    """Give what went wrong in typed messages; a button is always understood."""
    for one in said:
        if one.unhelpful:
            yield Concern.UNHELPFUL
        if one.pressed or not one.answered:
            continue
        if one.intent in FALLBACKS:
            yield Concern.FALLBACK
        elif one.confidence is not None and one.confidence < LOW_CONFIDENCE:
            yield Concern.UNSURE


def open_check(said: Sequence[Said]) -> bool:
    """Tell whether a checking question about a danger was put and the visitor did not answer it."""
    replies = [*said[1:], None][: len(said)]
    return any(is_check(one.asked) and not answers(reply) for one, reply in zip(said, replies, strict=True))


def is_check(question: str) -> bool:
    """Tell whether a question is about one danger."""
    return bool(RED_FLAG.fullmatch(question))


def answers(reply: Said | None) -> bool:
    """Tell whether the next message answered a question."""
    return reply is not None and (reply.pressed or reply.intent in ANSWERS or bool(reply.flags))


def said_no_then_yes(said: Iterable[Said]) -> bool:
    """Tell whether something was denied first and told later."""
    denied: set[str] = set()
    for one in said:
        if any(fact in denied and assertion == "present" for fact, assertion in one.signs):
            return True
        denied |= {fact for fact, assertion in one.signs if assertion == "absent"}
    return False


def outcome(said: Sequence[Said], standing: Standing) -> Outcome:
    """Say how the conversation stands for the visitor."""
    care_first = standing.level in LEVELS
    for holds, result in (
        (standing.booked, Outcome.BOOKED),
        (standing.called_back, Outcome.CALLED_BACK),
        (not said, Outcome.SILENT),
        (bool(said) and not said[-1].answered, Outcome.NO_ANSWER),
        (care_first, Outcome.TO_CARE),
        (standing.level in Disposition.values, Outcome.ADVISED),
        (bool(said) and bool(said[-1].asked), Outcome.LEFT),
    ):
        if holds:
            return result
    return Outcome.ANSWERED


def sureness(said: Iterable[Said]) -> str:
    """Say how surely the least sure typed message was understood."""
    known = [one.confidence for one in said if one.confidence is not None and not one.pressed]
    least = min(known, default=1.0)
    return "low" if least < LOW_CONFIDENCE else "medium" if least < MEDIUM_CONFIDENCE else "high"
