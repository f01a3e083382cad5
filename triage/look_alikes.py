"""What can be taken for milia: knowledge/conditions/, and the table that compares it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from triage.files import KnowledgeFile, check_among
from triage.records import Comparison, LookAlike


def read(folder: Path, sources: Iterable[str]) -> tuple[LookAlike, ...]:
    """Read every look-alike; raises KnowledgeError that names file and cure."""
    shared = KnowledgeFile(folder / "comparison.yml", sources)
    paths = sorted((folder / "conditions").glob("*.yml"))
    return tuple(_look_alike(KnowledgeFile(path, sources), shared) for path in paths)


def comparison(file: KnowledgeFile) -> Comparison:
    """Read the lines of the table."""
    lines = file.mapping(file.raw, "lines")
    return Comparison(
        {key: file.text(line, "label") for key, line in lines.items()},
        {key: file.text(line, "milia") for key, line in lines.items()},
        file.source(file.raw),
    )


def _look_alike(file: KnowledgeFile, shared: KnowledgeFile) -> LookAlike:
    raw, level = file.raw, file.level(file.raw)
    features = file.mapping(raw, "features")
    check_among(file.name, file.text(raw, "id"), "features", features, shared.mapping(shared.raw, "lines"))
    usual = file.text(shared.mapping(shared.raw, "then"), level.value)
    return LookAlike(
        file.text(raw, "id"),
        file.text(raw, "name"),
        file.text(raw, "title"),
        tuple(file.list(raw, "also")),
        level,
        {key: file.text(features, key) for key in features},
        file.text(raw, "difference"),
        file.text({"then": usual, **raw}, "then"),
        file.source(raw),
        str(raw.get("reviewed") or ""),
    )
