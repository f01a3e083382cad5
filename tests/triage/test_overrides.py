"""Each override takes its examples and leaves alone what comes close, and its level is reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from triage import knowledge as knowledge_files
from triage.engine import Advise, next_step
from triage.facts import completed

KNOWLEDGE = knowledge_files.load()
EXAMPLES: dict[str, dict[str, list[dict[str, Any]]]] = yaml.safe_load(
    (Path(__file__).parent / "overrides.yml").read_text(encoding="utf-8")
)
RULES = {rule.id: rule for rule in KNOWLEDGE.overrides}
ASKED = [question.id for question in KNOWLEDGE.questions]
CASES = [
    (rule, facts, kind == "holds") for rule, kinds in EXAMPLES.items() for kind, some in kinds.items() for facts in some
]


def test_every_override_has_examples() -> None:
    assert sorted(EXAMPLES) == sorted(RULES)
    assert [rule for rule, kinds in EXAMPLES.items() if not (kinds["holds"] and kinds["does_not_hold"])] == []


@pytest.mark.parametrize(("rule", "facts", "holds"), CASES, ids=str)
def test_an_override_holds_for_its_examples_only(rule: str, facts: dict[str, Any], holds: bool) -> None:
    assert RULES[rule].condition.holds(completed(facts)) is holds


@pytest.mark.parametrize(("rule", "facts"), [case[:2] for case in CASES if case[2]], ids=str)
def test_an_override_that_holds_is_a_reason_and_its_level_is_reached(rule: str, facts: dict[str, Any]) -> None:
    step = next_step(KNOWLEDGE, facts, asked=ASKED)
    assert isinstance(step, Advise)
    assert rule in [reason.rule for reason in step.reasons]
    assert step.level.rank >= RULES[rule].level.rank
