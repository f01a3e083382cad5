"""Search in PostgreSQL: the column `document` of the cases, with a GIN index.

An index cannot give the newest of the matches first. So the newest cases are looked through first (`PROBE`), which
finds a page of whatever is frequent; what is not frequent is few, and the GIN index gives all of it to be sorted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import connection

from cases.search import Place, Term, Wanted

PROBE = 6_000  # cases: what is rarer than a page in so many has few matches even in a million
PLAIN = re.compile(r"[^\W\d_]+")


def keep(case_id: int, words: str, facets: Sequence[str]) -> None:
    """Store the document of a case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case SET document = to_tsvector('english', %s) || array_to_tsvector(%s::text[])"
            " WHERE id = %s",
            [words, list(facets), case_id],
        )


def forget(case_id: int) -> None:
    """Do nothing: the document went with its row."""


def find(wanted: Wanted, after: Place | None, limit: int) -> list[int]:
    """Give the ids of one page. What is put into the SQL here are our own words; values are placeholders."""
    match, values = query_of(wanted)
    where, bounds = range_of(wanted, after)
    order = "risk DESC, id DESC" if wanted.queue else "id DESC"
    newest = f"SELECT id, document FROM cases_case WHERE {where} ORDER BY {order} LIMIT {PROBE}"  # noqa: S608
    probe = f"SELECT id FROM ({newest}) newest WHERE document @@ ({match}) LIMIT %s"  # noqa: S608
    found = run(probe, [*bounds, *values, limit])
    if len(found) == limit:
        return found
    # sorted after the GIN index has found: "+ 0" keeps the planner from walking along the order instead
    unindexed = "risk + 0 DESC, id + 0 DESC" if wanted.queue else "id + 0 DESC"
    every = f"SELECT id FROM cases_case WHERE document @@ ({match}) AND {where} ORDER BY {unindexed} LIMIT %s"  # noqa: S608
    return run(every, [*values, *bounds, limit])


def query_of(wanted: Wanted) -> tuple[str, list[str]]:
    """Give the `tsquery` as SQL with its values: only placeholders stand in the SQL."""
    parts = [part_of(term) for term in wanted.terms]
    parts += [("%s::tsquery", quoted(facet)) for facet in wanted.facets]
    return " && ".join(sql for sql, _ in parts), [value for _, value in parts]


def part_of(term: Term) -> tuple[str, str]:
    """Give one word or phrase."""
    if term.prefix and PLAIN.fullmatch(term.text):
        return "to_tsquery('english', %s)", f"{term.text}:*"
    return "phraseto_tsquery('english', %s)", term.text


def quoted(facet: str) -> str:
    """Write a facet so that it is one lexeme."""
    doubled = facet.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def range_of(wanted: Wanted, after: Place | None) -> tuple[str, list[int]]:
    """Give the condition that an index on the order answers."""
    where, bounds = "id BETWEEN %s AND %s", [wanted.low, wanted.high]
    if wanted.queue:
        where += " AND risk > 0"
    if after:
        where += " AND (risk, id) < (%s, %s)" if wanted.queue else " AND id < %s"
        bounds += [after.risk, after.id] if wanted.queue else [after.id]
    return where, bounds


def run(sql: str, values: Sequence[int | str]) -> list[int]:
    """Give the ids that a query finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [int(row[0]) for row in cursor.fetchall()]
