"""Fit net two on the red flags' examples and the develop cases; locked cases are never read.

Thresholds are chosen on messages of authors whose messages the model was not fitted on: a fifth of the authors is left
out at a time. Run `python -m understanding.screen_fit`; it prints what the screen would ask of the authors left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from triage.model import Level
from understanding import ngrams
from understanding.reader import KNOWLEDGE, Understanding
from understanding.screen import FILE, LEVELS, weighed
from understanding.sentences import shared_encoder

CASES = KNOWLEDGE.parent / "evaluation" / "cases"
MAY_ASK = (
    0.055  # of harmless messages that share their words with alarms, if no rule fired; the bar, after rules, is 0.05
)
MAY_ASK_MORE = 0.08  # of messages of a lesser level that a rule has already answered
SHARE_OF_CHAT = 0.5  # weight of an everyday message
STRENGTH = 20.0  # inverse of the penalty on the weights
CHOOSER_STRENGTH = 10.0
EXAMPLES, CHAT = "examples", "chat"
FOLDS = 5
Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Told:
    """A message, how urgent it is (-1 for harmless), its red flag, and who wrote it."""

    text: str
    rank: int
    flag: str
    author: str


def messages(reader: Understanding) -> Iterator[Told]:
    """Give every message that may be learned from."""
    for flag in reader.flags:
        yield from (Told(text, flag.level.rank, flag.id, EXAMPLES) for text in flag.fires)
        yield from (Told(text, -1, "", EXAMPLES) for text in flag.does_not_fire)
    for path in sorted(CASES.glob("safety-*-develop.jsonl")):
        for case in map(json.loads, path.read_text("utf-8").splitlines()):
            rank = -1 if case["level"] == "none" else Level(case["level"]).rank
            yield Told(case["text"], rank, (case.get("flags") or [""])[0], path.stem)
    for path in sorted(CASES.glob("nlu-*-develop.jsonl")):
        for case in map(json.loads, path.read_text("utf-8").splitlines()):
            if case["label"] != "describe_symptoms":
                yield Told(case["text"], -1, "", CHAT)


@dataclass
class Corpus:
    """The messages with their features."""

    told: Sequence[Told]
    words: Sequence[Sequence[str]]

    def __post_init__(self) -> None:
        """Lay out what is asked of every message."""
        self.rank = np.array([one.rank for one in self.told])
        self.author = np.array([one.author for one in self.told])
        self.share = np.where(self.author == CHAT, SHARE_OF_CHAT, 1.0)

    def rarity(self, rows: npt.NDArray[np.bool_]) -> Array:
        """Give the rarity of each n-gram in some messages."""
        return ngrams.rarity(words for words, taken in zip(self.words, rows, strict=True) if taken)

    def matrix(self, rows: npt.NDArray[np.bool_], rarity: Array) -> csr_matrix:
        """Give the features of some messages, one row each."""
        found = [weighed(words, rarity) for words, taken in zip(self.words, rows, strict=True) if taken]
        starts = np.cumsum([0, *(len(places) for places, _ in found)])
        columns, values = (np.concatenate(part) for part in zip(*found, strict=True))
        return csr_matrix((values, columns, starts), shape=(len(found), ngrams.SIZE))


def fitted(corpus: Corpus, rows: npt.NDArray[np.bool_]) -> tuple[Array, Array, Array]:
    """Fit one model a level; give the rarity of n-grams, the weights (3, SIZE) and the biases (3,)."""
    rarity = corpus.rarity(rows)
    features = corpus.matrix(rows, rarity)
    models = [
        LogisticRegression(C=STRENGTH, max_iter=2000, class_weight="balanced").fit(
            features, corpus.rank[rows] >= level.rank, sample_weight=corpus.share[rows]
        )
        for level in LEVELS
    ]
    weights = np.stack([model.coef_[0] for model in models]).astype(np.float16).astype(np.float32)
    return rarity, weights, np.array([model.intercept_[0] for model in models], np.float32)


def unseen_scores(corpus: Corpus) -> Array:
    """Give each message's scores by a model that has not seen its author, shape (messages, 3); NaN for examples."""
    scores = np.full((len(corpus.told), len(LEVELS)), np.nan, np.float32)
    authors = sorted(set(corpus.author) - {EXAMPLES, CHAT})
    for fold in range(FOLDS):
        rows = np.isin(corpus.author, authors[fold::FOLDS])
        rarity, weights, bias = fitted(corpus, ~rows)
        scores[rows] = corpus.matrix(rows, rarity) @ weights.T + bias
    return scores


def thresholds(scores: Array, rank: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    """Choose the thresholds after silence and after a lesser alarm, so that few are asked without need."""
    known = ~np.isnan(scores[:, 0])
    harmless = scores[known & (rank < 0)]
    shares = np.linspace(MAY_ASK, 0, 400)
    able = (np.quantile(harmless, 1 - share, axis=0) for share in shares)
    silence = next(limits for limits in able if (harmless >= limits).any(axis=1).mean() <= MAY_ASK)
    alarm = silence.copy()
    for number, level in enumerate(LEVELS[1:], start=1):
        lesser = scores[known & (rank >= Level.SOON.rank) & (rank < level.rank), number]
        alarm[number] = max(silence[number], np.quantile(lesser, 1 - MAY_ASK_MORE))
    return silence.astype(np.float32), alarm.astype(np.float32)


def choosers(corpus: Corpus, able: Sequence[str]) -> tuple[Array, Array, list[str]]:
    """Fit what chooses the flag: weights (flags, 384), biases, and the flags in their order."""
    shown = [one for one in corpus.told if one.flag in able]
    vectors = shared_encoder().encode([one.text for one in shown])
    model = LogisticRegression(C=CHOOSER_STRENGTH, max_iter=400).fit(vectors, [one.flag for one in shown])
    return model.coef_.astype(np.float16), model.intercept_.astype(np.float32), [str(one) for one in model.classes_]


def main() -> None:
    """Fit, calibrate, write, and print the shares asked of authors left out."""
    reader = Understanding(KNOWLEDGE, screen=False)
    told = tuple(messages(reader))
    corpus = Corpus(told, [reader.pipeline.forms(one.text) for one in told])
    scores = unseen_scores(corpus)
    silence, alarm = thresholds(scores, corpus.rank)
    rarity, weights, bias = fitted(corpus, np.ones(len(told), bool))
    chooser, chooser_bias, names = choosers(corpus, [flag.id for flag in reader.flags if flag.ask])
    np.savez_compressed(
        KNOWLEDGE / FILE,
        rarity=rarity.astype(np.float16),
        weights=weights.astype(np.float16),
        bias=bias,
        after_silence=silence,
        after_alarm=alarm,
        choosers=chooser,
        chooser_bias=chooser_bias,
        flags=np.array(names),
    )
    known = ~np.isnan(scores[:, 0])
    for name, rank in (("harmless", -1), *((level.value, level.rank) for level in LEVELS)):
        asked = (scores[known & (corpus.rank == rank)] >= silence).any(axis=1)
        print(f"{name}: {asked.sum()}/{len(asked)} = {asked.mean():.1%} would be asked if no rule fired")


if __name__ == "__main__":
    main()
