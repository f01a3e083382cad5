"""In which language a message is, when it is plainly not English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from actions.topics import table

SCRIPTS = {
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "ARABIC": "fa",
    "GURMUKHI": "pa",
    "CYRILLIC": "ru",
}
SURE = 3  # small words


def language_of(text: str) -> str | None:
    """Give the language of a text that is plainly not English, else None."""
    letters = [character for character in text if character.isalpha()]
    foreign = [unicodedata.name(one, "").split()[0] for one in letters if not one.isascii()]
    if letters and len(foreign) * 2 > len(letters):
        scripts = [SCRIPTS[one] for one in foreign if one in SCRIPTS]
        return "ja" if "ja" in scripts else scripts[0] if scripts else "other"
    return by_small_words(plain_letters(text))


def plain_letters(text: str) -> tuple[str, ...]:
    """Give the words of a text in lower case, with their accents."""
    return tuple(re.findall(r"[^\W\d_]+", text.lower()))


def by_small_words(said: Sequence[str]) -> str | None:
    """Tell a language by its small words: three of them, or half of a short message with one that says enough alone."""
    small: dict[str, list[str]] = table()["small_words"]
    telling: dict[str, list[str]] = table()["telling_words"]
    english = sum(one in small["en"] for one in said)
    told = {name: sum(one in words for one in said) for name, words in telling.items()}
    counts = {name: told[name] + sum(one in small[name] for one in said) for name in telling}
    best = max(counts, key=lambda name: counts[name])
    if counts[best] >= SURE and counts[best] > 2 * english:
        return best
    enough = told[best] and not english and len(said) > 1 and 2 * counts[best] >= len(said)
    return best if enough else None
