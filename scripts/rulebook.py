"""Write every rule of the knowledge with its level, reason, source and review on one page for a clinician to sign."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

import understanding
from scripts.project import ROOT, VAR
from triage import knowledge
from triage.model import Level
from triage.records import Rule

PAGE = VAR / "rulebook.md"
HEAD = """# Rule book

Written by `make rulebook` from `knowledge/`, version {version}. Do not edit it here.
A rule decides only what stands in its row. Sign-off: a clinician's name and date, here or in the review of the change.
"""
Sources = Mapping[str, Mapping[str, str]]


def main() -> int:
    """Write the page."""
    known, flags = knowledge.load(), understanding.load().flags
    parts = [HEAD.format(version=known.version)]
    for level in Level:
        rows = [(one.id, one.title, one.because, one.source, one.sign_off) for one in flags if one.level is level]
        if rows:
            parts.append(f"## Red flags: {level.value}\n\n{rows_of(rows, known.sources)}")
    parts.append(f"## Overrides by age, place and time\n\n{rows_of(rules(known.overrides), known.sources)}")
    parts.append(f"## When nothing settles it\n\n{rows_of(rules(known.undetermined), known.sources)}")
    PAGE.write_text("\n".join(parts), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}")
    return 0


Row = tuple[str, str, str, tuple[str, ...], str]


def rules(some: Iterable[Rule]) -> list[Row]:
    """Give the rows of the rules over facts."""
    return [(one.id, one.level.value, one.because, one.source, "") for one in some]


def rows_of(rows: Iterable[Row], sources: Sources) -> str:
    """Give a table with the sources spelled out."""
    lines = ["| rule | what | because | source | sign-off |", "|---|---|---|---|---|"]
    for rule, what, because, tags, sign_off in rows:
        cited = "; ".join(cite(tag, sources) for tag in tags)
        lines.append(f"| {rule} | {what} | {because} | {cited} | {sign_off} |")
    return "\n".join(lines) + "\n"


def cite(tag: str, sources: Sources) -> str:
    """Give a source as a link, or its name where it has no address."""
    source = sources.get(tag, {})
    title = source.get("title", tag)
    return f"[{title}]({source['url']})" if source.get("url") else title


if __name__ == "__main__":
    sys.exit(main())
