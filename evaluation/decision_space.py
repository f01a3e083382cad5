"""The decision space of the triage, reduced so that it can be walked whole, and what the walk counts.

The walk presses every button, or answers with nothing useful, at every question; a path may leave the typical answers
twice. The criteria are a conjunction of tests of one fact each, but for the place and the number, so leaving them
by any pair of facts (and by the whole place and number groups) is enough to prove what may be called milia.
Every number is reduced to one value for each class that a rule can tell apart.

`python -m evaluation.decision_space` walks it, prints the counts, and fails when a rule is never reached or a question
can change nothing. The laws (no level lowered, nobody told of milia too early) are in tests/triage/test_walk.py.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

from evaluation.rates import table
from triage import knowledge as knowledge_files
from triage.engine import Advise, Ask, next_step
from triage.facts import LISTS, NUMBERS, UNKNOWN, VALUES
from triage.records import Knowledge

DEPARTURES = 2
Facts = dict[str, Any]
Frozen = frozenset[tuple[str, Any]]
State = tuple[Facts, frozenset[str], Ask | Advise]
Outcome = tuple[str, str, bool]  # level, deciding rule, milia suggested

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
GROUPS = (
    ("location", "trigger", "number"),
    ("number", "age_days", "duration_days", "size_mm", "change"),
    ("location", "eye_signs", "fever"),
    ("location", "pain", "sore", "pus"),
    ("location", "pain", "sore", "feel"),
    ("number", "past_skin_cancer", "age_days"),
)
GROUPS_OF_A_BABY = (("age_days", "colour", "duration_days"),)


def values_of(fact: str) -> list[Any]:
    """Give one value for each class that a rule can tell apart, and an unknown and an open fact."""
    if fact in NUMBERS:
        return [*NUMBER_CLASSES[fact], UNKNOWN, None]
    listed = [[value] for value in VALUES[fact]] if fact in LISTS else list(VALUES[fact])
    return [*listed, UNKNOWN, None]


def freeze(facts: Mapping[str, Any]) -> Frozen:
    """Make facts hashable."""
    return frozenset((fact, tuple(value) if isinstance(value, list) else value) for fact, value in facts.items())


def thaw(facts: Frozen) -> Facts:
    """Give back what `freeze` took."""
    return {fact: list(value) if isinstance(value, tuple) else value for fact, value in facts}


def walk(knowledge: Knowledge) -> Iterator[State]:
    """Give every state of the walk once, with the step that the engine takes there."""
    waiting = [(freeze(opening), frozenset[str](), 0) for opening in OPENINGS]
    seen = {state[:2] for state in waiting}
    while waiting:
        facts, asked, departures = waiting.pop()
        step = next_step(knowledge, thaw(facts), asked=asked)
        yield thaw(facts), asked, step
        if isinstance(step, Ask):
            for place, answer in enumerate((*step.question.choices.values(), {})):
                after = (freeze({**thaw(facts), **answer}), asked | {step.question.id})
                if after not in seen and departures + bool(place) <= DEPARTURES:
                    seen.add(after)
                    waiting.append((*after, departures + bool(place)))


def departed(typical: Facts, *groups: tuple[str, ...]) -> Iterator[Facts]:
    """Give the typical facts with each group of facts set to all their values."""
    for group in groups:
        for values in product(*(values_of(fact) for fact in group)):
            yield {**typical, **dict(zip(group, values, strict=True))}


def described() -> Iterator[Facts]:
    """Give every description that leaves a typical adult or baby by a pair of facts or by a whole group."""
    pairs = list(combinations({**TYPICAL, "who": None}, 2))
    yield from departed(TYPICAL, *pairs, *GROUPS)
    yield from departed(TYPICAL_BABY, *combinations({**TYPICAL_BABY, "trigger": None}, 2), *GROUPS_OF_A_BABY)


def outcome(knowledge: Knowledge, facts: Facts) -> Outcome:
    """Give what is advised when every question has been asked."""
    step = next_step(knowledge, facts, asked=[question.id for question in knowledge.questions])
    if isinstance(step, Ask):
        raise TypeError(f"'{step.question.id}' is asked twice.")
    return step.level.value, step.reasons[0].rule, step.suggests_milia


def reasons_reached(knowledge: Knowledge, states: list[State]) -> Counter[str]:
    """Count how often each rule is among the reasons, over the walk and all descriptions."""
    asked = [question.id for question in knowledge.questions]
    advice = [step for _, _, step in states if isinstance(step, Advise)]
    steps = (next_step(knowledge, facts, asked=asked) for facts in described())
    found = [*advice, *(step for step in steps if isinstance(step, Advise))]
    return Counter(reason.rule for step in found for reason in step.reasons)


def deciding_questions(knowledge: Knowledge, states: list[State]) -> Counter[str]:
    """Count for each question the states in which two of its answers lead to different outcomes, all else open."""
    decided: Counter[str] = Counter()
    for facts, _, step in states:
        if isinstance(step, Ask):
            typical = TYPICAL_BABY if is_baby(facts) else TYPICAL
            settled = {*step.question.settles, *step.question.also}
            filled = {**{fact: value for fact, value in typical.items() if fact not in settled}, **facts}
            answers = (*step.question.choices.values(), dict.fromkeys(step.question.settles, UNKNOWN))
            decided[step.question.id] += len({outcome(knowledge, {**filled, **one}) for one in answers}) > 1
    return decided


def is_baby(facts: Facts) -> bool:
    """Tell whether the facts are a baby's."""
    return facts.get("who") == "baby" or facts.get("age_band") in ("A0", "A1", "A2")


def main() -> int:
    """Print the counts; give 1 when a rule cannot be reached or a question can change nothing."""
    knowledge = knowledge_files.load()
    states = list(walk(knowledge))
    advice = [step for _, _, step in states if isinstance(step, Advise)]
    levels = Counter(step.level.value for step in advice)
    reached, decided = reasons_reached(knowledge, states), deciding_questions(knowledge, states)
    rules = [rule.id for rule in (*knowledge.overrides, *knowledge.undetermined)] + [one.id for one in knowledge.milia]
    rows: list[tuple[str, object]] = [
        ("states walked", len(states)),
        ("paths ended", f"{len(advice)} ({', '.join(f'{name} {number}' for name, number in levels.most_common())})"),
        ("descriptions", sum(1 for _ in described())),
        ("rules reached", f"{sum(bool(reached[one]) for one in rules)} of {len(rules)}"),
        ("questions that decide", f"{sum(bool(n) for n in decided.values())} of {len(knowledge.questions)}"),
    ]
    print(table(("decision space", "count"), rows))
    idle = [f"rule {one} is never reached" for one in rules if not reached[one]]
    idle += [f"question {one.id} never changes an outcome" for one in knowledge.questions if not decided[one.id]]
    print("\n".join(idle))
    return 1 if idle else 0


if __name__ == "__main__":
    sys.exit(main())
