"""What a developer is told about each example."""

from __future__ import annotations

from pathlib import Path

import pytest

from corrections.pull import behaviour, main, parse
from scripts.project import Problem


@pytest.mark.parametrize(
    ("example", "remark"),
    [
        ({"kind": "fires", "flag": "E02", "text": "eyelid swollen shut and i have a fever"}, "behaves so already"),
        ({"kind": "fires", "flag": "E02", "text": "it is raining"}, "does not fire today: mend `when` of E02"),
        ({"kind": "does_not_fire", "flag": "E02", "text": "it is raining"}, "behaves so already"),
        ({"kind": "finding", "concept": "fever", "assertion": "absent", "text": "no fever"}, "is read so already"),
        ({"kind": "finding", "concept": "fever", "assertion": "absent", "text": "a fever"}, "is read as ['present']"),
    ],
)  # fmt: skip
def test_an_example_that_the_rules_do_not_follow_is_named(example: dict[str, str], remark: str) -> None:
    assert behaviour(example).startswith(remark)


@pytest.mark.parametrize("line", ["no json", "[]", "{}", '{"kind": "song"}'])
def test_a_file_of_something_else_is_refused(line: str) -> None:
    with pytest.raises(Problem, match="line 1 is no example"):
        parse(line)


def test_an_empty_file_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "corrections.jsonl"
    file.touch()
    assert main(["--file", str(file)]) == 0
    assert "No approved examples wait" in capsys.readouterr().out
