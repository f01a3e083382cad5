"""Run every check, two at a time, and end with one line that counts what passed and what failed."""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts import training
from scripts.project import PYTHON, ROOT, WEB, WEB_PYTHON, Problem, environment, output_of, say, stop_with

BIN, WEB_BIN = PYTHON.parent, WEB_PYTHON.parent
RASA = (PYTHON, "-m", "rasa")
TEST_STORIES = (*RASA, "test", "core", "--e2e", "--stories", "tests/conversations")
TRAIN = "train"


@dataclass(frozen=True)
class Check:
    """One command that must succeed, after the checks that it needs."""

    name: str
    command: Sequence[object]
    folder: Path = ROOT
    after: Sequence[str] = ()
    shows: bool = False  # its words are printed also when it is green


CHECKS = (
    Check("knowledge", (PYTHON, "-m", "scripts.validate")),
    Check(TRAIN, (sys.executable, "-m", "scripts.training")),
    Check("style", (BIN / "ruff", "check", ".")),
    Check("format", (BIN / "ruff", "format", "--check", ".")),
    Check("types", (BIN / "mypy",)),
    Check("types of web", (WEB_BIN / "mypy", "."), WEB),
    Check("size of the chat", (sys.executable, "-m", "scripts.size")),
    Check("unit tests", (BIN / "pytest", "--ignore=tests/integration", "-n", "2")),
    Check("decision space", (PYTHON, "-m", "evaluation.decision_space"), shows=True),
    Check("web tests", (WEB_BIN / "pytest",), WEB),
    Check("mutations of changed knowledge", (PYTHON, "-m", "evaluation.mutate", "--changed"), after=("unit tests",)),
    Check("training data", (*RASA, "data", "validate", "--fail-on-warnings", "--max-history", "5")),
    Check(
        "conversations",
        (*TEST_STORIES, "--model", training.MODEL, "--fail-on-prediction-errors", "--out", "results/conversations"),
        after=(TRAIN,),
    ),
    Check("safety gate", (PYTHON, "-m", "evaluation.gate"), after=(TRAIN,)),
    Check("integration", (BIN / "pytest", "tests/integration"), after=(TRAIN, "unit tests", "web tests")),
    Check(
        "browser",
        (sys.executable, "-m", "scripts.stack", "--", WEB_BIN / "pytest", WEB / "tests/e2e"),
        after=(TRAIN, "integration"),
    ),
    Check(
        "attacks",
        (
            *("env", "TRUSTED_PROXIES=1", sys.executable, "-m", "scripts.stack", "--"),
            *(WEB_BIN / "pytest", WEB / "tests/attacks"),
        ),
        after=(TRAIN, "integration"),
    ),
)


@dataclass(frozen=True)
class Outcome:
    """How a check ended: how many of its tests passed and failed."""

    passed: int
    failed: int


class Runner:
    """Runs checks in threads; a check waits for those that it needs and fails when one of them failed."""

    def __init__(self) -> None:
        self.futures: dict[str, Future[Outcome]] = {}
        self.talking = threading.Lock()
        self.env = environment()

    def run(self, checks: Sequence[Check]) -> list[Outcome]:
        """Run all checks, two at a time."""
        with ThreadPoolExecutor(2) as pool:  # in their order, so that whoever is waited for has already begun
            for check in checks:
                self.futures[check.name] = pool.submit(self.outcome_of, check)
        return [future.result() for future in self.futures.values()]

    def outcome_of(self, check: Check) -> Outcome:
        """Run one check; print one line when it is green and everything when it is red."""
        red = [name for name in check.after if name in self.futures and self.futures[name].result().failed]
        if TRAIN in red:  # the other ones only take their turn before this one
            return self.tell(check, Outcome(0, 1), 0, f"not run, because '{TRAIN}' failed")
        began = time.monotonic()
        failed, words = output_of(check.command, cwd=check.folder, env=self.env)
        return self.tell(check, count(words, failed), time.monotonic() - began, words if failed or check.shows else "")

    def tell(self, check: Check, outcome: Outcome, seconds: float, words: str) -> Outcome:
        """Print how a check ended, not mixed with another's words."""
        verdict = "FAILED" if outcome.failed else "ok"
        with self.talking:
            say(f"{verdict:>6}  {check.name}  ({seconds:.0f} s, {outcome.passed} passed, {outcome.failed} failed)")
            if words:
                say("".join(f"        {line}\n" for line in words[-12000:].splitlines()))
        return outcome


def count(words: str, failed: int) -> Outcome:
    """Read pytest's closing line; a check without one counts as one test, and a red one is never counted as green."""
    closing = [line for line in words.splitlines() if re.search(r"\d+ (passed|failed|error)", line)][-1:]
    found = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", "".join(closing))}
    bad = found.get("failed", 0) + found.get("error", 0)
    if not found:
        return Outcome(0, 1) if failed else Outcome(1, 0)
    return Outcome(found.get("passed", 0), max(bad, 1) if failed else bad)


def main(names: Sequence[str]) -> int:
    """Run all checks, or only those named; give the exit code."""
    outcomes = Runner().run([check for check in CHECKS if not names or check.name in names])
    passed, failed = sum(one.passed for one in outcomes), sum(one.failed for one in outcomes)
    say(f"\n{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Problem as problem:
        stop_with(problem)
