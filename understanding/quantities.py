"""Numbers with a unit: ages and durations in days, temperatures in degrees Celsius, sizes in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from understanding import ages as ages_of
from understanding.numbers import TENS, number, spelled
from understanding.text import Word

_ORDINALS = {
    word: float(value)
    for value, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2
    )
}
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
_AGE_UNITS = {"weeker": 7.0, "wo": 7.0, "monther": 30.4, "dayer": 1.0, "do": 1.0}  # "a six weeker", "10do"
_AGE_AFTER = frozenset(("old", "age"))
_AGO = frozenset(("ago", "back", "befor", "earlier"))
_TEMPERATURE_WORDS = frozenset(
    (
        "temp temperatur fever rectal thermomet armpit feverish feb degre ear oral celsius fahrenheit underarm burn "
        "read reading tylenol advil axillari tympan digit hot cold cool forehead gun strip"
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


FEVER, LOW = 37.95, 36.0  # degrees Celsius: fever from here on, too low below
_NO_TEMPERATURE = frozenset(
    (
        "mm cm year years weeks week month months minute day days % mg yo $ hour hours dollars bucks percent times "
        "st th rd kg lb lbs ml"
    ).split()
)
_AWAY = frozenset("below above from away apart beside lower higher".split())
_SIDES = frozenset("left right side".split())
_FACE = frozenset(
    "eye eyes eyebrow eyebrows brow brows lid lids eyelid eyelids lash lashes lip lips nose ear mouth jaw".split()
)


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
    child = ages_of.of_child(tokens) or any(token.lower in ages_of.PRONOUNS for token in tokens)
    place = 0
    if born := ages_of.birth_dates(tokens):
        found.append(Quantity("age", *born))
    while place < len(tokens):
        quantity = _at(tokens, place, child)
        if quantity and quantity.concept == "duration" and place and tokens[place - 1].lower in ("every", "each"):
            place = max(quantity.end, place + 1)  # "every two weeks" is how often
        elif quantity:
            found.append(quantity)
            place = max(quantity.end, place + 1)
        else:
            place += 1
    return found


def _at(tokens: Sequence[Word], place: int, child: bool) -> Quantity | None:
    read = spelled(tokens, place)
    if read is None:
        nth = _nth(tokens, place, _ORDINALS.get(tokens[place].lower), place + 1)
        return nth or _age_without_number(tokens, place)
    value, end = read
    if tokens[place + 1 : place + 2] and tokens[place + 1].lower in ("st", "nd", "rd", "th"):
        return _nth(tokens, place, value, place + 2)
    if tokens[place].lower in ("a", "an") and tokens[end : end + 1] and tokens[end].lower[:1].isdigit():
        return None  # "an 8 mm bump" is 8, not 1
    if end + 1 < len(tokens) and tokens[end].lower == "+" and tokens[end + 1].stem in DAYS:
        end += 1  # "10+ weeks"
    if end + 1 < len(tokens) and tokens[end].lower in ("long", "full", "whole", "solid", "entire", "good"):
        end += tokens[end + 1].stem in DAYS  # "eight long weeks"
    while (
        end < len(tokens)
        and tokens[end].lower in ("-", "of", "or", "to", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "12")
        and end - place < 5
    ):
        follow = number(tokens[end])  # "2 or 3 weeks", "couple of months", "3-week-old"
        if follow and tokens[end - 1].lower not in ("-", "or", "to", "of"):
            return None  # "ten 1 mm bumps": the next number has the unit
        value = max(value, follow) if follow and tokens[end - 1].lower in ("-", "or", "to") else value
        end += 1
    told_age = (
        end > place + 1
        and tokens[place].lower in TENS
        and (place == 0 or tokens[place - 1].lower in ".,")
        and tokens[min(end, len(tokens) - 1)].lower in ".,"
        and value == int(value)
    )
    if told_age:  # "Seventy-two, retired"
        return Quantity("age", value * 365, place, end)
    return (
        _with_unit(tokens, place, end, value)
        or _temperature(tokens, place, read[1], read[0], child)
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


def _age_without_number(tokens: Sequence[Word], place: int) -> Quantity | None:
    """Read 'my month-old baby', 'only days old', and what a phone heard: "my sons for months old", "to weeks old"."""
    after = [token.stem for token in tokens[place : place + 4]]
    heard = {"for": 4.0, "to": 2.0, "too": 2.0, "ate": 8.0}.get(tokens[place].lower)
    if heard and after[2:3] == ["old"] and after[1] in ("day", "week", "month", "year"):
        return Quantity("age", heard * DAYS[after[1]], place, place + 3)
    length = 2 if after[1:2] == ["old"] else 3 if after[1:3] == ["-", "old"] else 0
    if length and after[0] in ("day", "week", "month") and not ages_of.is_lesion(tokens, place, place + length - 1):
        many = 3 if tokens[place].text.endswith("s") else 1
        return Quantity("age", many * DAYS[after[0]], place, place + length)
    return None


def _with_unit(tokens: Sequence[Word], start: int, end: int, value: float) -> Quantity | None:
    if end >= len(tokens):
        return None
    unit = tokens[end].stem
    if unit in MILLIMETRES:
        return None if _is_distance(tokens, end + 1) else Quantity("size", value * MILLIMETRES[unit], start, end + 1)
    if unit in _AGE_UNITS and (len(unit) > 2 or tokens[end].start == tokens[end - 1].end):
        return Quantity("age", value * _AGE_UNITS[unit], start, end + 1)
    if unit not in DAYS or (unit in ("h", "d", "m", "w", "y") and not tokens[start].lower[0].isdigit()):
        return None
    days, end = value * DAYS[unit], end + 1
    if end + 1 < len(tokens) and tokens[end].lower == "/" and tokens[end + 1].lower == "o":
        return Quantity("age", days, start, end + 2)
    if unit == "m" and not _near_child(tokens, start, end):
        return None
    if [token.lower for token in tokens[end : end + 3]] == ["and", "a", "half"]:
        days, end = days + DAYS[unit] / 2, end + 3
    after = [token.stem for token in tokens[end : end + 3]]
    if after[:1] and after[0] in _AGO:
        return Quantity("age" if ages_of.is_birth(tokens, start) else "ago", days, start, end + 1)
    if ages_of.was_age(tokens, start, end):
        return Quantity("ago", days, start, end)
    if ages_of.is_age(tokens, start, end, unit):
        return Quantity(
            "age", days, start, end + (2 if after[:1] == ["-"] else 1 if after and after[0] in _AGE_AFTER else 0)
        )
    return Quantity("duration", days, start, end)


def _is_distance(tokens: Sequence[Word], end: int) -> bool:
    """Tell "1 cm below the eye" and "an inch to the left" from the size of a bump."""
    after = [token.lower for token in tokens[end : end + 4]]
    if after[:1] == ["to"]:
        return not _SIDES.isdisjoint(after[1:])
    if after[:1] in (["under"], ["underneath"], ["beneath"]):
        return not _FACE.isdisjoint(after[1:])
    return not _AWAY.isdisjoint(after[:1])


def _near_child(tokens: Sequence[Word], start: int, end: int) -> bool:
    return any(token.stem in ages_of.CHILD | {"old"} for token in tokens[max(0, start - 4) : end + 3])


def _temperature(tokens: Sequence[Word], place: int, end: int, value: float, child: bool) -> Quantity | None:
    fahrenheit = 93 <= value <= 108
    if not (fahrenheit or 34 <= value <= 42.9):
        return None
    near = [token.stem for token in tokens[max(0, place - 6) : end + 4]]
    unit = tokens[end].lower if end < len(tokens) else ""
    before = tokens[place - 1].lower if place else ""
    if unit in _NO_TEMPERATURE or before in ("$", "age", "aged", "im", "turned", "turning"):
        return None
    if value == int(value) and place > 1 and tokens[place - 2].lower == "i" and before in ("was", "am", "turn"):
        return None  # "out of my ear when I was 40" is an age
    marked = unit in ("c", "f", "°", "celsius", "fahrenheit", "degrees", "fair") or any(
        word in _TEMPERATURE_WORDS for word in near
    )
    decimal = value != int(value) or "." in tokens[place].lower
    named = child and ages_of.of_child(tokens)
    bare = named and 38 <= value <= 41 and not fahrenheit and before not in ("is", "am", "are", "was", "only", ",")
    if not (marked or (decimal and (37.3 <= value <= 42 or child)) or bare):
        return None
    return Quantity("temperature", round((value - 32) / 1.8, 1) if fahrenheit else round(value, 1), place, end)


def _bare_age(tokens: Sequence[Word], place: int, value: float) -> Quantity | None:
    """Read 'im 67', 'age 58', 'she is two now', '34, about nine grains' (at the start) and ', 71,'."""
    if not 1 <= value <= 105 or value != int(value):
        return None
    if ages_of.is_day_of_life(tokens, place):
        return Quantity("age", value, place, place + 1)
    before = [token.lower for token in tokens[max(0, place - 2) : place]]
    after = [token.lower for token in tokens[place + 1 : place + 3]]
    follows = after[0] if after else "."
    kin = [token.stem for token in tokens[max(0, place - 3) : place]]
    listed = follows in (",", ".", "and", "?", "!", ")", ";", "here") or (len(follows) == 1 and follows in "mf")
    if not tokens[place].lower[0].isdigit():
        child = before[-1:] == ["is"] and (before[:1] in (["he"], ["she"]) or any(one in ages_of.CHILD for one in kin))
        told = child and (listed or follows in ("now", "already", "but", "so")) and 2 <= value <= 19
        return Quantity("age", value * 365, place, place + 1) if told else None
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
    if listed and (not before or before[-1] in (",", "(", ".")) and value >= 14:
        return Quantity("age", value * 365, place, place + 1)
    return (
        Quantity("age", value * 365, place, place + 1)
        if listed
        and before[-1:] in (["is"], [","], ["("])
        and value < 14
        and any(word in ages_of.CHILD for word in kin)
        else None
    )


def ages(found: Sequence[Quantity]) -> Iterator[float]:
    """Give every age in days."""
    return (quantity.value for quantity in found if quantity.concept == "age")
