"""Explain one message: `python -m understanding "my lid is puffy" [--why E02]`."""

from __future__ import annotations

import argparse
import sys

from triage.flags import RedFlag
from triage.model import Assertion, Finding, Reading
from understanding.reader import Understanding, load


def main(arguments: list[str] | None = None) -> int:
    """Print findings, assertions with their cue, the flags that fired and, on request, why one did not."""
    parser = argparse.ArgumentParser(
        prog="python -m understanding", description="Explain what is understood in a message."
    )
    parser.add_argument("text", help="the visitor's message, in quotes")
    parser.add_argument(
        "--why", metavar="FLAG", help="a red flag's id, for example E02: show which part of its rules is missing"
    )
    given = parser.parse_args(arguments)
    understanding = load()
    reading = understanding.read(given.text)
    print("\n".join(explain(reading)))
    if not given.why:
        return 0
    flag = next((one for one in understanding.flags if one.id == given.why), None)
    if flag is None:
        print(
            f"'{given.why}' is no red flag. Use one of: {', '.join(one.id for one in understanding.flags)}.",
            file=sys.stderr,
        )
        return 2
    print("\n".join(why(understanding, flag, reading.findings)))
    return 0


def explain(reading: Reading) -> list[str]:
    """Give the reading as lines of text."""
    lines = ["findings:"]
    lines += [f"  {_describe(one)}" for one in reading.findings] or ["  none"]
    lines.append("red flags:")
    lines += [
        f"  {one.flag} ({one.level.value}): {one.because} Words: {', '.join(map(repr, one.words))}"
        for one in reading.flags
    ] or ["  none"]
    lines.append(f"facts: {reading.facts or 'none'}")
    lines.append(f"checking question: {reading.screen or 'none'}")
    return lines


def why(understanding: Understanding, flag: RedFlag, findings: tuple[Finding, ...]) -> list[str]:
    """Say for each line of the flag's rules what the message has and what it lacks."""
    scene = understanding.scene(findings)
    lines = [f"{flag.id} {flag.title} ({flag.level.value}):"]
    for written, test, needs in zip(flag.when, flag.tests, flag.needs, strict=True):
        if test(scene) is not None:
            lines.append(f"  fires: {written}")
            continue
        missing = [" or ".join(sorted(need)) for need in needs if scene.held.keys().isdisjoint(need)]
        lines.append(f"  not: {written}")
        lines.append(
            f"       lacks: {'; '.join(missing) if missing else 'the parts do not belong together, or a guard holds'}"
        )
    named = {concept for need in flag.needs for group in need for concept in group}
    for one in findings:
        if not one.holds and named & understanding.pipeline.lexicon.ancestors(one.concept):
            lines.append(f"  does not count: {_describe(one)}")
    return lines


def _describe(finding: Finding) -> str:
    cue = f" because of '{finding.evidence}'" if finding.evidence and finding.assertion is not Assertion.PRESENT else ""
    value = "" if finding.value is None else f" = {finding.value:g}"
    return f"{finding.concept}{value} [{finding.text}] {finding.assertion.value}{cue}"


if __name__ == "__main__":
    raise SystemExit(main())
