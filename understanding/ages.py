"""Whose age a number of days, weeks, months or years is: "she's nine weeks" is an age, "for nine weeks" is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from understanding.text import Word

CHILD = frozenset(
    (
        "babi infant newborn neonat toddler son daughter boy girl kid kiddo child bub preemi lo bairn twin triplet tot "
        "littlest newest grandson granddaught grandchild grandbabi nephew niec godson goddaught stepson"
    ).split()
)
PRONOUNS = frozenset(("he", "she"))
_NICKNAMES = frozenset(
    "man guy dude bean peanut munchkin nugget monkey lad lass princess princ bambino babe mite fella chap".split()
)
_POINTING = frozenset(("they", "mine", "our", "who", "young", "youngest"))
_LITTLE = frozenset(("littl", "wee", "tini", "small", "lil"))
_CARE = frozenset(
    """
    feed nappi diaper latch nurs formula breastf breastfeed breastfed kg lb newborn midwif bottl swaddl
    crib cradl drool smiley thrive vaccin
    """.split()
)
# Signs that are told of babies: "the skin between her ribs goes in, 7 weeks".
_BABY_SIGNS = frozenset("rib ml oz breath grunt floppi limp nap wake suck mew soother".split())
_GROWN = frozenset(
    """
    wife husband hubbi mum mom mama dad mother father gran grandma grandmoth grandpa nana sister brother aunt uncl
    boyfriend girlfriend partner friend colleagu cowork neighbour bf gf fianc doctor dr derm dermatologist nurs boss
    lid eyelid filler botox laser
    """.split()
)
_WELL = frozenset("temp rectal axillari happi smile cheek scalp".split())
_BEFORE_BIRTH = frozenset(("pregnant", "kick", "trimest", "contract", "due"))
_LESIONS = frozenset(
    """
    burn scar wound cut bruis rash bump spot blister stitch pierc tattoo scab mark lump sore bite graze
    graft pimpl zit milia milium dot cyst whitehead mole
    """.split()
)
_SOFT = frozenset(  # stand between a child and its age
    (
        "is are was be will just onli about almost near now bare not yet quit around like exact at turn a an the has "
        "have make hit approx approxim rough over under well alreadi come up go on to push approach , ( - : ~ s of "
        "age 's isnot here actual still current"
    ).split()
)
_DURATION = frozenset(("been", "for", "sinc", "past", "last", "x", "everi", "after", "in", "within", "anoth", "onc"))
_NO_AGE_NEXT = frozenset(
    (
        "of post after into on sinc without until till left off away late apart later out from pregnant along gestat "
        "gone to"
    ).split()
)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday tomorrow".split())
_BORN = frozenset(("born", "dob", "birth", "birthday", "arriv"))
_AFTER_ALONE = frozenset((",", ".", "?", "!", ")", ";", "-", "and", "with", "no"))
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEARS = ("year", "yr", "yrs", "y")
_GROWN_UP = 15  # years: what people say of themselves, not of a spot
_REACH = 6


def of_child(tokens: Sequence[Word]) -> bool:
    """Tell whether the message names a child."""
    return any(token.stem in CHILD for token in tokens)


def is_age(tokens: Sequence[Word], start: int, end: int, unit: str) -> bool:
    """Tell whether the number and unit in the words `start` to `end` are somebody's age."""
    after = [token.stem for token in tokens[end : end + 3]]
    if {"earth", "planet", "world"} & {token.lower for token in tokens[end + 1 : end + 3]}:
        return True  # "11 days on this planet"
    explicit = unit == "yo" or after[:1] == ["old"] or (after[:1] == ["-"] and "old" in after)
    if explicit or after[:2] in (["of", "age"], ["of", "life"]):
        return not is_lesion(tokens, start, end)
    if after[:1] == ["-"]:
        after = after[1:]
    if after and (after[0] in CHILD or after[0] in ("check", "checkup")):  # "at his 6 month check"
        return True
    if after and (after[0] in _NO_AGE_NEXT or "pregnant" in after or "postpartum" in after):
        dated = len(after) > 1 and after[0] in ("on", "in", "to") and after[1] in _WEEKDAYS
        if not dated:
            return False
    return _has_owner(tokens, start, end) or _stands_alone(tokens, start, end)


