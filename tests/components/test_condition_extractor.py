"""Look-alikes are found by the names that visitors use, all of knowledge/conditions/."""

from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from ruamel.yaml import YAML

from components.condition_extractor import CONDITIONS, ConditionExtractor

FILES = sorted(CONDITIONS.glob("*.yml"))
NAMES = [
    (name, str(condition["name"]))
    for condition in (YAML(typ="safe").load(path.read_text("utf-8")) for path in FILES)
    for name in condition["also"]
]


def conditions(place: Any, text: str) -> list[tuple[str, str]]:
    """Give the words and the value of each entity."""
    (message,) = place.create(ConditionExtractor).process([Message({TEXT: text})])
    return [(text[one["start"] : one["end"]], one["value"]) for one in message.get(ENTITIES)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("milia vs Whiteheads?", [("Whiteheads", "Closed comedones")]),
        ("is it a sebaceous cyst or a stye", [("sebaceous cyst", "Epidermoid cyst"), ("stye", "Stye (hordeolum)")]),
        ("are milia contagious", []),
    ],
)
def test_names_are_found(place: Any, text: str, found: list[tuple[str, str]]) -> None:
    """The longest name wins, in any case, singular or plural."""
    assert conditions(place, text) == found


def test_every_name_of_every_condition_is_found(place: Any) -> None:
    """A new look-alike needs its file and nothing else."""
    missed = [
        name for name, _ in NAMES if name not in [said.lower() for said, _ in conditions(place, f"is it {name}?")]
    ]
    assert (missed, len(FILES)) == ([], 41)
