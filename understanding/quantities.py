"""Numbers with a unit: ages and durations in days, temperatures in degrees Celsius, sizes in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from understanding.text import Word

_ORDINALS = {
    word: float(value)
    for value, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2
    )
}
_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
NUMBER_WORDS: dict[str, float] = (
    {word: float(value) for value, word in enumerate(_SMALL, 1)}
    | {word: float(value) for word, value in _TENS.items()}
    | {"a": 1.0, "an": 1.0, "couple": 2.0, "few": 3.0, "several": 4.0, "half": 0.5, "dozen": 12.0}
)
DAYS = {
    "minut": 1 / 1440,
    "hour": 1 / 24,
    "h": 1 / 24,
    "day": 1.0,
    "d": 1.0,
    "week": 7.0,
    "w": 7.0,
    "month": 30.4,
    "mo": 30.4,
    "m": 30.4,
    "year": 365.0,
    "y": 365.0,
    "yo": 365.0,
    "fortnight": 14.0,
    "min": 1 / 1440,
}
_CHILD = frozenset(
    "babi infant newborn neonat toddler son daughter boy girl kid child bub preemi lo bairn twin".split()
)
_CHILD_PRONOUN = frozenset(("he", "she"))
_YOUNG = _CHILD | _CHILD_PRONOUN
_AGE_AFTER = frozenset(("old", "age"))
_AGO = frozenset(("ago", "back", "befor", "earlier"))
_TEMPERATURE_WORDS = frozenset(
    (
        "temp temperatur fever rectal thermomet armpit feverish feb degre ear oral celsius fahrenheit underarm burn "
        "read reading tylenol advil axillari tympan digit hot cold cool"
    ).split()
)
MILLIMETRES = {
    "mm": 1.0,
    "millimet": 1.0,
    "millimetr": 1.0,
    "cm": 10.0,
    "centimet": 10.0,
    "centimetr": 10.0,
    "inch": 25.4,
}


@dataclass(frozen=True)
class Quantity:
    """A number in its concept's unit over the words `start` to `end` (exclusive)."""

    concept: str
    value: float
    start: int
    end: int


def find(tokens: Sequence[Word]) -> list[Quantity]:
    """Give ages, durations, temperatures and sizes in reading order."""
    found: list[Quantity] = []
    child = any(token.stem in _YOUNG for token in tokens)
    place = 0
    while place < len(tokens):
        quantity = _at(tokens, place, child)
        if quantity:
            found.append(quantity)
            place = max(quantity.end, place + 1)
        else:
            place += 1
    return found


def number(token: Word) -> float | None:
    """Read '38,9', '38.9' or 'five'; None for any other word."""
    if token.lower[:1].isdigit():
        return float(token.lower.replace(",", "."))
    return NUMBER_WORDS.get(token.lower)


def _digits(token: Word) -> bool:
    return token.lower[:1].isdigit()


