"""What counts as right, too high, too low and open when a reply is read."""

import pytest

from evaluation.replies import FOLDER, SUBJECTS, judge, measure, report
from triage.model import FlagHit, Level, Reading
from understanding import load

HIT = FlagHit("S01", Level.SOON, "because", ("bleeds",), ("J",))


@pytest.mark.parametrize(
    ("value", "read", "flags", "verdict"),
    [
        ("no", "no", (), "right"),
        ("no", "past", (), "right"),
        ("no", "yes", (), "too high"),
        ("no", "no", (HIT,), "too high"),
        ("no", None, (), "open"),
        ("yes", "yes", (), "right"),
        ("yes", None, (HIT,), "right"),
        ("yes", "no", (), "too low"),
        ("yes", None, (), "open"),
    ],
)
def test_a_verdict_compares_what_was_read_with_the_note(
    value: str, read: str | None, flags: tuple[FlagHit, ...], verdict: str
) -> None:
    case = {"id": "1", "key": "bleeding", "text": "reply", "value": value}
    assert judge(case, Reading("reply", (), flags, {"bleeding": read})).verdict == verdict


def test_every_committed_reply_has_a_note_that_its_subject_knows() -> None:
    replies = measure(FOLDER / "author_5.jsonl", load())
    assert {one.key for one in replies} == set(SUBJECTS)
    assert sum(one.verdict == "right" for one in replies) > sum(one.verdict != "right" for one in replies)
    assert f"/{len(replies)} = " in report(replies)
