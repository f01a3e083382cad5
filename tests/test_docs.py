"""The documents name commands and files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = [
    *sorted(ROOT.glob("*.md")),
    *(path for folder in ("evaluation", "benchmarks", "knowledge") for path in sorted((ROOT / folder).glob("*.md"))),
    *sorted((ROOT / "docs").rglob("*.md")),
]  # fmt: skip
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
MADE = ("var/", "models/", ".uv/", ".venv/", "web/.venv/", "results/")  # by running it
TOP = {path.name for path in ROOT.iterdir()}


def names(path: Path) -> str:
    """Name a document in the list of tests."""
    return str(path.relative_to(ROOT))


def words(path: Path) -> str:
    """Read a document."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCS, ids=names)
def test_every_make_command_is_a_target(path: Path) -> None:
    named = re.findall(r"(?:`|^)make ([a-z-]+)", words(path), re.MULTILINE)
    assert sorted(set(named) - set(TARGETS)) == []


@pytest.mark.parametrize("path", DOCS, ids=names)
def test_every_file_that_is_named_exists(path: Path) -> None:
    quoted = re.findall(r"`([A-Za-z0-9_.\-]+/[A-Za-z0-9_./\-]*)`", words(path))
    named = [one for one in quoted if one.split("/")[0] in TOP and not one.startswith(MADE)]
    assert [one for one in named if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=names)
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", words(path)) if "://" not in link and ":" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_makefile_stays_small_and_documented() -> None:
    lines = re.findall(r"^([a-z-]+):[^#\n]*(##? .+)?$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert sum(explained.startswith("## ") for _, explained in lines) <= 15  # what `make help` lists
    assert [target for target, explained in lines if not explained] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "adr"
    listed = re.findall(r"\]\((\d{4}-[^)]+)\)", words(folder / "README.md"))
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))
