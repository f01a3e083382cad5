"""The examples of the intents: none twice, none under two intents, as many as the classifier needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from evaluation.cases import own_files, read

FOLDER = Path(__file__).resolve().parents[2] / "data" / "nlu"
ALIKE = 0.8  # of the words that two examples have together
MOST = {"describe_symptoms": 300, "out_of_scope": 1600}
USUAL_MOST = 150
LEAST = 15


def examples() -> dict[str, list[str]]:
    """Give the examples of each intent without their entity marks."""
    found: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line[2:].strip() for line in block["examples"].splitlines() if line.startswith("- ")]
            found[block["intent"]] = [re.sub(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})", r"\1", line) for line in lines]
    return found


def words(text: str) -> frozenset[str]:
    """Give the words of a text without their order, case and apostrophes; of a text without words, its signs."""
    return frozenset(re.findall(r"\w+", re.sub("['’]", "", text.lower())) or text)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """True when two texts say the same in the same words."""
    small, large = sorted((len(one), len(other)))
    return small >= ALIKE * large and len(one & other) >= ALIKE * len(one | other)


EXAMPLES = examples()


@pytest.mark.parametrize("intent", EXAMPLES)
def test_an_intent_has_enough_examples_and_not_too_many(intent: str) -> None:
    """Else the classifier would not know it, or know little else."""
    assert LEAST <= len(EXAMPLES[intent]) <= MOST.get(intent, USUAL_MOST)


def test_no_words_stand_twice() -> None:
    """The same words under two intents contradict each other; under one they teach nothing."""
    places: dict[frozenset[str], list[str]] = {}
    for intent, lines in EXAMPLES.items():
        for line in lines:
            places.setdefault(words(line), []).append(f"{intent}: {line}")
    assert [twins for twins in places.values() if len(twins) > 1] == []


@pytest.mark.parametrize(
    "path", [path for path in own_files("nlu") if path.stem.endswith("-locked")], ids=lambda p: p.stem
)
def test_no_locked_case_is_an_example(path: Path) -> None:
    """What is measured on was not learnt; only the ids are told, because nobody may read these cases."""
    learnt = {words(line) for lines in EXAMPLES.values() for line in lines}
    cases = {case["id"]: words(case["text"]) for case in read(path, "nlu")}
    assert [name for name, said in cases.items() if len(said) > 3 and said in learnt] == []
