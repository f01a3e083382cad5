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
# Public benchmarks in their published form; their files are not in the repository.
SEMIGRAN, CLINC = "semigran", "clinc"
PUBLIC: dict[str, dict[str, type]] = {
    SEMIGRAN: {"urgency_level": str, "correct_diagnosis": str, "case_description": str},
}
URGENCIES = ("em", "ne", "sc")  # emergency, non-emergency, self-care
CLINC_SETS = ("oos_test", "test")
KINDS = (*FORMS, *PUBLIC, CLINC)
NAMES = {str: "a text", dict: "an object", list: "a list", bool: "true or false"}
Case = dict[str, Any]


class CaseError(ValueError):
    """A case file is wrong; the message says where, what, and what to write instead."""


def own_files(kind: str) -> list[Path]:
    """List the committed case files of a kind: `<kind>-<author>-<develop|locked>.jsonl`."""
    return sorted(FOLDER.glob(f"{kind}-*.jsonl"))


def read(path: Path, kind: str) -> list[Case]:
    """Read and check every case of a file; a case of a public benchmark gets its line as its id."""
    text = _text(path)
    if kind == CLINC:
        return _read_clinc(text, path)
    cases = []
    for number, raw in parse(text.splitlines(), path):
        case = check(raw, kind, f"{path}, line {number}")
        cases.append({**case, "id": f"line-{number}"} if kind in PUBLIC else case)
    if not cases:
        raise CaseError(f"{path}: the file holds no case. Write one JSON object a line.")
    refuse_twins(cases, path)
    return cases


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CaseError(f"{path}: there is no such file. Give the path of a .jsonl file as FILE=.") from None
    except UnicodeDecodeError as error:
        raise CaseError(f"{path}: byte {error.start} is no UTF-8. Save the file as UTF-8.") from None


def _read_clinc(text: str, path: Path) -> list[Case]:
    """Read CLINC150's one JSON object: under each key a list of [text, label]."""
    form = "{" + ", ".join(f'"{name}": [["text", "label"], ...]' for name in CLINC_SETS) + "}"
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise CaseError(f"{path}: this is no JSON ({error.msg} at {where}). Give CLINC150's data_full.json.") from None
    cases: list[Case] = []
    for name in CLINC_SETS:
        pairs = raw.get(name) if isinstance(raw, dict) else None
        if not isinstance(pairs, list) or not pairs:
            raise CaseError(f"{path}: '{name}' is missing or no list. Write {form}.")
        for number, pair in enumerate(pairs):
            if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair)):
                raise CaseError(f"{path}: '{name}', entry {number}, is no [text, label]. Write {form}.")
            cases.append({"id": f"{name}-{number}", "set": name, "text": pair[0], "label": pair[1]})
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
    for key, wanted in form(kind).items():
        if not isinstance(raw.get(key), wanted):
            state = "has the wrong type" if key in raw else "is missing"
            raise CaseError(f"{where}: '{key}' {state}; it must be {NAMES[wanted]}. Write {example(kind)}.")
    for key, value in levels_in(raw, kind):
        if value not in LEVELS or (kind == "patients" and value == NONE):
            raise CaseError(f"{where}: '{key}' is '{value}'. Use one of {', '.join(LEVELS)}.")
    if kind == SEMIGRAN and raw["urgency_level"] not in URGENCIES:
        raise CaseError(f"{where}: 'urgency_level' is '{raw['urgency_level']}'. Use one of {', '.join(URGENCIES)}.")
    return raw


def form(kind: str) -> dict[str, type]:
    """Give the keys of a case of this kind and the types of their values."""
    return {**FORMS, **PUBLIC}[kind]


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
    return "{" + ", ".join(f'"{key}": {NAMES[wanted]}' for key, wanted in form(kind).items()) + "}"