def is_birth(tokens: Sequence[Word], start: int) -> bool:
    """Tell whether "26 days ago" dates a birth: "DOB 26 days ago", "he was born 3 weeks ago"."""
    before = [token.stem for token in tokens[max(0, start - 5) : start]]
    hers = "had" in before and not {"her", "their", "the"}.isdisjoint(before) and not CHILD.isdisjoint(before)
    return hers or (not _BORN.isdisjoint(before) and "gave" not in before and "give" not in before)


def birth_dates(tokens: Sequence[Word]) -> tuple[float, int, int] | None:
    """Give the days between two dates: "born on the 4th, today is the 20th", "born nov 12, it's dec 3"."""
    for place, token in enumerate(tokens):
        if token.stem in ("born", "dob"):
            born = _date(tokens, place + 1, place + 7)
            today = born and _date(tokens, born[2], born[2] + 9, said=("today", "now", "its", "it"))
            if born and today:
                months = (today[0] - born[0]) % 12 if born[0] and today[0] else today[1] < born[1]
                return max(0.0, months * 30.4 + today[1] - born[1]), place, today[2]
    return None


def _date(tokens: Sequence[Word], start: int, end: int, said: tuple[str, ...] = ()) -> tuple[int, int, int] | None:
    """Give month (0: unsaid), day and the place after the first date in a range; after one of the words `said`."""
    ready = not said
    month = 0
    for place in range(start, min(end, len(tokens))):
        lower = tokens[place].lower
        ready = ready or lower in said
        month = _MONTHS.index(lower[:3]) + 1 if lower.isalpha() and lower[:3] in _MONTHS and len(lower) != 4 else month
        if ready and lower.isdigit() and 1 <= int(lower) <= 31:
            following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
            if following in ("st", "nd", "rd", "th") or month:
                if following[:3] in _MONTHS:
                    month = _MONTHS.index(following[:3]) + 1
                return month, int(lower), place + 1
    return None


def is_lesion(tokens: Sequence[Word], start: int, end: int) -> bool:
    """'A 3 week old scar', 'blisters on my lid, 24 hrs old'."""
    named = tokens[end + 1] if end + 1 < len(tokens) else None
    if named and named.stem in _LESIONS and not named.lower.endswith("ing"):
        return True
    before = [token.stem for token in tokens[max(0, start - 20) : start]]
    if of_child(tokens) or _LESIONS.isdisjoint(before):
        return False
    if before[-1] in ("is", "are", "was", "were"):
        return before[-2] in _LESIONS
    if tokens[start].lower.isdigit() and int(tokens[start].lower) > _GROWN_UP and tokens[end - 1].stem in _YEARS:
        return False  # "bumps under my eyes, 33 years old"
    mine = any(token.lower in ("my", "i", "me") for token in tokens[:start])
    return before[-1] == "," and (mine or tokens[end - 1].stem in ("hour", "h"))


def _has_owner(tokens: Sequence[Word], start: int, end: int) -> bool:
    """Walk back over 'is', 'just', 'almost' to a child: 'our little man is only 17 days'."""
    soft: set[str] = set()
    for place in range(start - 1, max(-1, start - 1 - _REACH), -1):
        token = tokens[place]
        if token.stem in CHILD or token.lower in PRONOUNS or token.lower in ("she", "he", "hes", "shes"):
            days_alone = (
                not soft and tokens[end - 1].stem == "day" and token.stem not in ("babi", "newborn", "infant", "twin")
            )
            has = (
                not soft.isdisjoint(("has", "have")) and tokens[end : end + 1] and tokens[end].lower not in _AFTER_ALONE
            )
            return not days_alone and not has
        if token.stem in _NICKNAMES or (token.stem == "one" and place and tokens[place - 1].stem in _LITTLE):
            return bool(soft) or token.stem in ("one", "man", "guy")
        if token.stem in _POINTING:
            return bool(soft) and of_child(tokens)
        if token.stem not in _SOFT or token.stem in _DURATION:
            return token.stem in ("age",)
        if token.stem == "age":
            return True
        soft.add(token.stem)
    return False


