"""The week in a letter: numbers only, and the head of the audit log, so that it is noted outside of the database."""

from __future__ import annotations

from collections.abc import Sequence

from figures.all import every, headline
from figures.period import Period
from figures.table import Table, Value
from trust import chain
from trust.models import Deletion

LONGEST_NAME = 34  # characters of a first column


def subject(clinic: str, period: Period) -> str:
    """Say whose week it is."""
    return f"{clinic} assistant, {period}"


def letter(period: Period, console: str) -> str:
    """Write the letter; `console` is the address of the figures, or ""."""
    tables = every(period)
    parts = [f"The week from {period.first:%A, %d %B %Y} to {period.last:%A, %d %B %Y}.", ""]
    parts += [f"{number:>8}  {what}" for what, number in headline(tables)]
    parts += [line for table in tables if not table.empty for line in lines_of(table)]
    parts += ["", *kept_and_deleted(period)]
    if console:
        parts += ["", f"Charts and files: {console}?since={period.first}&until={period.last}"]
    return "\n".join(parts) + "\n"


def lines_of(table: Table) -> list[str]:
    """Write a table as aligned text."""
    widths = [max(len(column), 8) for column in table.columns[1:]]
    first = min(max([len(table.columns[0]), *(len(str(row[0])) for row in table.rows)]), LONGEST_NAME)
    written = [line_of(row, first, widths) for row in [table.columns, *table.rows]]
    note = [table.note] if table.note else []
    return ["", "", table.title.upper(), *note, "", *written]


def line_of(row: Sequence[Value], first: int, widths: Sequence[int]) -> str:
    """Write one row."""
    numbers = [f"{shown(value):>{width}}" for value, width in zip(row[1:], widths, strict=True)]
    return "  ".join([f"{shown(row[0])[:first]:<{first}}", *numbers])


def shown(value: Value) -> str:
    """Write a value; nothing is a dash."""
    return "-" if value is None else str(value)


def kept_and_deleted(period: Period) -> list[str]:
    """Say what was deleted in the week, and where the audit log ends."""
    reports = Deletion.objects.filter(created_at__gte=period.begin, created_at__lt=period.end)
    gone = [(len(one.conversations), len(one.bookings)) for one in reports]
    head = chain.head()
    return [
        f"Deleted: {sum(one for one, _ in gone)} conversations, {sum(one for _, one in gone)} bookings.",
        f"Audit log: {head.number} entries. Keep this line: manage.py verify_audit --noted {head}",
    ]
