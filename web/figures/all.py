"""Every figure by its name, in the order of the page, and the few numbers on top of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from figures.conversations import bookings, dispositions, visitors
from figures.period import Period
from figures.quality import agreement, response_time
from figures.table import Table, Value, share
from figures.talk import drop_off, fallback, questions_to_outcome, topics

FIGURES: Mapping[str, Callable[[Period], Table]] = {
    "visitors": visitors,
    "dispositions": dispositions,
    "topics": topics,
    "fallback": fallback,
    "questions": questions_to_outcome,
    "drop_off": drop_off,
    "bookings": bookings,
    "response_time": response_time,
    "agreement": agreement,
}


def every(period: Period) -> list[Table]:
    """Compute all figures."""
    return [figure(period) for figure in FIGURES.values()]


def headline(tables: list[Table]) -> list[tuple[str, str]]:
    """Sum the tables up: (what, how many)."""
    by_name = {table.name: table for table in tables}
    opened, wrote, advised, asked = (total(by_name["visitors"], place) for place in (1, 2, 3, 4))
    urgent = total(by_name["dispositions"], 1) + total(by_name["dispositions"], 2)
    missed, typed = total(by_name["fallback"], 2), total(by_name["fallback"], 3)
    rate = share(missed, typed)
    return [
        ("opened the chat", str(opened)),
        ("wrote", str(wrote)),
        ("got an advice", str(advised)),
        ("emergency or urgent", str(urgent)),
        ("asked for an appointment", str(asked)),
        ("not understood", "-" if rate is None else f"{rate} %"),
    ]


def total(table: Table, place: int) -> int:
    """Add a column up."""
    values: list[Value] = [row[place] for row in table.rows]
    return sum(value for value in values if isinstance(value, int))
