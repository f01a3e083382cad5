"""The closing count of `make test`."""

from __future__ import annotations

import pytest

from scripts import check
from scripts.check import Check, Outcome


@pytest.mark.parametrize(
    ("words", "code", "outcome"),
    [
        ("....\n4 passed in 0.10s", 0, Outcome(4, 0)),
        ("1 failed, 3 passed in 2s", 1, Outcome(3, 1)),
        ("2 errors in 1s", 2, Outcome(0, 2)),
        ("3 passed, 1 error in 1s", 1, Outcome(3, 1)),
        ("All checks passed!", 0, Outcome(1, 0)),
        ("boom", 1, Outcome(0, 1)),
        ("12 passed in 1s", 1, Outcome(12, 1)),
        ("no tests ran in 0.01s", 5, Outcome(0, 1)),
    ],
)
def test_count_reads_the_closing_line(words: str, code: int, outcome: Outcome) -> None:
    assert check.count(words, code) == outcome


def test_a_check_is_not_run_when_the_training_that_it_needs_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[object] = []

    def output_of(command: tuple[object, ...], **_: object) -> tuple[int, str]:
        ran.append(command[0])
        return (1, "") if command[0] == "train" else (0, "")

    monkeypatch.setattr(check, "output_of", output_of)
    outcomes = check.Runner().run(
        [Check("train", ("train",)), Check("talk", ("talk",), after=("train",)), Check("a", ("a",))]
    )
    assert outcomes == [Outcome(0, 1), Outcome(0, 1), Outcome(1, 0)]
    assert "talk" not in ran


def test_every_check_waits_only_for_checks_before_it() -> None:
    names = [one.name for one in check.CHECKS]
    late = [one.name for place, one in enumerate(check.CHECKS) if not set(one.after) <= set(names[:place])]
    assert late == []
