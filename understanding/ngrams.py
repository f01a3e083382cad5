"""Hashed n-grams of a message: the features of net two. Runs of one to three words, and of three to five letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

SIZE = 1 << 18  # places of the hash table
WORDS, LETTERS = (1, 2, 3), (3, 4, 5)


def ngrams(words: Sequence[str]) -> Iterator[str]:
    """Give the n-grams of a tokenised message, each as often as it occurs."""
    for length in WORDS:
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
    for word in words:
        framed = f"_{word}_"  # letters are told from words by the frame, or by having no space in them
        for length in LETTERS:
            for start in range(max(1, len(framed) - length + 1)):
                yield "#" + framed[start : start + length]


def places(words: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Give the places of a message's n-grams in the hash table, and 1 + log of how often each occurs."""
    counts = Counter(crc32(one.encode()) % SIZE for one in ngrams(words))
    found = np.fromiter(counts.keys(), np.int64, len(counts))
    often = np.fromiter(counts.values(), np.float32, len(counts))
    return found, (1 + np.log(often)).astype(np.float32)


def rarity(messages: Iterable[Sequence[str]]) -> npt.NDArray[np.float32]:
    """Give the inverse document frequency of each place; 0 for what fewer than two messages hold."""
    messages = list(messages)
    held = np.zeros(SIZE, np.int64)
    for words in messages:
        held[places(words)[0]] += 1
    rare = np.log((1 + len(messages)) / (1 + held)) + 1
    return np.where(held >= 2, rare, 0).astype(np.float32)
