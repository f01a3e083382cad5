"""The rule book shows every rule, escaped, with the state of its signature."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from scripts.rulebook import entries, written
from triage import knowledge as knowledge_files
from triage.engine import Advise, next_step
from triage.errors import KnowledgeError
from triage.knowledge import KNOWLEDGE
from triage.sign_off import records, signatures

TODAY = date(2026, 12, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the knowledge that may be signed."""
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge", ignore=shutil.ignore_patterns("language", "*.npz"))
    return tmp_path / "knowledge"


def sign(folder: Path, name: str, mark: str, on: str = "2026-12-01") -> None:
    """Write one signature."""
    line = f"signed:\n  {name}: {{by: Dr A. Example, date: {on}, mark: '{mark}'}}\n"
    (folder / "sign_off.yml").write_text(f"valid_days: 365\n{line}", encoding="utf-8")


def page_of(folder: Path) -> str:
    return written(entries(folder, TODAY), "v", TODAY)


def mark_of(folder: Path, name: str) -> str:
    return next(record.mark for record in records(folder) if record.id == name)


def state_of(folder: Path, name: str, today: date = TODAY) -> str:
    return next(entry.state for entry in entries(folder, today) if entry.record.id == name)


def test_every_rule_is_on_the_page_once() -> None:
    names = [record.id for record in records(KNOWLEDGE)]
    assert len(names) == len(set(names))
    page = page_of(KNOWLEDGE)
    assert [name for name in names if page.count(f'<article id="{name}">') != 1] == []
    assert {"E01", "R-01", "question.alarm", "level.emergency", "D-01", "assessment.milia_consistent"} <= set(names)


def test_words_of_the_knowledge_are_escaped(folder: Path) -> None:
    path = next((folder / "red_flags").glob("E01_*.yml"))
    path.write_text(path.read_text("utf-8").replace("title: ", 'title: "<script>x</script>" # ', 1), "utf-8")
    assert "<script>" not in page_of(folder)
    assert "&lt;script&gt;" in page_of(folder)


def test_a_signature_is_good_for_a_year_and_for_the_text_that_was_read(folder: Path) -> None:
    assert state_of(folder, "R-01") == "unsigned"
    sign(folder, "R-01", mark_of(folder, "R-01"))
    assert state_of(folder, "R-01") == "signed"
    assert state_of(folder, "R-01", date(2027, 12, 1)) == "signed"
    assert state_of(folder, "R-01", date(2027, 12, 2)) == "expired"
    path = folder / "assessment.yml"
    path.write_text(path.read_text("utf-8").replace("A fever of 38.0 C", "A fever of 38.5 C", 1), "utf-8")
    assert state_of(folder, "R-01") == "changed"


def test_a_decision_tells_until_when_its_rule_is_signed(folder: Path) -> None:
    fever = {"age_days": 30, "fever": "yes"}
    sign(folder, "R-01", mark_of(folder, "R-01"))
    step = next_step(knowledge_files.load(folder), fever)
    assert isinstance(step, Advise)
    assert step.reasons[0].to_dict()["signed_until"] == "2027-12-01"
    unsigned = next_step(knowledge_files.load(), fever)
    assert isinstance(unsigned, Advise)
    assert unsigned.reasons[0].signed_until == ""


@pytest.mark.parametrize(("name", "mark", "complaint"), [("R-99", "1a2b3c4d", "is no rule"), ("R-01", "", "write .by")])
def test_a_bad_signature_is_refused_with_the_cure(folder: Path, name: str, mark: str, complaint: str) -> None:
    sign(folder, name, mark)
    with pytest.raises(KnowledgeError, match=complaint):
        signatures(folder, records(folder))
