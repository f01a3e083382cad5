"""Approved examples are written where they belong; everything else in the file stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from corrections.files import Refused, Repository

PAIN = """version: "3.1"
nlu:
- intent: ask_pain
  # Not here: pain in the visitor's own bump.
  examples: |
    - does it hurt
    - does it sting
"""
FLAG = """id: E02
fires:
  - "lid is swollen shut"  # the whole eye
does_not_fire:
  - "lid is a bit puffy"
"""
MEANT = """# How a finding is meant.
absent:
  - fever: "without fever"
present:
  - fever: "a fever"
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A small repository."""
    files = {
        "data/nlu/ask_pain.yml": PAIN,
        "data/nlu/ask_cost.yml": PAIN.replace("ask_pain", "ask_cost").replace("does it hurt", "what is the price"),
        "knowledge/red_flags/E02_lid.yml": FLAG,
        "tests/understanding/meant.yml": MEANT,
        "tests/conversations/test_old.yml": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Repository(tmp_path)


def test_an_example_of_an_intent_comes_last_and_the_comment_stays(repository: Repository) -> None:
    path = repository.add_nlu("ask_pain", "/will [it](part) {burn}")
    assert path is not None
    assert path.read_text("utf-8") == PAIN + "    - will it(part) burn\n"


def test_words_that_stand_there_already_are_not_written_again(repository: Repository) -> None:
    assert repository.add_nlu("ask_pain", "Does it HURT?") is None
    assert repository.add_flag_example("E02", "fires", "lid is swollen shut") is None
    assert repository.add_meaning("fever", "present", "a fever") is None


def test_words_of_another_intent_are_refused(repository: Repository) -> None:
    with pytest.raises(Refused, match="stands under ask_cost already"):
        repository.add_nlu("ask_pain", "what is the price")


@pytest.mark.parametrize("key", ["fires", "does_not_fire"])
def test_an_example_of_a_red_flag_comes_last_in_its_list(repository: Repository, key: str) -> None:
    said = 'he said "it is" shut: yes'
    path = repository.add_flag_example("E02", key, said)
    assert path is not None
    before, after = yaml.safe_load(FLAG), yaml.safe_load(path.read_text("utf-8"))
    assert after == {**before, key: [*before[key], said]}
    assert "# the whole eye" in path.read_text("utf-8")


def test_a_meaning_comes_last_below_its_assertion(repository: Repository) -> None:
    path = repository.add_meaning("fever", "absent", "no fever: none")
    assert path is not None
    assert yaml.safe_load(path.read_text("utf-8")) == {
        "absent": [{"fever": "without fever"}, {"fever": "no fever: none"}],
        "present": [{"fever": "a fever"}],
    }


def test_a_story_gets_a_file_of_its_own(repository: Repository) -> None:
    steps = "      - user: |\n          hello\n        intent: greet\n      - action: utter_greet\n"
    first = repository.add_story("says hello, and goes", steps)
    again = repository.add_story("says hello, and goes", steps)
    other = repository.add_story("says hello, and goes", steps * 2)
    assert first is not None
    assert other is not None
    assert (first.name, again, other.name) == ("test_says_hello_and_goes.yml", None, "test_says_hello_and_goes_2.yml")
    assert yaml.safe_load(first.read_text("utf-8"))["stories"] == [
        {
            "story": "says hello, and goes",
            "steps": [{"user": "hello\n", "intent": "greet"}, {"action": "utter_greet"}],
        }
    ]


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (("add_nlu", "ask_nothing", "x"), "no intent 'ask_nothing'"),
        (("add_flag_example", "E99", "fires", "x"), "no file for 'E99'"),
        (("add_flag_example", "E02", "sings", "x"), "has no list 'sings:'"),
    ],
)
def test_what_has_no_place_is_refused(repository: Repository, call: tuple[str, ...], why: str) -> None:
    with pytest.raises(Refused, match=why):
        getattr(repository, call[0])(*call[1:])
