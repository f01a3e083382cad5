"""Mutants of the assessment's overrides: each left out, and each of its conditions left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from triage import knowledge
from triage.conditions import Condition
from triage.facts import completed
from triage.records import Rule

EXAMPLES = Path(__file__).parent.parent / "tests" / "triage" / "overrides.yml"
FILE = "knowledge/assessment.yml"
CURE = "Add an example to tests/triage/overrides.yml that tells the two apart, or remove the condition."


@dataclass(frozen=True)
class Change:
    """What is done to an override; no condition at all means that it is left out."""

    words: str
    condition: Condition | None


def changes() -> Iterator[tuple[Rule, Change]]:
    """List every change of every override."""
    for rule in knowledge.load().overrides:
        yield rule, Change(f"the override {rule.id} is left out", None)
        for weaker, left_out in weakened(rule.condition):
            yield rule, Change(f"{rule.id} without {left_out}", weaker)


def weakened(condition: Condition) -> Iterator[tuple[Condition, str]]:
    """Give the condition with one part less, for each part."""
    for fact in condition.when:
        if len(condition.when) > 1 or condition.any_of:
            rest = {name: value for name, value in condition.when.items() if name != fact}
            yield replace(condition, when=rest), f"{fact}: {condition.when[fact]}"
    for fact in condition.unless:
        rest = {name: value for name, value in condition.unless.items() if name != fact}
        yield replace(condition, unless=rest), f"unless {fact}: {condition.unless[fact]}"
    for group in condition.any_of:
        others = tuple(one for one in condition.any_of if one is not group)
        if others:
            yield replace(condition, any_of=others), f"any {dict(group)}"


@cache
def examples() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Read the examples of the tests."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    return found


def noticed(rule: Rule, change: Change) -> bool:
    """Tell whether an example of the rule behaves otherwise after the change."""
    own = examples().get(rule.id, {"holds": [], "does_not_hold": []})
    if change.condition is None:
        return bool(own["holds"])
    some = [completed(facts) for kind in own.values() for facts in kind]
    return any(change.condition.holds(facts) is not rule.condition.holds(facts) for facts in some)


def all_tests() -> Iterator[tuple[str, partial[bool]]]:
    """Give every change in words, with its test."""
    for rule, change in changes():
        yield change.words, partial(noticed, rule, change)
