"""Find lexicon phrases in a tokenised message.

Where a word stands is a whole number with one bit a word of the message, so that a phrase is tried at all its places
at once: time does not depend on how often its words are repeated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from understanding.lexicon import Phrase

EXACT = "="  # marks a form that is looked up as typed, not by its stem
EXCEPT = "!"  # marks what looks like a concept and is none: "eye cream" is no eye
_STOPS = frozenset(".!?;,")


class Match(NamedTuple):
    """A concept in the words `start` to `end` (exclusive); `gaps` are the words between that it does not name."""

    concept: str
    start: int
    end: int
    gaps: frozenset[int] = frozenset()


class Step(NamedTuple):
    """A slot ready to be searched: the number of its choice of words, or a gap."""

    choice: int
    optional: bool
    gap: int


class Entry:
    """A phrase ready to be searched."""

    def __init__(self, phrase: Phrase, choices: dict[frozenset[str], int]) -> None:
        self.concept, self.written = phrase.concept, phrase.written
        self.steps = [Step(choices[slot.stems], slot.optional, slot.gap) for slot in phrase.slots]
        self.needs = tuple(step.choice for step in self.steps if not step.optional and not step.gap)
        self.in_a_row = len(self.needs) == len(self.steps)
        first = next(place for place, step in enumerate(self.steps) if not step.optional)
        self.starts = tuple(step.choice for step in self.steps[: first + 1])
        stems = frozenset().union(*(slot.stems for slot in phrase.slots[: first + 1]))
        self.stems = stems if any(one[:1] == EXACT for one in stems) else None


class Matcher:
    """Phrases indexed by the rarest of the words they need: few of them are tried on any one message."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Index the phrases; of two that match the same words as the same concept, the earlier one counts."""
        phrases = list(phrases)
        choices: dict[frozenset[str], int] = {}
        for phrase in phrases:
            for slot in phrase.slots:
                choices.setdefault(slot.stems, len(choices))
        self.entries = [Entry(phrase, choices) for phrase in phrases]
        self._choices: dict[str, list[int]] = {}
        for words, choice in choices.items():
            for word in words:
                self._choices.setdefault(word, []).append(choice)
        self._count = len(choices)
        self.by_rarest: dict[str, list[int]] = {}
        often = Counter(word for phrase in phrases for slot in phrase.slots for word in slot.stems)
        for number, phrase in enumerate(phrases):
            for word in min(phrase.needs, key=lambda words: sum(often[word] for word in words)):
                self.by_rarest.setdefault(word, []).append(number)

    def find(self, stems: Sequence[str], forms: Sequence[str] = ()) -> list[Match]:
        """Give every match, the longest a concept and place; gaps never cross the end of a sentence."""
        said = self._said(stems, forms or stems)
        message = _Message(stems, self._where(said))
        best: dict[tuple[str, int], tuple[tuple[int, bool], Match]] = {}
        for entry in self._able(said, message.where):
            for match in message.matches(entry):
                key = (match.concept, match.start)
                rank = (match.end, entry.stems is None or stems[match.start] in entry.stems)
                if key not in best or rank > best[key][0]:
                    best[key] = (rank, match)
        return _without_inner(_without_excepted([match for _, match in best.values()]))

    def _said(self, stems: Sequence[str], forms: Sequence[str]) -> dict[str, int]:
        """Give the places of each stem and each exact form, as bits."""
        said: dict[str, int] = {}
        for place, (stem, form) in enumerate(zip(stems, forms, strict=True)):
            for word in (stem, EXACT + form):
                if word in self._choices:
                    said[word] = said.get(word, 0) | 1 << place
        return said

    def _where(self, said: dict[str, int]) -> list[int]:
        """Give the places of each choice of words, as bits."""
        where = [0] * self._count
        for word, places in said.items():
            for choice in self._choices[word]:
                where[choice] |= places
        return where

    def _able(self, said: Iterable[str], where: Sequence[int]) -> list[Entry]:
        """Give the phrases whose words are all in the message, in any order."""
        numbers = {number for word in said for number in self.by_rarest.get(word, ())}
        able = []
        for entry in map(self.entries.__getitem__, sorted(numbers)):
            for need in entry.needs:
                if not where[need]:
                    break
            else:
                able.append(entry)
        return able


class _Message:
    """One message while phrases are tried on it; `where` holds the places of each choice of words."""

    def __init__(self, stems: Sequence[str], where: Sequence[int]) -> None:
        self.where = where
        self._anywhere = (1 << len(stems) + 1) - 1
        self._going_on = sum(1 << place for place, stem in enumerate(stems) if stem not in _STOPS)

    def matches(self, entry: Entry) -> list[Match]:
        """Give a match for each word that begins one."""
        if entry.in_a_row:
            concept, length = entry.concept, len(entry.needs)
            found = self.where[entry.needs[0]]
            for offset in range(1, length):
                found &= self.where[entry.needs[offset]] >> offset
            return [Match(concept, start, start + length) for start in _ones(found)] if found else []
        ends = self._ends(entry)
        begin = 0
        for choice in entry.starts:
            begin |= self.where[choice]
        return [self._match(entry, ends, start) for start in _ones(ends[0] & begin)]

    def _ends(self, entry: Entry) -> list[int]:
        """Give for each step the words from which it and all that follow it match."""
        ends = [self._anywhere]
        for step in reversed(entry.steps):
            rest = ends[-1]
            if step.gap:
                here = rest
                for _ in range(step.gap):
                    here = rest | (here >> 1 & self._going_on)
            else:
                here = self.where[step.choice] & rest >> 1
                if step.optional:
                    here |= rest
            ends.append(here)
        return ends[::-1]

    def _match(self, entry: Entry, ends: Sequence[int], start: int) -> Match:
        """Give the match that begins here: every gap is as short as can be, and no word is left out that fits."""
        place, named = start, []
        for step, rest in zip(entry.steps, ends[1:], strict=True):
            if step.gap:
                while not rest >> place & 1:
                    place += 1
            elif self.where[step.choice] >> place & rest >> place + 1 & 1:
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


def _without_excepted(matches: list[Match]) -> list[Match]:
    """Drop a match that lies inside an exception of its concept, and the exceptions."""
    excepted: dict[str, list[Match]] = {}
    for match in matches:
        if match.concept.startswith(EXCEPT):
            excepted.setdefault(match.concept.removeprefix(EXCEPT), []).append(match)
    return [
        match
        for match in matches
        if not match.concept.startswith(EXCEPT)
        and not any(one.start <= match.start and match.end <= one.end for one in excepted.get(match.concept, ()))
    ]


def _without_inner(matches: list[Match]) -> list[Match]:
    """Drop a match that lies inside a longer one of the same concept."""
    kept: list[Match] = []
    reach: dict[str, int] = {}
    for match in sorted(matches, key=lambda one: (one.start, -one.end)):
        if match.end > reach.get(match.concept, 0):
            kept.append(match)
            reach[match.concept] = match.end
    return kept
