"""Which rules a clinician has signed: a signature covers the text that was read, and runs out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from triage.errors import KnowledgeError
from triage.files import read_yaml

FILE = "sign_off.yml"
KINDS = FLAG, OVERRIDE, UNDETERMINED, NOTE, CRITERIA, QUESTION, LEVEL, VARIANT, LOOK_ALIKE = (
    *("red flag", "override", "when nothing settles it", "note", "what is called milia", "question"),
    *("level", "special case of a level", "look-alike"),
)


@dataclass(frozen=True)
class Record:
    """One rule as it stands in its file, with the mark of its text."""

    id: str
    kind: str
    file: str
    raw: Mapping[str, Any]

    @property
    def mark(self) -> str:
        """Give eight letters that change with every word of the record; the date of a review is none of them."""
        text = {key: value for key, value in self.raw.items() if key != "reviewed"}
        return hashlib.sha256(json.dumps(text, sort_keys=True, default=str).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Signature:
    """Who approved a rule, when, and until when that is good."""

    by: str
    on: date
    until: date
    mark: str

    def state(self, record: Record, today: date) -> str:
        """Give `signed`, `expired` or `changed`, which means changed since it was signed."""
        if self.mark != record.mark:
            return "changed"
        return "signed" if today <= self.until else "expired"


def records(folder: Path) -> tuple[Record, ...]:
    """Read every rule that a clinician signs: flags, rules over facts, questions, levels and look-alikes."""
    return tuple(_records(folder))


def _records(folder: Path) -> Iterator[Record]:
    for path in sorted((folder / "red_flags").glob("*.yml")):
        raw = read_yaml(path)
        yield Record(str(raw["id"]), FLAG, f"red_flags/{path.name}", raw)
    assessment = read_yaml(folder / "assessment.yml")
    for key, kind in (("overrides", OVERRIDE), ("undetermined", UNDETERMINED), ("notes", NOTE)):
        yield from (Record(str(raw["id"]), kind, "assessment.yml", raw) for raw in assessment[key])
    for key in ("milia", "milia_in_a_baby"):
        yield Record(str(assessment[key]["id"]), CRITERIA, "assessment.yml", assessment[key])
    for raw in read_yaml(folder / "questions.yml")["questions"]:
        yield Record(f"question.{raw['id']}", QUESTION, "questions.yml", raw)
    levels = read_yaml(folder / "levels.yml")
    for name, raw in levels["levels"].items():
        yield Record(f"level.{name}", LEVEL, "levels.yml", {"level": name, **raw})
    yield from (Record(f"level.{raw['id']}", VARIANT, "levels.yml", raw) for raw in levels["variants"])
    for path in sorted((folder / "conditions").glob("*.yml")):
        raw = read_yaml(path)
        yield Record(str(raw["id"]), LOOK_ALIKE, f"conditions/{path.name}", raw)


def signatures(folder: Path, known: tuple[Record, ...]) -> dict[str, Signature]:
    """Read who signed what; raises KnowledgeError that names the rule and the cure. Without the file nobody has."""
    if not (folder / FILE).exists():
        return {}
    raw = read_yaml(folder / FILE)
    names = {record.id for record in known}
    found = {}
    for name, one in (raw.get("signed") or {}).items():
        if name not in names:
            raise KnowledgeError(f"{FILE}: '{name}' is no rule. Take the id from the page of `make rulebook`.")
        if not _complete(one):
            raise KnowledgeError(f'{FILE}: {name}: write {{by: name, date: 2026-12-01, mark: "eight letters"}}.')
        good_for = timedelta(days=int(raw.get("valid_days") or 365))
        found[str(name)] = Signature(one["by"], one["date"], one["date"] + good_for, one["mark"])
    return found


def _complete(raw: Any) -> bool:
    texts = isinstance(raw, dict) and all(isinstance(raw.get(key), str) and raw[key] for key in ("by", "mark"))
    return texts and isinstance(raw.get("date"), date)


def signed_until(folder: Path) -> dict[str, str]:
    """Give for each rule whose signed text still stands the last day (ISO) on which the signature is good."""
    if not (folder / FILE).exists() or not read_yaml(folder / FILE).get("signed"):
        return {}  # nobody has signed: a start need not read every rule once more
    known = records(folder)
    found = signatures(folder, known)
    marks = {record.id: record.mark for record in known}
    return {name: one.until.isoformat() for name, one in found.items() if one.mark == marks[name]}
