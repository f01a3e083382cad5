"""Case files: every error names file, line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import cases
from evaluation.cases import CaseError

GOOD = '{"id": "a", "text": "hi", "level": "none", "kind": "plain"}'
FORM = '{"id": a text, "text": a text, "level": a text, "kind": a text}'


def write(folder: Path, words: str) -> Path:
    """Write a case file."""
    path = folder / "cases.jsonl"
    path.write_text(words, encoding="utf-8")
    return path


def test_blank_lines_are_skipped_and_more_keys_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + "\n\n" + GOOD.replace('"a"', '"b"').replace("}", ', "style": "x"}'))
    assert [case["id"] for case in cases.read(path, "safety")] == ["a", "b"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("nil", ", line 1: this is no JSON (Expecting value at column 1). Write one JSON object a line."),
        ("[]", f", line 1: this is list, not an object. Write {FORM}."),
        (GOOD.replace('"text": "hi", ', ""), f", line 1: 'text' is missing; it must be a text. Write {FORM}."),
        (GOOD.replace('"hi"', "1"), f", line 1: 'text' has the wrong type; it must be a text. Write {FORM}."),
        ("\n" + GOOD.replace("none", "high"), f", line 2: 'level' is 'high'. Use one of {', '.join(cases.LEVELS)}."),
        (GOOD + "\n" + GOOD, ": the id 'a' stands on two lines. Give each case an id of its own."),
        ("\n", ": the file holds no case. Write one JSON object a line."),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_the_cure(tmp_path: Path, words: str, sentence: str) -> None:
    path = write(tmp_path, words)
    with pytest.raises(CaseError) as raised:
        cases.read(path, "safety")
    assert str(raised.value) == f"{path}{sentence}"


def test_a_missing_file_and_a_wrong_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="there is no such file"):
        cases.read(tmp_path / "none.jsonl", "safety")
    path = tmp_path / "latin.jsonl"
    path.write_bytes('{"id": "é"}'.encode("latin-1"))
    with pytest.raises(CaseError, match="no UTF-8"):
        cases.read(path, "safety")


@pytest.mark.parametrize("kind", list(cases.FORMS))
def test_every_committed_file_is_in_order(kind: str) -> None:
    files = cases.own_files(kind)
    assert files
    assert [path.name for path in files if not cases.read(path, kind)] == []
    assert [path.name for path in files if not path.stem.endswith(("-develop", "-locked"))] == []
