"""The effect of a rule change is shown: what rises, what falls, and what stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation import diff_rules
from evaluation.decision_space import TYPICAL, Facts
from evaluation.diff_rules import NoBase, compare_descriptions, direction, knowledge_at, told
from triage import knowledge as knowledge_files
from triage.model import Level

KNOWN = knowledge_files.load()
SORE = {**TYPICAL, "pain": "yes"}


@pytest.fixture(autouse=True)
def few_descriptions(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Facts] = [TYPICAL, SORE]
    monkeypatch.setattr(diff_rules, "descriptions", lambda *_: given)


def test_the_same_rules_change_nothing() -> None:
    assert told("descriptions", compare_descriptions(KNOWN, KNOWN)) == "No descriptions get another level.\n"


def test_a_dropped_override_is_shown_as_a_fall_with_the_facts_that_fall() -> None:
    without = replace(KNOWN, overrides=tuple(one for one in KNOWN.overrides if one.id != "S15.painful"))
    text = told("descriptions", compare_descriptions(KNOWN, without))
    assert "| DOWN      | soon S15.painful |" in text
    assert "    pain=yes" in text


def test_a_raised_override_is_shown_as_a_rise() -> None:
    raised = tuple(replace(one, level=Level.URGENT) if one.id == "S15.painful" else one for one in KNOWN.overrides)
    text = told("descriptions", compare_descriptions(KNOWN, replace(KNOWN, overrides=raised)))
    assert "| up        | soon S15.painful | urgent S15.painful | 1            |" in text


def test_a_word_of_milia_that_is_no_longer_said_is_a_change_of_the_same_level() -> None:
    assert direction("routine assessment.milia_consistent, milia suggested", "routine assessment.typical") == (
        "same level"
    )


def test_an_unknown_commit_is_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(NoBase, match="make diff-rules BASE=main"):
        knowledge_at("no-such-commit", tmp_path)


def test_the_knowledge_of_a_commit_can_be_read(tmp_path: Path) -> None:
    assert knowledge_files.load(knowledge_at("HEAD", tmp_path)).overrides
