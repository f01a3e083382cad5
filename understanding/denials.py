"""How an answer denies without a "no" before the sign: "if it had bled I'd have come", "why would it?", "... so no".

Each rule looks at one sentence of a reply and gives the words that it denies. Only answers to a question are read so;
in a first message "if it bleeds" stays a worry. Where a rule is not sure it gives nothing: a denial hides a danger.
"""

from __future__ import annotations

from collections.abc import Sequence

from understanding.text import Word

NO = frozenset("no nope nah none never not nae".split())
_NO = NO | frozenset("noth hardli isnot havenot donot".split())
_SUBJECTS = frozenset("it they them that there one someth anyth he she these those either my the ani".split())
_UNREAL = frozenset("would willnot wouldnot couldnot could be have".split())
_PAST = frozenset("had was were hurt bled did grew felt got became itched turned".split())
_KNOWING = frozenset("know notic rememb feel".split())
_WORKED = frozenset(
    "press push poke prod squeez pinch pick scratch touch pop shave rub bump eat drink bend blink".split()
)
_THOUGHT = frozenset("thought swore convinc expect".split())
_NEARLY = ("about to say", "have said", "like to say", "cross my mind", "was go to")
_HARMLESS = frozenset("no nope not isnot havenot donot noth just onli same never fine clear normal identical".split())
_GOES_ON = frozenset("now still even worse more again keep".split())
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
    thumb knee back feet foot husband wife mother mum mom dad father kid son daughter cat dog wallet pride ego
    neighbour boss job work belli hip shoulder ankl mother-in-law wine
    """.split()
)
_NOTHING = range(0)


def denied(tokens: Sequence[Word]) -> range:
    """Give the places of a sentence's words that it denies in one of these ways; none in most sentences."""
    stems = [token.stem for token in tokens]
    if _rhetorical(stems) or _named_and_denied(stems) or _stands_out(stems):
        return range(len(stems))
    unreal = _unreal(stems, [token.lower for token in tokens])
    return unreal or range(max(ends(stems) for ends in _FROM_THE_START))


def dismissed(asked: Sequence[Word], answer: Sequence[Word]) -> bool:
    """Tell whether "hurt? that tiny thing? please" takes up our word only to wave it away."""
    said = [token for token in asked if token.lower.isalpha()]
    return asked[-1].lower == "?" and 0 < len(said) <= _ECHO and answer[0].stem in _JOKES


def _unreal(stems: Sequence[str], words: Sequence[str]) -> range:
    """'If it had bled my wife would have dragged me to you': what did not happen, from the "if" on.

    Not: 'if it gets worse I would go', 'if I press it it would', 'she would be at school if she had no fever'.
    """
    for place, stem in enumerate(stems[:-2]):
        if stem != "if" or stems[place + 1] not in _SUBJECTS:
            continue
        clause = range(place + 1, stems.index(",", place) if "," in stems[place:] else len(stems))
        past = any(words[one] in _PAST or words[one].endswith("ed") for one in clause)
        doubled = any(stems[one] in _WORKED | _NO - {"havenot"} for one in clause[:4])
        outside = {*stems[:place], *stems[place + 3 :]}
        if past and not doubled and not _UNREAL.isdisjoint(outside):
            return range(place, len(stems))
        if stems[place - 1 : place] and stems[clause[-1]] == "havenot":  # "she'd be in bed if she had"
            return range(place, len(stems))
    return _NOTHING


def _rhetorical(stems: Sequence[str]) -> bool:
    """'Why would it bleed', 'as if it could'."""
    asks = stems[0] == "whi" and len(stems) > 2 and stems[1] in ("would", "should", "willnot")
    return asks or list(stems[:2]) == ["as", "if"]


def _named_and_denied(stems: Sequence[str]) -> bool:
    """'Blood, no', 'swollen no', 'fever, never'; not 'bleeding, not stopping'."""
    said = [stem for stem in stems if stem.isalpha()]
    denies = len(said) > 1 and said[-1] in ("no", "nope", "none", "never")
    return denies and len(said) <= _NAMED and _NO.isdisjoint(said[:-1])


def _stands_out(stems: Sequence[str]) -> bool:
    """'Pain I'd notice, I'm a coward'; 'as for pain, I've none to report', but not 'as for fever, 39 and no end'."""
    if list(stems[1:3]) == ["i", "would"] and not _KNOWING.isdisjoint(stems[3:5]):
        return True
    opens = list(stems[:2]) == ["as", "for"] or list(stems[:3]) == ["as", "far", "as"]
    numbered = any(stem[:1].isdigit() for stem in stems)
    return opens and not numbered and not {"none", "noth", "no", "zero"}.isdisjoint(stems)


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


def _all_but_these(stems: Sequence[str]) -> int:
    """'I take blood thinners so everything bleeds on me, except these'."""
    place = stems.index("except") if "except" in stems else 0
    spared = {"these", "those", "them", "bump", "it"} & set(stems[place + 1 : place + 3])
    return place if spared and "everyth" in stems[:place] else 0


def _thought_otherwise(stems: Sequence[str]) -> int:
    """'I thought one went darker but it was just my mascara', 'I was about to say a bit, but no': until the "but".

    Not: 'I thought it was nothing but it keeps growing', 'I thought my sight was fine but now it is blurry'.
    """
    joint = max((place for place, stem in enumerate(stems) if stem == "but"), default=0)
    before, after = stems[:joint], set(stems[joint + 1 :])
    if _HARMLESS.isdisjoint(after) or not _GOES_ON.isdisjoint(after):
        return 0
    told = any(stem in _THOUGHT and "noth" not in before[place : place + 2] for place, stem in enumerate(before))
    return joint if told or any(words in " ".join(before) for words in _NEARLY) else 0


def _concluded(stems: Sequence[str]) -> int:
    """'... in the car park before the interview so no not the bump': what stands before it is taken back."""
    for place in range(len(stems) - 1, 0, -1):
        tail = stems[place + 1 :]
        if stems[place] not in ("so", "but") or not tail:
            continue
        if len(tail) > _FAR or tail[0] not in _NO:
            return 0
        merely = len(tail) == 1 or tail[1] in _SOFT  # "so no, not the bump", but not "so no swimming"
        taken_back = set(tail) <= _SOFT or (stems[place] == "so" and tail[0] != "not" and merely)
        return place if taken_back else 0
    return 0


_FROM_THE_START = (_only_another, _not_that, _all_but_these, _thought_otherwise, _concluded)
