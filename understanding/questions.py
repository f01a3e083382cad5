"""Find what is only asked about: 'would lenses turn an eye red', 'might I get shingles'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from understanding import word_classes
from understanding.segments import Segments
from understanding.text import Word

_MODALS = frozenset("can could may might should will would".split())
_DO = frozenset("do does did".split())
# A question about one of these is about something that is there: "could this be shingles", "would my scar fade".
_DEFINITE = word_classes.OWN | frozenset(
    "he it she someone anyone anybody somebody they the there we you yours".split()
)
_ADVERBS = frozenset("actually also always ever just not possibly really still".split())
# What might happen to me one day.
_BEFALLS = frozenset(
    """
    become bleed blister burn catch develop die end faint get go lose need pass react scar swell turn
    """.split()
)
# After these even "my eye" is what might become of it.
_CAUSES = frozenset("bring cause give leave make set thin trigger turn".split())
_GIVES = frozenset("bring cause give make trigger".split())
_WISHES = frozenset("have need try use want".split())
# No subjects: the visitor left out "I" ("should mention", "can only see light").
# "Might be nothing", "should say that" ask only with a question mark.
_ELLIPTIC_AT_START = frozenset(("could", "may", "might", "should"))
_OPEN_AFTER = (["i"], ["a"], ["an"], ["any"])
_ELLIPTIC = frozenset(
    """
    add barely be breathe come do feel hardly hear like love make mention move note only open probably say see smell
    tell
    """.split()
)
_BECOMES = frozenset("be become bleed blister bruise get look peel scar swell".split())
_HEALS = frozenset("better down gone healed normal still".split())
_LATER = frozenset("after during once when".split())
_LONGEST = 60  # words of one question, so that time grows with the message and no faster
_BREAKS = frozenset((*",-(;:", "because", "but", "cause", "since", "why"))
_CERTAIN = frozenset("am are got had has have is keeps was were".split())
# "I feel", "my chest hurts": whatever the verb, this is told and not asked.
_OWNERS = frozenset("her his i my".split())
_JOINS = frozenset("also and anyway besides btw oh plus so".split())
_NEW_CLAUSE = frozenset("as because but since so".split())


class Question(NamedTuple):
    """The words `start` to `end` ask; `causes` is where a verb of causing stands, or the end."""

    start: int
    end: int
    causes: int


def find(tokens: Sequence[Word], segments: Segments) -> Iterator[Question]:
    """Give each question about what may happen, in reading order."""
    words = [token.lower for token in tokens]
    done = 0
    for place, word in enumerate(words):
        if place < done or (word not in _MODALS and word not in _DO):
            continue
        begin, stop = segments.sentences[segments.sentence[place]]
        asks = words[stop - 1] == "?"
        opens = place == begin and (
            word not in _ELLIPTIC_AT_START
            or words[place + 1 : place + 2] in _OPEN_AFTER
            or _asks_for_cause(words[place + 1 : min(stop, place + 6)])
        )
        if not (opens or asks) or (place > begin and words[place - 1] not in word_classes.BEFORE_QUESTION):
            continue
        general = _is_general(words[place : min(stop, place + 5)])
        end = _end(words, place + 1, min(stop, place + _LONGEST))
        causes = next((one for one in range(place, end) if words[one] in _CAUSES), end)
        if not general and word in _MODALS and "have" not in words[place:causes]:
            general = causes < min(end, place + 7)  # "would it make me moody"
            if words[place + 1 : place + 2] in (["my"], ["it"]) and "if" in words[place:end]:
                general, causes, end = True, place, words.index("if", place)  # "could my lid swell if I pick it"
            elif _is_forecast(words[place:end]):
                general, causes = True, place  # "will my lids be puffy after you treat them"
        if general:
            done = end
            yield Question(place, end, causes)


def _is_general(ahead: Sequence[str]) -> bool:
    """Tell whether the question is about nothing definite, or about what may befall me."""
    auxiliary, *rest = ahead
    rest = [word for word in rest if word not in _ADVERBS]
    if not rest or "have" in rest[1:]:
        return False  # "could the cream have burned me": it is burned
    if rest[0] == "i":
        return auxiliary in _MODALS and len(rest) > 1 and rest[1] in _BEFALLS
    return rest[0] not in _DEFINITE | _ELLIPTIC and rest[0].isalpha()


def _asks_for_cause(ahead: Sequence[str]) -> bool:
    """Tell whether 'could' begins a question without its mark: 'could lamictal give me a rash'."""
    if not ahead or ahead[0] in _ELLIPTIC | _DEFINITE | _ADVERBS | _WISHES:
        return False
    return not _GIVES.isdisjoint(ahead[1:])


def _is_forecast(asked: Sequence[str]) -> bool:
    """Tell whether the question is what my skin will be like after something that has not happened yet."""
    becoming = not _BECOMES.isdisjoint(asked[2:5]) and _HEALS.isdisjoint(asked)
    return asked[0] != "should" and asked[1:2] == ["my"] and becoming and not _LATER.isdisjoint(asked)


def _end(words: Sequence[str], place: int, stop: int) -> int:
    """The question ends where a new clause states something: ', my kids are fine'."""
    return next((one for one in range(place, stop) if words[one] in _NEW_CLAUSE or states(words, one)), stop)


def states(words: Sequence[str], place: int) -> bool:
    """Tell whether a statement begins at a comma or 'why': ', it's hot already', ', also my chest hurts'."""
    if words[place] not in _BREAKS:
        return False
    first = next((one for one in range(place + 1, len(words)) if words[one] not in _JOINS), len(words))
    subject, *ahead = words[first : first + 5] or [""]
    if subject not in word_classes.SUBJECTS or subject == "you":
        return False  # "if my throat closes, you have an EpiPen?" still asks
    certain = subject in _OWNERS or not _CERTAIN.isdisjoint(ahead)
    return certain and _MODALS.isdisjoint(ahead) and "if" not in ahead
