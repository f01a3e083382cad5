"""Rates with exact 95 % intervals, and the tables that show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scipy.stats import beta

ERROR = 0.05


@dataclass(frozen=True)
class Rate:
    """How many of how many."""

    hits: int
    cases: int

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> Rate:
        """Count what is true."""
        values = list(outcomes)
        return cls(sum(values), len(values))

    @property
    def value(self) -> float:
        """The share, 0 to 1; of no cases it is 0."""
        return self.hits / self.cases if self.cases else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The exact (Clopper-Pearson) 95 % interval.

        >>> tuple(round(bound, 4) for bound in Rate(10, 10).interval)
        (0.6915, 1.0)
        """
        if not self.cases:
            return (0.0, 1.0)
        misses = self.cases - self.hits
        low = float(beta.ppf(ERROR / 2, self.hits, misses + 1)) if self.hits else 0.0
        high = float(beta.ppf(1 - ERROR / 2, self.hits + 1, misses)) if misses else 1.0
        return (low, high)

    def __str__(self) -> str:
        if not self.cases:
            return "-"
        low, high = self.interval
        return f"{self.hits}/{self.cases} = {100 * self.value:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give a Markdown table whose columns also line up in a terminal."""
    texts = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in texts) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in texts
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])
