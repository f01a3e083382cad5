"""Whose body it is: the writer's, a relative's who is ill now, or somebody's who is not the patient."""

from __future__ import annotations

from functools import cached_property
from itertools import islice

from triage.model import Assertion
from understanding import word_classes
from understanding.cues import Cue, Cues, Meant, Talk, lasts
from understanding.matcher import Match
from understanding.stories import BREAKS, CONTRAST, Stories

_BARE = 7
_SHORT = 10
_PRONOUNS = frozenset(("he", "she", "him", "her", "his"))
_ME = frozenset(("i", "me"))
_US = frozenset(("me", "my", "us", "our"))
_JUST_BEFORE = 3  # words
_ITS_STATE = frozenset(("got", "had", "been", "having"))
_SELF = frozenset(("i", "me", "my"))


class Persons:
    """The people and animals of one message."""

    def __init__(self, talk: Talk, stories: Stories) -> None:
        self._talk, self._words, self._cues = talk, talk.words, talk.cues
        self._stories = stories
        own = talk.cues("pseudo_own_bumps")
        self._own_bumps = Cues(cue for cue in talk.cues("own_bumps") if not own.cover(cue.start))
        self._strangers = Cues(
            cue
            for cue in talk.cues("stranger")
            if not talk.cues("pseudo_stranger").cover(cue.start, talk.sentence_of(cue.start)[0])
        )
        self._kin = Cues(cue for cue in talk.cues("proxy") if talk.words[cue.start] not in _PRONOUNS)
        dated = talk.cues("pseudo_continuing")  # "home and well now"
        self._company = [cue for cue in talk.cues("present_company") if not dated.cover(cue.start)]
        following = [*talk.tokens[1:], *talk.tokens[-1:]]
        self._ours = lasts(  # "my town" is a place of many
            word in _US and after.stem not in word_classes.SHARED_PLACES
            for word, after in zip(talk.words, following, strict=True)
        )

    def meant(self, match: Match) -> Meant | None:
        """Decide whose finding it is from the nearest person named before it in the sentence."""
        if "i" in self._words[match.start : match.end]:
            return None  # "everyone would be glad if I was gone"
        start, end = self._talk.sentence_of(match.start)
        other = self._pet(match, start) or self._far_stranger(match, start)
        if other:
            return Meant(Assertion.OTHER_PERSON, self._talk.said(other))
        stranger = self._stranger(match, start, end)
        kin = self._kin.last(start, match.start)
        history = self._kin_history(match, start, end)
        if self._died(match, end):
            return Meant(Assertion.OTHER_PERSON, self._talk.tokens[match.start].text)
        if not stranger and not kin and not history:
            return None
        me = self._talk.last_before(match.start, _ME)
        nearest = max(cue.start if cue else -1 for cue in (stranger, kin))
        if me >= start and me > nearest >= 0 and nearest + 4 < match.start:
            return None
        if history:
            return Meant(Assertion.OTHER_PERSON, self._talk.said(history))
        if stranger and not self._company and not self._is_happening(max(start, match.start - 2), end):
            return Meant(Assertion.OTHER_PERSON, self._talk.said(stranger))
        told = kin and self._told_as_history(kin, start, end, match) and not self._company
        if kin and (told or self._looked_after(kin, start, end, match) or self._about_the_writer()):
            return Meant(Assertion.OTHER_PERSON, self._talk.said(kin))
        return None

    def _kin_history(self, match: Match, start: int, end: int) -> Cue | None:
        """Give what speaks of the family; 'I had skin cancer, nobody else in the family' speaks of me first."""
        history = self._cues("kin_history").first(start, end)
        mine = self._talk.last_before(match.start, _ME) >= max(start, match.start - _JUST_BEFORE)
        apart = history and self._talk.last_before(history.start, BREAKS) >= match.end
        return None if mine and apart else history

    @cached_property
    def bare_relative(self) -> str:
        """The relative of a bare remark such as 'my gran has shingles'; empty for anything longer."""
        adult = self._cues("adult_kin").first(0, 3)
        if not adult or len(self._talk.tokens) > _BARE or self._cues("continuing") or self._company:
            return ""
        doing = any(word.endswith("ing") for word in self._words)
        return "" if doing and self._words[-1] != "growing" else self._talk.said(adult)

    @cached_property
    def fiction(self) -> str:
        """The words that tell of invented people; empty when the message is about real ones."""
        cue = next(iter(self._cues("fiction")), None)
        return self._talk.said(cue) if cue else ""

    def remote_relative(self, match: Match) -> str:
        """Give the relative of "my aunt has shingles, I only have milia": the writer's own skin is meant."""
        if not self._own_bumps or self._company:
            return ""
        start, end = self._talk.sentence_of(match.start)
        person = self._cues("adult_kin").first(start, match.start) or self._cues("stranger").first(start, match.start)
        if not person or self._stories.going_on.first(start, end):
            return ""
        return "" if self._talk.last_before(match.start, _SELF) >= person.end else self._talk.said(person)

    def _last_of_us(self, end: int) -> int:
        """Give the last place before `end` where the writer or the writer's family is named, or -1."""
        return self._ours[min(end, len(self._words))]

    def _is_happening(self, start: int, end: int) -> bool:
        """Tell whether something goes on as it is written: "it's pumping out"."""
        ahead = zip(self._words[start:end], self._words[start + 1 : end], strict=False)
        return any(one in ("is", "are", "keeps") and two.endswith("ing") for one, two in islice(ahead, _SHORT))

    def _pet(self, match: Match, start: int) -> Cue | None:
        """Give the animal whose sign it is: 'our dog has a lump', not 'the dog has bitten my son'."""
        cue = self._cues("pet_patient").last(start, match.end) or self._cues("pet_victim").last(start, match.end)
        if cue is None or cue.end + 12 < match.start:
            return None
        owner = next((place for place in (cue.start + 1, cue.start + 2) if self._words[place : place + 1] == ["'s"]), 0)
        of_its_body = owner + 2 == cue.end  # "the dog's lip", where "the dog's owner has a rash" is longer
        if owner and not of_its_body and _ITS_STATE.isdisjoint(self._words[owner + 1 : owner + 2]):
            return None
        if self._cues("pet_victim").cover(match.start):
            return cue
        human = self._talk.last_before(match.end + 3, _ME | _US) > cue.start
        return None if human or self._kin.first(cue.start + 1, match.end + 3) else cue

    def _far_stranger(self, match: Match, start: int) -> Cue | None:
        """Give somebody from a screen or the news of whom the sign is told."""
        cue = self._cues("far_stranger").last(start, match.start + 1)
        return None if cue is None or self._talk.last_before(match.end + 1, _ME | _US) >= cue.end else cue

    def _stranger(self, match: Match, start: int, end: int) -> Cue | None:
        """Give the last stranger before the match who is its patient.

        'Someone is breaking into my house', 'a kid bit my son': the stranger acts, the patient is ours.
        """
        us = self._last_of_us(self._clause_end(match.end, min(match.end + 6, end)))
        for cue in self._strangers.backward(start, min(end, match.end)):
            if cue.end <= us:
                return None  # whoever is named earlier acts on us, too
            if not self._owns_a_thing(cue, match):
                return cue
        return None

    def _clause_end(self, start: int, end: int) -> int:
        """Give the first comma from `start` on, or `end`."""
        return next((place for place in range(start, end) if self._words[place] in {",", ";", "."}), end)

    def _owns_a_thing(self, cue: Cue, match: Match) -> bool:
        """ "My buddy's cabin" is a place; "my friend's mole" is a patient who is not here."""
        owner = cue.end < len(self._talk.tokens) and self._words[cue.end] == "'s"
        return (
            owner
            and match.start - cue.end > 3
            and self._talk.tokens[min(cue.end + 1, len(self._talk.tokens) - 1)].stem not in word_classes.KIN
        )

    def _died(self, match: Match, end: int) -> bool:
        """Tell whether the match is a relative who is dead: "my grandfather died of it"."""
        if self._cues("proxy").first(match.start, match.start + 1) is None:
            return False
        return not {"died", "deceased"}.isdisjoint(self._words[match.end : min(match.end + 4, end)])

    def _told_as_history(self, kin: Cue, start: int, end: int, match: Match) -> bool:
        """'My aunt was ill' is history; 'our baby was 38.5 at noon' is not, without a word for long ago."""
        told = self._stories.tells_of_past(start, match.end + 4)
        if self._cues("adult_kin").cover(kin.start):
            told = told or self._stories.told_in_past(start, match.end)
            if self._cues("habit").first(start, end):
                return not self._stories.going_on.first(start, end)
        told = told and not self._stories.is_told_now(kin.start, match)
        return bool(told) and not self._stories.going_on.first(start, end)

    def _looked_after(self, kin: Cue, start: int, end: int, match: Match) -> bool:
        """'My brother is in hospital with it, his wife says he is mending': a grown-up whom doctors have seen."""
        grown = self._cues("adult_kin").cover(kin.start) and self._cared_for(kin.start, match)
        return grown and not self._stories.going_on.first(start, end)

    def _cared_for(self, place: int, match: Match) -> bool:
        """Tell whether this sentence or the next says that doctors look after a relative: no alarm is of use."""
        if self._talk.last_before(match.start, CONTRAST) >= place:
            return False
        sentence = self._talk.segments.sentence[place]
        _, end = self._talk.segments.sentences[min(sentence + 1, len(self._talk.segments.sentences) - 1)]
        return self._cues("in_care").first(place, end) is not None

    def _about_the_writer(self) -> bool:
        return bool(self._cues("self_focus"))
