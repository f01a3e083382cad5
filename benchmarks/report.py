"""Compare what was measured with the bars of the design and write it down."""

from __future__ import annotations

import datetime
import os
import platform
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Measured
from evaluation.rates import table

README = Path(__file__).parent / "README.md"


@dataclass(frozen=True)
class Row:
    """One thing measured; `bar` is the largest share of the starter's value that the design allows."""

    name: str
    value: Callable[[Measured], float]
    unit: str
    bar: float | None = None

    def ratio(self, found: Mapping[str, Measured]) -> float:
        """Give our value as a share of the starter's."""
        return self.value(found["ours"]) / self.value(found["starter"])

    def missed(self, found: Mapping[str, Measured]) -> bool:
        """Tell whether the bar is missed."""
        return self.bar is not None and self.ratio(found) > self.bar


ROWS = (
    Row("one turn over REST, p50", lambda one: 1000 * one.percentile(0.5), "ms"),
    Row("one turn over REST, p95", lambda one: 1000 * one.percentile(0.95), "ms", 1 / 3),
    Row("training", lambda one: one.training, "s", 1 / 5),
    Row("time to ready", lambda one: one.ready, "s", 1 / 2),
    Row("peak memory of the server", lambda one: one.memory, "MB", 3 / 4),
)


def finish(found: Mapping[str, Measured]) -> int:
    """Print and write the comparison; give 1 when a bar is missed."""
    words = comparison(found)
    print(words)
    write("rasa", words)
    missed = [row for row in ROWS if row.missed(found)]
    for row in missed:
        print(f"MISSED: {row.name} is {row.ratio(found):.2f} of the starter's; the bar is {row.bar:.2f}.")
    silent = found["ours"].silent
    if silent:
        print(f"MISSED: {silent} of {len(found['ours'].turns)} turns had no answer.")
    return 1 if missed or silent else 0


def comparison(found: Mapping[str, Measured]) -> str:
    """Give the table and what it was measured on."""
    rows = [
        [
            row.name,
            show(row, found["ours"]),
            show(row, found["starter"]),
            f"{row.ratio(found):.2f}",
            verdict(row, found),
        ]
        for row in ROWS
    ]
    turns = len(found["ours"].turns)
    return (
        f"{machine()}. {turns} turns each, sent in turn to both servers; "
        f"turns without an answer: ours {found['ours'].silent}, starter {found['starter'].silent}.\n\n"
        + table(["what", "ours", "Rasa's starter", "ratio", "bar"], rows)
    )


def show(row: Row, one: Measured) -> str:
    """Give a value with its unit."""
    return f"{row.value(one):.1f} {row.unit}" if row.unit == "s" else f"{row.value(one):.0f} {row.unit}"


def verdict(row: Row, found: Mapping[str, Measured]) -> str:
    """Say what the bar is and whether it is held."""
    if row.bar is None:
        return ""
    return f"<= {row.bar:.2f}, {'missed' if row.missed(found) else 'held'}"


def machine() -> str:
    """Say what machine, what versions and what day."""
    today = datetime.datetime.now(tz=datetime.timezone.utc).date()
    cores = len(os.sched_getaffinity(0))
    return f"{today}, {platform.system()} {platform.machine()}, {cores} cores, Rasa {version('rasa')}"


def write(mark: str, words: str) -> None:
    """Put words between the marks of this name in the README."""
    text = README.read_text(encoding="utf-8")
    marks = re.compile(f"(<!-- {mark} -->\n).*?(<!-- end of {mark} -->)", re.DOTALL)
    README.write_text(marks.sub(lambda found: f"{found[1]}\n{words}\n\n{found[2]}", text), encoding="utf-8")
