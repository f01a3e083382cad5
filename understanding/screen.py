"""Net two: where the rules hear less danger than the words suggest, it may ask one checking question.

It never sets a level. Three linear models over hashed n-grams say how much a message sounds like `soon`, `urgent` or
`emergency`; when one of them passes its threshold and no rule has fired as high, sentence meaning chooses the red flag
whose question is put. `python -m understanding.screen_fit` fits it and writes `knowledge/screen.npz`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from triage.errors import KnowledgeError
from triage.flags import RedFlag
from triage.model import Level
from understanding import ngrams
from understanding.sentences import SentenceEncoder, shared_encoder

Array = npt.NDArray[np.float32]
FILE = "screen.npz"
LEVELS = (Level.SOON, Level.URGENT, Level.EMERGENCY)  # one model each: "at least this urgent"
SHORTEST = 3  # words: "hi", "ok thanks" are never checked


@dataclass(frozen=True)
class Screen:
    """The fitted screen. Shapes: n-grams are hashed to SIZE places, sentence vectors have 384 numbers.

    `after_silence` are the thresholds when no rule fired, `after_alarm` the stricter ones when a lesser one did.
    """

    rarity: Array  # (SIZE,)
    weights: Array  # (3, SIZE)
    bias: Array  # (3,)
    after_silence: Array  # (3,)
    after_alarm: Array  # (3,)
    choosers: Array  # (flags, 384)
    chooser_bias: Array  # (flags,)
    flags: tuple[str, ...]
    levels: tuple[Level, ...]  # of each flag

    @cached_property
    def encoder(self) -> SentenceEncoder:
        """Load the sentence model when the first question has to be chosen."""
        return shared_encoder()

    def question(self, text: str, words: Sequence[str], reached: Level | None) -> str | None:
        """Give the id of the red flag whose checking question should be put above the level reached, or None."""
        if len(words) < SHORTEST:
            return None
        level = self.suspected(words, reached)
        return self._choice(text, level) if level else None

    def suspected(self, words: Sequence[str], reached: Level | None) -> Level | None:
        """Give the highest level above the one reached that the words sound like."""
        limits = self.after_alarm if reached else self.after_silence
        passed = self.scores(words) >= limits
        above = [level for level, over in zip(LEVELS, passed, strict=True) if over and _rank(level) > _rank(reached)]
        return above[-1] if above else None

    def scores(self, words: Sequence[str]) -> Array:
        """Give how much a message sounds like each level, shape (3,)."""
        found, values = weighed(words, self.rarity)
        return (self.weights[:, found] @ values + self.bias).astype(np.float32)

    def _choice(self, text: str, level: Level) -> str:
        """Give the flag of at least this level that the meaning of the message is nearest to."""
        fit = self.choosers @ self.encoder.encode([text])[0] + self.chooser_bias
        able = np.array([_rank(one) >= _rank(level) for one in self.levels])
        return self.flags[int(np.argmax(np.where(able, fit, -np.inf)))]


def weighed(words: Sequence[str], rarity: Array) -> tuple[npt.NDArray[np.int64], Array]:
    """Give the places of a message's n-grams and their weights, a vector of length 1."""
    found, often = ngrams.places(words)
    values = often * rarity[found]
    return found, values / max(float(np.sqrt(values @ values)), 1e-9)


def _rank(level: Level | None) -> int:
    return -1 if level is None else level.rank


def load(knowledge_dir: Path, flags: Sequence[RedFlag]) -> Screen:
    """Read the fitted screen; raises KnowledgeError when it is missing or does not know the red flags of today."""
    path, cure = knowledge_dir / FILE, "Fit it with 'python -m understanding.screen_fit'."
    if not path.is_file():
        raise KnowledgeError(f"{path.name} is missing in {knowledge_dir}. {cure}")
    with np.load(path) as raw:
        names = tuple(str(name) for name in raw["flags"])
        arrays = {name: raw[name].astype(np.float32) for name in raw.files if name != "flags"}
    levels = {flag.id: flag.level for flag in flags if flag.ask}
    gone = sorted(set(names) - set(levels))
    if gone:
        raise KnowledgeError(f"{path.name} asks about {gone}, which are no red flags with a question. {cure}")
    return Screen(**arrays, flags=names, levels=tuple(levels[name] for name in names))
