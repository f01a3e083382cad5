"""What is denied: how far a negation reaches, and what only looks like one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from triage.model import Assertion
from understanding import tense, word_classes
from understanding.cues import Cue, Cues, Meant, Talk
from understanding.matcher import Match

_SCOPE = 9
_NOTS = frozenset(("not", "never", "havenot", "isnot"))
# After these a colon begins the list that is denied: "no such signs: fever, chills".
_ANNOUNCING = frozenset("following of symptoms signs these those issues problems".split())
_ASKED = frozenset(("ask", "asked", "asks", "mentions", "mentioned", "about"))
_LINKS = frozenset((*",/;:()-", "and"))
# Right behind a sign and before a pause these deny it: "pus nope, pain 0".
_NO_BEHIND = frozenset("0 nada nah nil no none nope zero zilch".split())
_PAUSES = frozenset(".,;!")
_ECHO = 4  # words of "any pus?"
_NEVER = frozenset(("never", "havenot"))


class Negations:
    """The negations of one message, laid out over its words."""

    def __init__(self, talk: Talk) -> None:
        self._talk, self._words, self._cues = talk, talk.words, talk.cues
        self._list_ends: dict[int, int] = {}
        self._stops = frozenset(cue.start for cue in self._cues("stop"))
        cues = self._talk.genuine("negation", "pseudo_negation")
        ends = [self._negation_end(cue) for cue in cues]
        self.reached = self._first_over(zip(cues, ends, strict=True))
        single = [(cue, end) for cue, end in zip(cues, ends, strict=True) if not self._doubled(cue)]
        self._negated_by = self._first_over(single)
        self._negations = Cues(cue for cue, _ in single)
        self._denied_before = self._denials_of_the_sentence_before()
        self._run_ends = list(range(len(talk.words) + 1))  # where the run of negated words that holds a word ends
        for place in range(len(talk.words) - 1, -1, -1):
            if self._negated_by[place]:
                self._run_ends[place] = self._run_ends[place + 1]

    def meant(self, match: Match) -> Meant | None:
        """Absent, when a negation reaches the match from before, from behind, or from the next sentence."""
        cue = self._negated_by[match.start] or self._negation_inside(match)
        if cue and not self._but_elsewhere(match):
            return Meant(Assertion.ABSENT, self._talk.said(cue))
        for cue in self._cues("negation_after").forward(match.end, match.end + 4):
            if self._talk.segments.sentence[cue.start] == self._talk.segments.sentence[match.start]:
                between = self._words[match.end : cue.start]
                if not any(word in {",", "but", "and"} for word in between):
                    return Meant(Assertion.ABSENT, self._talk.said(cue))
        denied = self._denied_before.get(self._talk.segments.sentence[match.start]) or self._denied_behind(match)
        if denied:
            return Meant(Assertion.ABSENT, self._talk.said(denied))
        behind = self._words[match.end : match.end + 2]
        if behind and behind[0] in _NO_BEHIND and (len(behind) < 2 or behind[1] in _PAUSES):
            return Meant(Assertion.ABSENT, behind[0])
        return None

    def _denials_of_the_sentence_before(self) -> dict[int, Cue]:
        """'You asked about hives. I had neither.': a sentence that begins so denies all of the one before."""
        starts = {start: number for number, (start, _) in enumerate(self._talk.segments.sentences)}
        cues = (cue for cue in self._cues("denied_before") if starts.get(cue.start, 0) > 0)
        denying = (
            cue
            for cue in cues
            if self._words[cue.start] in word_classes.SUBJECTS or not self._tells(starts[cue.start] - 1)
        )
        return {**self._echoes(), **{starts[cue.start] - 1: cue for cue in denying}}

    def _tells(self, number: int) -> bool:
        """'I had a transplant. None.': a statement stands, and a bare 'none' answers what was asked next."""
        start, end = self._talk.segments.sentences[number]
        tokens, asked = self._talk.tokens, not _ASKED.isdisjoint(self._words[start:end])
        verbs = (tense.is_past_form(tokens, one) or tense.is_present_form(tokens, one) for one in range(start, end))
        return self._words[end - 1] != "?" and not asked and any(verbs)

    def _echoes(self) -> dict[int, Cue]:
        """'Pus? No. Fever? None.': a question of a few words that the visitor answers, too."""
        sentences = self._talk.segments.sentences
        return {
            number: Cue("denied_before", begin, begin + 1)
            for number, ((start, end), (begin, stop)) in enumerate(pairwise(sentences))
            if end - start <= _ECHO and stop - begin <= _ECHO - 1
            if self._words[end - 1] == "?" and self._words[begin] in _NO_BEHIND
        }

    def _denied_behind(self, match: Match) -> Cue | None:
        """'The form asked about hives, I had none': the same within one sentence, after a comma."""
        start, end = self._talk.sentence_of(match.start)
        if _ASKED.isdisjoint(self._words[start : match.start]):
            return None
        cue = self._cues("denied_before").first(match.end, end)
        return cue if cue and self._words[cue.start - 1] == "," else None

    def is_negated(self, place: int) -> bool:
        """Tell whether a negation reaches this word or stands right before it."""
        return self.reached[place] is not None or self._words[max(0, place - 1)] in _NOTS

    def _first_over(self, scopes: Iterable[tuple[Cue, int]]) -> list[Cue | None]:
        """Give for each word the first cue whose scope, from the cue's end on, covers it."""
        first: list[Cue | None] = [None] * len(self._talk.tokens)
        covered = 0
        for cue, end in scopes:  # each begins after the one before: what lies before `covered` is settled
            for place in range(max(cue.start + 1, covered), end):
                first[place] = cue
            covered = max(covered, end)
        return first

    def _negation_end(self, cue: Cue) -> int:
        """Walk from the cue to where its scope ends: a stop word, a new subject, or the end of its list."""
        end = self._talk.sentence_end(cue.start)
        place, reach = cue.end, cue.end + _SCOPE
        links = []
        while place < end and place < reach:
            if place in self._list_ends:  # from a list's comma on, all cues before it reach equally far
                place = self._list_ends[place]
                break
            if place > cue.end and (place in self._stops or self._new_subject(place)):
                break
            if self._words[place] == ":" and place > cue.end and self._words[place - 1] not in _ANNOUNCING:
                break  # "not itchy: blisters"
            if self._words[place] in _LINKS:
                if not self._list_goes_on(place, end) and not self._bare_item(cue, place, end):
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
        following = self._talk.tokens[place + 1 : min(end, place + 4)]
        first = following[0]
        if first.lower in word_classes.LIST_WORDS or (first.lower == "," and len(following) > 1):
            return True
        if first.lower in word_classes.SUBJECTS:
            return False
        ahead = self._words[place + 1 : min(end, place + 8)]
        if first.stem in word_classes.NOUNS or (len(following) > 1 and following[1].stem in word_classes.NOUNS):
            short = len(following) < 3 or any(token.lower in {",", ".", "or", "and", "nor"} for token in following[1:])
            return short or "or" in ahead or "nor" in ahead
        subjects = (self._new_subject(one) for one in range(place + 1, min(end, place + 8)))
        return ("or" in ahead or "nor" in ahead) and not any(subjects)

    def _bare_item(self, cue: Cue, place: int, end: int) -> bool:
        """'Never had a cold sore, shingles, eczema': one or two words up to the next comma are one more thing."""
        if self._words[cue.start] not in _NEVER or self._words[place] != ",":
            return False
        ahead = self._words[place + 1 : min(end, place + 4)]
        return any(word in {",", "."} for word in ahead[1:]) and word_classes.SUBJECTS.isdisjoint(ahead)

    def _but_elsewhere(self, match: Match) -> bool:
        """'No blisters in the eye but on my forehead': denied of one place, said of another."""
        place = self._run_ends[match.end]
        ahead = self._words[place : place + 2]
        return len(ahead) > 1 and ahead[0] == "but" and ahead[1] in word_classes.PLACE_PREPOSITIONS

    def _negation_inside(self, match: Match) -> Cue | None:
        inside = self._negations.forward(match.start + 1, match.end - 1) if match.gaps else ()
        return next((cue for cue in inside if cue.start in match.gaps), None)

    def _doubled(self, cue: Cue) -> bool:
        """'It's not that it doesn't hurt' says that it hurts."""
        before = self._words[max(0, cue.start - 4) : cue.start]
        return "that" in before and ("not" in before or "isnot" in before)
