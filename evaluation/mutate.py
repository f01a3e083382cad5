"""Mutation testing of the knowledge: leave out one thing at a time; an example must notice every time.

Mutants: each red flag, each line of its `when`, each cue of the language, each override of the assessment. With
`--deep` also each part of a line (an `or` with one choice less, an `and` with one condition less).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation import mutants
from evaluation.mutants import Mutant

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Tally:
    """How many mutants were made, and those that no example noticed."""

    made: int
    survivors: tuple[Mutant, ...]


def main(words: Sequence[str] | None = None) -> int:
    """Make every mutant and print those that survive; give 1 when one does."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.mutate", description=__doc__)
    parser.add_argument("--changed", action="store_true", help="only files that the last commit or you changed")
    parser.add_argument("--deep", action="store_true", help="also weaken the parts of each line")
    wish = parser.parse_args(words)
    files = changed_files() if wish.changed else None
    tally = count(mutants.made(wish.deep), files)
    for mutant in tally.survivors:
        print(f"SURVIVED {mutant.file}: {mutant.change}. {mutant.cure}")
    print(f"{tally.made} mutants, {len(tally.survivors)} survived")
    return 1 if tally.survivors else 0


def count(all_mutants: Iterator[Mutant], files: frozenset[str] | None) -> Tally:
    """Try each mutant of these files, or of all."""
    tried = [mutant for mutant in all_mutants if files is None or mutant.file in files]
    return Tally(len(tried), tuple(mutant for mutant in tried if not mutant.noticed()))


def changed_files() -> frozenset[str]:
    """List the knowledge files that differ from the commit before the last one, as paths inside the project."""
    asked = ["git", "diff", "--name-only", "HEAD~1", "--", "knowledge"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:  # the very first commit, or a clone that holds only one
        return frozenset(str(path.relative_to(ROOT)) for path in (ROOT / "knowledge").rglob("*.yml"))
    return frozenset(done.stdout.split())


if __name__ == "__main__":
    sys.exit(main())
