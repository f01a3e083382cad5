"""Numbers in a reply that names no unit, because the question did: how old, how many, how big, how hot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from triage.model import Assertion
from understanding import numbers, quantities
from understanding.text import Word

if TYPE_CHECKING:
    from understanding.answers import Sentence

_AFTER_DEGREES = frozenset(". , ; ! and on at this by again now rectal under all exactly flat point".split())
_NO_DEGREES = frozenset("mm cm kg lb lbs ml weeks months years days hours % oz".split())
_FEW = 6  # words of a reply that is a size and little else
_SPANS = frozenset(("duration", "ago"))
_NOT_SO = (Assertion.ABSENT, Assertion.HYPOTHETICAL)
_UNITS = frozenset(("age", "duration", "size", "ago", "temperature"))


def age(sentences: Sequence[Sentence]) -> float | None:
    """Give the first age or span in a reply to "how old?", else the first bare number as years."""
    for sentence in sentences:
        # "6 weeks" is an age here; "had filler an hour ago, cheek is white" is none
        brief = len(sentence.words) <= _FEW
        for quantity in quantities.find(sentence.words):
            to_come = any(word.lower == "another" for word in sentence.words[: quantity.start])  # "31 for another week"
            if quantity.concept == "age" or (brief and not to_come and quantity.concept in ("duration", "ago")):
                return quantity.value
    for sentence in sentences:
        for place, word in enumerate(sentence.words):
            value = numbers.number(word)
            if value is not None and word.lower not in ("a", "an", "half", "few", "couple", "several", "dozen"):
                following = numbers.number(sentence.words[place + 1]) if place + 1 < len(sentence.words) else None
                following = following or _after_hyphen(sentence.words, place)
                return (value + (following if value >= 20 and following and following < 10 else 0)) * 365
    return None


def lasting(sentences: Sequence[Sentence]) -> float | None:
    """Give the shortest span in a reply to "how long?", whoever it dates by: "in my brother's photo two years ago"."""
    spans = [
        one.value
        for sentence in sentences
        for one in sentence.findings
        if one.concept in _SPANS and one.value and one.assertion not in _NOT_SO
    ]
    return min(spans, default=None)


def degrees(sentences: Sequence[Sentence]) -> float | None:
    """Give the highest temperature: what a sentence begins with, "101 and climbing", or tenths anywhere."""
    found: list[float] = []
    for sentence in sentences:
        for place, word in enumerate(sentence.words):
            read = numbers.spelled(sentence.words, place)
            if read is None or not (place == 0 or "." in word.lower or "," in word.lower):
                continue
            value, end = read
            following = sentence.words[end].lower if end < len(sentence.words) else "."
            celsius = (value - 32) / 1.8 if value > 90 else value
            tenths = place > 0 or value != int(value)
            if 33 <= celsius <= 42.5 and (following in _AFTER_DEGREES or (tenths and following not in _NO_DEGREES)):
                found.append(celsius)
    return max(found, default=None)


def size(sentences: Sequence[Sentence]) -> float | None:
    """Give the largest of the bare millimetres in a reply to "how big?" that names no unit: "one, one and a half"."""
    sizes: list[float] = []
    for sentence in sentences:
        said = [word for word in sentence.words if word.lower.isalnum()]
        if quantities.find(sentence.words) or len(said) > _FEW or any(one.value for one in sentence.findings):
            continue
        values = [numbers.number(word) for word in said]
        sizes += [value for value in values if value is not None and 0 < value <= 30]
    return max(sizes) if sizes else None


def _after_hyphen(tokens: Sequence[Word], place: int) -> float | None:
    """Read the three of "Sixty-three"."""
    if place + 2 < len(tokens) and tokens[place + 1].lower == "-" and tokens[place].lower in numbers.TENS:
        return numbers.number(tokens[place + 2])
    return None


def count(sentences: Sequence[Sentence]) -> int | None:
    """Give the largest plain number in a reply to "how many?", leaving out spans and sizes."""
    counts: list[float] = []
    for sentence in sentences:
        taken = {
            place
            for quantity in quantities.find(sentence.words)
            if quantity.concept in _UNITS
            for place in range(quantity.start, quantity.end)
        }
        for place, word in enumerate(sentence.words):
            value = numbers.number(word)
            if value is not None and place not in taken and word.lower not in ("a", "an", "half"):
                counts.append(value)
    return int(max(counts)) if counts and max(counts) >= 1 else None
