"""Show what a change of the rules does: which descriptions and which messages get another level than at BASE.

`make diff-rules BASE=main` compares the knowledge of the working tree with that of a commit, both read by today's code.
Descriptions are those of evaluation/decision_space.py (typical facts left by every pair, and the walk of the
interview); messages are our develop files. Nothing is judged here: whoever changed a rule reads the list.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evaluation import cases
from evaluation.decision_space import TYPICAL, TYPICAL_BABY, Facts, Outcome, described, freeze, is_baby, outcome, walk
from evaluation.rates import table
from triage import knowledge as knowledge_files
from triage.engine import Advise
from triage.errors import KnowledgeError
from triage.model import rank_of
from triage.records import Knowledge
from understanding import Understanding

ROOT = Path(__file__).resolve().parent.parent
SHOWN = 5  # examples of each kind of change
Change = tuple[str, str]


class NoBase(RuntimeError):  # noqa: N818 - it names a state, as people say it
    """The knowledge of BASE cannot be read."""


def main(arguments: list[str] | None = None) -> int:
    """Print both comparisons; 0 whatever they show, 2 when BASE cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="HEAD", help="the commit to compare with (default: the last one)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        try:
            before = knowledge_at(options.base, Path(folder))
            earlier = knowledge_files.load(before)
            read = Understanding(before, screen=False)
        except (NoBase, KnowledgeError) as error:
            print(f"The knowledge of '{options.base}' cannot be compared: {error}", file=sys.stderr)
            return 2
        print(told("descriptions", compare_descriptions(earlier, knowledge_files.load())))
        print(told("messages", compare_messages(read, Understanding(ROOT / "knowledge", screen=False))))
    return 0


def knowledge_at(commit: str, folder: Path) -> Path:
    """Write the knowledge of a commit into a folder; raises NoBase with git's words."""
    done = subprocess.run(
        ["git", "archive", commit, "knowledge"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise NoBase(f"{done.stderr.decode().strip()}. Give a commit, branch or tag: make diff-rules BASE=main")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "knowledge"


def descriptions(*versions: Knowledge) -> Iterator[Facts]:
    """Give every description once: those of the walk of either version, and every departure from the typical."""
    walked = (facts for one in versions for facts, _, step in walk(one) if isinstance(step, Advise))
    seen = set()
    for facts in (*walked, *described()):
        if (key := freeze(facts)) not in seen:
            seen.add(key)
            yield facts


def compare_descriptions(before: Knowledge, now: Knowledge) -> dict[Change, list[str]]:
    """Give the descriptions whose level, or whose word of milia, changed."""
    found: dict[Change, list[str]] = defaultdict(list)
    for facts in descriptions(before, now):
        old, new = outcome(before, facts), outcome(now, facts)
        if (old[0], old[2]) != (new[0], new[2]):
            found[named(old), named(new)].append(shortly(facts))
    return found


def compare_messages(before: Understanding, now: Understanding) -> dict[Change, list[str]]:
    """Give the messages of our develop files whose highest red flag changed its level."""
    found: dict[Change, list[str]] = defaultdict(list)
    for path in cases.own_files("safety"):
        if path.stem.endswith("-develop"):
            for case in cases.read(path, "safety"):
                old, new = heard(before, case["text"]), heard(now, case["text"])
                if old[0] != new[0]:
                    found[" ".join(old), " ".join(new)].append(case["text"])
    return found


def heard(understanding: Understanding, text: str) -> tuple[str, str]:
    """Give the highest level of a message and the flag that gave it."""
    flags = sorted(understanding.read(text).flags, key=lambda hit: -hit.level.rank)
    return (flags[0].level.value, flags[0].flag) if flags else ("none", "")


def named(found: Outcome) -> str:
    """Put an outcome into words."""
    level, rule, milia = found
    return f"{level} {rule}{', milia suggested' if milia else ''}"


def shortly(facts: Facts) -> str:
    """Give only what is not typical."""
    typical = TYPICAL_BABY if is_baby(facts) else TYPICAL
    return ", ".join(f"{fact}={value}" for fact, value in facts.items() if typical.get(fact) != value) or "typical"


def told(what: str, changes: Mapping[Change, list[str]]) -> str:
    """Give the table of the changes, upwards first, each with some of its examples."""
    if not changes:
        return f"No {what} get another level.\n"
    rows = [(direction(*change), *change, len(found)) for change, found in sorted(changes.items(), key=urgency)]
    listed = [example for change, found in sorted(changes.items(), key=urgency) for example in examples(change, found)]
    return f"{table(('direction', 'before', 'now', what), rows)}\n\n" + "\n".join(listed) + "\n"


def examples(change: Change, found: Iterable[str]) -> list[str]:
    """Give some of the examples of a change, the shortest first."""
    ordered = sorted(found, key=len)
    more = [f"    ... and {len(ordered) - SHOWN} more"] if len(ordered) > SHOWN else []
    return [f"{change[0]} -> {change[1]}", *(f"    {one}" for one in ordered[:SHOWN]), *more]


def urgency(change: tuple[Change, list[str]]) -> tuple[int, Change]:
    """Sort changes downwards last, the largest rise first."""
    return rank(change[0][0]) - rank(change[0][1]), change[0]


def direction(before: str, now: str) -> str:
    """Say whether the level rose or fell."""
    step = rank(now) - rank(before)
    return "up" if step > 0 else "DOWN" if step < 0 else "same level"


def rank(said: str) -> int:
    """Give the rank of the level that a change names first."""
    level = said.split()[0]
    return rank_of(None if level == "none" else level)


if __name__ == "__main__":
    sys.exit(main())
