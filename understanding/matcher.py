"""Find lexicon phrases in a tokenised message.

Where a word stands is a whole number with one bit a word of the message, so that a phrase is tried at all its places
at once: time does not depend on how often its words are repeated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understanding.lexicon import Phrase

EXACT = "="  # marks a form that is looked up as typed, not by its stem
_STOPS = frozenset(".!?;,")

Words = frozenset[str]  # the stems and exact forms that fit one slot


@dataclass(frozen=True)
class Match:
    """A concept in the words `start` to `end` (exclusive); `literal` are the words it names, the rest are gaps."""

    concept: str
    start: int
    end: int
    literal: frozenset[int] = frozenset()


class Entry:
    """A phrase ready to be searched: what it needs, what may begin it, and whether it is plain words in a row."""

    def __init__(self, phrase: Phrase, number: int, rarest: Words) -> None:
        self.phrase = phrase
        self.number = number
        self.slots = phrase.slots
        self.needs = frozenset(phrase.needs) - {rarest}
        self.plain = all(slot.stems and not slot.optional for slot in phrase.slots)
        self.starts = tuple(_starts(phrase))
        stems = frozenset().union(*self.starts)
        self.stems = stems if any(one[:1] == EXACT for one in stems) else None


def _starts(phrase: Phrase) -> Iterator[Words]:
    """Give the slots that may begin a phrase: the first one that must be there and all before it."""
    for slot in phrase.slots:
        yield slot.stems
        if not slot.optional:
            return


class Matcher:
    """Phrases indexed by the rarest of the words they need: few of them are tried on any one message."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Index the phrases; of two that match the same words as the same concept, the earlier one counts."""
        phrases = list(phrases)
        slots = {slot.stems for phrase in phrases for slot in phrase.slots if slot.stems}
        used = Counter(word for phrase in phrases for slot in phrase.slots for word in slot.stems)
        often = {words: sum(used[word] for word in words) for words in slots}
        self.by_rarest: dict[Words, list[Entry]] = {}
        for number, phrase in enumerate(phrases):
            rarest = min(phrase.needs, key=lambda words: often[words])
            self.by_rarest.setdefault(rarest, []).append(Entry(phrase, number, rarest))
        self._with: dict[str, list[Words]] = {}
        for words in slots:
            for word in words:
                self._with.setdefault(word, []).append(words)

    def find(self, stems: Sequence[str], forms: Sequence[str] = ()) -> list[Match]:
        """Give every match, the longest a concept and place; gaps never cross the end of a sentence."""
        message = _Message(stems, self._places(stems, forms or stems))
        best: dict[tuple[str, int], tuple[int, bool, Sequence[int]]] = {}
        for entry in self._able(message.where):
            for start, places in message.matches(entry):
                by_stem = entry.stems is None or stems[start] in entry.stems
                known = best.get((entry.phrase.concept, start))
                if known is None or (places[-1], by_stem) > known[:2]:
                    best[(entry.phrase.concept, start)] = (places[-1], by_stem, places)
        return _without_inner(
            [Match(concept, start, last + 1, frozenset(places)) for (concept, start), (last, _, places) in best.items()]
        )

    def _places(self, stems: Sequence[str], forms: Sequence[str]) -> dict[Words, int]:
        """Give for all slots that fit somewhere the words they fit, as bits."""
        said: dict[str, int] = {}
        for place, (stem, form) in enumerate(zip(stems, forms, strict=True)):
            said[stem] = said.get(stem, 0) | 1 << place
            exact = EXACT + form
            if exact in self._with:
                said[exact] = said.get(exact, 0) | 1 << place
        where: dict[Words, int] = {}
        for word, places in said.items():
            for words in self._with.get(word, ()):
                where[words] = where.get(words, 0) | places
        return where

    def _able(self, where: dict[Words, int]) -> list[Entry]:
        """Give the phrases whose words are all in the message, in any order."""
        present = where.keys()
        able = [
            entry
            for words in where
            for entry in self.by_rarest.get(words, ())
            if not entry.needs or entry.needs <= present
        ]
        return sorted(able, key=lambda entry: entry.number)


class _Message:
    """One message while phrases are tried on it."""

    def __init__(self, stems: Sequence[str], where: dict[Words, int]) -> None:
        self.where = where
        self._anywhere = (1 << len(stems) + 1) - 1
        self._going_on = sum(1 << place for place, stem in enumerate(stems) if stem not in _STOPS)

    def matches(self, entry: Entry) -> Iterator[tuple[int, Sequence[int]]]:
        """Give each word that begins a match, with the words that the phrase names."""
        if entry.plain:
            found, length = self._anywhere, len(entry.slots)
            for offset, slot in enumerate(entry.slots):
                found &= self.where[slot.stems] >> offset
            for start in _ones(found):
                yield start, range(start, start + length)
            return
        ends = self._ends(entry)
        begin = 0
        for stems in entry.starts:
            begin |= self.where.get(stems, 0)
        for start in _ones(ends[0] & begin):
            yield start, self._named(entry, ends, start)

    def _ends(self, entry: Entry) -> list[int]:
        """Give for each slot the words from which it and all that follow it match."""
        ends = [self._anywhere]
        for slot in reversed(entry.slots):
            rest = ends[-1]
            if slot.gap:
                here = rest
                for _ in range(slot.gap):
                    here = rest | (here >> 1 & self._going_on)
            else:
                here = self.where.get(slot.stems, 0) & rest >> 1
                if slot.optional:
                    here |= rest
            ends.append(here)
        return ends[::-1]

    def _named(self, entry: Entry, ends: Sequence[int], place: int) -> list[int]:
        """Give the words that a match names: every gap is as short as can be, and no word is left out that fits."""
        named = []
        for slot, rest in zip(entry.slots, ends[1:], strict=True):
            if slot.gap:
                while not rest >> place & 1:
                    place += 1
            elif self.where.get(slot.stems, 0) >> place & rest >> place + 1 & 1:
                named.append(place)
                place += 1
        return named


def _ones(bits: int) -> Iterator[int]:
    """Give the places of the bits that are set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _without_inner(matches: list[Match]) -> list[Match]:
    """Drop a match that lies inside a longer one of the same concept."""
    kept: list[Match] = []
    reach: dict[str, int] = {}
    for match in sorted(matches, key=lambda one: (one.start, -one.end)):
        if match.end > reach.get(match.concept, 0):
            kept.append(match)
            reach[match.concept] = match.end
    return kept
