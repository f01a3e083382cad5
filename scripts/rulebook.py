"""Write every rule of the knowledge on one page that a clinician can read, print and sign."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from scripts.project import ROOT, VAR
from triage.files import read_yaml
from triage.knowledge import KNOWLEDGE, version_of
from triage.model import Level
from triage.sign_off import KINDS, Record, Signature, records, signatures

PAGE = VAR / "rulebook.html"
WORDS = {
    "unsigned": "not signed",
    "changed": "changed since it was signed",
    "expired": "signature has run out",
    "signed": "signed",
}


@dataclass(frozen=True)
class Entry:
    """A rule as the page shows it."""

    record: Record
    signature: Signature | None
    state: str
    sources: tuple[Mapping[str, str], ...]

    @property
    def words(self) -> str:
        """Give the state in words."""
        return WORDS[self.state]


def main() -> int:
    """Write the page and say how many rules nobody has signed."""
    today = date.today()
    rules = entries(KNOWLEDGE, today)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(written(rules, version_of(KNOWLEDGE), today), encoding="utf-8")
    states = Counter(entry.state for entry in rules)
    told = ", ".join(f"{number} {WORDS[state]}" for state, number in states.most_common())
    print(f"Wrote {PAGE.relative_to(ROOT)}: {sum(states.values())} rules, {told}")
    return 0


def entries(folder: Path, today: date) -> list[Entry]:
    """Give every rule with its state, the most urgent of each kind first; raises KnowledgeError for a bad signature."""
    known = records(folder)
    signed, sources = signatures(folder, known), read_yaml(folder / "sources.yml")["sources"]
    found = []
    for record in sorted(known, key=urgency):
        one = signed.get(record.id)
        cited = tuple(sources.get(tag) or {"title": tag} for tag in record.raw.get("source") or ())
        found.append(Entry(record, one, one.state(record, today) if one else "unsigned", cited))
    return found


def urgency(record: Record) -> int:
    """Sort by level where a rule has one."""
    level = record.raw.get("level")
    return -Level(level).rank if level in {one.value for one in Level} else 0


def written(rules: list[Entry], version: str, today: date) -> str:
    """Give the page as HTML, one chapter a kind; everything that comes from the knowledge is escaped."""
    chapters = {kind: [entry for entry in rules if entry.record.kind == kind] for kind in KINDS}
    summary = {kind: Counter(entry.state for entry in some) for kind, some in chapters.items()}
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape(["j2"]), trim_blocks=True
    )
    environment.filters["said"] = said
    template = environment.get_template("rulebook.html.j2")
    return template.render(
        version=version,
        today=today.isoformat(),
        chapters=chapters,
        summary=summary,
        states=tuple(WORDS),
    )


def said(value: Any) -> str:
    """Put a part of a condition or an answer into words."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {said(one)}" for key, one in value.items()) or "nothing"
    return ", ".join(map(said, value)) if isinstance(value, list | tuple) else str(value)


if __name__ == "__main__":
    sys.exit(main())
