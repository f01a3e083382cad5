"""Decide how each finding is meant: negation, uncertainty, past, hypothesis, whose body.

The idea is ConText (Harkema 2009): cues open a scope, stop words close it. The cues are data in `knowledge/language/`;
the scope rules for lay text are here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice, takewhile

from triage.model import Assertion
from understanding import questions, tense, word_classes
from understanding.matcher import Match
from understanding.segments import Segments
from understanding.text import Word

_SCOPE = 9
_BARE = 7
_SHORT = 10
_CONTRAST = frozenset(("but", "however"))
_OVER = frozenset(("had", "was", "were", "died"))
_PRONOUNS = frozenset(("he", "she", "him", "her", "his"))
_ME = frozenset(("i", "me"))
_US = frozenset(("me", "my", "us", "our"))
_ASKERS = frozenset(("you", "i", "we", "they", "someone", "somebody", "anyone"))
_NOTS = frozenset(("not", "never", "havenot", "isnot"))
_RECENT = frozenset(("minute", "minutes", "hour", "hours", "today", "tonight", "morning", "yesterday"))
_SELF = frozenset(("i", "me", "my"))
_OWNED = word_classes.OWN - {"that"}  # "a rash that fades" is nobody's
_POINTED_AT = word_classes.OWN | {"the"}
_LINKS = frozenset((*",/;:()-", "and"))


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
_PRESENT = Meant(Assertion.PRESENT)


class Context:
    """All cues of one message, ready to be asked about any match.

    A message may be one endless sentence full of cues. What is asked about a whole sentence is therefore looked up
    or laid out once a message, so that the time for one match does not depend on the length.
    """

    def __init__(
        self,
        tokens: Sequence[Word],
        segments: Segments,
        cues: Sequence[Match],
        acute: Callable[[str], bool] = lambda concept: False,
    ) -> None:
        self.tokens = tokens
        self._acute = acute
        self.segments = segments
        self._words = [token.lower for token in tokens]
        self._last: dict[frozenset[str], list[int]] = {}
        self._known: dict[tuple[int, int, frozenset[int], bool, bool], Meant] = {}
        self._general: dict[int, Meant | None] = {}
        kinds: dict[str, list[Cue]] = {}
        for cue in cues:
            kinds.setdefault(cue.concept, []).append(Cue(cue.concept, cue.start, cue.end))
        self._kinds = {kind: Cues(found) for kind, found in kinds.items()}
        self._lay_out_negations()
        hypothetical = self._genuine("hypothetical", "pseudo_hypothetical")
        self._hypothetical = Cues(cue for cue in hypothetical if not self._inner_auxiliary(cue))
        resolved = [cue for cue in self.cues("resolved") if not self._is_negated(cue.start)]
        self._resolutions = Cues(resolved)
        stopped = [cue for cue in self.cues("bleeding_stopped") if not self._is_negated(cue.start)]
        self._bleeding_ends = Cues(sorted((*resolved, *stopped), key=lambda cue: cue.start))
        dated = self.cues("pseudo_continuing")  # "she is five now", "I want it gone now"
        self._going_on = Cues(
            cue for cue in self.cues("continuing") if not dated.cover(cue.start) and self._reached[cue.start] is None
        )
        own = self.cues("pseudo_own_bumps")
        self._own_bumps = Cues(cue for cue in self.cues("own_bumps") if not own.cover(cue.start))
        self._strangers = Cues(
            cue
            for cue in self.cues("stranger")
            if not self.cues("pseudo_stranger").cover(cue.start, self.sentence_of(cue.start)[0])
        )
        self._kin = Cues(cue for cue in self.cues("proxy") if self._words[cue.start] not in _PRONOUNS)
        self._lay_out_persons()
        self._lay_out_past()
        self._lay_out_questions()

    def cues(self, kind: str) -> Cues:
        """Give the cues of one kind."""
        return self._kinds.get(kind, _NO_CUES)

    def _genuine(self, kind: str, pseudo: str) -> list[Cue]:
        """Give the cues of one kind that are no part of what only looks like one."""
        return [cue for cue in self.cues(kind) if not self.cues(pseudo).hold(cue)]

    def said(self, cue: Cue) -> str:
        """Give the cue as the visitor wrote it."""
        return " ".join(token.text for token in self.tokens[cue.start : cue.end])

    def sentence_of(self, place: int) -> tuple[int, int]:
        """Give the range of words of the sentence that holds the word."""
        return self.segments.sentences[self.segments.sentence[place]]

    def _sentence_end(self, place: int) -> int:
        return self.sentence_of(place)[1]

    def _lay_out_persons(self) -> None:
        """Set where 'was' tells of the past, not of a moment ('was scrubbing'), and where 'my' is no place of many."""
        following = [*self.tokens[1:], *self.tokens[-1:]]
        past = [
            word in _OVER and not after.lower.endswith("ing")
            for word, after in zip(self._words, following, strict=True)
        ]
        ours = [
            word in _US and after.stem not in word_classes.SHARED_PLACES
            for word, after in zip(self._words, following, strict=True)
        ]
        for words, found in ((_OVER, past), (_US, ours)):
            places = (place if one else -1 for place, one in enumerate(found))
            self._last[words] = list(accumulate(places, max, initial=-1))

    def _last_before(self, end: int, words: frozenset[str]) -> int:
        """Give the last place before `end` where one of the words stands, or -1."""
        if words not in self._last:
            said = (place if word in words else -1 for place, word in enumerate(self._words))
            self._last[words] = list(accumulate(said, max, initial=-1))
        return self._last[words][min(end, len(self._words))]

    def _inner_auxiliary(self, cue: Cue) -> bool:
        """A question begins with its verb: 'does it hurt?' asks, 'whoever does it' does not."""
        if self._words[cue.start] not in word_classes.AUXILIARIES or cue.start == self.sentence_of(cue.start)[0]:
            return False
        return self._words[cue.start - 1] not in word_classes.BEFORE_QUESTION

    def _lay_out_negations(self) -> None:
        """Set for each word the first negation that reaches it, and which words any negation reaches."""
        self._list_ends: dict[int, int] = {}
        self._stops = frozenset(cue.start for cue in self.cues("stop"))
        cues = self._genuine("negation", "pseudo_negation")
        ends = [self._negation_end(cue) for cue in cues]
        self._reached = self._first_over(zip(cues, ends, strict=True))
        single = [(cue, end) for cue, end in zip(cues, ends, strict=True) if not self._doubled(cue)]
        self._negated_by = self._first_over(single)
        self._negations = Cues(cue for cue, _ in single)

    def _first_over(self, scopes: Iterable[tuple[Cue, int]]) -> list[Cue | None]:
        """Give for each word the first cue whose scope, from the cue's end on, covers it."""
        first: list[Cue | None] = [None] * len(self.tokens)
        covered = 0
        for cue, end in scopes:  # each begins after the one before: what lies before `covered` is settled
            for place in range(max(cue.end, covered), end):
                first[place] = cue
            covered = max(covered, end)
        return first

    def _negation_end(self, cue: Cue) -> int:
        """Walk from the cue to where its scope ends: a stop word, a new subject, or the end of its list."""
        end = self._sentence_end(cue.start)
        place, reach = cue.end, cue.end + _SCOPE
        links = []
        while place < end and place < reach:
            if place in self._list_ends:  # from a list's comma on, all cues before it reach equally far
                place = self._list_ends[place]
                break
            if place > cue.end and (place in self._stops or self._new_subject(place)):
                break
            if self._words[place] in _LINKS:
                if not self._list_goes_on(place, end):
                    break
                links.append(place)
                reach = place + _SCOPE
            place += 1
        self._list_ends.update(dict.fromkeys(links, place))
        return place

    def _new_subject(self, place: int) -> bool:
        before = self._words[place - 1]
        return self._words[place] in word_classes.SUBJECTS and before not in word_classes.BEFORE_SUBJECT

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
        ahead = self._words[place + 1 : min(end, place + 8)]
        if first.stem in word_classes.NOUNS or (len(following) > 1 and following[1].stem in word_classes.NOUNS):
            short = len(following) < 3 or any(token.lower in {",", ".", "or", "and", "nor"} for token in following[1:])
            return short or "or" in ahead or "nor" in ahead
        return ("or" in ahead or "nor" in ahead) and not any(word in word_classes.SUBJECTS for word in ahead)

    def meant(self, match: Match) -> Meant:
        """Decide one match; negation first, then whose, when, whether."""
        key = (match.start, match.end, match.gaps, self._bleeds(match), self._acute(match.concept))
        if key not in self._known:
            self._known[key] = self._decide(match)
        return self._known[key]

    def _decide(self, match: Match) -> Meant:
        for decide in (
            self._negation,
            self._resolved,
            self._person,
            self._past,
            self._story,
            self._question,
            self._hypothesis,
            self._uncertainty,
        ):
            meant = decide(match)
            if meant:
                return meant
        return _PRESENT

    def _negation(self, match: Match) -> Meant | None:
        cue = self._negated_by[match.start] or self._negation_inside(match)
        if cue and not self._but_elsewhere(match):
            return Meant(Assertion.ABSENT, self.said(cue))
        for cue in self.cues("negation_after").forward(match.end, match.end + 4):
            if self.segments.sentence[cue.start] == self.segments.sentence[match.start]:
                between = self._words[match.end : cue.start]
                if not any(word in {",", "but", "and"} for word in between):
                    return Meant(Assertion.ABSENT, self.said(cue))
        return None

    def _but_elsewhere(self, match: Match) -> bool:
        """'No blisters in the eye but on my forehead': denied of one place, said of another."""
        place = match.end
        while place < len(self.tokens) and self._negated_by[place]:
            place += 1
        ahead = self._words[place : place + 2]
        return len(ahead) > 1 and ahead[0] == "but" and ahead[1] in word_classes.PLACE_PREPOSITIONS

    def _negation_inside(self, match: Match) -> Cue | None:
        inside = self._negations.forward(match.start + 1, match.end - 1) if match.gaps else ()
        return next((cue for cue in inside if cue.start in match.gaps), None)

    def _doubled(self, cue: Cue) -> bool:
        """'It's not that it doesn't hurt' says that it hurts."""
        before = self._words[max(0, cue.start - 4) : cue.start]
        return "that" in before and ("not" in before or "isnot" in before)

    def _clause_start(self, match: Match) -> int:
        """Give where the talk about now begins, if a 'now' turn stands between the sentence's start and the match."""
        start, _ = self.sentence_of(match.start)
        turn = self.cues("present_turn").last(start, match.start)
        return max(start, turn.start if turn else start, self._last_before(match.start, _CONTRAST))

    def _resolved(self, match: Match) -> Meant | None:
        """Past and over: 'had cellulitis in March, took antibiotics, better'."""
        resolutions = self._bleeding_ends if self._bleeds(match) else self._resolutions
        if not resolutions and not self.cues("well_now"):
            return None
        begin, end = self._clause_start(match), self._sentence_end(match.start)
        first = next((cue for cue in resolutions.forward(begin, end) if self._ends_it(cue, match, begin)), None)
        last = next((cue for cue in resolutions.backward(begin, end) if self._ends_it(cue, match, begin)), None)
        before = self.cues("past").first(begin, match.start + 1)
        if not before and (self._acute(match.concept) or (not self._bleeds(match) and self._is_recent(begin, end))):
            return None  # "she went limp, fine now" still needs help
        told = bool(before) or self._told_in_past(begin, end) or self._last_past[end] >= begin
        if told:
            first = first or self.cues("well_now").first(begin, end)
            last = self.cues("well_now").last(begin, end) or last
        if first and last and first.start >= match.start - 2 and not self._goes_on(match, last.end + 1, end):
            return Meant(Assertion.PAST, self.said(first))
        if before and first:
            return Meant(Assertion.PAST, self.said(before))
        return self._closed_by_next(match) if told and not self._goes_on(match, begin, end) else None

    def _is_recent(self, start: int, end: int) -> bool:
        """Tell whether the sentence speaks of hours ago: what passed so soon may come back."""
        return self._last_before(end, _RECENT) >= start

    @staticmethod
    def _bleeds(match: Match) -> bool:
        """'It stopped' ends a bleeding, not the cut that bled."""
        return match.concept.startswith(("bleed", "blood"))

    def _closed_by_next(self, match: Match) -> Meant | None:
        """'I had a boil there in May. All healed.': a short next sentence says that it is over."""
        place = self.segments.sentence[match.start] + 1
        if place >= len(self.segments.sentences):
            return None
        begin, end = self.segments.sentences[place]
        if end - begin > _SHORT or self._going_on.first(begin, end) or self._is_asked(begin, end):
            return None
        fakes = self.cues("pseudo_resolved")
        over = (cue for cue in self._resolutions.forward(begin, end) if not fakes.cover(cue.start, begin))
        cue = next(over, None)
        return Meant(Assertion.PAST, self.said(cue)) if cue else None

    def _ends_it(self, cue: Cue, match: Match, begin: int) -> bool:
        """Tell whether a cue says that the match is over: it is no part of the match or of what only looks like it."""
        end = min(cue.end, self._sentence_end(match.start))
        fakes = self.cues("pseudo_resolved")
        faked = fakes.cover(cue.start, begin) or fakes.first(cue.start, end)
        return not faked and not match.start <= cue.start < match.end

    def _goes_on(self, match: Match, begin: int, end: int) -> bool:
        going_on = self._going_on.forward(begin, end)
        return any(not match.start <= cue.start < match.end for cue in going_on)

    def _is_negated(self, place: int) -> bool:
        return self._reached[place] is not None or self._words[max(0, place - 1)] in _NOTS

    def _past(self, match: Match) -> Meant | None:
        """Past, unless the sentence goes on into the present before a 'now' turn."""
        if not self.cues("past"):
            return None
        begin, end = self._clause_start(match), self._present_from(match)
        for cue in self.cues("past").forward(begin, end):
            if not match.start <= cue.start < match.end and not self._is_fake_past(cue):
                return None if self._going_on.first(begin, end) else Meant(Assertion.PAST, self.said(cue))
        return None

    def _lay_out_past(self) -> None:
        """Set which sentences belong to a story that is over: it began long ago, or a later sentence closes it."""
        sentences = self.segments.sentences
        tenses = tense.of_sentences(self.tokens, self.segments)
        verbs = (place if tense.is_past_form(self.tokens, place) else -1 for place in range(len(self.tokens)))
        self._last_past = list(accumulate(verbs, max, initial=-1))
        goes_on = [self._going_on.first(start, end) is not None for start, end in sentences]
        told = [past and not present and not on for (past, present), on in zip(tenses, goes_on, strict=True)]
        self._long_ago: list[Cue | None] = []
        for place, (start, end) in enumerate(sentences):
            cue = next((one for one in self.cues("past").forward(start, end) if not self._is_fake_past(one)), None)
            if not cue and told[place] and self._words[start] in word_classes.STORY_GOES_ON and place:
                cue = self._long_ago[-1]
            self._long_ago.append(None if goes_on[place] else cue)
        self._closed: list[Cue | None] = [None] * len(sentences)
        closing = None
        for place in range(len(sentences) - 1, -1, -1):
            closing = None if tenses[place][1] or goes_on[place] else closing
            self._closed[place] = closing
            over = self._resolution_in(*sentences[place]) if not goes_on[place] else None
            back = place + 1 < len(sentences) and self._relapses(*sentences[place + 1])
            closing = over if over and not back else closing

    def _is_fake_past(self, cue: Cue) -> bool:
        after = self._words[cue.end] if cue.end < len(self._words) else ""
        if self._words[cue.end - 1] in _OVER and after.endswith("ing"):
            return True  # "started when I was cooking"
        return self.cues("pseudo_past").cover(cue.start, self.sentence_of(cue.start)[0])

    def _relapses(self, start: int, end: int) -> bool:
        return any(self._words[cue.start] in word_classes.RELAPSE for cue in self._going_on.forward(start, end))

    def _is_asked(self, start: int, end: int) -> bool:
        return self._words[end - 1] == "?" or self._words[start] in word_classes.OPENS_QUESTION

    def _resolution_in(self, start: int, end: int) -> Cue | None:
        if self._is_asked(start, end):
            return None
        fakes = self.cues("pseudo_resolved")
        over = (cue for cue in self._resolutions.forward(start, end) if not fakes.cover(cue.start, start))
        return next(over, None) or self.cues("well_now").first(start, end)

    def _story(self, match: Match) -> Meant | None:
        """Past because the story is: 'In 2004 a dog bit me. I got hives from the balm.', 'It oozed. All healed.'."""
        place = self.segments.sentence[match.start]
        cue = self._long_ago[place] or self._closed[place]
        if cue is None or self._acute(match.concept) or tense.is_present_form(self.tokens, match.start):
            return None
        return Meant(Assertion.PAST, self.said(cue))

    def _present_from(self, match: Match) -> int:
        """Give where the talk turns to the present after the match, or the sentence's end."""
        end = self._sentence_end(match.start)
        turn = self.cues("present_turn").first(match.end, end)
        return turn.start if turn else end

    def _person(self, match: Match) -> Meant | None:
        """Decide whose finding it is from the nearest person named before it in the sentence."""
        if "i" in self._words[match.start : match.end]:
            return None  # "everyone would be glad if I was gone"
        start, end = self.sentence_of(match.start)
        other = self._pet(match, start) or self._far_stranger(match, start)
        if other:
            return Meant(Assertion.OTHER_PERSON, self.said(other))
        stranger = self._stranger(match, start, end)
        kin = self._kin.last(start, match.start)
        history = self.cues("kin_history").first(start, end)
        if self._died(match, end):
            return Meant(Assertion.OTHER_PERSON, self.tokens[match.start].text)
        if not stranger and not kin and not history:
            return None
        me = self._last_before(match.start, _ME)
        nearest = max(cue.start if cue else -1 for cue in (stranger, kin))
        if me >= start and me > nearest >= 0 and nearest + 4 < match.start:
            return None
        if history:
            return Meant(Assertion.OTHER_PERSON, self.said(history))
        if stranger and not self.cues("present_company") and not self._is_happening(max(start, match.start - 2), end):
            return Meant(Assertion.OTHER_PERSON, self.said(stranger))
        told = kin and self._told_as_history(kin, start, end, match) and not self.cues("present_company")
        if kin and (told or self._about_the_writer()):
            return Meant(Assertion.OTHER_PERSON, self.said(kin))
        return None

    def _is_happening(self, start: int, end: int) -> bool:
        """Tell whether something goes on as it is written: "it's pumping out"."""
        ahead = zip(self._words[start:end], self._words[start + 1 : end], strict=False)
        return any(one in ("is", "are", "keeps") and two.endswith("ing") for one, two in islice(ahead, _SHORT))

    def _pet(self, match: Match, start: int) -> Cue | None:
        """Give the animal whose sign it is: 'our dog has a lump', not 'the dog has bitten my son'."""
        cue = self.cues("pet_patient").last(start, match.end) or self.cues("pet_victim").last(start, match.end)
        if cue is None or cue.end + 12 < match.start or "'s" in self._words[cue.start + 1 : cue.start + 3]:
            return None
        if self.cues("pet_victim").cover(match.start):
            return cue
        human = self._last_before(match.end + 3, _ME | _US) > cue.start
        return None if human or self._kin.first(cue.start + 1, match.end + 3) else cue

    def _far_stranger(self, match: Match, start: int) -> Cue | None:
        """Give somebody from a screen or the news of whom the sign is told."""
        cue = self.cues("far_stranger").last(start, match.start + 1)
        return None if cue is None or self._last_before(match.end + 1, _ME | _US) >= cue.end else cue

    def _stranger(self, match: Match, start: int, end: int) -> Cue | None:
        """Give the last stranger before the match who is its patient.

        'Someone is breaking into my house', 'a kid bit my son': the stranger acts, the patient is ours.
        """
        us = self._last_before(min(match.end + 6, end), _US)
        for cue in self._strangers.backward(start, min(end, match.end)):
            if cue.end <= us:
                return None  # whoever is named earlier acts on us, too
            if not self._owns_a_thing(cue, match):
                return cue
        return None

    def _owns_a_thing(self, cue: Cue, match: Match) -> bool:
        """ "My buddy's cabin" is a place; "my friend's mole" is a patient who is not here."""
        owner = cue.end < len(self.tokens) and self._words[cue.end] == "'s"
        return (
            owner
            and match.start - cue.end > 3
            and self.tokens[min(cue.end + 1, len(self.tokens) - 1)].stem not in word_classes.KIN
        )

    def _died(self, match: Match, end: int) -> bool:
        """Tell whether the match is a relative who is dead: "my grandfather died of it"."""
        if self.cues("proxy").first(match.start, match.start + 1) is None:
            return False
        return not {"died", "deceased"}.isdisjoint(self._words[match.end : min(match.end + 4, end)])

    def _told_as_history(self, kin: Cue, start: int, end: int, match: Match) -> bool:
        """'My aunt was ill' is history; 'our baby was 38.5 at noon' is not, without a word for long ago."""
        told = self.cues("past").first(start, match.end + 4) is not None
        if self.cues("adult_kin").cover(kin.start):
            told = told or self._told_in_past(start, match.end)
        return bool(told) and not self.cues("continuing").first(start, end)

    def _told_in_past(self, start: int, end: int) -> bool:
        return self._last_before(end, _OVER) >= start

    @cached_property
    def bare_relative(self) -> str:
        """The relative of a bare remark such as 'my gran has shingles'; empty for anything longer."""
        adult = self.cues("adult_kin").first(0, 3)
        if not adult or len(self.tokens) > _BARE or self.cues("continuing") or self.cues("present_company"):
            return ""
        doing = any(word.endswith("ing") for word in self._words)
        return "" if doing and self._words[-1] != "growing" else self.said(adult)

    @cached_property
    def fiction(self) -> str:
        """The words that tell of invented people; empty when the message is about real ones."""
        cue = next(iter(self.cues("fiction")), None)
        return self.said(cue) if cue else ""

    def remote_relative(self, match: Match) -> str:
        """Give the relative of "my aunt has shingles, I only have milia": the writer's own skin is meant."""
        if not self._own_bumps or self.cues("present_company"):
            return ""
        start, end = self.sentence_of(match.start)
        person = self.cues("adult_kin").first(start, match.start) or self.cues("stranger").first(start, match.start)
        if not person or self._going_on.first(start, end):
            return ""
        return "" if self._last_before(match.start, _SELF) >= person.end else self.said(person)

    def _about_the_writer(self) -> bool:
        return bool(self.cues("self_focus"))

    def _hypothesis(self, match: Match) -> Meant | None:
        start, end = self.sentence_of(match.start)
        for cue in self._hypothetical.forward(start, match.start + 1):  # "is impetigo contagious" asks what it names
            turned = bisect_left(self._statements, cue.end) < bisect_left(self._statements, match.start)
            turned = turned or self._last_before(match.start, _CONTRAST) >= cue.end
            if not turned and not self._asks_for_own(cue, match):
                return Meant(Assertion.HYPOTHETICAL, self.said(cue))
        if self._yours(match):
            return Meant(Assertion.HYPOTHETICAL, "your")
        if self.segments.clause[match.start] != self.segments.clause[start]:
            return None
        if start not in self._general:
            self._general[start] = self._general_question(start, end)
        return self._general[start]

    def _lay_out_questions(self) -> None:
        """Set for each word the question that holds it; what is not done yet makes every question one about later."""
        self._statements = [place for place in range(len(self.tokens)) if questions.states(self._words, place)]
        self._asking: list[questions.Question | None] = [None] * len(self.tokens)
        for one in questions.find(self.tokens, self.segments):
            self._asking[one.start : one.end] = [one] * (one.end - one.start)
        if not self.cues("not_yet"):
            return
        for start, end in self.segments.sentences:
            if self._is_asked(start, end):
                whole = questions.Question(start, end, end)
                self._asking[start:end] = [one or whole for one in self._asking[start:end]]

    def _question(self, match: Match) -> Meant | None:
        """Asked about, not there; but 'will ice help my swollen eye' says that it is swollen."""
        asking = self._asking[match.start]
        if asking is None:
            return None
        owned = self._last_before(match.start + 1, _OWNED) >= max(asking.start, match.start - 2)
        if owned and match.start < asking.causes:
            return None
        return Meant(Assertion.HYPOTHETICAL, self.tokens[asking.start].text)

    def _asks_for_own(self, cue: Cue, match: Match) -> bool:
        """'Can you take off these patches', 'can I use my cream': a request about what is there."""
        if self._words[cue.start] in word_classes.AUXILIARIES and self._words[cue.start + 1] in word_classes.OWN:
            return True  # "is my rash contagious"
        asked = not _ASKERS.isdisjoint(self._words[cue.start : cue.end])
        served = self._words[cue.end : cue.end + 1]
        if served and served[0] in word_classes.SERVICES:
            return self._last_before(match.end + 4, _POINTED_AT) >= cue.end
        return asked and self._last_before(match.start + 1, word_classes.OWN) >= cue.end

    def _yours(self, match: Match) -> bool:
        """'Half your face droops': the visitor speaks of people in general."""
        if "your" in self._words[max(0, match.start - 1) : match.end]:
            return True
        general = self._words[match.start] in word_classes.AFTER_GENERAL_YOU
        return general and match.start > 0 and self._words[match.start - 1] == "you"

    def _general_question(self, start: int, end: int) -> Meant | None:
        """A question without 'my', 'I', 'he' ... asks about the thing in general."""
        first = self._words[start]
        if first not in word_classes.ASKING or (
            self._words[end - 1] != "?" and first not in word_classes.OPENS_QUESTION
        ):
            return None
        clause = self.segments.clause
        own = takewhile(lambda place: clause[place] == clause[start], range(start, end))
        personal = any(self._words[place] in word_classes.PERSONAL for place in own)
        return None if personal else Meant(Assertion.HYPOTHETICAL, self.tokens[start].text)

    def _uncertainty(self, match: Match) -> Meant | None:
        start, _ = self.sentence_of(match.start)
        cue = self.cues("uncertain").last(max(start, match.start - 6), match.start)
        return Meant(Assertion.POSSIBLE, self.said(cue)) if cue else None
