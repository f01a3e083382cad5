"""`make pull-corrections`: bring approved examples from the console into the working tree, and say what to do now.

Nothing is committed, trained or deployed: the next step is to read `git diff`.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import understanding
from corrections.files import Refused, Repository
from scripts import website
from scripts.project import ROOT, VAR, Problem, environment, stop_with

Json = dict[str, Any]
KINDS = ("nlu", "fires", "does_not_fire", "finding", "story")


@dataclass(frozen=True)
class Outcome:
    """What became of one example: the file that was changed (None: it stood there already or was refused)."""

    example: Json
    path: Path | None
    remark: str


def main(arguments: list[str] | None = None) -> int:
    """Pull; give 1 when an example was refused."""
    options = read_arguments(arguments)
    text = Path(options.file).read_text("utf-8") if options.file else waiting()
    found = parse(text)
    if not found:
        print("No approved examples wait. Approve some in the console: Teaching, then a correction.")
        return 0
    outcomes = [write(Repository(ROOT), example) for example in found]
    for one in outcomes:
        print(line_about(one))
    if not options.file:
        done = [str(one.example["id"]) for one in outcomes if not one.remark.startswith("refused")]
        website.manage(environment(VAR), "approved_examples", "--written", *done)
    print("\nRead `git diff`, mend the rules until `make test` is green, and commit what you take.")
    return 1 if any(one.remark.startswith("refused") for one in outcomes) else 0


def waiting() -> str:
    """Ask the website of this machine for what waits; prepare its database when there is none yet."""
    return website.manage(website.ready(), "approved_examples")


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", help="corrections.jsonl that the console gave; without it, this machine's console")
    return parser.parse_args(arguments)


def parse(text: str) -> list[Json]:
    """Read one example a line; raises Problem for a line that is none."""
    found = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        try:
            example = json.loads(line)
        except ValueError:
            example = None
        if not isinstance(example, dict) or example.get("kind") not in KINDS:
            raise Problem(f"line {number} is no example of {list(KINDS)}. Use the file that the console gives.")
        found.append(example)
    return found


def write(repository: Repository, example: Json) -> Outcome:
    """Write one example and say how it behaves today."""
    try:
        path = written(repository, example)
    except Refused as refused:
        return Outcome(example, None, f"refused: {refused}")
    return Outcome(example, path, behaviour(example) if path else "stands there already")


def written(repository: Repository, example: Json) -> Path | None:
    """Write one example where it belongs."""
    kind = example["kind"]
    if kind == "nlu":
        return repository.add_nlu(example["intent"], example["text"])
    if kind == "finding":
        return repository.add_meaning(example["concept"], example["assertion"], example["text"])
    if kind == "story":
        from corrections import story  # Rasa takes seconds to load
        from evaluation.assistant import load

        try:
            return repository.add_story(example["title"], story.steps(load(), example))
        except FileNotFoundError as missing:
            raise Refused(f"a story is written with the trained model. {missing}") from missing
    return repository.add_flag_example(example["flag"], kind, example["text"])


def behaviour(example: Json) -> str:
    """Say whether the assistant does the right thing already, as far as rules decide it."""
    kind = example["kind"]
    if kind == "nlu":
        return "learnt by the next `make train`"
    if kind == "story":
        return "fails until the assistant does this: `make test`"
    reading = understanding.load().read(example["text"])
    if kind == "finding":
        kinds = understanding.load().pipeline.lexicon.ancestors
        meant = {one.assertion.value for one in reading.findings if example["concept"] in kinds(one.concept)}
        right = meant == {example["assertion"]}
        return "is read so already" if right else f"is read as {sorted(meant) or 'nothing'}: mend knowledge/language/"
    fires = example["flag"] in [hit.flag for hit in reading.flags]
    if fires == (kind == "fires"):
        return "behaves so already"
    return (
        f"{'fires' if fires else 'does not fire'} today: mend `when` of {example['flag']}, see --why {example['flag']}"
    )


def line_about(outcome: Outcome) -> str:
    """Write what became of an example as one line."""
    where = outcome.path.relative_to(ROOT) if outcome.path else "nothing written"
    said = outcome.example.get("text") or outcome.example.get("title")
    return f"{where}: “{said}” {outcome.remark}"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Problem as problem:
        stop_with(problem)
