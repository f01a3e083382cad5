"""The laws of triage, proved over the decision space; how it is reduced stands in evaluation/decision_space.py.

That every rule is reached and every question decides is a check of its own, which prints its counts.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from evaluation.decision_space import (
    GROUPS,
    NUMBER_CLASSES,
    TYPICAL,
    TYPICAL_BABY,
    Facts,
    State,
    departed,
    walk,
)
from triage import knowledge as knowledge_files
from triage.engine import Advise, Ask, next_step
from triage.explain import explain
from triage.facts import NUMBERS, UNKNOWN, completed
from triage.model import FlagHit, Level

KNOWLEDGE = knowledge_files.load()


@pytest.fixture(scope="module")
def states() -> list[State]:
    return list(walk(KNOWLEDGE))


def advice(facts: Facts, *flags: FlagHit) -> Advise:
    """Give the advice when every question has been asked."""
    step = next_step(KNOWLEDGE, facts, flags, [question.id for question in KNOWLEDGE.questions])
    assert isinstance(step, Advise)
    return step


def hit(level: Level) -> FlagHit:
    return FlagHit("X01", level, "a sign", ("J",), ("it bleeds",))


def test_every_path_ends_and_no_question_is_put_twice(states: list[State]) -> None:
    assert {len(asked) for _, asked, _ in states if len(asked) >= len(KNOWLEDGE.questions)} == set()
    assert [step.question.id for _, asked, step in states if isinstance(step, Ask) and step.question.id in asked] == []
    assert any(isinstance(step, Advise) for _, _, step in states)


def test_the_typical_path_is_short(states: list[State]) -> None:
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


def test_a_red_flag_never_lowers_a_level(states: list[State]) -> None:
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
    states: list[State],
) -> None:
    for facts, asked, _ in states:
        step = next_step(KNOWLEDGE, facts, [hit(Level.EMERGENCY)], asked)
        assert isinstance(step, Advise)
        assert step.level is Level.EMERGENCY


def test_after_an_alarm_only_safety_is_asked(states: list[State]) -> None:
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
    checked = 0
    for facts in departed(TYPICAL, *pairs, *GROUPS):
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


def test_no_advice_uses_a_banned_word(states: list[State]) -> None:
    banned = KNOWLEDGE.words["banned"]
    texts = {explain(KNOWLEDGE, step, facts).text for facts, _, step in states if isinstance(step, Advise)}
    assert len(texts) > 50
    assert [(word, text) for text in texts for word in banned if word in text.lower()] == []
