"""Which of the many things found in a message the triage goes by, in words that staff read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import structlog
import yaml
from django.conf import settings

log = structlog.get_logger(__name__)

type Json = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """One finding: what it says, how it is meant, the visitor's words, and the cue that gave the meaning."""

    label: str
    assertion: str
    text: str
    evidence: str = ""


@dataclass(frozen=True)
class Findings:
    """What the triage goes by, and everything else that was matched on the way."""

    counted: list[Shown]
    others: list[Shown]


def sort_out(raw: Iterable[Json]) -> Findings:
    """Divide the findings; each appears once."""
    counted: dict[Shown, None] = {}
    others: dict[Shown, None] = {}
    for one in raw:
        concept = str(one.get("concept") or "")
        label = names().get(concept)
        shown = Shown(label or concept, *(str(one.get(key) or "") for key in ("assertion", "text", "evidence")))
        (counted if label else others)[shown] = None
    return Findings(list(counted), list(others))


@cache
def names() -> Mapping[str, str]:
    """Give the fact that each concept stands for ("colour: white"), as knowledge/facts.yml says."""
    path = settings.KNOWLEDGE_DIR / "facts.yml"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return dict(pairs(raw))
    except (OSError, AttributeError, TypeError, yaml.YAMLError) as problem:
        log.warning("facts_unreadable", path=str(path), why=repr(problem), instead="all findings look alike to staff")
        return {}


def pairs(raw: Json) -> Iterator[tuple[str, str]]:
    """Read the parts of facts.yml that name concepts."""
    for fact, concepts in {**raw.get("numbers", {}), **raw.get("signs", {})}.items():
        yield from ((concept, fact) for concept in concepts)
    for fact, concepts in raw.get("healthy", {}).items():
        yield from ((concept, f"{fact}: no") for concept in concepts)
    for fact, values in {**raw.get("choices", {}), **raw.get("lists", {})}.items():
        yield from ((concept, f"{fact}: {value}") for value, concepts in values.items() for concept in concepts)
