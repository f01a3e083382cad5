"""What is searched: a column with a GIN index in PostgreSQL, an FTS5 table in SQLite. See `cases/search.py`."""

from __future__ import annotations

from typing import Any

from django.db import migrations

POSTGRESQL = (
    "ALTER TABLE cases_case ADD COLUMN document tsvector",
    "CREATE INDEX case_document ON cases_case USING gin (document)",
)
SQLITE = (
    "CREATE VIRTUAL TABLE cases_document USING fts5 (words, facets, tokenize = 'porter unicode61 remove_diacritics 2')",
)
GONE = {"postgresql": ("ALTER TABLE cases_case DROP COLUMN document",), "sqlite": ("DROP TABLE cases_document",)}


def make(apps: Any, editor: Any) -> None:
    """Make it for this database."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def drop(apps: Any, editor: Any) -> None:
    """Drop it."""
    for statement in GONE[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]
    operations = [migrations.RunPython(make, drop)]
