"""Which of several answers a message is about, and in which language it is: words looked up in data/topics.yml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import yaml
from rapidfuzz.distance import OSA

from actions.memory import DATA
from triage.knowledge import load

SCRIPTS = {
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "ARABIC": "fa",
    "GURMUKHI": "pa",
    "CYRILLIC": "ru",
}
FUZZY_TWICE_FROM = 9
FUZZY_FROM = 6  # letters; in shorter words a slip of one letter makes another word


def topic_of(intent: str, text: str, facts: Mapping[str, Any]) -> str | None:
    """Give the first topic of this intent with a word in the text; a young patient comes first."""
    topics = table()["intents"].get(intent) or {}
    if "newborn" in topics and facts.get("who") in ("baby", "child"):
        return "newborn"
    said = plain(text)
    found = next((topic for topic, words in topics.items() if any(is_in(word, said) for word in words)), None)
    return None if found == "default" else found


def named_bump(name: str | None, text: str) -> str | None:
    """Give the id of the condition that is named, in the entity or in the text; the longest name wins."""
    said = singular(plain(f"{name or ''} . {text}"))
    names = ((one.id, each) for one in load().look_alikes for each in (one.name.lower(), *one.also))
    found = [(len(each), found) for found, each in names if is_in(" ".join(singular(plain(each))), said)]
    return max(found)[1] if found else None


def corrects(text: str) -> bool:
    """Tell whether a message takes something back."""
    said = plain(text)
    return any(is_in(phrase, said) for phrase in table()["corrections"])


def singular(words: Sequence[str]) -> tuple[str, ...]:
    """Take the plural from words, roughly: only the ends are compared."""
    return tuple(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words
    )


def plain(text: str) -> tuple[str, ...]:
    """Give the words of a text in lower case, without punctuation."""
    return tuple(re.findall(r"[a-z0-9]+(?:['-][a-z0-9]+)*", text.lower().replace("’", "'")))


def is_in(phrase: str, said: Sequence[str]) -> bool:
    """Tell whether the words of a phrase stand in a row in what was said."""
    wanted = phrase.split()
    if wanted == ["*"]:
        return True
    starts = range(len(said) - len(wanted) + 1)
    return any(all(same(word, said[start + i]) for i, word in enumerate(wanted)) for start in starts)


@lru_cache(maxsize=20_000)
def same(word: str, said: str) -> bool:
    """Compare two words: "bleed*" stands for all that begin so, and a long word may have one slip."""
    if not word.endswith("*"):
        return word == said or is_slip(word, said)
    start = word[:-1]
    return said.startswith(start) or any(is_slip(start, said[: len(start) + more]) for more in (-1, 0, 1))


def is_slip(word: str, said: str) -> bool:
    """Tell whether a long word is misspelled: one slip, or two in a very long one."""
    slips = 0 if len(word) < FUZZY_FROM else 1 if len(word) < FUZZY_TWICE_FROM else 2
    return slips > 0 and word[0] == said[:1] and OSA.distance(word, said) <= slips


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
    """Count the small words of French and Spanish; three of them and fewer English ones decide."""
    small: dict[str, list[str]] = table()["small_words"]
    counts = {language: sum(one in words for one in said) for language, words in small.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if best != "en" and counts[best] >= 3 and counts[best] > 2 * counts["en"] else None


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """Give data/topics.yml; read once."""
    return dict(yaml.safe_load((DATA / "topics.yml").read_text(encoding="utf-8")))
