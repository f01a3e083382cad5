"""Read case files, one JSON object a line; an error names the file, the line and the cure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from triage.model import Level

FOLDER = Path(__file__).parent / "cases"
NONE = "none"
LEVELS = (*(level.value for level in Level), NONE)
FORMS: dict[str, dict[str, type]] = {
    "safety": {"id": str, "text": str, "level": str, "kind": str},
    "nlu": {"id": str, "text": str, "label": str},
    "patients": {"id": str, "opening": str, "facts": dict, "expected": str, "acceptable": list, "milia_ok": bool},
}
NAMES = {str: "a text", dict: "an object", list: "a list", bool: "true or false"}
Case = dict[str, Any]


class CaseError(ValueError):
    """A case file is wrong; the message says where, what, and what to write instead."""


def own_files(kind: str) -> list[Path]:
    """List the committed case files of a kind: `<kind>-<author>-<develop|locked>.jsonl`."""
    return sorted(FOLDER.glob(f"{kind}-*.jsonl"))


def read(path: Path, kind: str) -> list[Case]:
    """Read and check every case of a file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise CaseError(f"{path}: there is no such file. Give the path of a .jsonl file as FILE=.") from None
    except UnicodeDecodeError as error:
        raise CaseError(f"{path}: byte {error.start} is no UTF-8. Save the file as UTF-8.") from None
    cases = [check(raw, kind, f"{path}, line {number}") for number, raw in parse(lines, path)]
    if not cases:
        raise CaseError(f"{path}: the file holds no case. Write one JSON object a line.")
    refuse_twins(cases, path)
    return cases


def parse(lines: list[str], path: Path) -> Iterator[tuple[int, object]]:
    """Turn the lines that are not blank into JSON values with their numbers."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise CaseError(
                    f"{path}, line {number}: this is no JSON ({error.msg} at column {error.colno}). "
                    "Write one JSON object a line."
                ) from None


def check(raw: object, kind: str, where: str) -> Case:
    """Check the keys and values of one case."""
    if not isinstance(raw, dict):
        raise CaseError(f"{where}: this is {type(raw).__name__}, not an object. Write {example(kind)}.")
    for key, wanted in FORMS[kind].items():
        if not isinstance(raw.get(key), wanted):
            state = "has the wrong type" if key in raw else "is missing"
            raise CaseError(f"{where}: '{key}' {state}; it must be {NAMES[wanted]}. Write {example(kind)}.")
    for key, value in levels_in(raw, kind):
        if value not in LEVELS or (kind == "patients" and value == NONE):
            raise CaseError(f"{where}: '{key}' is '{value}'. Use one of {', '.join(LEVELS)}.")
    return raw


def levels_in(case: Case, kind: str) -> list[tuple[str, object]]:
    """List every value of a case that must be a level."""
    if kind == "safety":
        return [("level", case["level"])]
    if kind == "patients":
        return [("expected", case["expected"]), *(("acceptable", one) for one in case["acceptable"])]
    return []


def refuse_twins(cases: list[Case], path: Path) -> None:
    """Refuse a file in which two cases share an id: their answers could not be told apart."""
    seen: set[str] = set()
    for case in cases:
        if case["id"] in seen:
            raise CaseError(f"{path}: the id '{case['id']}' stands on two lines. Give each case an id of its own.")
        seen.add(case["id"])


def example(kind: str) -> str:
    """Give the form of a case as a person would write it."""
    return "{" + ", ".join(f'"{key}": {NAMES[wanted]}' for key, wanted in FORMS[kind].items()) + "}"
