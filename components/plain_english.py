"""One plain form of each word a visitor types: chat spelling spelled out, typing slips mended towards known words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import OSA

ELONGATED = re.compile(r"(.)\1{2,}")
MILIA = re.compile(r"m[aei]ll?[iea]{1,3}s?|mill?as?")  # "milla", "milea", "mila": never meant as anything else here
MILIUM = re.compile(r"m[ie]ll?i?ums?")
ALWAYS_KNOWN = 4  # a word in so many examples is a word, even if no dictionary has it ("syringoma")
NO_MATCH = 9.0


@dataclass(frozen=True)
class PlainEnglish:
    """Words seen in the training examples, the words of English, and what chat spelling stands for."""

    seen: dict[str, int]
    english: frozenset[str]
    chat: dict[str, str]
    _by_length: dict[int, list[str]] = field(init=False, default_factory=dict)
    _mended: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for word in sorted(self.seen):
            self._by_length.setdefault(len(word), []).append(word)

    @classmethod
    def learn(cls, examples: Iterable[Iterable[str]], english: frozenset[str], chat: dict[str, str]) -> PlainEnglish:
        """Learn which words the examples use; a word that only one example has may be a slip itself."""
        counts = Counter(word for words in examples for word in {clean(word) for word in words})
        seen = {
            word: count
            for word, count in counts.items()
            if word.isalpha() and len(word) > 2 and ((count > 1 and word in english) or count >= ALWAYS_KNOWN)
        }
        return cls(seen, english, chat)

    def plain(self, word: str) -> str:
        """Give the plain form; several words where chat spelling runs them together ("gonna" is "going to")."""
        lower = clean(word)
        if lower in self.chat:
            return self.chat[lower]
        if lower not in self._mended:
            if len(self._mended) > 50_000:  # strangers choose these words: the memory must not grow for ever
                self._mended.clear()
            self._mended[lower] = self._mend(lower)
        return self._mended[lower]

    def _mend(self, word: str) -> str:
        if MILIA.fullmatch(word):
            return "milia"
        if MILIUM.fullmatch(word):
            return "milium"
        if not (word.isascii() and word.isalpha()) or len(word) < 3 or word in self.seen or word in self.english:
            return word
        slips = 1 if len(word) < 6 else 2
        near = (other for length in range(len(word) - slips, len(word) + slips + 1) for other in self._of(length))
        best = min(((self._distance(word, other, slips), -self.seen[other], other) for other in near), default=None)
        return best[2] if best and best[0] < NO_MATCH else word

    def _of(self, length: int) -> list[str]:
        return self._by_length.get(length, [])

    @staticmethod
    def _distance(word: str, other: str, slips: int) -> float:
        distance = OSA.distance(word, other, score_cutoff=slips)
        if distance > slips:
            return NO_MATCH
        same_letters = sorted(word) == sorted(other)  # swapped letters are the likeliest slip, a wrong first the least
        return distance + (0.5 if word[0] != other[0] else 0.0) - (0.5 if same_letters else 0.0)

    def to_dict(self) -> dict[str, Any]:
        """Give what was learned as plain JSON values."""
        return {"seen": self.seen}


def clean(word: str) -> str:
    """Lower the case, straighten the apostrophe, shorten "sooooo" to "soo"."""
    return ELONGATED.sub(r"\1\1", word.lower().replace("’", "'").replace("‘", "'"))
