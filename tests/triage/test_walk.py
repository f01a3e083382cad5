"""The interview walked, and the laws of triage proved over it.

The walk presses every button, or answers with nothing useful, at every question; a path may leave the typical answers
twice. The criteria are a conjunction of tests of one fact each, but for the place and the number, so leaving them
by any pair of facts (and by the whole place and number groups) is enough to prove what may be called milia.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

import pytest

from triage import knowledge as knowledge_files
from triage.engine import Advise, Ask, next_step
from triage.explain import explain
from triage.facts import NUMBERS, UNKNOWN, VALUES, completed
from triage.model import FlagHit, Level

KNOWLEDGE = knowledge_files.load()
DEPARTURES = 2
Facts = dict[str, Any]
Frozen = frozenset[tuple[str, Any]]

OPENINGS: tuple[Facts, ...] = (
    {},
    {"who": "self", "colour": "white", "size_mm": 1, "feel": "hard"},
    {"who": "baby"},
    {"who": "baby", "age_days": 10},
    {"who": "baby", "age_days": 45},
    {"who": "baby", "age_days": 150},
    {"age_days": 70 * 365},
    {"who": "child", "age_days": 8 * 365},
    {"location": ["lash_line"]},
    {"refuses": "yes"},
    {"refuses": "yes", "who": "baby", "age_days": 35},
)

TYPICAL: Facts = {
    "age_days": 33 * 365, "location": ["under_eye"], "colour": "white", "size_mm": 1, "feel": "hard", "top": "closed",
    "pain": "no", "itch": "no", "heat": "no", "pus": "no", "bleeding": "no", "sore": "no", "duration_days": 365,
    "change": "stable", "number": "few", "trigger": ["none"], "weak_immunity": "no", "past_skin_cancer": "no",
    "unexplained_blisters": "no", "pregnancy": "no", "isotretinoin": "no", "eye_signs": "no", "lash_loss": "no",
    "fever": "no", "unwell": "no",
}  # fmt: skip

TYPICAL_BABY: Facts = {
    "who": "baby", "age_days": 10, "unwell": "no", "fever": "no", "colour": "white", "size_mm": 1, "feel": "hard",
    "top": "closed", "pus": "no", "heat": "no", "sore": "no", "change": "stable", "location": ["face"],
}  # fmt: skip

NUMBER_CLASSES = {
    "age_days": (0, 27, 28, 42, 90, 91, 200, 365, 12 * 365, 19 * 365, 50 * 365),
    "duration_days": (0, 13, 14, 27, 28, 89, 90, 365),
    "size_mm": (0.5, 2, 3, 3.1, 4, 5, 10),
}


def values_of(fact: str) -> list[Any]:
    """Give one value for each class that a rule can tell apart, and an open and an unknown fact."""
    if fact in NUMBERS:
        return [*NUMBER_CLASSES[fact], UNKNOWN, None]
    listed = [[value] for value in VALUES[fact]] if fact in ("location", "trigger") else list(VALUES[fact])
    return [*listed, UNKNOWN, None]


def freeze(facts: Mapping[str, Any]) -> Frozen:
    return frozenset((fact, tuple(value) if isinstance(value, list) else value) for fact, value in facts.items())


def thaw(facts: Frozen) -> Facts:
    return {fact: list(value) if isinstance(value, tuple) else value for fact, value in facts}


def walk() -> Iterator[tuple[Facts, frozenset[str], Ask | Advise]]:
    """Give every state of the walk once, with the step that the engine takes there."""
    waiting = [(freeze(opening), frozenset[str](), 0) for opening in OPENINGS]
    seen = {state[:2] for state in waiting}
    while waiting:
        facts, asked, departures = waiting.pop()
        step = next_step(KNOWLEDGE, thaw(facts), asked=asked)
        yield thaw(facts), asked, step
        if isinstance(step, Ask):
            for place, answer in enumerate((*step.question.choices.values(), {})):
                after = (freeze({**thaw(facts), **answer}), asked | {step.question.id})
                if after not in seen and departures + bool(place) <= DEPARTURES:
                    seen.add(after)
                    waiting.append((*after, departures + bool(place)))


@pytest.fixture(scope="module")
def states() -> list[tuple[Facts, frozenset[str], Ask | Advise]]:
    return list(walk())


def advice(facts: Facts, *flags: FlagHit) -> Advise:
    """Give the advice when every question has been asked."""
    step = next_step(KNOWLEDGE, facts, flags, [question.id for question in KNOWLEDGE.questions])
    assert isinstance(step, Advise)
    return step


def hit(level: Level) -> FlagHit:
    return FlagHit("X01", level, "a sign", ("J",), ("it bleeds",))


def departed(typical: Facts, *groups: tuple[str, ...]) -> Iterator[Facts]:
    """Give the typical facts with each group of facts set to all their values."""
    for group in groups:
        for values in product(*(values_of(fact) for fact in group)):
            yield {**typical, **dict(zip(group, values, strict=True))}


def test_every_path_ends_and_no_question_is_put_twice(states: list[tuple[Facts, frozenset[str], Ask | Advise]]) -> None:
    assert {len(asked) for _, asked, _ in states if len(asked) >= len(KNOWLEDGE.questions)} == set()
    assert [step.question.id for _, asked, step in states if isinstance(step, Ask) and step.question.id in asked] == []
    assert any(isinstance(step, Advise) for _, _, step in states)


def test_the_typical_path_is_short(states: list[tuple[Facts, frozenset[str], Ask | Advise]]) -> None:
    facts: Facts = {}
    asked: list[str] = []
    while isinstance(step := next_step(KNOWLEDGE, facts, asked=asked), Ask):
        asked.append(step.question.id)
        facts.update(next(iter(step.question.choices.values())) if step.question.id != "age" else {"age_band": "A5"})
    assert asked == ["alarm", "age", "place", "look", "touch", "symptoms", "course", "before"]
    assert step.suggests_milia


def test_what_was_said_is_not_asked_again() -> None:
    facts = {**TYPICAL, "age_days": None, "top": None}
    step = next_step(KNOWLEDGE, facts)
    assert isinstance(step, Ask)
    assert step.question.id == "age"
    step = next_step(KNOWLEDGE, {**facts, "age_band": "A5"})
    assert isinstance(step, Ask)
    assert step.question.id == "top"


def test_a_red_flag_never_lowers_a_level(states: list[tuple[Facts, frozenset[str], Ask | Advise]]) -> None:
    overrides = {rule.id for rule in KNOWLEDGE.overrides}
    for facts, _, step in states:
        if isinstance(step, Advise):
            before = advice(facts)
            least = before.level.rank if before.reasons[0].rule in overrides else 0
            for level in Level:
                after = advice(facts, hit(level))
                assert after.level.rank >= max(level.rank, least), facts
                assert not after.suggests_milia


def test_an_emergency_is_answered_without_a_question(
    states: list[tuple[Facts, frozenset[str], Ask | Advise]],
) -> None:
    for facts, asked, _ in states:
        step = next_step(KNOWLEDGE, facts, [hit(Level.EMERGENCY)], asked)
        assert isinstance(step, Advise)
        assert step.level is Level.EMERGENCY


def test_after_an_alarm_only_safety_is_asked(states: list[tuple[Facts, frozenset[str], Ask | Advise]]) -> None:
    for facts, asked, _ in states:
        step = next_step(KNOWLEDGE, facts, [hit(Level.SOON)], asked)
        assert isinstance(step, Advise) or (step.question.safety and step.question.safety.holds(completed(facts)))


def milia_by_the_brief(facts: Facts) -> bool:
    """Judge as 5.3 says, written independently of assessment.yml: all criteria, nothing open, nothing unknown."""
    one = facts.get("number") == "one"
    injured = set(facts["trigger"]) & {"burn", "rash", "procedure"} if isinstance(facts.get("trigger"), list) else set()
    places = {"eyelid", "under_eye", "face"} | ({"body", "scalp"} if injured else set())
    numbers = [facts.get(fact) for fact in NUMBERS]
    if not all(isinstance(number, int | float) for number in numbers):
        return False
    age, lasting, size = (number for number in numbers)
    return (
        all(facts.get(fact) == "no" for fact in ("weak_immunity", "past_skin_cancer", "unexplained_blisters"))
        and all(facts.get(fact) == "no" for fact in ("fever", "unwell", "eye_signs"))
        and all(facts.get(fact) in ("no", "past") for fact in ("pain", "itch", "heat", "pus", "bleeding", "sore"))
        and (facts.get("colour"), facts.get("feel"), facts.get("top")) == ("white", "hard", "closed")
        and isinstance(facts.get("location"), list)
        and set(facts["location"]) <= places
        and facts.get("change") in ("stable", "slow_increase")
        and facts.get("number") in ("one", "few", "many")
        and size <= 3
        and age >= 365
        and lasting >= 14
        and (not one or (age < 50 * 365 and lasting >= 90 and size <= 2 and facts["change"] == "stable"))
    )


def test_milia_are_suggested_only_when_all_criteria_hold() -> None:
    pairs = list(combinations(TYPICAL, 2))
    groups = (*pairs, ("location", "trigger", "number"), ("number", "age_days", "duration_days", "size_mm", "change"))
    checked = 0
    for facts in departed(TYPICAL, *groups):
        if facts["age_days"] in (0, 27, 28, 42, 90):  # babies have a description of their own
            continue
        checked += 1
        assert not advice(facts).suggests_milia or milia_by_the_brief(facts), facts
    assert checked > 10_000
    assert advice(TYPICAL).suggests_milia


def test_a_baby_hears_of_milia_only_when_young_well_and_plain_white() -> None:
    for facts in departed(TYPICAL_BABY, *combinations(TYPICAL_BABY, 2)):
        if advice(facts).suggests_milia and facts.get("age_days") not in NUMBER_CLASSES["age_days"][7:]:
            assert isinstance(facts["age_days"], int)
            assert facts["age_days"] < 91
            assert (facts["unwell"], facts["fever"], facts["colour"], facts["pus"]) == ("no", "no", "white", "no")
            assert facts["size_mm"] <= 3
            assert facts["feel"] != "fluid"
            assert facts["sore"] in ("no", "past", UNKNOWN, None)
    assert advice(TYPICAL_BABY).suggests_milia


def test_a_refusing_visitor_never_hears_of_milia() -> None:
    assert advice({**TYPICAL, "refuses": "yes"}).level is Level.ROUTINE
    assert not advice({**TYPICAL, "refuses": "yes"}).suggests_milia


def test_no_advice_uses_a_banned_word(states: list[tuple[Facts, frozenset[str], Ask | Advise]]) -> None:
    banned = KNOWLEDGE.words["banned"]
    texts = {explain(KNOWLEDGE, step, facts).text for facts, _, step in states if isinstance(step, Advise)}
    assert len(texts) > 50
    assert [(word, text) for text in texts for word in banned if word in text.lower()] == []
