"""Which bump a message compares with milia: the names of knowledge/conditions/, and names that it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from actions.topics import table
from actions.words import is_in, plain, same, singular
from triage.knowledge import load

NAME_ALONE = 3  # words of a message that is no more than a name
LITTLE = ("a", "an", "the", "just", "actually", "some", "my", "maybe", "it", "is", "are", "be", "they", "only")
OTHER_BUMP = re.compile(
    r"mili(?:a|um)\b[\s,]*(?:or|vs\.?|versus|and|from)\s+(?P<after>[^?.,!]+)"
    r"|(?P<before>[^?.,!]+?)\s+(?:or|vs\.?|versus)\s+mili(?:a|um)\b"
)


def bumps_in(text: str) -> tuple[str, ...]:
    """Give the ids of the conditions that a text names, in its order; of names inside each other the longest counts."""
    said = singular(plain(text))
    found = sorted((place for name, words in names_of_bumps() for place in places(name, words, said)), reverse=True)
    taken: set[int] = set()
    kept: list[tuple[int, str]] = []
    for length, start, name in found:
        here = set(range(start, start + length))
        if not here & taken:
            taken |= here
            kept.append((start, name))
    return tuple(dict.fromkeys(name for _, name in sorted(kept)))


def places(name: str, words: Sequence[str], said: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Give length, start and condition of each place where the words of a name stand."""
    for start in range(len(said) - len(words) + 1):
        if all(same(word, said[start + i]) for i, word in enumerate(words)):
            yield len(words), start, name


@lru_cache(maxsize=1)
def names_of_bumps() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give every condition's id with the words of each of its names."""
    return tuple(
        (one.id, singular(plain(each))) for one in load().look_alikes for each in (one.name, one.title, *one.also)
    )


def compares(intent: str, text: str) -> bool:
    """Tell whether a message that names a bump asks what it is or how it differs from milia."""
    if intent == "ask_difference":
        return True
    words = table()["compares"]
    if intent not in words["intents"]:
        return False
    said = plain(text)
    asks = any(said[: len(one)] == one for one in map(tuple, map(str.split, words["starts"])))
    return asks or any(is_in(one, said) for one in words["between"]) or len(said) <= NAME_ALONE


def names_unknown_bump(text: str) -> bool:
    """Tell whether a comparison names a bump that knowledge/conditions/ does not have."""
    found = OTHER_BUMP.search(text.lower())
    said = [word for word in plain(found["after"] or found["before"]) if word not in LITTLE] if found else []
    return bool(said) and said[0] not in table()["compares"]["any_bump"]
