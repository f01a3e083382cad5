"""Numbers as people write and say them: "38,9", "five", "thirty-nine two", "one hundred point nine"."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.text import Word

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
NUMBER_WORDS: dict[str, float] = (
    {word: float(value) for value, word in enumerate(_SMALL, 1)}
    | {word: float(value) for word, value in TENS.items()}
    | {"a": 1.0, "an": 1.0, "couple": 2.0, "few": 3.0, "several": 4.0, "half": 0.5, "dozen": 12.0}
)


def number(token: Word) -> float | None:
    """Read '38,9', '38.9' or 'five'; None for any other word."""
    if token.lower[:1].isdigit():
        return float(token.lower.replace(",", "."))
    return NUMBER_WORDS.get(token.lower)


def spelled(tokens: Sequence[Word], place: int) -> tuple[float, int] | None:
    """Read a number of one or more words: "thirty-nine two", "one hundred point nine", "two and a half", "half a"."""
    value = number(tokens[place])
    if value is None:
        return None
    lower = [token.lower for token in tokens[place : place + 8]]
    end = 1
    if lower[:1] == ["half"] and lower[1:2] in (["a"], ["an"]):
        return value, place + 2
    if lower[0] in TENS:
        end += lower[1:2] == ["-"]
        ones = _digit(lower, end)
        value, end = (value + ones, end + 1) if ones else (value, 1)
        tenths = _digit(lower, end) if ones and 34 <= value < 43 else None
        if tenths:  # "thirty nine two"
            return value + tenths / 10, place + end + 1
    if lower[0] in ("a", "one") and lower[1:2] == ["hundred"]:
        end = 3 if lower[2:3] == ["and"] and _digit(lower, 3) else 2
        ones = _digit(lower, end)
        value, end = (100 + ones, end + 1) if ones else (100.0, 2)
    if lower[end : end + 1] == ["point"] and (tenths := _digit(lower, end + 1)) is not None:
        return value + tenths / 10, place + end + 2
    if lower[end : end + 3] == ["and", "a", "half"] or lower[end : end + 3] == ["1", "/", "2"]:
        return value + 0.5, place + end + 3
    if lower[end : end + 2] == ["and", "half"]:
        return value + 0.5, place + end + 2
    return value, place + end


def _digit(lower: Sequence[str], place: int) -> float | None:
    """Give a number from one to nine, however written."""
    word = lower[place] if place < len(lower) else ""
    value = float(word) if word.isdigit() else NUMBER_WORDS.get(word, 0) if word not in ("a", "an") else 0
    return value if 0 < value < 10 and value == int(value) and word not in ("couple", "few", "several") else None