def was_age(tokens: Sequence[Word], start: int, end: int) -> bool:
    """'At 8 weeks he had a fever': an age that is over."""
    ahead = [token.lower for token in tokens[end : end + 4]]
    around = ahead + [token.lower for token in tokens[max(0, start - 6) : start]]
    if start > 1 and tokens[start - 1].lower == "was" and "when" in around:
        return True  # "when she was 2 weeks old"
    return start > 0 and tokens[start - 1].lower == "at" and not {"had", "was", "were"}.isdisjoint(around)


def _stands_alone(tokens: Sequence[Word], start: int, end: int) -> bool:
    """'9 weeks, 36.8, 7 feeds' and 'Can I bring my newborn? 5 weeks.' where a baby is the matter."""
    before = tokens[start - 1].lower if start else "."
    after = tokens[end].lower if end < len(tokens) else "."
    unit = tokens[end - 1]
    stems = {token.stem for token in tokens if token.lower != "nurse"}
    young = bool(stems & {"babi", "infant", "newborn", "bub", "twin"})
    measured = any(re.fullmatch(r"3[5-9]\.\d", token.lower) for token in tokens)
    opens = start == 0 and stems.isdisjoint(("i", "my", "me")) and (measured or not stems.isdisjoint(_WELL))
    his = any(token.lower in ("he", "she", "his", "her") for token in tokens) and not stems & _GROWN
    opens = opens or (start == 0 and his and unit.stem in ("day", "week", "month"))
    cared = (bool(stems & _CARE) or opens) and stems.isdisjoint(_BEFORE_BIRTH)
    alone = end >= len(tokens) - 1 and not stems & _GROWN  # "a funny colour round her mouth, 5 weeks"
    sick = (alone or bool(stems & _BABY_SIGNS)) and not stems & _BEFORE_BIRTH
    young = young and stems.isdisjoint(_BEFORE_BIRTH)
    if before in (".", "?", "!", "my", "our", "a") and unit.lower == "mo" and unit.start == tokens[end - 2].end:
        return True  # "6mo with bumps"
    if before == "at" and unit.stem in ("day", "week", "month"):  # "at 12 days the spots are red"
        aside = after in ("a", "of")
        return not aside and (
            cared
            or "milk" in stems
            or (young and start < 8)
            or (unit.stem == "month" and not stems.isdisjoint(PRONOUNS))
        )
    ahead = [token.stem for token in tokens[end : end + 2]]
    dated = ahead[:1] == ["on"] and not _WEEKDAYS.isdisjoint(ahead)
    goes_on = after in _AFTER_ALONE or dated or (after == "now" and unit.stem == "month")
    ends = before == "and" and end >= len(tokens) - 1
    if not (before in ".?!,(" or ends) or not goes_on:
        return False
    if (before == "," or ends or (sick and not cared and not young)) and not any(
        token.stem in CHILD or ((cared or sick) and token.lower in ("he", "she", "his", "her"))
        for token in tokens[max(0, start - 14) : start]
    ):
        return False
    return cared or young or (sick and unit.stem in ("day", "week", "month"))


def is_day_of_life(tokens: Sequence[Word], place: int) -> bool:
    """'Day 17. Seven blisters, feeding well': the number after 'day' where a baby is the matter."""
    opens = place == 1 or (place > 1 and tokens[place - 2].lower in ".,!?")
    cared = any(token.stem in _CARE | {"babi"} and token.lower != "nurse" for token in tokens)
    return opens and cared and tokens[place - 1].lower == "day"
