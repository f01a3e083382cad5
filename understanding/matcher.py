"""Find lexicon phrases in a tokenised message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understanding.lexicon import Lexicon, Phrase, Slot

_STOPS = frozenset(".!?;,")


@dataclass(frozen=True)
class Match:
    """A concept in the words `start` to `end` (exclusive); `literal` are the words it names, the rest are gaps."""

    concept: str
    start: int
    end: int
    literal: frozenset[int] = frozenset()


def find(lexicon: Lexicon, stems: Sequence[str], forms: Sequence[str] = ()) -> list[Match]:
    """Give every match, the longest a concept and place; gaps never cross the end of a sentence.

    Time grows linearly with the message: each start has a bounded number of phrases and gaps.
    """
    best: dict[tuple[str, int], tuple[int, ...]] = {}
    keys = [
        (one, f"={form}") if form in lexicon.exact else (one,) for one, form in zip(stems, forms or stems, strict=True)
    ]
    present = {key for pair in keys for key in pair}
    able = {first: _able(lexicon.by_first.get(first, ()), present) for first in present}
    for start, pair in enumerate(keys):
        for phrase in (one for first in pair for one in able[first]):
            places = _places(phrase.slots, 0, keys, start)
            if places and places[-1] > best.get((phrase.concept, start), (-1,))[-1]:
                best[(phrase.concept, start)] = places
    return _without_inner(
        [Match(concept, start, places[-1] + 1, frozenset(places)) for (concept, start), places in best.items()]
    )


def _able(phrases: Sequence[Phrase], present: set[str]) -> list[Phrase]:
    """Give the phrases whose words are all in the message, in any order."""
    able = []
    for phrase in phrases:
        for need in phrase.needs:
            if present.isdisjoint(need):
                break
        else:
            able.append(phrase)
    return able


def _places(slots: tuple[Slot, ...], index: int, keys: Sequence[tuple[str, ...]], place: int) -> tuple[int, ...] | None:
    """Give the words that slots[index:] name from `place` on, or None."""
    if index == len(slots):
        return ()
    slot = slots[index]
    if slot.gap:
        for skip in range(slot.gap + 1):
            rest = _places(slots, index + 1, keys, place + skip)
            if rest is not None:
                return rest
            if place + skip >= len(keys) or keys[place + skip][0] in _STOPS:
                return None
        return None
    if place < len(keys) and not slot.stems.isdisjoint(keys[place]):
        rest = _places(slots, index + 1, keys, place + 1)
        if rest is not None:
            return (place, *rest)
    return _places(slots, index + 1, keys, place) if slot.optional else None


def _without_inner(matches: list[Match]) -> list[Match]:
    """Drop a match that lies inside a longer one of the same concept."""
    kept: list[Match] = []
    reach: dict[str, int] = {}
    for match in sorted(matches, key=lambda one: (one.start, -one.end)):
        if match.end > reach.get(match.concept, 0):
            kept.append(match)
            reach[match.concept] = match.end
    return kept
