"""What an answer names and does not mean: "Blood? From those? No", "looks bigger but it isn't", "only if I squeeze".

Only answers to a question are read so: there the visitor takes up our words. In a first message words stand as told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from triage.model import Assertion, Finding
from understanding import denials, series
from understanding.segments import Segments
from understanding.text import Word

ECHO = 4  # words of a question that only takes up ours
SHORT = 6  # words of a reply that is nothing but the occasion: "when I shave"
TAIL = 7  # words of "the spots on his nose are not"
_BUMPS = frozenset(
    "bump spot dot one speck pearl bead seed pip lump thing them they it these those this that milia".split()
)
_ITSELF = frozenset("they it these this that one ones".split())
_DENIES = frozenset("donot isnot havenot".split())  # don't, doesn't, didn't, isn't, aren't, haven't, hasn't
_NO_LONGER = frozenset("now anymore more yet today longer much always often lot enough heal stop go".split())
_SOFT = frozenset("at all themselves itself though tho actually really so no nope not there those them , .".split())
_CONTRAST = frozenset("other rest left right els both opposit".split())  # "swollen, the other spot isn't"
_DEFINE = frozenset("defin what how depend".split())
_TELLS = frozenset("bit littl sometim often slight kind sort time".split())  # "bleeds a bit? no pain" answers

# What hands do on purpose; a towel, a comb or washing is everyday touch, and what bleeds or hurts then counts.
_WORKED = frozenset(
    """
    press push poke prod squeez squish pinch pick dig dug scratch pop nick shave shaving tweez tweezer needl lanc
    extract murder attack mess fiddl stab cut knock bash squash elbow glass spec caught catch dug thread finger
    """.split()
)
_WHEN = frozenset(
    "when if unless after where while once onli until til till time whenev day with under from to".split()
)
_HEDGE = frozenset(
    """
    onli just bit littl slight slightli tini wee otherwis never unless obvi obviously obvious cours fault once myself
    mild mildli normal barely hardli fine noth rest minut stop quiet
    """.split()
)
_SERIOUS = frozenset(
    """
    also even still alway keep lot load very much bad badli wors worst most everi stop heal night horribl terribl sever
    agoni throb pour everywher willnot cannot without
    """.split()
)
_FREE_OF = frozenset("fever pain itch bleed blood pus crust scab symptom swell red reaction".split())
_AFTER_FREE = frozenset(". , ! ; and so as for sinc now all the otherwis too".split())
BRIEF = 8  # words of "no, dry as a bone"
_MERELY_NO = denials.NO | frozenset(
    "at all way once ever that sir thank thanks mate love i they it donot havenot isnot . , ! lol ha".split()
)
# What tells of growth, and the words without which "bigger" only compares.
_GROWTH = frozenset(("growing", "grown", "grows_clearly", "grows_told", "growth_measured"))
_BECOMES = frozenset(
    """
    get got gotten grow grew grown growth becom becam turn went gone go was were been start began begin use now alreadi
    befor sinc ago everi each day time still keep again doubl tripl swell swollen expand enlarg spread stretch risen
    rise earlier previous previously late recent recently
    """.split()
)
_MORE = ("bigger", "larger", "more")
ELSEWHERE = "ache_elsewhere"
BUMP_CONCEPTS = frozenset(("bump", "lump", "white_bumps", "mole", "lesion", "patch"))
_OF_TOUCH = ("pain", "bleeding", "redness", "heat", "sore", "sore_bump", "tender_word")


def reread(
    tokens: Sequence[Word],
    parts: Segments,
    findings: Sequence[Finding],
    ancestors: Callable[[str], frozenset[str]],
) -> tuple[Finding, ...]:
    """Give the findings of an answer as they are meant."""
    stems = [token.stem for token in tokens]
    meant: dict[int, Assertion] = {}
    for number, (start, end) in enumerate(parts.sentences):
        inside = [place for place, one in enumerate(findings) if one.sentence == number and one.holds]
        if _asks_back(stems[start:end]):
            meant.update(dict.fromkeys(inside, Assertion.HYPOTHETICAL))
        if denied := denials.denied(tokens[start:end]):
            first, last = tokens[start + denied[0]].start, tokens[start + denied[-1]].end
            said = (place for place, one in enumerate(findings) if one.sentence == number and _could_hold(one))
            meant.update({place: Assertion.ABSENT for place in said if first <= findings[place].start < last})
        if number + 1 < len(parts.sentences) and denials.dismissed(
            tokens[start:end], tokens[slice(*parts.sentences[number + 1])]
        ):
            meant.update(dict.fromkeys(inside, Assertion.ABSENT))
        echoed = _echoed([stems[slice(*one)] for one in parts.sentences[number : number + 3]])
        if echoed:
            meant.update(dict.fromkeys(inside, echoed))
        free = {tokens[place - 1].end for place in range(start + 1, end) if _is_free(stems, place)}
        meant.update({place: Assertion.ABSENT for place in inside if findings[place].end in free})
        if _takes_back(stems[start:end]):
            near = (place for place, one in enumerate(findings) if one.sentence in (number - 1, number) and one.holds)
            meant.update(dict.fromkeys(near, Assertion.ABSENT))
        tail = _denied_from(stems, start, end)
        if tail is not None:
            before = tokens[tail].start
            meant.update({place: Assertion.ABSENT for place in inside if findings[place].end <= before})
        if only_touched(stems[start:end]):
            spans = [(findings[place].start, findings[place].end) for place in _of_touch(inside, findings, ancestors)]
            for place in inside:
                if any(findings[place].start < last and first < findings[place].end for first, last in spans):
                    meant[place] = Assertion.PAST
    return tuple(
        replace(one, assertion=meant[place], evidence="the rest of the answer") if place in meant else one
        for place, one in enumerate(findings)
    )


def of_the_bump(findings: Sequence[Finding], ancestors: Callable[[str], frozenset[str]]) -> list[Finding]:
    """Leave out what is told of another part of the body: "ankles are puffy, face is normal"."""
    elsewhere = {one.clause for one in findings if one.concept == ELSEWHERE}
    signs = {(one.start, one.end) for one in findings if one.concept == "swelling"}  # "swell" is a lump as well
    bumps = (one for one in findings if one.concept in BUMP_CONCEPTS | {"wound"} and (one.start, one.end) not in signs)
    elsewhere -= {one.clause for one in bumps}
    return [
        one
        for one in findings
        if one.clause not in elsewhere
        or not one.holds
        or (ancestors(one.concept) | {one.concept}).isdisjoint((*_OF_TOUCH, "swelling"))
    ]


def compared(
    tokens: Sequence[Word], parts: Segments, findings: Sequence[Finding], ancestors: Callable[[str], frozenset[str]]
) -> tuple[Finding, ...]:
    """Leave out growth where "how big?" was asked and "a bit bigger" compares: time or becoming tells of growth."""
    compares = {number for number, (start, end) in enumerate(parts.sentences) if _only_compares(tokens[start:end])}
    return tuple(
        one
        for one in findings
        if one.sentence not in compares or _GROWTH.isdisjoint((one.concept, *ancestors(one.concept)))
    )


def _only_compares(sentence: Sequence[Word]) -> bool:
    """'Pinhead, couple are a bit bigger', but not '2 mm in May, 4 now' or 'bigger and bigger'."""
    stems = [token.stem for token in sentence]
    return _BECOMES.isdisjoint(stems) and series.TIMES.isdisjoint(stems) and max(map(stems.count, _MORE)) <= 1


def only_touched(stems: Sequence[str]) -> bool:
    """Tell whether a sentence speaks of what a hand did on purpose, and plays it down: "only if I squeeze it"."""
    told = set(stems)
    if told.isdisjoint(_WORKED) or told.isdisjoint(_WHEN) or not told.isdisjoint(_SERIOUS):
        return False
    return not told.isdisjoint(_HEDGE) or len(stems) <= SHORT


def _of_touch(
    inside: Sequence[int], findings: Sequence[Finding], ancestors: Callable[[str], frozenset[str]]
) -> Iterator[int]:
    return (
        place
        for place in inside
        if not (ancestors(findings[place].concept) | {findings[place].concept}).isdisjoint(_OF_TOUCH)
    )


def _echoed(sentences: Sequence[Sequence[str]]) -> Assertion | None:
    """Tell how a sentence is meant that only takes up our words: 'Blood? From those? No', 'bled? define bled'."""
    asked, *rest = sentences
    if asked[:3] == ["do", "i", "look"]:
        return Assertion.ABSENT if rest and rest[0][0] in denials.NO else None
    if not rest or not _takes_up(asked):
        return None
    if rest[0][0] in _DEFINE:
        return Assertion.HYPOTHETICAL
    answer = rest[-1] if _takes_up(rest[0]) else rest[0]
    return Assertion.ABSENT if answer[0] in denials.NO and _merely_no(answer) else None


def _merely_no(answer: Sequence[str]) -> bool:
    """'No, dry as a bone', 'not since the jab', but not 'No, it pours'."""
    words = set(answer)
    brief = len(answer) <= BRIEF and words.isdisjoint(("it", "they", "he", "she", "there", "this", "that", "stop"))
    return brief or words <= _MERELY_NO


def _asks_back(stems: Sequence[str]) -> bool:
    """'Depends what you call hurt', 'define bled', 'what do you mean by sore'."""
    told = " ".join(stems)
    return told.startswith(("depend what", "depend how", "defin ", "what do you ", "what you mean"))


def _could_hold(finding: Finding) -> bool:
    return finding.holds or finding.assertion is Assertion.HYPOTHETICAL


def _is_free(stems: Sequence[str], place: int) -> bool:
    """'Fever-free', 'scab free', but not 'free of it' and no free consultation."""
    ends = place + 1 == len(stems) or stems[place + 1] in _AFTER_FREE
    return stems[place] == "free" and stems[place - 1] in _FREE_OF and ends


def _takes_back(stems: Sequence[str]) -> bool:
    """'I'd have said they grew, then I checked the photos, so I take that back'."""
    told = " ".join(stems)
    return any(words in told for words in ("take it back", "take that back", "scratch that", "correct myself"))


