"""Measures of one thing at different times: "2 mm in May, 5 now", "was a dot, now a pea", "12 on May 1, 41 now"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from understanding.numbers import number
from understanding.quantities import MILLIMETRES, Quantity
from understanding.text import Word

GROWS, MULTIPLIES = "growth_measured", "count_rising"

_MONTHS = frozenset(
    """
    jan januari feb februari mar march apr april may jun june jul juli aug august sep sept septemb oct octob nov novemb
    dec decemb
    """.split()
)
TIMES = _MONTHS | frozenset(
    """
    ago spring summer fall autumn winter christma xmas easter thanksgiv halloween week month year last first
    yesterday monday tuesday wednesday thursday friday saturday sunday birthday photo pictur pic visit
    """.split()
)
_EARLY = frozenset("was were use origin initi begin start first from befor ago back".split())
_NOW = frozenset("now today current present alreadi nowaday tonight becom turn to into these".split())
_LESIONS = frozenset(
    """
    milia milium bump dot spot seed whitehead pimpl bead grain cyst speck lump zit pearl papul pinhead them one
    """.split()
)
_DESCRIBING = frozenset("white tini littl small new hard more of whitish pale about roughli the these those".split())
_GOES_ON = frozenset(
    """
    , . ; : ! ? ) - ( in on by at now today last this then and or to but when sinc across wide big ago over within befor
    mm cm
    """.split()
)
_TREATED = frozenset("remov treat extract want book session zap done clinic visit appoint pay paid price cost".split())
_COUNTS = {"none": 0.0, "nothing": 0.0, "zero": 0.0, "no": 0.0, "dozens": 36.0, "hundreds": 200.0, "hundred": 100.0,
           "loads": 40.0, "tons": 40.0, "lots": 40.0, "everywhere": 40.0, "covered": 40.0}  # fmt: skip
_APART = 14  # words between two measures of one thing
_SHORTEST_RISE = 1.15  # a ruler held by hand is not exact
_MANY = 8
_STOPS = frozenset(",.;!?")


@dataclass(frozen=True)
class Mention:
    """One measure: its value, where it stands, and what its clause says of the time."""

    value: float
    start: int
    end: int
    early: bool = False
    late: bool = False
    dated: bool = False


def find(
    tokens: Sequence[Word], found: Sequence[Quantity], compared: Iterable[tuple[float, int, int]]
) -> list[Quantity]:
    """Give what grows or multiplies; `compared` are things of a known size ("a pea") as millimetres, start, end."""
    taken = {place for one in found for place in range(one.start, one.end)}
    sizes = [(one.value, one.start, one.end) for one in found if one.concept == "size"]
    things = [
        (value, start, end)
        for value, start, end in compared
        if not taken.intersection(range(start, end)) and _is_compared(tokens, start, end)
    ]
    unit = next((MILLIMETRES.get(tokens[end - 1].stem, 1.0) for _, _, end in sizes), None)
    bare = [(value * unit, place, place + 1) for value, place in _numbers(tokens, taken)] if unit else []
    series = []
    grows = _rise(tokens, sizes + things + bare, 0)
    if grows:
        series.append(Quantity(GROWS, *grows))
    if not unit and _counted(tokens):
        many = _rise(
            tokens, [(value, place, place + 1) for value, place in _numbers(tokens, taken, counts=True)], _MANY
        )
        if many:
            series.append(Quantity(MULTIPLIES, *many))
    return series


def _counted(tokens: Sequence[Word]) -> bool:
    return any(token.stem in _LESIONS or token.stem in ("count", "there") for token in tokens)


def _is_compared(tokens: Sequence[Word], start: int, end: int) -> bool:
    """A thing is a measure after "like a", "size of", "was a", "now a", not in "I ate a pea"."""
    before = {token.stem for token in tokens[max(0, start - 4) : start]}
    return bool(
        before & {"like", "size", "as", "was", "were", "is", "now", "from", "to", "into", "than", "start", "becom"}
    ) or (end < len(tokens) and tokens[end].stem in ("size", "-", "now"))


def _numbers(tokens: Sequence[Word], taken: set[int], *, counts: bool = False) -> list[tuple[float, int]]:
    """Give bare numbers that are no date and that no other noun follows."""
    found = []
    for place, token in enumerate(tokens):
        value = number(token)
        if value is None and counts:
            value = _COUNTS.get(token.lower)
        if value is None or place in taken or token.lower in ("a", "an", "half") or value > 400:
            continue
        beside = [one.stem for one in (*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2])]
        if _MONTHS.intersection(beside) or "$" in beside or "/" in beside or "%" in beside:
            continue
        follow = tokens[place + 1].stem if place + 1 < len(tokens) else "."
        if follow in _GOES_ON or (counts and (follow in _LESIONS or follow in _DESCRIBING)):
            found.append((value, place))
    return found


def _rise(tokens: Sequence[Word], raw: list[tuple[float, int, int]], least: float) -> tuple[float, int, int] | None:
    """Give how much, and from where to where, when a later measure is larger."""
    raw.sort(key=lambda one: one[1])
    mentions = [_mention(tokens, raw, at) for at in range(len(raw))]
    for first, second in pairwise(mentions):
        told_back = second.early and not first.early  # "5 mm, was 2 in May"
        small, large = (second, first) if told_back else (first, second)
        timed = told_back or ((first.early or first.dated or second.late) and (second.late or second.dated))
        if second.start - first.end > _APART or _is_range(tokens, first, second):
            continue
        if timed and large.value >= least and large.value > small.value * _SHORTEST_RISE:
            return large.value, first.start, second.end
    return None


def _is_range(tokens: Sequence[Word], first: Mention, second: Mention) -> bool:
    """Tell "ten to twelve" and "5:30" from "went from 3 to 60"."""
    between = [token.lower for token in tokens[first.end : second.start]]
    came = {token.lower for token in tokens[max(0, first.start - 3) : first.start]} & {"from", "went"}
    return between == [":"] or (between == ["to"] and not came)


def _mention(tokens: Sequence[Word], raw: list[tuple[float, int, int]], at: int) -> Mention:
    """Read the words between this measure and its neighbours, within its clause."""
    value, start, end = raw[at]
    low = raw[at - 1][2] if at else 0
    high = raw[at + 1][1] if at + 1 < len(raw) else len(tokens)
    before: list[str] = []
    for place in range(start - 1, max(low, start - 7) - 1, -1):
        if tokens[place].lower in _STOPS:
            break
        before.append(tokens[place].stem)
    after: list[str] = []
    for place in range(end, min(high, end + 6)):
        if tokens[place].lower in _STOPS or tokens[place].stem in ("then", "but", "and"):
            break
        after.append(tokens[place].stem)
    if "now" in after and high < len(tokens) and after[-1:] == ["now"]:
        after = after[:-1]  # "was 2 mm in May now 5": the "now" is the next one's
    words = {*before, *after}
    if words & _TREATED:
        return Mention(value, start, end)
    return Mention(value, start, end, bool(words & _EARLY), bool(words & _NOW), bool(words & TIMES))
