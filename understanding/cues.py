"""What a message says, and the cues in it, ready to be asked about any of its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from triage.model import Assertion
from understanding import word_classes
from understanding.matcher import Match
from understanding.segments import Segments
from understanding.text import Word


@dataclass(frozen=True)
class Cue:
    """A cue over the words `start` to `end`."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Meant:
    """The assertion of one match and the words that caused it."""

    assertion: Assertion
    evidence: str = ""


class Cues:
    """The cues of one kind in reading order; none lies inside another."""

    def __init__(self, found: Iterable[Cue] = ()) -> None:
        self._cues = tuple(found)
        self._starts = [cue.start for cue in self._cues]

    def __bool__(self) -> bool:
        return bool(self._cues)

    def __iter__(self) -> Iterator[Cue]:
        return iter(self._cues)

    def first(self, start: int, end: int) -> Cue | None:
        """Give the first cue that begins in the words `start` to `end`."""
        place = bisect_left(self._starts, start)
        return self._cues[place] if place < len(self._cues) and self._starts[place] < end else None

    def last(self, start: int, end: int) -> Cue | None:
        """Give the last cue that begins in the words `start` to `end`."""
        place = bisect_left(self._starts, end) - 1
        return self._cues[place] if place >= 0 and self._starts[place] >= start else None

    def forward(self, start: int, end: int) -> Iterator[Cue]:
        """Give the cues that begin in the words `start` to `end`."""
        for place in range(bisect_left(self._starts, start), len(self._cues)):
            if self._starts[place] >= end:
                return
            yield self._cues[place]

    def backward(self, start: int, end: int) -> Iterator[Cue]:
        """Give the cues that begin in the words `start` to `end`, the last one first."""
        for place in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self._starts[place] < start:
                return
            yield self._cues[place]

    def cover(self, place: int, start: int = 0) -> bool:
        """Tell whether a cue that begins at `start` or later holds the word."""
        before = bisect_right(self._starts, place)
        return before > 0 and self._starts[before - 1] >= start and place < self._cues[before - 1].end

    def hold(self, cue: Cue) -> bool:
        """Tell whether a cue of this kind holds all of another one."""
        before = bisect_right(self._starts, cue.start)
        return before > 0 and cue.end <= self._cues[before - 1].end


_NO_CUES = Cues()


def lasts(holding: Iterable[bool]) -> list[int]:
    """Give for each end the last place before it that holds, or -1."""
    places = (place if one else -1 for place, one in enumerate(holding))
    return list(accumulate(places, max, initial=-1))


class Talk:
    """The words, sentences and cues of one message.

    A message may be one endless sentence full of cues. What is asked about a whole sentence is therefore looked up
    or laid out once a message, so that the time for one match does not depend on the length.
    """

    def __init__(self, tokens: Sequence[Word], segments: Segments, cues: Sequence[Match]) -> None:
        self.tokens = tokens
        self.segments = segments
        self.words = [token.lower for token in tokens]
        self._last: dict[frozenset[str], list[int]] = {}
        kinds: dict[str, list[Cue]] = {}
        for cue in cues:
            kinds.setdefault(cue.concept, []).append(Cue(cue.concept, cue.start, cue.end))
        self._kinds = {kind: Cues(found) for kind, found in kinds.items()}

    def cues(self, kind: str) -> Cues:
        """Give the cues of one kind."""
        return self._kinds.get(kind, _NO_CUES)

    def genuine(self, kind: str, pseudo: str) -> list[Cue]:
        """Give the cues of one kind that are no part of what only looks like one."""
        return [cue for cue in self.cues(kind) if not self.cues(pseudo).hold(cue)]

    def said(self, cue: Cue) -> str:
        """Give the cue as the visitor wrote it."""
        return " ".join(token.text for token in self.tokens[cue.start : cue.end])

    def sentence_of(self, place: int) -> tuple[int, int]:
        """Give the range of words of the sentence that holds the word."""
        return self.segments.sentences[self.segments.sentence[place]]

    def sentence_end(self, place: int) -> int:
        return self.sentence_of(place)[1]

    def last_before(self, end: int, words: frozenset[str]) -> int:
        """Give the last place before `end` where one of the words stands, or -1."""
        if words not in self._last:
            self._last[words] = lasts(word in words for word in self.words)
        return self._last[words][min(end, len(self.words))]

    def is_asked(self, start: int, end: int) -> bool:
        return self.words[end - 1] == "?" or self.words[start] in word_classes.OPENS_QUESTION
