"""How an answer denies without a "no" before the sign: "if it hurt he would scream", "why would it?", "... so no".

Each rule looks at one sentence of a reply and tells how many of its first words are denied. Only answers to a question
are read so; in a first message "if it bleeds" stays a worry and is not heard as a denial.
"""

from __future__ import annotations

from collections.abc import Sequence

from understanding.text import Word

_NO = frozenset("no nope nah none never not nae nothing hardli isnot havenot donot".split())
_SUBJECTS = frozenset("it they them that there one someth anyth he she these those either my the ani".split())
_UNREAL = frozenset("would willnot wouldnot couldnot could".split())
_KNOWING = frozenset("know notic rememb rememb feel felt notice known".split())
_WORKED = frozenset(
    "press push poke prod squeez pinch pick scratch touch pop shave rub bump eat drink bend blink".split()
)
_THOUGHT = frozenset("thought told swore convinc panick worri sure expect".split())
_NEARLY = (
    ("about", "to", "say"),
    ("have", "said"),
    ("like", "to", "say"),
    ("cross", "my", "mind"),
    ("was", "go", "to"),
)
_SOFT = frozenset(
    """
    at all themselv itself though tho actual realli so no nope not there those them it they , . ! chang happen that one
    the bump spot fine good ok okay normal is are isnot havenot donot haha lol thank mate love doc sir noth has have ani
    """.split()
)
_JOKES = frozenset("pleas lol haha ha hardli serious nonsens rubbish whi".split())
_ECHO = 6  # words of a question that only takes up ours
_NAMED = 4  # words of "any new swelling, no"
_FAR = 8  # words of a tail that takes back what stands before it
_OTHERS = frozenset(
    """
    thumb finger knee back feet foot husband wife mother mum mom dad father kid son daughter cat dog wallet pride ego
    neighbour boss job work belli hip shoulder ankl head mother-in-law thing wine
    """.split()
)


def reach(tokens: Sequence[Word]) -> int:
    """Give how many of the first words of a sentence are denied; 0 when it denies nothing in one of these ways."""
    stems = [token.stem for token in tokens]
    if _unreal(stems) or _rhetorical(stems):
        return len(stems)
    return max(
        _named_and_denied(stems),
        _only_another(stems),
        _not_that(stems),
        _as_for(stems),
        _thought_otherwise(stems),
        _concluded(stems),
    )


def dismissed(asked: Sequence[Word], answer: Sequence[Word]) -> bool:
    """Tell whether "hurt? that tiny thing? please" takes up our word only to wave it away."""
    said = [token for token in asked if token.lower.isalpha()]
    return asked[-1].lower == "?" and 0 < len(said) <= _ECHO and answer[0].stem in _JOKES


def _unreal(stems: Sequence[str]) -> bool:
    """'If it had bled my wife would have dragged me to you': what did not happen. Not: 'if I press it it would'."""
    for place, stem in enumerate(stems):
        if (
            place
            and stems[place : place + 2] == ["i", "would"]
            and not _KNOWING.isdisjoint(stems[place + 2 : place + 5])
        ):
            return "if" not in stems[:place] or stems[0] == "if"
        if stem != "if" or place + 2 >= len(stems) or stems[place + 1] not in _SUBJECTS:
            continue
        clause = stems[place + 1 : stems.index(",", place) if "," in stems[place:] else len(stems)]
        if _WORKED.isdisjoint(clause) and (not _UNREAL.isdisjoint(stems) or _reported(stems, place)):
            return True
    return False


def _reported(stems: Sequence[str], place: int) -> bool:
    """'She'd be in bed if she had', 'if they hurt I'd have come sooner'."""
    return "be" in stems[:place] or "have" in stems[place + 3 :]


def _rhetorical(stems: Sequence[str]) -> bool:
    """'Why would it bleed', 'as if it could'."""
    asks = stems[0] == "whi" and len(stems) > 2 and stems[1] in ("would", "should", "willnot")
    return asks or stems[:2] == ["as", "if"]


def _named_and_denied(stems: Sequence[str]) -> int:
    """'Blood, no', 'swollen no', 'fever, never'; not 'bleeding, not stopping'."""
    said = [stem for stem in stems if stem.isalpha()]
    denies = len(said) > 1 and said[-1] in ("no", "nope", "none", "never")
    return len(stems) if denies and len(said) <= _NAMED and _NO.isdisjoint(said[:-1]) else 0


def _only_another(stems: Sequence[str]) -> int:
    """'The only pain is my mother-in-law', 'the only thing swollen is my thumb'."""
    begin = 1 if stems[0] in ("the", "my") else 0
    if stems[begin : begin + 1] not in (["onli"], ["what"]):
        return 0
    for place in range(begin + 1, min(len(stems), begin + 6)):
        if stems[place] in ("is", "are"):
            return place if not _OTHERS.isdisjoint(stems[place + 1 : place + 4]) else 0
    return 0


def _not_that(stems: Sequence[str]) -> int:
    """'It isn't that it bleeds, it's that I can't cover it', 'not that they change, but ...'."""
    for place in range(min(3, len(stems) - 2)):
        if stems[place] in ("not", "isnot") and stems[place + 1] == "that" and stems[place + 2] in _SUBJECTS | {"i"}:
            ends = (end for end in range(place + 3, len(stems)) if stems[end] in (",", "but", ";"))
            return next(ends, len(stems))
    return 0


def _as_for(stems: Sequence[str]) -> int:
    """'As for pain, I've none to report', 'as far as blood goes there's nothing'; '... bleeds on me, except these'."""
    opens = stems[:2] == ["as", "for"] or stems[:3] == ["as", "far", "as"]
    if opens and not {"none", "noth", "no", "zero"}.isdisjoint(stems):
        return len(stems)
    place = stems.index("except") if "except" in stems else 0
    return (
        place if place and not {"these", "those", "them", "bump", "it"}.isdisjoint(stems[place + 1 : place + 3]) else 0
    )


def _thought_otherwise(stems: Sequence[str]) -> int:
    """'I thought one went darker but it was my mascara', 'I was about to say a bit, but ...': until the last "but"."""
    joint = max((place for place, stem in enumerate(stems) if stem in ("but", "then")), default=0)
    before = stems[:joint]
    meant = next((place for place, stem in enumerate(before) if stem in _THOUGHT), None)
    told = meant is not None and "noth" not in before[meant : meant + 2]
    nearly = any(before[place : place + len(one)] == list(one) for one in _NEARLY for place in range(len(before)))
    return joint if told or nearly else 0


def _concluded(stems: Sequence[str]) -> int:
    """'... in the car park before the interview so no not the bump': what stands before it is taken back."""
    for place in range(len(stems) - 1, 0, -1):
        tail = stems[place + 1 :]
        if stems[place] not in ("so", "but") or not tail:
            continue
        if len(tail) <= _FAR and tail[0] in _NO and (set(tail) <= _SOFT or (stems[place] == "so" and tail[0] != "not")):
            return place if stems[place] == "but" or _merely(tail) else 0
        return 0
    return 0


def _merely(tail: Sequence[str]) -> bool:
    """'so no' and 'so no, not the bump', but not 'so no swimming'."""
    return len(tail) == 1 or tail[1] in _SOFT
