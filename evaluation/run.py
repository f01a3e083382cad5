"""Measure the assistant on case files: `python -m evaluation.run` runs our own and writes the tables of README.md."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation import cases, clinc, intents, readme, safety, subjects, vignettes
from evaluation.cases import CaseError

LOCKED = "-locked"
PARTS = ("safety", "nlu", "calibration", "patients")


def main(words: Sequence[str] | None = None) -> int:
    """Measure one file, or the committed files of a kind, or all of them."""
    wish = arguments(words)
    try:
        if wish.baselines:
            subjects.ask_medspacy([case for path in cases.own_files("safety") for case in cases.read(path, "safety")])
        if wish.file:
            measure_file(wish.file, wish)
        elif wish.kind:
            for path in cases.own_files(wish.kind):
                measure_file(path, wish)
        else:
            readme.write(wish.write)
    except CaseError as error:
        print(f"Cannot go on: {error}", file=sys.stderr)
        return 2
    return 0


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; refuse what makes no sense together."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.run", description=__doc__)
    parser.add_argument("--kind", choices=cases.KINDS, help="what the cases are")
    parser.add_argument("--file", type=Path, help="a file of cases; needs --kind")
    parser.add_argument("--out", type=Path, help="write one JSON line a case to this file; needs --file")
    parser.add_argument("--subject", choices=tuple(subjects.SUBJECTS), default="assistant", help="safety only")
    parser.add_argument("--misses", action="store_true", help="print the texts of misses (safety, files not locked)")
    parser.add_argument("--write", choices=PARTS, help="measure and write only these tables of README.md")
    parser.add_argument("--baselines", action="store_true", help="ask medspaCy first, in its own environment")
    wish = parser.parse_args(words)
    if wish.file and not wish.kind:
        parser.error(f"--file needs --kind: {', '.join(cases.KINDS)}")
    if wish.kind and wish.kind not in cases.FORMS and not wish.file:
        parser.error(f"--kind {wish.kind} needs --file: that benchmark is not in this repository")
    if wish.out and not wish.file:
        parser.error("--out needs --file")
    return wish


def measure_file(path: Path, wish: argparse.Namespace) -> None:
    """Measure one file, print its tables and write its answers where they are wanted."""
    some = cases.read(path, wish.kind)
    results, report = measure(wish.kind, some, wish.subject)
    print(f"\n{path.name}: {len(some)} cases, {wish.subject}\n\n{report}")
    if wish.misses and wish.kind == "safety" and LOCKED not in path.stem:
        print_misses(results)
    if wish.out:
        lines = (json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in results)
        wish.out.write_text("".join(lines), encoding="utf-8")


def measure(kind: str, some: Sequence[cases.Case], subject: str = "assistant") -> tuple[list[Any], str]:
    """Put the cases to the subject; give the results and their tables."""
    if kind == "safety":
        answers = safety.measure(some, subjects.SUBJECTS[subject])
        return answers, safety.report(answers)
    if kind == "nlu":
        guesses = intents.measure(some, subjects.assistant_guess)
        return guesses, intents.report(guesses)
    if kind == cases.SEMIGRAN:
        told = vignettes.measure(some, subjects.assistant_advice)
        return told, vignettes.report(told)
    if kind == cases.CLINC:
        strays = clinc.measure(some, subjects.assistant_intent)
        return strays, clinc.report(strays)
    from evaluation import patients

    visits = patients.measure(some, subjects.assistant())
    return list(visits), patients.report(visits)


def print_misses(results: Sequence[safety.Result]) -> None:
    """Print the messages that went wrong, for whoever mends the rules."""
    for one in results:
        if one.case["level"] == cases.NONE and one.alarmed:
            print(f"FALSE  {one.case['id']} {one.case['kind']}: {one.answer.flags} {one.case['text']}")
        elif one.case["level"] != cases.NONE and not one.reached:
            verdict = "ASKED " if one.asked else "MISSED"
            print(f"{verdict} {one.case['id']} {one.case['level']} {one.case['kind']}: {one.case['text']}")


if __name__ == "__main__":
    sys.exit(main())
