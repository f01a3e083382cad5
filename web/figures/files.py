"""Figures and conversations as files that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from figures.table import Value

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four: full-width forms


def safe_cell(value: Value) -> Value:
    """Keep a text from being run as a formula: an apostrophe before what a spreadsheet would run (OWASP).

    >>> safe_cell("=HYPERLINK(A1)"), safe_cell(" -1+1"), safe_cell(-1), safe_cell("milia")
    ("'=HYPERLINK(A1)", "' -1+1", -1, 'milia')
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "")
    return f"'{text}" if text.startswith(RUNS) or text.lstrip().startswith(RUNS) else text


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Write CSV, line by line; the first character says UTF-8 to spreadsheets."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([safe_cell(value) for value in columns])
    for row in rows:
        yield taken(buffer)
        writer.writerow([safe_cell(value) for value in row])
    yield taken(buffer)


def taken(buffer: io.StringIO) -> str:
    """Take what was written so far."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def json_lines(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Write one JSON object a line."""
    for row in rows:
        yield json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n"
