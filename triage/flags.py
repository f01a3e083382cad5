"""Red flags: one file each in `knowledge/red_flags/`, written over concepts, evaluated over findings. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from triage.errors import KnowledgeError
from triage.expressions import Evidence, Needs, Scene, Test, needs, parse
from triage.files import read_yaml
from triage.model import FlagHit, Level

_KEYS = (
    *("id", "title", "level", "because", "source", "reviewed", "sign_off"),
    *("ask", "then_ask", "when", "fires", "does_not_fire"),
)
_NEEDED = ("id", "title", "level", "because", "source", "reviewed", "when", "fires", "does_not_fire")


@dataclass(frozen=True)
class RedFlag:
    """One red flag: when it fires, how urgent it is, why, and who says so.

    `ask` is the question that checks it; `then_ask` the more urgent flag whose question follows this one's advice.
    """

    id: str
    title: str
    level: Level
    because: str
    source: tuple[str, ...]
    reviewed: date
    when: tuple[str, ...]
    tests: tuple[Test, ...]
    needs: tuple[Needs, ...]
    fires: tuple[str, ...]
    does_not_fire: tuple[str, ...]
    ask: str = ""
    then_ask: str = ""
    sign_off: str = ""
    file: str = ""

    def evidence(self, scene: Scene, turn: int) -> Evidence | None:
        """Give the findings that fire it, at least one from the current turn, or None."""
        for test, required in zip(self.tests, self.needs, strict=True):
            if scene.has(required) and (found := test(scene)) and any(one.turn == turn for one in found):
                return found
        return None


def place(path: Path, text: str) -> str:
    """Give 'file:line' of the first line that holds the text, or the file's name."""
    plain = text.replace("\\", "")
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if plain in line.replace("\\", ""):
            return f"{path.name}:{number}"
    return path.name


def load(folder: Path, concepts: frozenset[str]) -> tuple[RedFlag, ...]:
    """Read every red flag, most urgent first; raises KnowledgeError that names file, key and cure."""
    flags = [_flag(path, concepts) for path in sorted(folder.glob("*.yml"))]
    seen: dict[str, str] = {}
    for flag in flags:
        if flag.id in seen:
            raise KnowledgeError(f"{folder.name}: the id '{flag.id}' is used twice. Give one of the files another id.")
        seen[flag.id] = flag.title
    for flag in filter(lambda one: one.then_ask, flags):
        if not any(one.id == flag.then_ask and one.ask and one.level.rank > flag.level.rank for one in flags):
            raise KnowledgeError(
                f"{place(folder / flag.file, 'then_ask:')}: 'then_ask' must name a more urgent red flag that has 'ask'."
            )
    return tuple(sorted(flags, key=lambda flag: (-flag.level.rank, flag.id)))


class Watch:
    """All red flags, each line filed under the concepts it needs: few lines are looked at for any one message."""

    def __init__(self, flags: Sequence[RedFlag]) -> None:
        """File each line under the need that the fewest lines share; a line without needs is always looked at."""
        self._lines = [
            (flag, test, required) for flag in flags for test, required in zip(flag.tests, flag.needs, strict=True)
        ]
        often = Counter(concept for _, _, required in self._lines for need in required for concept in need)
        self._always: list[int] = []
        self._by_concept: dict[str, list[int]] = {}
        for number, (_, _, required) in enumerate(self._lines):
            if not required:
                self._always.append(number)
            for concept in min(required, key=lambda need: sum(often[one] for one in need), default=()):
                self._by_concept.setdefault(concept, []).append(number)

    def fired(self, scene: Scene, turn: int) -> tuple[FlagHit, ...]:
        """Give the flags that fire on what was found, at least in part in this turn; most urgent first."""
        hits: dict[str, FlagHit] = {}
        numbers = {number for concept in scene.held for number in self._by_concept.get(concept, ())}
        for number in sorted(numbers.union(self._always)):
            flag, test, required = self._lines[number]
            if flag.id not in hits and scene.has(required):
                found = test(scene)
                if found and any(one.turn == turn for one in found):
                    hits[flag.id] = FlagHit(flag.id, flag.level, flag.because, flag.source, _words(found))
        return tuple(hits.values())


def _words(evidence: Evidence) -> tuple[str, ...]:
    """Give the visitor's words in reading order, each once."""
    return tuple(dict.fromkeys(one.text for one in sorted(evidence, key=lambda one: (one.turn, one.start))))


def _flag(path: Path, concepts: frozenset[str]) -> RedFlag:
    raw = read_yaml(path)
    if not isinstance(raw, dict):
        raise KnowledgeError(f"{path.name}: must hold the keys {list(_NEEDED)}.")
    _check_keys(path, raw)
    if raw["id"] != path.stem.split("_")[0]:
        raise KnowledgeError(f"{place(path, 'id:')}: the id '{raw['id']}' must be the first part of the file's name.")
    tests = tuple(parse(line, concepts, f"{place(path, line)}: when") for line in raw["when"])
    return RedFlag(
        raw["id"],
        raw["title"],
        _level(path, raw["level"]),
        raw["because"],
        tuple(raw["source"]),
        raw["reviewed"],
        tuple(raw["when"]),
        tests,
        tuple(map(needs, raw["when"])),
        tuple(raw["fires"]),
        tuple(raw["does_not_fire"]),
        raw.get("ask", ""),
        raw.get("then_ask", ""),
        raw.get("sign_off", ""),
        path.name,
    )


def _check_keys(path: Path, raw: dict[str, Any]) -> None:
    missing = [key for key in _NEEDED if not raw.get(key)]
    unknown = [key for key in raw if key not in _KEYS]
    if missing:
        raise KnowledgeError(
            f"{path.name}: the key '{missing[0]}' is missing or empty. Every red flag needs {list(_NEEDED)}."
        )
    if unknown:
        raise KnowledgeError(
            f"{place(path, unknown[0] + ':')}: the key '{unknown[0]}' is not known. Use only {list(_KEYS)}."
        )
    if not isinstance(raw["reviewed"], date):
        raise KnowledgeError(f"{place(path, 'reviewed:')}: 'reviewed' must be a date such as 2026-11-22.")
    for key in ("source", "when", "fires", "does_not_fire"):
        if not isinstance(raw[key], list) or not all(isinstance(one, str) for one in raw[key]):
            raise KnowledgeError(
                f"{place(path, key + ':')}: '{key}' must be a list of texts. Put '- ' before each and quote yes/no."
            )


def _level(path: Path, raw: Any) -> Level:
    try:
        return Level(raw)
    except ValueError:
        raise KnowledgeError(
            f"{place(path, 'level:')}: the level '{raw}' is unknown. Use one of {[level.value for level in Level]}."
        ) from None
