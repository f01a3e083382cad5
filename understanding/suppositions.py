"""What is only supposed or asked about: it has not happened, or nobody says that it has."""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile

from triage.model import Assertion
from understanding import questions, word_classes
from understanding.cues import Cue, Cues, Meant, Talk
from understanding.matcher import Match
from understanding.stories import CONTRAST

_ASKERS = frozenset(("you", "i", "we", "they", "someone", "somebody", "anyone"))
_IMAGINING = frozenset(("say", "were"))  # "say my toddler ate it"
_BEGUN = frozenset(("began", "begun", "started"))
_LATELY = frozenset("ago hour hours minutes morning night since today tonight yesterday".split())
_DONE_WITH = frozenset("after bought by from got had put since tried used using with".split())
_OWNED = word_classes.OWN - {"that"}  # "a rash that fades" is nobody's
_POINTED_AT = word_classes.OWN | {"the"}


class Suppositions:
    """The questions and what-ifs of one message."""

    def __init__(self, talk: Talk) -> None:
        self._talk, self._words, self._cues = talk, talk.words, talk.cues
        self._general: dict[int, Meant | None] = {}
        supposed = talk.genuine("hypothetical", "pseudo_hypothetical")
        self._supposed = Cues(cue for cue in supposed if not self._inner_auxiliary(cue))
        self._lay_out_questions()

    def asked(self, match: Match) -> Meant | None:
        """Asked about, not there; but 'will ice help my swollen eye' says that it is swollen."""
        asking = self._asking[match.start]
        if asking is None or self._has_begun(match):
            return None
        owned = self._talk.last_before(match.start + 1, _OWNED) >= max(asking.start, match.start - 2)
        if owned and match.end <= asking.causes:  # "could my strap make one bleed" is about what may come
            return None
        return Meant(Assertion.HYPOTHETICAL, self._talk.tokens[asking.start].text)

    def supposed(self, match: Match) -> Meant | None:
        if self._has_begun(match):
            return None
        start, end = self._talk.sentence_of(match.start)
        for cue in self._supposed.forward(start, match.start + 1):  # "is impetigo contagious" asks what it names
            turned = bisect_left(self._statements, cue.end) < bisect_left(self._statements, match.start)
            turned = turned or self._talk.last_before(match.start, CONTRAST) >= cue.end
            if not turned and not self._asks_for_own(cue, match):
                return Meant(Assertion.HYPOTHETICAL, self._talk.said(cue))
        if self._yours(match):
            return Meant(Assertion.HYPOTHETICAL, "your")
        if self._talk.segments.clause[match.start] != self._talk.segments.clause[start]:
            return None
        if start not in self._general:
            self._general[start] = self._general_question(start, end)
        return self._general[start]

    def _lay_out_questions(self) -> None:
        """Set for each word the question that holds it; what is not done yet makes every question one about later."""
        self._statements = [place for place in range(len(self._talk.tokens)) if questions.states(self._words, place)]
        self._asking: list[questions.Question | None] = [None] * len(self._talk.tokens)
        for one in questions.find(self._talk.tokens, self._talk.segments):
            self._asking[one.start : one.end] = [one] * (one.end - one.start)
        if not self._cues("not_yet"):
            return
        for start, end in self._talk.segments.sentences:
            if self._talk.is_asked(start, end):
                begin = self._opens_after_comma(start, end)
                whole = questions.Question(begin, end, end)
                self._asking[begin:end] = [one or whole for one in self._asking[begin:end]]

    def _opens_after_comma(self, start: int, end: int) -> int:
        """Give where the question of a sentence begins: 'the thermometer read 38.4, should I put cream on?'."""
        commas = (one for one in range(start, end - 1) if self._words[one] == ",")
        return next((one + 1 for one in commas if self._words[one + 1] in word_classes.OPENS_QUESTION), start)

    def _has_begun(self, match: Match) -> bool:
        """'What do I do if my eye is red? Started yesterday': the next sentence tells that it is there."""
        number = self._talk.segments.sentence[match.start] + 1
        if number >= len(self._talk.segments.sentences):
            return False
        start, end = self._talk.segments.sentences[number]
        told = self._words[start:end]
        return not _BEGUN.isdisjoint(told[:2]) and not _LATELY.isdisjoint(told)

    def _inner_auxiliary(self, cue: Cue) -> bool:
        """A question begins with its verb: 'does it hurt?' asks, 'whoever does it' does not."""
        if self._words[cue.start] not in word_classes.AUXILIARIES or cue.start == self._talk.sentence_of(cue.start)[0]:
            return False
        return self._words[cue.start - 1] not in word_classes.BEFORE_QUESTION

    def _asks_for_own(self, cue: Cue, match: Match) -> bool:
        """'Can you take off these patches', 'can I use my cream': a request about what is there."""
        if self._words[cue.end - 1] == "ever":
            return False  # "should my daughter ever swallow it"
        verb = self._words[cue.start]
        if verb in word_classes.AUXILIARIES - _IMAGINING and self._words[cue.start + 1] in word_classes.OWN:
            return True  # "is my rash contagious"
        asked = not _ASKERS.isdisjoint(self._words[cue.start : cue.end])
        served = self._words[cue.end : cue.end + 1]
        if served and served[0] in word_classes.SERVICES:
            return self._talk.last_before(match.end + 4, _POINTED_AT) >= cue.end
        return asked and self._talk.last_before(match.start + 1, word_classes.OWN) >= cue.end

    def _yours(self, match: Match) -> bool:
        """'Half your face droops': the visitor speaks of people in general."""
        near = self._words[max(0, match.start - 1) : match.end]
        if "your" in near:
            place = max(0, match.start - 1) + near.index("your")
            return self._words[max(0, place - 1)] not in _DONE_WITH  # "after your numbing cream my lips tingle"
        general = self._words[match.start] in word_classes.AFTER_GENERAL_YOU
        return general and match.start > 0 and self._words[match.start - 1] == "you"

    def _general_question(self, start: int, end: int) -> Meant | None:
        """A question without 'my', 'I', 'he' ... asks about the thing in general."""
        first = self._words[start]
        if first not in word_classes.ASKING or (
            self._words[end - 1] != "?" and first not in word_classes.OPENS_QUESTION
        ):
            return None
        clause = self._talk.segments.clause
        own = takewhile(lambda place: clause[place] == clause[start], range(start, end))
        personal = any(self._words[place] in word_classes.PERSONAL for place in own)
        return None if personal else Meant(Assertion.HYPOTHETICAL, self._talk.tokens[start].text)
