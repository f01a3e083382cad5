"""Find lexicon phrases in a tokenised message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understanding.lexicon import Lexicon, Slot

_STOPS = frozenset(".!?;")


@dataclass(frozen=True)
class Match:
    """A concept found in the words `start` to `end` (exclusive)."""

    concept: str
    start: int
    end: int


def find(lexicon: Lexicon, stems: Sequence[str]) -> list[Match]:
    """Give every match, the longest a concept and place; gaps never cross the end of a sentence.

    Time grows linearly with the message: each start has a bounded number of phrases and gaps.
    """
    best: dict[tuple[str, int], int] = {}
    for start, first in enumerate(stems):
        for phrase in lexicon.by_first.get(first, ()):
            end = _end_of(phrase.slots, 0, stems, start)
            if end > start and end > best.get((phrase.concept, start), 0):
                best[(phrase.concept, start)] = end
    return _without_inner([Match(concept, start, end) for (concept, start), end in best.items()])


def _end_of(slots: tuple[Slot, ...], index: int, stems: Sequence[str], place: int) -> int:
    """Give the end of the longest match of slots[index:] at `place`, or -1."""
    if index == len(slots):
        return place
    slot = slots[index]
    if slot.gap:
        for skip in range(slot.gap + 1):
            end = _end_of(slots, index + 1, stems, place + skip)
            if end >= 0:
                return end
            if place + skip >= len(stems) or stems[place + skip] in _STOPS:
                return -1
        return -1
    if place < len(stems) and stems[place] in slot.stems:
        end = _end_of(slots, index + 1, stems, place + 1)
        if end >= 0:
            return end
    return _end_of(slots, index + 1, stems, place) if slot.optional else -1


def _without_inner(matches: list[Match]) -> list[Match]:
    """Drop a match that lies inside a longer one of the same concept."""
    kept: list[Match] = []
    reach: dict[str, int] = {}
    for match in sorted(matches, key=lambda one: (one.start, -one.end)):
        if match.end > reach.get(match.concept, 0):
            kept.append(match)
            reach[match.concept] = match.end
    return kept
