"""Decide how each finding is meant: negation, uncertainty, past, hypothesis, whose body.

The idea is ConText (Harkema 2009): cues open a scope, stop words close it. The cues are data in `knowledge/language/`;
the scope rules for lay text are here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from triage.model import Assertion
from understanding import word_classes
from understanding.matcher import Match
from understanding.segments import Segments
from understanding.text import Word

_SCOPE = 9
_BARE = 7
_SHORT = 10


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


class Context:
    """All cues of one message, ready to be asked about any match."""

    def __init__(self, tokens: Sequence[Word], segments: Segments, cues: Sequence[Match]) -> None:
        self.tokens = tokens
        self.segments = segments
        self._kinds: dict[str, list[Cue]] = {}
        self._known: dict[tuple[int, int, frozenset[int]], Meant] = {}
        for cue in cues:
            self._kinds.setdefault(cue.concept, []).append(Cue(cue.concept, cue.start, cue.end))
        self._negated = self._scopes("negation", "pseudo_negation", self._negation_end)
        self._hypothetical = self._scopes(
            "hypothetical", "pseudo_hypothetical", lambda cue: self._sentence_end(cue.start)
        )

    def cues(self, kind: str) -> list[Cue]:
        """Give the cues of one kind in reading order."""
        return self._kinds.get(kind, [])

    def said(self, cue: Cue) -> str:
        """Give the cue as the visitor wrote it."""
        return " ".join(token.text for token in self.tokens[cue.start : cue.end])

    def within(self, kind: str, start: int, end: int) -> list[Cue]:
        """Give the cues of one kind that begin in the words `start` to `end`."""
        return [cue for cue in self.cues(kind) if start <= cue.start < end]

    def sentence_of(self, place: int) -> tuple[int, int]:
        """Give the range of words of the sentence that holds the word."""
        return self.segments.sentences[self.segments.sentence[place]]

    def _sentence_end(self, place: int) -> int:
        return self.sentence_of(place)[1]

    def _scopes(self, kind: str, pseudo: str, end_of: object) -> list[tuple[int, int, Cue]]:
        fakes = self.cues(pseudo)
        scopes = []
        for cue in self.cues(kind):
            if any(fake.start <= cue.start < cue.end <= fake.end for fake in fakes) or self._inner_auxiliary(cue):
                continue
            begin = (
                cue.start if kind == "hypothetical" else cue.end
            )  # "is impetigo contagious" asks about what it names
            scopes.append((begin, end_of(cue), cue))  # type: ignore[operator]
        return scopes

    def _inner_auxiliary(self, cue: Cue) -> bool:
        """A question begins with its verb: 'does it hurt?' asks, 'whoever does it' does not."""
        if (
            cue.kind != "hypothetical"
            or self.tokens[cue.start].lower not in word_classes.AUXILIARIES
            or cue.start == self.sentence_of(cue.start)[0]
        ):
            return False
        return self.tokens[cue.start - 1].lower not in word_classes.BEFORE_QUESTION

    def _negation_end(self, cue: Cue) -> int:
        """Walk from the cue to where its scope ends: a stop word, a new subject, or the end of its list."""
        end = self._sentence_end(cue.start)
        stops = {stop.start for stop in self.cues("stop")}
        place, reach = cue.end, cue.end + _SCOPE
        while place < end and place < reach:
            word = self.tokens[place].lower
            if place in stops and place > cue.end:
                return place
            if (
                word in word_classes.SUBJECTS
                and place > cue.end
                and self.tokens[place - 1].lower not in word_classes.BEFORE_SUBJECT
            ):
                return place
            if word in ",/;:()-" or word == "and":
                if not self._list_goes_on(place, end):
                    return place
                reach = place + _SCOPE
            place += 1
        return place

    def _list_goes_on(self, place: int, end: int) -> bool:
        """After a comma or 'and' the list goes on with 'or', or with one more bare sign."""
        if place + 1 >= end:
            return False
        following = self.tokens[place + 1 : min(end, place + 4)]
        first = following[0]
        if first.lower in word_classes.LIST_WORDS or (first.lower == "," and len(following) > 1):
            return True
        if first.lower in word_classes.SUBJECTS:
            return False
        ahead = [token.lower for token in self.tokens[place + 1 : min(end, place + 8)]]
        if first.stem in word_classes.NOUNS or (
            len(following) > 1 and following[1].stem in word_classes.NOUNS and first.lower not in word_classes.SUBJECTS
        ):
            short = len(following) < 3 or any(token.lower in {",", ".", "or", "and", "nor"} for token in following[1:])
            return short or "or" in ahead or "nor" in ahead
        return ("or" in ahead or "nor" in ahead) and not any(word in word_classes.SUBJECTS for word in ahead)

    def meant(self, match: Match) -> Meant:
        """Decide one match; negation first, then whose, when, whether."""
        key = (match.start, match.end, match.literal)
        if key not in self._known:
            self._known[key] = self._decide(match)
        return self._known[key]

    def _decide(self, match: Match) -> Meant:
        for decide in (self._negation, self._resolved, self._person, self._past, self._hypothesis, self._uncertainty):
            meant = decide(match)
            if meant:
                return meant
        return Meant(Assertion.PRESENT)

    def _negation(self, match: Match) -> Meant | None:
        for start, end, cue in self._negated:
            in_gap = match.start < cue.start < match.end - 1 and cue.start not in match.literal
            if (start <= match.start < end or in_gap) and not self._doubled(cue):
                return Meant(Assertion.ABSENT, self.said(cue))
        for cue in self.cues("negation_after"):
            if (
                match.end <= cue.start <= match.end + 3
                and self.segments.sentence[cue.start] == self.segments.sentence[match.start]
            ):
                between = self.tokens[match.end : cue.start]
                if not any(token.lower in {",", "but", "and"} for token in between):
                    return Meant(Assertion.ABSENT, self.said(cue))
        return None

    def _doubled(self, cue: Cue) -> bool:
        """'It's not that it doesn't hurt' says that it hurts."""
        before = self.tokens[max(0, cue.start - 4) : cue.start]
        return any(token.lower in ("not", "isnot") for token in before) and any(
            token.lower == "that" for token in before
        )

    def _clause_start(self, match: Match) -> int:
        """Give where the talk about now begins, if a 'now' turn stands between the sentence's start and the match."""
        start, _ = self.sentence_of(match.start)
        turns = [cue.start for cue in self.within("present_turn", start, match.start)]
        contrast = [place for place in range(start, match.start) if self.tokens[place].lower in ("but", "however")]
        return max([start, *turns, *contrast])

    def _resolved(self, match: Match) -> Meant | None:
        """Past and over: 'had cellulitis in March, took antibiotics, better'."""
        _, end = self.sentence_of(match.start)
        begin = self._clause_start(match)
        now = [cue for cue in self._going_on(begin, end) if cue.start >= match.end or cue.start < match.start]
        fakes = self.within("pseudo_resolved", begin, end)
        over = [
            cue
            for cue in (*self.within("resolved", begin, end), *self._stopped(match, begin, end))
            if not any(one.start <= cue.start < one.end or cue.start <= one.start < cue.end for one in fakes)
            and not self._is_negated(cue.start)
            and not match.start <= cue.start < match.end
        ]
        before = list(self.within("past", begin, match.start + 1))
        if before or self._told_in_past(begin, end):
            over.extend(self.within("well_now", begin, end))
        if over and over[0].start >= match.start - 2 and not any(cue.start > over[-1].end for cue in now):
            return Meant(Assertion.PAST, self.said(over[0]))
        if before and over:
            return Meant(Assertion.PAST, self.said(before[0]))
        return None if now else self._closed_by_next(match, told_in_past=bool(before) or self._told_in_past(begin, end))

    def _stopped(self, match: Match, begin: int, end: int) -> list[Cue]:
        """'It stopped' ends a bleeding, not the cut that bled."""
        return self.within("bleeding_stopped", begin, end) if match.concept.startswith(("bleed", "blood")) else []

    def _going_on(self, begin: int, end: int) -> list[Cue]:
        """Give what says that a sign goes on; "she is five now" and "I want it gone now" do not."""
        fakes = self.within("pseudo_continuing", begin, end)
        return [
            cue
            for cue in self.within("continuing", begin, end)
            if not any(one.start <= cue.start < one.end for one in fakes)
        ]

    def _closed_by_next(self, match: Match, *, told_in_past: bool) -> Meant | None:
        """'I had a boil there in May. All healed.': a short next sentence says that it is over."""
        place = self.segments.sentence[match.start] + 1
        if not told_in_past or place >= len(self.segments.sentences):
            return None
        begin, end = self.segments.sentences[place]
        if end - begin > _SHORT or self._going_on(begin, end):
            return None
        over = [cue for cue in self.within("resolved", begin, end) if not self._is_negated(cue.start)]
        fakes = self.within("pseudo_resolved", begin, end)
        over = [cue for cue in over if not any(one.start <= cue.start < one.end for one in fakes)]
        return Meant(Assertion.PAST, self.said(over[0])) if over else None

    def _is_negated(self, place: int) -> bool:
        return any(start <= place < end for start, end, _ in self._negated) or self.tokens[max(0, place - 1)].lower in (
            "not",
            "never",
            "havenot",
            "isnot",
        )

    def _past(self, match: Match) -> Meant | None:
        """Past, unless the sentence goes on into the present before a 'now' turn."""
        begin = self._clause_start(match)
        end = self._present_from(match)
        fakes = self.within("pseudo_past", begin, end)
        past = [
            cue
            for cue in self.within("past", begin, end)
            if not match.start <= cue.start < match.end and not any(one.start <= cue.start < one.end for one in fakes)
        ]
        if not past or self._going_on(begin, end):
            return None
        return Meant(Assertion.PAST, self.said(past[0]))

    def _present_from(self, match: Match) -> int:
        """Give where the talk turns to the present after the match, or the sentence's end."""
        end = self._sentence_end(match.start)
        return min([end, *(cue.start for cue in self.within("present_turn", match.end, end))])

    def _person(self, match: Match) -> Meant | None:
        """Decide whose finding it is from the nearest person named before it in the sentence."""
        if any(self.tokens[place].lower == "i" for place in range(match.start, match.end)):
            return None  # "everyone would be glad if I was gone"
        start, end = self.sentence_of(match.start)
        fakes = self.within("pseudo_stranger", start, end)
        strangers = [
            cue
            for cue in self.within("stranger", start, end)
            if cue.start < match.end
            and not any(one.start <= cue.start < one.end for one in fakes)
            and not self._owns_a_thing(cue, match)
            and not self._acts_on_us(cue, match)
        ]
        kin = [
            cue
            for cue in self.within("proxy", start, match.start)
            if self.tokens[cue.start].lower not in ("he", "she", "him", "her", "his")
        ]
        history = self.within("kin_history", start, end)
        if any(cue.start == match.start for cue in self.cues("proxy")) and self._died(match.end, end):
            return Meant(Assertion.OTHER_PERSON, self.tokens[match.start].text)
        me = [place for place in range(start, match.start) if self.tokens[place].lower in ("i", "me")]
        nearest = max([cue.start for cue in (*strangers, *kin)], default=-1)
        if me and max(me) > nearest >= 0 and nearest + 4 < match.start:
            return None
        if history:
            return Meant(Assertion.OTHER_PERSON, self.said(history[0]))
        if strangers and not self.cues("present_company"):
            return Meant(Assertion.OTHER_PERSON, self.said(strangers[-1]))
        history_told = self._told_as_history(start, end, match) and not self.cues("present_company")
        if kin and (history_told or self._about_the_writer()):
            return Meant(Assertion.OTHER_PERSON, self.said(kin[-1]))
        return None

    def _owns_a_thing(self, cue: Cue, match: Match) -> bool:
        """ "My buddy's cabin" is a place; "my friend's mole" is a patient who is not here."""
        owner = cue.end < len(self.tokens) and self.tokens[cue.end].lower == "'s"
        return (
            owner
            and match.start - cue.end > 3
            and self.tokens[min(cue.end + 1, len(self.tokens) - 1)].stem not in word_classes.KIN
        )

    def _acts_on_us(self, cue: Cue, match: Match) -> bool:
        """'Someone is breaking into my house', 'a kid bit my son': the stranger acts, the patient is ours."""
        after = self.tokens[cue.end : match.end + 7]
        return any(
            token.lower in ("me", "my", "us", "our") and following.stem not in word_classes.SHARED_PLACES
            for token, following in pairwise(after)
        )

    def _told_as_history(self, start: int, end: int, match: Match) -> bool:
        return (
            self._told_in_past(start, match.end) or bool(self.within("past", start, match.end + 4))
        ) and not self.within("continuing", start, end)

    def _told_in_past(self, start: int, end: int) -> bool:
        told = [place for place in range(start, end) if self.tokens[place].lower in ("had", "was", "were", "died")]
        return any(not self.tokens[min(place + 1, end - 1)].lower.endswith("ing") for place in told)

    def _died(self, start: int, end: int) -> bool:
        return any(self.tokens[place].lower in ("died", "deceased") for place in range(start, min(start + 4, end)))

    def bare_relative(self) -> str:
        """Give the relative of a bare remark such as 'my gran has shingles'; empty for anything longer."""
        adults = [cue for cue in self.cues("adult_kin") if cue.start <= 2]
        if not adults or len(self.tokens) > _BARE or self.cues("continuing") or self.cues("present_company"):
            return ""
        doing = any(token.lower.endswith("ing") for token in self.tokens)
        return "" if doing and self.tokens[-1].lower != "growing" else self.said(adults[0])

    def remote_relative(self, match: Match) -> str:
        """Give the relative of "my aunt has shingles, I only have milia": the writer's own skin is meant."""
        own = [cue for cue in self.cues("own_bumps") if not self._inside(cue, self.cues("pseudo_own_bumps"))]
        start, end = self.sentence_of(match.start)
        people = [*self.within("adult_kin", start, match.start), *self.within("stranger", start, match.start)]
        if not own or not people or self.cues("present_company") or self._going_on(start, end):
            return ""
        me = [place for place in range(people[0].end, match.start) if self.tokens[place].lower in ("i", "me", "my")]
        return "" if me else self.said(people[0])

    @staticmethod
    def _inside(cue: Cue, fakes: Sequence[Cue]) -> bool:
        return any(one.start <= cue.start < one.end for one in fakes)

    def _about_the_writer(self) -> bool:
        return bool(self.cues("self_focus"))

    def _hypothesis(self, match: Match) -> Meant | None:
        for start, end, cue in self._hypothetical:
            if start <= match.start < end and not self._asks_for_own(cue, match):
                return Meant(Assertion.HYPOTHETICAL, self.said(cue))
        return Meant(Assertion.HYPOTHETICAL, "your") if self._yours(match) else self._general_question(match)

    def _asks_for_own(self, cue: Cue, match: Match) -> bool:
        """'Can you take off these patches', 'can I use my cream': a request about what is there."""
        asked = {token.lower for token in self.tokens[cue.start : cue.end]}
        return bool(asked & {"you", "i", "we"}) and any(
            token.lower in word_classes.OWN for token in self.tokens[cue.end : match.start + 1]
        )

    def _yours(self, match: Match) -> bool:
        """'Half your face droops': the visitor speaks of people in general."""
        if any(token.lower == "your" for token in self.tokens[max(0, match.start - 1) : match.end]):
            return True
        return (
            match.start > 0
            and self.tokens[match.start - 1].lower == "you"
            and self.tokens[match.start].lower in word_classes.AFTER_GENERAL_YOU
        )

    def _general_question(self, match: Match) -> Meant | None:
        """A question without 'my', 'I', 'he' ... asks about the thing in general."""
        start, end = self.sentence_of(match.start)
        first = self.tokens[start].lower
        if first not in word_classes.ASKING or (
            self.tokens[end - 1].lower != "?" and first not in word_classes.OPENS_QUESTION
        ):
            return None
        if self.segments.clause[match.start] != self.segments.clause[start]:
            return None
        personal = any(self.tokens[place].lower in word_classes.PERSONAL for place in range(start, end))
        return None if personal else Meant(Assertion.HYPOTHETICAL, self.tokens[start].text)

    def _uncertainty(self, match: Match) -> Meant | None:
        start, _ = self.sentence_of(match.start)
        cues = self.within("uncertain", max(start, match.start - 6), match.start)
        return Meant(Assertion.POSSIBLE, self.said(cues[-1])) if cues else None
