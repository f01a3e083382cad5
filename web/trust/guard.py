"""Triggers that make the audit log append-only in the database itself: no UPDATE, no DELETE, whoever asks."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("auditlog_logentry", "trust_seal")
REFUSAL = "the audit log is append-only"


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on both tables."""
    make = postgresql if connection.vendor == "postgresql" else sqlite
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in make(table):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off again: before a migration of these tables, never for anything else."""
    on = " ON {0}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in TABLES:
            for what in ("update", "delete", *(["truncate"] if on else [])):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what}" + on.format(table))


def sqlite(table: str) -> list[str]:
    """Give the statements for SQLite."""
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{what} BEFORE {what.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for what in ("update", "delete")
    ]


def postgresql(table: str) -> list[str]:
    """Give the statements for PostgreSQL; TRUNCATE passes by row triggers, so it has one of its own."""
    refuse = (
        "CREATE OR REPLACE FUNCTION trust_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    triggers = [
        f"CREATE OR REPLACE TRIGGER {table}_no_{what} BEFORE {what.upper()} ON {table} "
        f"FOR EACH {'STATEMENT' if what == 'truncate' else 'ROW'} EXECUTE FUNCTION trust_refuse()"
        for what in ("update", "delete", "truncate")
    ]
    return [refuse, *triggers]