def _at(tokens: Sequence[Word], place: int, child: bool) -> Quantity | None:
    value = number(tokens[place])
    if value is None:
        return _nth(tokens, place, _ORDINALS.get(tokens[place].lower), place + 1)
    if tokens[place + 1 : place + 2] and tokens[place + 1].lower in ("st", "nd", "rd", "th"):
        return _nth(tokens, place, value, place + 2)
    if tokens[place].lower in ("a", "an") and tokens[place + 1 : place + 2] and _digits(tokens[place + 1]):
        return None  # "an 8 mm bump" is 8, not 1
    end = place + 1
    if (
        value >= 20
        and end < len(tokens)
        and tokens[place].lower in _TENS
        and 0 < (number(tokens[end]) or 0) < 10
        and tokens[end].lower not in ("a", "an")
    ):
        value, end = value + (number(tokens[end]) or 0), end + 1
    if (
        value >= 20
        and tokens[place].lower in _TENS
        and [token.lower for token in tokens[end : end + 1]] == ["-"]
        and end + 1 < len(tokens)
        and 0 < (number(tokens[end + 1]) or 0) < 10
    ):
        value, end = value + (number(tokens[end + 1]) or 0), end + 2
    if end + 1 < len(tokens) and tokens[end].lower == "+" and tokens[end + 1].stem in DAYS:
        end += 1  # "10+ weeks"
    if [token.lower for token in tokens[end : end + 3]] == ["and", "a", "half"]:
        value, end = value + 0.5, end + 3
    if end + 1 < len(tokens) and tokens[end].lower in ("long", "full", "whole", "solid", "entire", "good"):
        end += tokens[end + 1].stem in DAYS  # "eight long weeks"
    while (
        end < len(tokens)
        and tokens[end].lower in ("-", "of", "or", "to", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "12")
        and end - place < 5
    ):
        follow = number(tokens[end])  # "2 or 3 weeks", "couple of months", "3-week-old"
        value = max(value, follow) if follow and tokens[end - 1].lower in ("-", "or", "to") else value
        end += 1
    spelled = (
        end > place + 1
        and tokens[place].lower in _TENS
        and (place == 0 or tokens[place - 1].lower in ".,")
        and tokens[min(end, len(tokens) - 1)].lower in ".,"
    )
    if spelled:  # "Seventy-two, retired"
        return Quantity("age", value * 365, place, end)
    return (
        _with_unit(tokens, place, end, value)
        or _temperature(tokens, place, value, child)
        or _bare_age(tokens, place, value)
    )


def _nth(tokens: Sequence[Word], start: int, value: float | None, end: int) -> Quantity | None:
    """Read "third month now" as two months that are over; not "third week of June" or "second month pregnant"."""
    if value is None or end >= len(tokens) or tokens[end].stem not in ("week", "month"):
        return None
    follow = tokens[end + 1].stem if end + 1 < len(tokens) else ""
    if follow == "of" and tokens[end + 2 : end + 3] and tokens[end + 2].lower in ("this", "it"):
        follow = ""
    if follow in ("of", "on", "pregnant", "old", "postpartum", "in"):
        return None
    return Quantity("duration", (value - 1) * DAYS[tokens[end].stem], start, end + 1)


def _with_unit(tokens: Sequence[Word], start: int, end: int, value: float) -> Quantity | None:
    if end >= len(tokens):
        return None
    unit = tokens[end].stem
    if unit in MILLIMETRES:
        return Quantity("size", value * MILLIMETRES[unit], start, end + 1)
    if unit not in DAYS or (unit in ("h", "d", "m", "w", "y") and not tokens[start].lower[0].isdigit()):
        return None
    days, end = value * DAYS[unit], end + 1
    if [token.lower for token in tokens[end : end + 3]] == ["and", "a", "half"]:
        days, end = days + DAYS[unit] / 2, end + 3
    if end + 1 < len(tokens) and tokens[end].lower == "/" and tokens[end + 1].lower == "o":
        return Quantity("age", days, start, end + 2)
    if unit == "m" and not _near_child(tokens, start, end):
        return None
    after = [token.stem for token in tokens[end : end + 3]]
    if after[:1] and after[0] in _AGO:
        return Quantity("ago", days, start, end + 1)
    if _is_age(tokens, start, end, unit, after):
        return Quantity(
            "age", days, start, end + (2 if after[:1] == ["-"] else 1 if after and after[0] in _AGE_AFTER else 0)
        )
    return Quantity("duration", days, start, end)


def _is_age(tokens: Sequence[Word], start: int, end: int, unit: str, after: list[str]) -> bool:
    before = [token.stem for token in tokens[max(0, start - 3) : start]]
    if unit == "yo" or (after and (after[0] in _AGE_AFTER or (after[0] == "-" and "old" in after))):
        return True
    if (
        "pregnant" in after
        or "gestat" in after
        or "postpartum" in after
        or any(word in before for word in ("for", "sinc", "past", "last", "x", "pregnant", "everi", "after", "in"))
    ):
        return False
    if after and after[0] in _CHILD:
        return True
    if (
        before
        and before[-1] in ("have", "has")
        and any(token.stem in _YOUNG for token in tokens[max(0, start - 5) : start])
    ):
        return True
    if (
        before
        and before[-1] in ("age", "turn", "now", "just", "onli", "about", "almost", "near")
        and any(word in _YOUNG for word in before[:-1])
    ):
        return True
    if before[-2:] in (["he", "is"], ["she", "is"], ["babi", "is"], ["he", "s"]) or (before and before[-1] in _YOUNG):
        return True
    if (
        before
        and before[-1] in ("is", ",", "(", "at", "are", "who")
        and any(token.stem in _CHILD for token in tokens[max(0, start - 6) : start])
    ):
        return True
    return bool(
        before
        and before[-1] in ("at", "was")
        and any(token.stem in _YOUNG for token in tokens[max(0, start - 5) : start])
    )


