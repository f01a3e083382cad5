"""What the triage knows, read from `knowledge/*.yml` and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from triage import look_alikes
from triage.conditions import Condition
from triage.errors import KnowledgeError
from triage.facts import NUMBERS, VALUES
from triage.files import KnowledgeFile, check_among, read_yaml
from triage.model import Level
from triage.records import Criterion, Description, Knowledge, Note, Question, Rule, Variant
from triage.sign_off import signed_until

__all__ = ["KNOWLEDGE", "SUBJECTS", "Knowledge", "load", "version_of"]

KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"
SUBJECTS = frozenset(
    (
        *("age", "who", "location", "duration", "number", "size", "colour", "surface", "pain", "itch", "bleeding"),
        *("growth", "change", "redness_swelling", "fever", "vision", "fluid_pus", "history", "wish", "self_treatment"),
        *("general", "lashes", "feeding"),
    )
)


@lru_cache(maxsize=4)
def load(folder: Path = KNOWLEDGE) -> Knowledge:
    """Read and check all knowledge; raises KnowledgeError that names file, record and cure."""
    sources = read_yaml(folder / "sources.yml").get("sources") or {}
    assessment = KnowledgeFile(folder / "assessment.yml", sources)
    levels = KnowledgeFile(folder / "levels.yml", sources)
    return Knowledge(
        version=version_of(folder),
        questions=tuple(_question(folder, sources)),
        overrides=tuple(sorted(_rules(assessment, "overrides"), key=lambda rule: -rule.level.rank)),
        milia=tuple(_description(assessment, key) for key in ("milia", "milia_in_a_baby")),
        undetermined=_closed(assessment, tuple(_rules(assessment, "undetermined"))),
        notes=tuple(
            Note(raw["id"], assessment.text(raw, "say"), assessment.source(raw), assessment.condition(raw))
            for raw in assessment.records("notes")
        ),
        levels={level: _level(levels, level) for level in Level},
        variants=tuple(_variant(levels, raw, levels.level(raw)) for raw in levels.records("variants")),
        words={key: levels.raw[key] for key in ("numbers", "milia", "limit", "watch", "banned")},
        look_alikes=look_alikes.read(folder, sources),
        comparison=look_alikes.comparison(KnowledgeFile(folder / "comparison.yml", sources)),
        sources=sources,
        clinic=read_yaml(folder / "clinic.yml"),
        signed_until=signed_until(folder),
    )


def version_of(folder: Path) -> str:
    """Give a short fingerprint of every knowledge file, to be stored with each decision."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _question(folder: Path, sources: Iterable[str]) -> Iterable[Question]:
    file = KnowledgeFile(folder / "questions.yml", sources)
    for raw in file.records("questions"):
        about = tuple(file.list(raw, "about"))
        settles, also = tuple(file.list(raw, "settles")), tuple(raw.get("also") or [])
        check_among(file.name, raw["id"], "about", about, SUBJECTS)
        check_among(file.name, raw["id"], "settles", (*settles, *also), {*VALUES, *NUMBERS})
        yield Question(
            id=raw["id"],
            ask=file.text(raw, "ask"),
            why=file.text(raw, "why"),
            settles=settles,
            also=also,
            about=about,
            applies=file.condition(raw),
            yes=file.facts(raw, "yes"),
            no=file.facts(raw, "no"),
            choices={
                title: file.group(facts, f"{raw['id']}: choice '{title}'")
                for title, facts in file.mapping(raw, "choices").items()
            },
            unsaid=file.facts({"unsaid": {}, **raw}, "unsaid"),
            means=raw.get("means"),
            together=bool(raw.get("together")),
            safety=_safety(file, raw),
            hears={
                concept: file.group(facts, f"{raw['id']}: hears '{concept}'")
                for concept, facts in (raw.get("hears") or {}).items()
            },
        )


def _safety(file: KnowledgeFile, raw: dict[str, Any]) -> Condition | None:
    """Give when a question is one of safety: always, under a condition, or never."""
    safety = raw.get("safety") or None
    return file.condition({} if safety is True else safety, raw["id"]) if safety else None


def _rules(file: KnowledgeFile, key: str) -> Iterable[Rule]:
    for raw in file.records(key):
        late = bool(raw.get("late"))
        yield Rule(raw["id"], file.level(raw), file.text(raw, "because"), file.source(raw), file.condition(raw), late)


def _closed(file: KnowledgeFile, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    if not rules or rules[-1].condition.facts():
        raise KnowledgeError(
            f"{file.name}: the last rule under 'undetermined:' must have no conditions, so that every path ends."
        )
    return rules


def _description(file: KnowledgeFile, key: str) -> Description:
    raw = file.mapping(file.raw, key)
    name = file.text(raw, "id")
    criteria = tuple(Criterion(one["id"], file.condition(one)) for one in file.list(raw, "criteria"))
    never = tuple(file.condition({"when": group}, name) for group in raw.get("never") or [])
    outcomes = tuple((file.level(one), file.condition(one, name)) for one in file.list(raw, "outcomes"))
    if not outcomes or outcomes[-1][1].facts():
        raise KnowledgeError(f"{file.name}: {name}: the last of 'outcomes:' must have no conditions.")
    return Description(name, file.text(raw, "because"), file.source(raw), criteria, never, outcomes)


def _level(file: KnowledgeFile, level: Level) -> Variant:
    raw = file.mapping(file.raw, "levels").get(level.value)
    if not isinstance(raw, dict):
        raise KnowledgeError(f"{file.name}: level '{level.value}' has no words. Add it under 'levels:'.")
    return _variant(file, {**raw, "id": level.value}, level)


def _variant(file: KnowledgeFile, raw: dict[str, Any], level: Level) -> Variant:
    calls = tuple(raw.get("calls") or [])
    check_among(file.name, raw["id"], "calls", calls, file.mapping(file.raw, "numbers"))
    return Variant(
        raw["id"],
        level,
        file.text(raw, "headline"),
        tuple(file.list(raw, "then")),
        calls,
        file.source(raw),
        tuple(raw.get("flags") or []),
        file.condition(raw),
        bool(raw.get("replaces_reason")),
    )
