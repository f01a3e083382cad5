"""Knowledge files are checked at the start: each complaint names file, record and cure."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from triage import knowledge as knowledge_files
from triage.errors import KnowledgeError
from triage.knowledge import KNOWLEDGE, load, version_of
from triage.model import Level


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the knowledge that may be broken."""
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge", ignore=shutil.ignore_patterns("language", "red_flags"))
    return tmp_path / "knowledge"


def broken(folder: Path, name: str, old: str, new: str) -> str:
    """Break one file and give the complaint."""
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(KnowledgeError) as complaint:
        load(folder)
    return str(complaint.value)


def test_all_look_alikes_of_the_brief_are_there() -> None:
    assert sorted(one.id for one in load().look_alikes) == [f"D-{number:02}" for number in range(1, 42)]


def test_every_level_has_words_and_every_number_is_known() -> None:
    knowledge = load()
    assert set(knowledge.levels) == set(Level)
    assert {call for one in (*knowledge.levels.values(), *knowledge.variants) for call in one.calls} <= set(
        knowledge.words["numbers"]
    )


def test_every_variant_names_red_flags_that_exist() -> None:
    known = {path.stem.split("_")[0] for path in (KNOWLEDGE / "red_flags").glob("*.yml")}
    assert {flag for variant in load().variants for flag in variant.flags} <= known


def test_the_clinic_tells_only_what_its_page_says() -> None:
    told = {key for key, value in load().clinic.items() if value}
    assert told == {"name", "place", "consultation", "consultation_does", "treatments", "claims", "source", "reviewed"}


def test_every_question_can_be_settled_by_each_of_its_facts() -> None:
    for question in load().questions:
        given = {fact for facts in (*question.choices.values(), question.yes, question.no) for fact in facts}
        assert given <= {*question.settles, *question.also, "who", "age_band"}, question.id


def test_the_version_changes_with_any_file(folder: Path) -> None:
    before = version_of(folder)
    (folder / "clinic.yml").write_text("name: Another\n", "utf-8")
    assert version_of(folder) != before


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        (
            "assessment.yml",
            "level: emergency",
            "level: emergancy",
            "assessment.yml: R-01: level 'emergancy' is no level. Use one of",
        ),
        (
            "assessment.yml",
            "source: [NENC, Danika]",
            "source: [NENC, Dankia]",
            "assessment.yml: R-01: source 'Dankia' is not in sources.yml. Add it there or correct the key.",
        ),
        (
            "assessment.yml",
            "{age_band: [A0, A1], fever:",
            "{age_bnad: [A0, A1], fever:",
            "assessment.yml: R-01: 'age_bnad' is no fact. Use one of",
        ),
        (
            "assessment.yml",
            'fever: "yes"}',
            "fever: yes}",
            "assessment.yml: R-01: 'fever' cannot be True. Use one of",
        ),
        (
            "assessment.yml",
            "{below: 43}",
            "{bellow: 43}",
            "assessment.yml: R-03: 'age_days' compares with ['bellow']. Use one of",
        ),
        (
            "assessment.yml",
            "    because: What is known does not settle",
            '    when: {itch: "yes"}\n    because: What is known does not settle',
            "assessment.yml: the last rule under 'undetermined:' must have no conditions, so that every path ends.",
        ),
        (
            "questions.yml",
            "about: [feeding, fever, general]",
            "about: [feeding, feever]",
            "questions.yml: baby_well: 'about' names 'feever'. Use some of",
        ),
        (
            "questions.yml",
            "- id: baby_unwell",
            "- id: baby_well",
            "questions.yml: the id 'baby_well' is used twice under 'questions:'. Give one another id.",
        ),
        ("questions.yml", "  - id: place\n", "  - id:\n", "questions.yml: a record without id: 'id' is None."),
        (
            "levels.yml",
            'calls: ["911", "811"]',
            'calls: ["912"]',
            "levels.yml: emergency: 'calls' names '912'. Use some of",
        ),
        ("conditions/stye.yml", "level: self_care", "level: mild", "stye.yml: D-09: level 'mild' is no level."),
        ("levels.yml", "numbers:", "numbers: [", "levels.yml is no valid YAML"),
        ("levels.yml", "numbers:", "numbers: {}\nnumbers:", "the key 'numbers' stands twice"),
    ],
)
def test_a_mistake_is_named_with_its_cure(folder: Path, name: str, old: str, new: str, complaint: str) -> None:
    assert complaint in broken(folder, name, old, new)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "levels.yml").unlink()
    knowledge_files.load.cache_clear()
    with pytest.raises(KnowledgeError, match=r"levels.yml is missing. Restore it from version control."):
        load(folder)
