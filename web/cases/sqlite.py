"""Search in SQLite: the FTS5 table `cases_document`, whose rowid is the case's id.

FTS5 gives its matches newest first without sorting them, so a page costs the same in a small and a large table. The
queue is read risk by risk, since the risk is a facet too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import connection

from cases.models import Concern
from cases.search import Place, Term, Wanted

WORD = re.compile(r"\w+")


def keep(case_id: int, words: str, facets: Sequence[str]) -> None:
    """Store the document of a case."""
    forget(case_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_document (rowid, words, facets) VALUES (%s, %s, %s)",
            [case_id, words, " ".join(token(facet) for facet in facets)],
        )


def forget(case_id: int) -> None:
    """Take the document of a case away."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_document WHERE rowid = %s", [case_id])


def token(facet: str) -> str:
    """Write a facet as one word of letters and digits."""
    return f"x{facet.encode().hex()}"


def find(wanted: Wanted, after: Place | None, limit: int) -> list[int]:
    """Give the ids of one page."""
    if not wanted.queue:
        return newest(wanted, (), after, limit)
    found: list[int] = []
    for risk in range(after.risk if after else len(Concern), 0, -1):
        begin = after if after and after.risk == risk else None
        found += newest(wanted, (f"risk:{risk}",), begin, limit - len(found))
        if len(found) == limit:
            break
    return found


def newest(wanted: Wanted, more: tuple[str, ...], after: Place | None, limit: int) -> list[int]:
    """Give the ids of the newest matches."""
    high = min(wanted.high, after.id - 1) if after else wanted.high
    match = query_of(wanted.terms, (*wanted.facets, *more))
    if not match:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM cases_document WHERE cases_document MATCH %s AND rowid BETWEEN %s AND %s"
            " ORDER BY rowid DESC LIMIT %s",
            [match, wanted.low, high, limit],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def query_of(terms: Sequence[Term], facets: Sequence[str]) -> str:
    """Give the query in FTS5's language; every word stands in quotes, so nothing typed is an operator."""
    words = [part for term in terms for part in parts_of(term)]
    asked = [f"{{words}} : ({' AND '.join(words)})"] if words else []
    asked += [f"{{facets}} : ({' AND '.join(token(facet) for facet in facets)})"] if facets else []
    return " AND ".join(asked)


def parts_of(term: Term) -> list[str]:
    """Write a word or a phrase."""
    words = WORD.findall(term.text.replace("_", " "))
    if not words:
        return []
    return [f'"{" ".join(words)}"' + (" *" if term.prefix else "")]
