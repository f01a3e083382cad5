"""A figure: a table of numbers that a chart may show as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from figures.period import Period

type Value = str | int | float | None
type Row = tuple[Value, ...]


@dataclass(frozen=True)
class Table:
    """`chart` is how the page draws it: "line", "bar", "stacked", "sideways", or "" for a table alone."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Row]
    chart: str = ""
    note: str = ""
    unit: str = ""
    levels: Sequence[str] = field(default_factory=tuple)  # of the columns, for their colours

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return not any(value for row in self.rows for value in row[1:])


def over_time(period: Period, counted: Mapping[date, Sequence[Value]], nothing: Sequence[Value]) -> list[Row]:
    """Make a row of each step; `nothing` stands where nothing happened."""
    return [(step.isoformat(), *counted.get(step, nothing)) for step in period.steps()]


def as_date(step: date | datetime) -> date:
    """Give the day on which a step begins; weeks and months come as a moment."""
    return step.date() if isinstance(step, datetime) else step


def share(part: int, whole: int) -> float | None:
    """Give a share in per cent, with one digit; None of nothing.

    >>> share(1, 3), share(0, 0)
    (33.3, None)
    """
    return round(100 * part / whole, 1) if whole else None
