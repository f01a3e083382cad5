"""Decide how each finding is meant: negation, uncertainty, past, hypothesis, whose body.

The idea is ConText (Harkema 2009): cues open a scope, stop words close it. The cues are data in `knowledge/language/`;
the scope rules for lay text are in the modules that are asked here, one a kind of meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from triage.model import Assertion
from understanding.cues import Meant, Talk
from understanding.matcher import Match
from understanding.negations import Negations
from understanding.persons import Persons
from understanding.segments import Segments
from understanding.stories import Stories
from understanding.suppositions import Suppositions
from understanding.text import Word

_PRESENT = Meant(Assertion.PRESENT)


class Context:
    """All cues of one message, ready to be asked about any match."""

    def __init__(
        self,
        tokens: Sequence[Word],
        segments: Segments,
        cues: Sequence[Match],
        acute: Callable[[str], bool] = lambda concept: False,
    ) -> None:
        self._talk = Talk(tokens, segments, cues)
        self._acute = acute
        self._known: dict[tuple[int, int, frozenset[int], bool, bool], Meant] = {}
        negations = Negations(self._talk)
        self._stories = Stories(self._talk, negations, acute)
        self.persons = Persons(self._talk, self._stories)
        suppositions = Suppositions(self._talk)
        self._deciders = (
            negations.meant,
            self._stories.resolved,
            self.persons.meant,
            self._stories.past,
            self._stories.story,
            suppositions.asked,
            suppositions.supposed,
            self._uncertainty,
        )

    def meant(self, match: Match) -> Meant:
        """Decide one match; negation first, then whose, when, whether."""
        key = (match.start, match.end, match.gaps, self._stories.bleeds(match), self._acute(match.concept))
        if key not in self._known:
            decided = (decide(match) for decide in self._deciders)
            self._known[key] = next((meant for meant in decided if meant), _PRESENT)
        return self._known[key]

    def _uncertainty(self, match: Match) -> Meant | None:
        start, _ = self._talk.sentence_of(match.start)
        cue = self._talk.cues("uncertain").last(max(start, match.start - 6), match.start)
        return Meant(Assertion.POSSIBLE, self._talk.said(cue)) if cue else None
