"""Comparing words: inflections, misspellings and plurals, without any model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

FUZZY_TWICE_FROM = 9
FUZZY_FROM = 6  # letters; in shorter words a slip of one letter makes another word


def singular(words: Sequence[str]) -> tuple[str, ...]:
    """Take the plural from words, roughly: only the ends are compared."""
    return tuple(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words
    )


def plain(text: str) -> tuple[str, ...]:
    """Give the words of a text in lower case, without punctuation."""
    return tuple(re.findall(r"[a-z0-9]+(?:['-][a-z0-9]+)*", text.lower().replace("’", "'")))


def is_in(phrase: str, said: Sequence[str]) -> bool:
    """Tell whether the words of a phrase stand in a row in what was said."""
    wanted = phrase.split()
    if wanted == ["*"]:
        return True
    starts = range(len(said) - len(wanted) + 1)
    return any(all(same(word, said[start + i]) for i, word in enumerate(wanted)) for start in starts)


@lru_cache(maxsize=20_000)
def same(word: str, said: str) -> bool:
    """Compare two words: "bleed*" stands for all that begin so, and a long word may have one slip."""
    if not word.endswith("*"):
        return word == said or is_slip(word, said)
    start = word[:-1]
    return said.startswith(start) or any(is_slip(start, said[: len(start) + more]) for more in (-1, 0, 1))


def is_slip(word: str, said: str) -> bool:
    """Tell whether a long word is misspelled: one slip, or two in a very long one."""
    slips = 0 if len(word) < FUZZY_FROM else 1 if len(word) < FUZZY_TWICE_FROM else 2
    return slips > 0 and word[0] == said[:1] and OSA.distance(word, said) <= slips
