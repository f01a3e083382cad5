"""What is over: things of the past, resolved ones, and stories that began long ago or that a later sentence closes."""

from __future__ import annotations

from collections.abc import Callable

from triage.model import Assertion
from understanding import tense, word_classes
from understanding.cues import Cue, Cues, Meant, Talk, lasts
from understanding.matcher import Match
from understanding.negations import Negations

CONTRAST = frozenset(("but", "however"))
_OVER = frozenset(("had", "was", "were", "died"))
_NOT_AGO = frozenset(("by", "following", "next", "until"))
_LENGTHS = frozenset(("minute", "minutes", "hour", "hours"))
_RECENT = frozenset(("minute", "minutes", "hour", "hours", "today", "tonight", "morning", "yesterday"))
_SHORT = 10
_THAT = frozenset(("that", "this", "thats"))
_DATE = 5  # words of "that was some thirty years ago" before the date
_NEAR = 8
BREAKS = frozenset((*",;-:.", "and", "but"))


class Stories:
    """Past and present of one message; `going_on` are the words that tell of what still lasts."""

    def __init__(self, talk: Talk, negations: Negations, acute: Callable[[str], bool]) -> None:
        self._talk, self._words, self._cues = talk, talk.words, talk.cues
        self._acute = acute
        resolved = [cue for cue in talk.cues("resolved") if not negations.is_negated(cue.start)]
        self._resolutions = Cues(resolved)
        stopped = [cue for cue in talk.cues("bleeding_stopped") if not negations.is_negated(cue.start)]
        self._bleeding_ends = Cues(sorted((*resolved, *stopped), key=lambda cue: cue.start))
        dated = talk.cues("pseudo_continuing")  # "she is five now", "I want it gone now"
        self.going_on = Cues(
            cue
            for cue in talk.cues("continuing")
            if not dated.cover(cue.start) and negations.reached[cue.start] is None
        )
        dated_past = [cue for cue in talk.cues("season") if self._is_told_of(cue)]
        self.past_cues = Cues(sorted((*talk.cues("past"), *dated_past), key=lambda cue: cue.start))
        following = [*talk.tokens[1:], *talk.tokens[-1:]]
        self._was = lasts(  # 'was' tells of the past, not of a moment: "was scrubbing"
            word in _OVER and not after.lower.endswith("ing") for word, after in zip(talk.words, following, strict=True)
        )
        self._last_present = lasts(tense.is_present_form(talk.tokens, place) for place in range(len(talk.words)))
        self._lay_out_past()

    def resolved(self, match: Match) -> Meant | None:
        """Past and over: 'had cellulitis in March, took antibiotics, better'."""
        resolutions = self._bleeding_ends if self.bleeds(match) else self._resolutions
        if not resolutions and not self._cues("well_now"):
            return None
        begin, end = self._clause_start(match), self._story_end(match)
        first = next((cue for cue in resolutions.forward(begin, end) if self._ends_it(cue, match, begin)), None)
        last = next((cue for cue in resolutions.backward(begin, end) if self._ends_it(cue, match, begin)), None)
        dated = self.past_cues.forward(begin, match.start + 1)
        before = next((cue for cue in dated if not self._is_fake_past(cue)), None)
        if not before and (self._acute(match.concept) or (not self.bleeds(match) and self._is_recent(begin, end))):
            return None  # "she went limp, fine now" still needs help
        told = bool(before) or self.told_in_past(begin, end) or self._last_past[end] >= begin
        if told:
            first = first or self._cues("well_now").first(begin, end)
            last = self._cues("well_now").last(begin, end) or last
        if first and last and first.start >= match.start - 2 and not self._goes_on(match, last.end + 1, end):
            return Meant(Assertion.PAST, self._talk.said(first))
        if before and first and not self._goes_on(match, first.end, end):
            return Meant(Assertion.PAST, self._talk.said(before))
        return self._closed_by_next(match) if told and not self._goes_on(match, begin, end) else None

    def past(self, match: Match) -> Meant | None:
        """Past, unless the sentence goes on into the present before a 'now' turn."""
        if not self.past_cues:
            return None
        begin, end = self._clause_start(match), self._present_from(match)
        for cue in self.past_cues.forward(begin, end):
            if self._is_told_now(cue.end, match) or self._is_of_next_clause(cue.start, match):
                continue
            if not match.start <= cue.start < match.end and not self._is_fake_past(cue):
                return None if self.going_on.first(begin, end) else Meant(Assertion.PAST, self._talk.said(cue))
        return None

    def story(self, match: Match) -> Meant | None:
        """Past because the story is: 'In 2004 a dog bit me. I got hives from the balm.', 'It oozed. All healed.'."""
        place = self._talk.segments.sentence[match.start]
        cue = self._long_ago[place] or self._closed[place]
        if cue is None or self._acute(match.concept) or tense.is_present_form(self._talk.tokens, match.start):
            return None
        if self._is_told_now(cue.end, match) or self._is_of_next_clause(cue.start, match):
            return None
        return Meant(Assertion.PAST, self._talk.said(cue))

    def tells_of_past(self, start: int, end: int) -> bool:
        """Tell whether a cue of the past begins here: not 'in grade 2' of a child, not 'when she was washing'."""
        return any(not self._is_fake_past(cue) for cue in self.past_cues.forward(start, end))

    def told_in_past(self, start: int, end: int) -> bool:
        """Tell whether 'was' or 'had' stands in these words."""
        return self._was[min(end, len(self._words))] >= start

    def _is_told_now(self, since: int, match: Match) -> bool:
        """'A tick bit him in June, his knee is huge': after a break the talk goes on in the present."""
        now = self._last_present[match.end]
        return now >= since and now > self._last_past[match.end] and self._talk.last_before(now, BREAKS) >= since

    def _is_of_next_clause(self, cue: int, match: Match) -> bool:
        """'She has blisters, my sister kissed her last week': the time belongs to what follows the break."""
        if cue < match.end or self._talk.last_before(cue, BREAKS) < match.end:
            return False
        verb = min(match.end + 2, len(self._words))  # of the match as the subject: "my newborn has"
        says = self._last_present[verb]
        return (says >= match.end and says > self._last_past[verb]) or self.is_told_now(
            self._clause_start(match), match
        )

    def is_told_now(self, start: int, match: Match) -> bool:
        """Tell whether the last verb of the sentence up to the match is in the present."""
        now = self._last_present[match.end]
        return now >= start and now > self._last_past[match.end]

    @staticmethod
    def bleeds(match: Match) -> bool:
        """'It stopped' ends a bleeding, not the cut that bled."""
        return match.concept.startswith(("bleed", "blood"))

    def _clause_start(self, match: Match) -> int:
        """Give where the talk about now begins, if a 'now' turn stands between the sentence's start and the match."""
        start, _ = self._talk.sentence_of(match.start)
        turn = self._cues("present_turn").last(start, match.start)
        return max(start, turn.start if turn else start, self._talk.last_before(match.start, CONTRAST))

    def _is_recent(self, start: int, end: int) -> bool:
        """Tell whether the sentence speaks of hours ago: what passed so soon may come back."""
        last = self._talk.last_before(end, _RECENT)
        while last >= start and not self._is_counted_from_now(last):
            last = self._talk.last_before(last, _RECENT)
        return last >= start

    def _is_counted_from_now(self, place: int) -> bool:
        """'Two hours ago', 'this morning'; not 'gone by the morning', 'red for an hour'."""
        if self._words[place] in _LENGTHS:
            return "ago" in self._words[place + 1 : place + 3]
        return _NOT_AGO.isdisjoint(self._words[max(0, place - 2) : place])

    def _closed_by_next(self, match: Match) -> Meant | None:
        """'I had a boil there in May. All healed.': a short next sentence says that it is over."""
        place = self._talk.segments.sentence[match.start] + 1
        if place >= len(self._talk.segments.sentences):
            return None
        begin, end = self._talk.segments.sentences[place]
        near = range(begin + 1, min(end, begin + _SHORT + 1))  # no further: it is asked for each match
        end = next((one for one in near if self._words[one] in CONTRAST), end)  # "gone, but ..."
        if end - begin > _SHORT or self.going_on.first(begin, end) or self._talk.is_asked(begin, end):
            return None
        fakes = self._cues("pseudo_resolved")
        over = (cue for cue in self._resolutions.forward(begin, end) if not fakes.cover(cue.start, begin))
        cue = next(over, None)
        return Meant(Assertion.PAST, self._talk.said(cue)) if cue else None

    def _ends_it(self, cue: Cue, match: Match, begin: int) -> bool:
        """Tell whether a cue says that the match is over: it is no part of the match or of what only looks like it."""
        end = min(cue.end, self._talk.sentence_end(match.start))
        fakes = self._cues("pseudo_resolved")
        faked = fakes.cover(cue.start, begin) or fakes.first(cue.start, end)
        return not faked and not match.start <= cue.start < match.end

    def _goes_on(self, match: Match, begin: int, end: int) -> bool:
        going_on = self.going_on.forward(begin, end)
        return any(not match.start <= cue.start < match.end for cue in going_on)

    def _lay_out_past(self) -> None:
        """Set which sentences belong to a story that is over: it began long ago, or a later sentence closes it."""
        sentences = self._talk.segments.sentences
        tenses = tense.of_sentences(self._talk.tokens, self._talk.segments)
        tokens = self._talk.tokens
        self._last_past = lasts(tense.is_past_form(tokens, place) for place in range(len(tokens)))
        goes_on = [self.going_on.first(start, end) is not None for start, end in sentences]
        told = [past and not present and not on for (past, present), on in zip(tenses, goes_on, strict=True)]
        self._long_ago: list[Cue | None] = []
        for place, (start, end) in enumerate(sentences):
            cue = next((one for one in self.past_cues.forward(start, end) if not self._is_fake_past(one)), None)
            if not cue and told[place] and self._words[start] in word_classes.STORY_GOES_ON and place:
                cue = self._long_ago[-1]
            if not cue and told[place]:
                cue = self._dated_by_next(place)
            self._long_ago.append(None if goes_on[place] else cue)
        self._closed: list[Cue | None] = [None] * len(sentences)
        closing = None
        for place in range(len(sentences) - 1, -1, -1):
            closing = None if tenses[place][1] or goes_on[place] else closing
            self._closed[place] = closing
            over = self._resolution_in(*sentences[place]) if not goes_on[place] else None
            back = place + 1 < len(sentences) and self._relapses(*sentences[place + 1])
            closing = over if over and not back else closing

    def _dated_by_next(self, place: int) -> Cue | None:
        """'I had blood poisoning. That is thirty years back.': the next sentence begins with the date of this one."""
        if place + 1 >= len(self._talk.segments.sentences):
            return None
        start, end = self._talk.segments.sentences[place + 1]
        if self._words[start] not in _THAT or self._words[start + 1 : start + 2] not in (["is"], ["was"], ["'s"]):
            return None
        cue = self.past_cues.first(start, min(end, start + _DATE))
        return None if cue is None or self._is_fake_past(cue) else cue

    def _is_moment(self, cue: Cue) -> bool:
        """'Started when I was cooking' tells of a moment, not of long ago."""
        after = self._words[cue.end] if cue.end < len(self._words) else ""
        return self._words[cue.end - 1] in _OVER and after.endswith("ing")

    def _is_fake_past(self, cue: Cue) -> bool:
        if self._is_moment(cue):
            return True
        return self._cues("pseudo_past").cover(cue.start, self._talk.sentence_of(cue.start)[0])

    def _is_told_of(self, season: Cue) -> bool:
        """'Swallowed a coin in the spring' is over; what 'came in the spring' may go on."""
        start, end = self._talk.sentence_of(season.start)
        near = self._talk.tokens[max(start, season.start - _NEAR) : min(end, season.end + _NEAR)]
        return any(token.lower in word_classes.ACCIDENTS for token in near)

    def _story_end(self, match: Match) -> int:
        """Give where a relative's story begins after the match, or the sentence's end."""
        end = self._talk.sentence_end(match.start)
        relatives = (cue.start for cue in self._cues("adult_kin").forward(match.end, end) if self._opens(cue))
        return next(relatives, end)

    def _opens(self, cue: Cue) -> bool:
        """', and his dad's had cancers cut out': after a comma a relative's story begins."""
        return "," in self._words[max(0, cue.start - 3) : cue.start]

    def _relapses(self, start: int, end: int) -> bool:
        return any(self._words[cue.start] in word_classes.RELAPSE for cue in self.going_on.forward(start, end))

    def _resolution_in(self, start: int, end: int) -> Cue | None:
        if self._talk.is_asked(start, end):
            return None
        fakes = self._cues("pseudo_resolved")
        over = (cue for cue in self._resolutions.forward(start, end) if not fakes.cover(cue.start, start))
        return next(over, None) or self._cues("well_now").first(start, end)

    def _present_from(self, match: Match) -> int:
        """Give where the talk turns to the present or to a relative after the match, or the sentence's end."""
        end = self._story_end(match)
        turn = self._cues("present_turn").first(match.end, end)
        return turn.start if turn else end