def _takes_up(stems: Sequence[str]) -> bool:
    said = [one for one in stems if one.isalpha()]
    return stems[-1] == "?" and 0 < len(said) <= ECHO and _TELLS.isdisjoint(said)


def _denied_from(stems: Sequence[str], start: int, end: int) -> int | None:
    """Give where '... but it isn't', '... but no', '..., these don't' begins at the end of a sentence."""
    last = max((place for place in range(start, end) if stems[place] in _DENIES | {"no"}), default=None)
    if last is None or last <= start + 1 or not set(stems[last + 1 : end]) <= _SOFT | {"!", "?"}:
        return None
    if stems[last] == "no":
        return last - 1 if stems[last - 1] == "but" else None
    subject = last - 1
    if stems[subject] not in _BUMPS:
        comma = max((place for place in range(start, last) if stems[place] in (",", ";", "but")), default=start)
        told, tail = stems[start:comma], stems[comma + 1 : last]
        of_bumps = not _BUMPS.isdisjoint(tail) and _CONTRAST.isdisjoint(tail) and _BUMPS.isdisjoint(told)
        return comma if of_bumps and len(tail) <= TAIL else None  # "he grows, the spots are not"
    while subject > start and stems[subject - 1] in _BUMPS | {"the"}:
        subject -= 1
    joint = stems[subject - 1] if subject > start else ""
    if joint == "but":
        return subject - 1
    named = set(stems[start : subject - 1])  # "this one hurts, they don't" speaks of the bumps twice
    return subject - 1 if joint in (",", "and", ";") and named.isdisjoint(_BUMPS) else None
