"""Finds cases by words and facets, page by page, in a time that does not grow with their number.

What is searched is one document a case: the words of the visitor, stemmed, and its facets (`intent:ask_pain`).
PostgreSQL keeps it as a `tsvector` with a GIN index, SQLite in an FTS5 table: `postgres.py`, `sqlite.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import ModuleType

from django.db import connection

TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
PREFIX_FROM = 3  # letters: a shorter word is taken as it is
MOST_TERMS = 12


@dataclass(frozen=True)
class Term:
    """One word or a phrase in quotes; the beginning of a word is enough (`prefix`)."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class Wanted:
    """What is looked for: all of the words and all of the facets, in the queue only or anywhere, between two ids."""

    words: str = ""
    facets: tuple[str, ...] = ()
    queue: bool = False  # only what waits for staff, the worst first; else everything, newest first
    low: int = 0  # ids from here
    high: int = 2**62  # up to here
    terms: tuple[Term, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", terms_of(self.words))


@dataclass(frozen=True)
class Place:
    """Where a page ended; `risk` matters in the queue only."""

    risk: int
    id: int


def terms_of(words: str) -> tuple[Term, ...]:
    """Divide what somebody typed into phrases and words."""
    found = [(phrase, word) for phrase, word in TERM.findall(words)]
    terms = [
        Term(phrase) if phrase else Term(word, len(word) >= PREFIX_FROM and word.isalpha()) for phrase, word in found
    ]
    return tuple(one for one in terms if any(letter.isalnum() for letter in one.text))[:MOST_TERMS]


def engine() -> ModuleType:
    """Give the module that speaks to this database."""
    from cases import postgres, sqlite

    return postgres if connection.vendor == "postgresql" else sqlite


def keep(case_id: int, words: str, facets: Sequence[str]) -> None:
    """Store the document of a case in place of the one before."""
    engine().keep(case_id, words, facets)


def forget(case_id: int) -> None:
    """Take the document of a deleted case away."""
    engine().forget(case_id)


def find(wanted: Wanted, after: Place | None, limit: int) -> list[int]:
    """Give the ids of one page, in order."""
    found: list[int] = engine().find(wanted, after, limit)
    return found
