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
    """A concept in the words `start` to `end` (exclusive); `gaps` are the words between that it does not name."""

    concept: str
    start: int
    end: int
    gaps: frozenset[int] = frozenset()


class Entry:
    """A phrase ready to be searched."""

    def __init__(self, phrase: Phrase) -> None:
        self.concept, self.written = phrase.concept, phrase.written
        self.slots = phrase.slots
        self.needs = tuple(phrase.needs)
        self.in_a_row = len(self.needs) == len(self.slots)
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
        self.entries = [Entry(phrase) for phrase in phrases]
        often = Counter(word for entry in self.entries for slot in entry.slots for word in slot.stems)
        self._exact = frozenset(word[1:] for word in often if word[:1] == EXACT)
        self.by_rarest: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            for word in min(entry.needs, key=lambda words: sum(often[word] for word in words)):
                self.by_rarest.setdefault(word, []).append(number)

    def find(self, stems: Sequence[str], forms: Sequence[str] = ()) -> list[Match]:
        """Give every match, the longest a concept and place; gaps never cross the end of a sentence."""
        message = _Message(stems, forms or stems, self._exact)
        tried: set[int] = set()
        for word in message.said:
            tried.update(self.by_rarest.get(word, ()))
        best: dict[tuple[str, int], tuple[tuple[int, bool], Match]] = {}
        for entry in message.able(map(self.entries.__getitem__, sorted(tried))):
            for match in message.matches(entry):
                key = (match.concept, match.start)
                rank = (match.end, entry.stems is None or stems[match.start] in entry.stems)
                if key not in best or rank > best[key][0]:
                    best[key] = (rank, match)
        return _without_inner([match for _, match in best.values()])


class _Places(dict[Words, int]):
    """Where a message has one of some words, as bits; looked up once for all phrases that share the choice."""

    def __init__(self, said: dict[str, int]) -> None:
        self._said = said

    def __missing__(self, words: Words) -> int:
        places = 0
        for word in words:
            places |= self._said.get(word, 0)
        self[words] = places
        return places


class _Message:
    """One message while phrases are tried on it."""

    def __init__(self, stems: Sequence[str], forms: Sequence[str], exact: frozenset[str]) -> None:
        self.said: dict[str, int] = {}
        for place, (stem, form) in enumerate(zip(stems, forms, strict=True)):
            self.said[stem] = self.said.get(stem, 0) | 1 << place
            if form in exact:
                self.said[EXACT + form] = self.said.get(EXACT + form, 0) | 1 << place
        self._where = _Places(self.said)
        self._anywhere = (1 << len(stems) + 1) - 1
        self._going_on = sum(1 << place for place, stem in enumerate(stems) if stem not in _STOPS)

    def able(self, entries: Iterable[Entry]) -> list[Entry]:
        """Give the entries whose words are all in the message, in any order."""
        where, able = self._where, []
        for entry in entries:
            for need in entry.needs:
                if not where[need]:
                    break
            else:
                able.append(entry)
        return able

    def matches(self, entry: Entry) -> list[Match]:
        """Give a match for each word that begins one."""
        if entry.in_a_row:
            concept, length = entry.concept, len(entry.needs)
            found = self._anywhere
            for offset, need in enumerate(entry.needs):
                found &= self._where[need] >> offset
            return [Match(concept, start, start + length) for start in _ones(found)] if found else []
        ends = self._ends(entry)
        begin = 0
        for words in entry.starts:
            begin |= self._where[words]
        return [self._match(entry, ends, start) for start in _ones(ends[0] & begin)]

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
                here = self._where[slot.stems] & rest >> 1
                if slot.optional:
                    here |= rest
            ends.append(here)
        return ends[::-1]

    def _match(self, entry: Entry, ends: Sequence[int], start: int) -> Match:
        """Give the match that begins here: every gap is as short as can be, and no word is left out that fits."""
        place, named = start, []
        for slot, rest in zip(entry.slots, ends[1:], strict=True):
            if slot.gap:
                while not rest >> place & 1:
                    place += 1
            elif self._where[slot.stems] >> place & rest >> place + 1 & 1:
                named.append(place)
                place += 1
        end = named[-1] + 1
        return Match(entry.concept, start, end, frozenset(range(start, end)).difference(named))


def _ones(bits: int) -> list[int]:
    """Give the places of the bits that are set, lowest first."""
    places = []
    while bits:
        lowest = bits & -bits
        places.append(lowest.bit_length() - 1)
        bits ^= lowest
    return places


def _without_inner(matches: list[Match]) -> list[Match]:
    """Drop a match that lies inside a longer one of the same concept."""
    kept: list[Match] = []
    reach: dict[str, int] = {}
    for match in sorted(matches, key=lambda one: (one.start, -one.end)):
        if match.end > reach.get(match.concept, 0):
            kept.append(match)
            reach[match.concept] = match.end
    return kept
