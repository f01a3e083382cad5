"""How well a reply to one question is read: `python -m evaluation.replies [--wrong] [FILE ...]`.

A line holds `id`, `key` (the subject a nurse asked about), `text` (the reply) and `value` (what the nurse would note).
A reply is *right* when the fact says so, *too high* when a harmless one raises an alarm or a flag, *too low* when an
alarming one is noted as harmless, and *open* when the assistant would have to ask again.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.rates import Rate, table
from triage.model import Reading
from understanding import Understanding, load

FOLDER = Path(__file__).parent / "replies"
ALARMING = ("yes", "growing", "changing", "crops")
_NO = ("no", "past")
_SAME = ("stable", "slow_increase")

# subject: question, fact, and for each note of the nurse the values that say it
SUBJECTS: dict[str, tuple[str, str, dict[str, tuple[str, ...]]]] = {
    "bleeding": ("bleeding", "bleeding", {"yes": ("yes",), "no": _NO, "injured": _NO, "past": _NO}),
    "growth": ("change", "change", {"growing": ("growing", "changing"), "stable": _SAME, "unknown": ("unknown",)}),
    "change": (
        "change",
        "change",
        {"stable": _SAME, "slow_increase": _SAME, "changing": ("changing", "growing"), "crops": ("crops",)},
    ),
    "pain": ("pain", "pain", {"yes": ("yes",), "no": _NO, "touched": _NO}),
    "itch": ("symptoms", "itch", {"yes": ("yes",), "no": _NO}),
    "redness_swelling": ("symptoms", "heat", {"yes": ("yes",), "no": _NO, "elsewhere": _NO, "worked": _NO}),
    "fever": ("unwell", "fever", {"yes": ("yes",), "no": _NO}),
    "general": ("unwell", "unwell", {"unwell": ("yes",), "well": _NO, "harmless": _NO}),
    "vision": ("eye", "eye_signs", {"changed": ("yes",), "fine": _NO, "old": _NO}),
    "lashes": ("eye", "lash_loss", {"missing": ("yes",), "fine": _NO}),
    "fluid_pus": ("symptoms", "pus", {"yes": ("yes",), "no": _NO, "squeezed": _NO}),
    "feeding": ("baby_well", "unwell", {"less": ("yes",), "normal": _NO}),
    "number": ("number", "number", {one: (one,) for one in ("one", "few", "many", "patch")}),
    "colour": ("colour", "colour", {one: (one,) for one in ("white", "yellow", "skin", "red", "dark", "clear")}),
}


@dataclass(frozen=True)
class Reply:
    """One reply and how it was read: right, too high, too low or open."""

    id: str
    key: str
    text: str
    noted: str
    read: Any
    flags: tuple[str, ...]
    verdict: str


def judge(case: dict[str, Any], reading: Reading) -> Reply:
    """Compare what was read with the nurse's note."""
    _, fact, notes = SUBJECTS[case["key"]]
    wanted, read = notes[case["value"]], reading.facts.get(fact)
    flags = tuple(hit.flag for hit in reading.flags)
    alarming = not set(wanted).isdisjoint(ALARMING)
    if alarming:
        verdict = "right" if read in wanted or flags else "too low" if read in (*_NO, *_SAME) else "open"
    elif flags or read in ALARMING:
        verdict = "too high"
    else:
        verdict = "right" if read in wanted else "open"
    return Reply(case["id"], case["key"], case["text"], case["value"], read, flags, verdict)


def measure(path: Path, understanding: Understanding) -> list[Reply]:
    """Read every reply of a file as an answer to its question; subjects without a yes or no are left out."""
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    known = [case for case in cases if case["key"] in SUBJECTS]
    return [judge(case, understanding.read(case["text"], (), SUBJECTS[case["key"]][0])) for case in known]


def report(replies: Iterable[Reply]) -> str:
    """Give the table: one line a subject, each rate with its exact 95 % interval."""
    found = list(replies)
    rows = []
    for key in (*SUBJECTS, "all"):
        some = [one for one in found if key in (one.key, "all")]
        count = Counter(one.verdict for one in some)
        right = str(Rate.of(one.verdict == "right" for one in some))
        rows.append((key, right, *(str(count[verdict]) for verdict in ("too high", "too low", "open"))))
    return table(("subject", "right", "too high", "too low", "open"), rows)


def main(words: Sequence[str] | None = None) -> int:
    """Measure the committed replies or other files, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "files", nargs="*", type=Path, help="files of replies; without one, those of evaluation/replies"
    )
    parser.add_argument("--wrong", action="store_true", help="list every reply that was not read right")
    options = parser.parse_args(words)
    understanding = load()
    for path in options.files or sorted(FOLDER.glob("*.jsonl")):
        replies = measure(path, understanding)
        print(f"{path.name}\n{report(replies)}\n")
        for one in replies if options.wrong else ():
            if one.verdict != "right":
                print(f"{one.verdict}: {one.id} {one.key} {one.noted}, read {one.read} {list(one.flags)}: {one.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