def _near_child(tokens: Sequence[Word], start: int, end: int) -> bool:
    return any(token.stem in _CHILD | {"old"} for token in tokens[max(0, start - 4) : end + 3])


def _temperature(tokens: Sequence[Word], place: int, value: float, child: bool) -> Quantity | None:
    fahrenheit = 93 <= value <= 108
    if not (fahrenheit or 34 <= value <= 42.9):
        return None
    near = [token.stem for token in tokens[max(0, place - 6) : place + 5]]
    unit = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    marked = unit in ("c", "f", "°", "celsius", "fahrenheit", "degrees") or any(
        word in _TEMPERATURE_WORDS for word in near
    )
    decimal = "." in tokens[place].lower or "," in tokens[place].lower
    if unit in (
        "mm",
        "cm",
        "year",
        "weeks",
        "week",
        "month",
        "minute",
        "day",
        "%",
        "mg",
        "yo",
        "$",
        "hour",
        "dollars",
        "bucks",
    ) or (place and tokens[place - 1].lower == "$"):
        return None
    if not (marked or (decimal and (37.3 <= value <= 42 or child)) or (child and 38 <= value <= 41 and not fahrenheit)):
        return None
    return Quantity("temperature", round((value - 32) / 1.8, 1) if fahrenheit else value, place, place + 1)


def _bare_age(tokens: Sequence[Word], place: int, value: float) -> Quantity | None:
    """Read 'im 67', 'age 58', '34, about nine grains' (at the start) and ', 71,'."""
    if not tokens[place].lower[0].isdigit() or not 1 <= value <= 105 or value != int(value):
        return None
    before = [token.lower for token in tokens[max(0, place - 2) : place]]
    after = [token.lower for token in tokens[place + 1 : place + 3]]
    follows = after[0] if after else "."
    if follows in (
        "mg",
        "%",
        "times",
        "x",
        "/",
        ":",
        "am",
        "pm",
        "of",
        "mm",
        "cm",
        "-",
        "$",
        "bumps",
        "milia",
        "dots",
        "spots",
        "or",
        "ml",
        "st",
        "th",
        "rd",
        "nd",
    ):
        return None
    if before[-1:] in (["age"], ["aged"], ["turning"], ["turned"]) or before[-2:] in (
        ["i", "am"],
        ["he", "is"],
        ["she", "is"],
        ["am", "a"],
        ["only", "am"],
        ["is", "only"],
    ):
        return Quantity("age", value * 365, place, place + 1)
    if before[-2:-1] == ["am"] and before[-1] in ("only", "about", "nearly", "almost", "now", "just"):
        return Quantity("age", value * 365, place, place + 1)
    listed = follows in (",", ".", "and", "?", "!", ")", ";") or (len(follows) == 1 and follows in "mf")
    if listed and (not before or before[-1] in (",", "(", ".")) and value >= 14:
        return Quantity("age", value * 365, place, place + 1)
    kin = [token.stem for token in tokens[max(0, place - 3) : place]]
    return (
        Quantity("age", value * 365, place, place + 1)
        if listed and before[-1:] in (["is"], [","]) and value < 14 and any(word in _CHILD for word in kin)
        else None
    )


def ages(found: Sequence[Quantity]) -> Iterator[float]:
    """Give every age in days."""
    return (quantity.value for quantity in found if quantity.concept == "age")
