"""Cut a message into sentences and clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from understanding.text import Word

_ENDS = frozenset(".!?")
_BREAKS = frozenset(",;:()-")
_CLAUSE_WORDS = frozenset(
    (
        "but",
        "however",
        "though",
        "although",
        "except",
        "yet",
        "whereas",
        "while",
        "because",
        "then",
        "plus",
        "also",
        "anyway",
    )
)


@dataclass(frozen=True)
class Segments:
    """For each word the number of its sentence and clause, and the sentences as ranges of words."""

    sentence: tuple[int, ...]
    clause: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]


def cut(tokens: Sequence[Word]) -> Segments:
    """Cut at sentence ends, and clauses also at punctuation and contrast words."""
    sentence: list[int] = []
    clause: list[int] = []
    bounds: list[tuple[int, int]] = []
    start = 0
    for place, token in enumerate(tokens):
        if place > start and token.lower in _CLAUSE_WORDS:
            clause.append((clause[-1] if clause else 0) + 1)
        else:
            clause.append(clause[-1] + (tokens[place - 1].lower in _BREAKS | _ENDS) if clause else 0)
        sentence.append(len(bounds))
        if token.lower in _ENDS and _ends_here(tokens, place):
            bounds.append((start, place + 1))
            start = place + 1
    if start < len(tokens):
        bounds.append((start, len(tokens)))
    return Segments(tuple(sentence), tuple(clause), tuple(bounds))


def _ends_here(tokens: Sequence[Word], place: int) -> bool:
    """A run of '...' or '?!' ends one sentence, at its last mark."""
    return place + 1 >= len(tokens) or tokens[place + 1].lower not in _ENDS
