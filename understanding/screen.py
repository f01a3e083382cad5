"""Net two: when no rule fires, sentence meaning may ask one checking question. It never sets a level.

A linear model over sentence vectors says how alarming a message sounds; above a threshold the nearest red-flag example
chooses the question. `python -m understanding.screen` fits it on the red flags' examples and the develop cases,
chooses the threshold on messages it was not fitted on (5 folds), and writes `knowledge/screen.npz`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from triage.errors import KnowledgeError
from triage.flags import RedFlag
from triage.model import Level
from understanding.sentences import SentenceEncoder, shared_encoder

Vectors = npt.NDArray[np.float32]
FILE = "screen.npz"
MAY_ASK = 0.035  # of harmless messages, when the threshold is chosen; the bar is 0.05
SHORTEST = 3  # words: "hi", "ok thanks" are never checked


@dataclass(frozen=True)
class Screen:
    """The fitted screen: a weight vector, a threshold, and one vector per red-flag example."""

    weights: Vectors
    bias: float
    threshold: float
    examples: Vectors
    flags: tuple[str, ...]

    @cached_property
    def encoder(self) -> SentenceEncoder:
        """Load the sentence model when the first message needs it."""
        return shared_encoder()

    def question(self, text: str) -> str | None:
        """Give the id of the red flag whose checking question should be put, or None."""
        if len(text.split()) < SHORTEST:
            return None
        vector = self.encoder.encode([text])[0]
        if float(vector @ self.weights) + self.bias < self.threshold:
            return None
        return self.flags[int(np.argmax(self.examples @ vector))]


def load(knowledge_dir: Path, flags: Sequence[RedFlag]) -> Screen:
    """Read the fitted screen; raises KnowledgeError when it is missing or speaks of a flag that is gone."""
    path = knowledge_dir / FILE
    if not path.is_file():
        raise KnowledgeError(
            f"{path.name} is missing in {knowledge_dir}. Fit it with 'python -m understanding.screen'."
        )
    with np.load(path) as raw:
        names = tuple(str(name) for name in raw["flags"])
        screen = Screen(raw["weights"], float(raw["bias"]), float(raw["threshold"]), raw["examples"], names)
    gone = sorted(set(names) - {flag.id for flag in flags})
    if gone:
        raise KnowledgeError(
            f"{path.name} asks about {gone}, which are no red flags. Fit it again: 'python -m understanding.screen'."
        )
    return screen


def fit(
    knowledge_dir: Path, flags: Sequence[RedFlag], alarming: Sequence[str], harmless: Sequence[str], chat: Sequence[str]
) -> dict[str, float]:
    """Fit, calibrate and write the screen; gives the share asked in each group, on folds it was not fitted on."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    encoder = shared_encoder()
    shown = [(flag.id, text) for flag in flags if flag.level in (Level.EMERGENCY, Level.URGENT) for text in flag.fires]
    quiet = [text for flag in flags for text in flag.does_not_fire]
    texts = [*harmless, *quiet, *chat, *alarming, *(text for _, text in shown)]
    vectors = encoder.encode(texts)
    labels = np.array([0] * (len(harmless) + len(quiet) + len(chat)) + [1] * (len(alarming) + len(shown)))
    weight = np.where(np.arange(len(texts)) < len(harmless) + len(quiet), 2.0, 1.0)  # words shared with alarms
    model = LogisticRegression(C=3.0, max_iter=2000, class_weight="balanced")
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    scores = cross_val_predict(
        model, vectors, labels, cv=folds, method="decision_function", fit_params={"sample_weight": weight}
    )
    threshold = float(np.quantile(scores[: len(harmless)], 1 - MAY_ASK))
    model.fit(vectors, labels, sample_weight=weight)
    np.savez_compressed(
        knowledge_dir / FILE,
        weights=model.coef_[0].astype(np.float32),
        bias=np.float32(model.intercept_[0]),
        threshold=np.float32(threshold),
        examples=encoder.encode([text for _, text in shown]).astype(np.float16),
        flags=np.array([name for name, _ in shown]),
    )
    return {
        "asked of the alarming": float(np.mean(scores[labels == 1] >= threshold)),
        "asked of the harmless that share their words": float(np.mean(scores[: len(harmless)] >= threshold)),
        "asked of other chat": float(
            np.mean(scores[len(harmless) + len(quiet) : -len(alarming) - len(shown)] >= threshold)
        ),
    }


def _cases(folder: Path) -> tuple[list[str], list[str], list[str]]:
    """Give the alarming, the harmless and the everyday texts of the develop cases; locked cases are never read."""
    alarming: list[str] = []
    harmless: list[str] = []
    chat: list[str] = []
    for path in sorted(folder.glob("safety-*-develop.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            if case["level"] == "none":
                harmless.append(case["text"])
            elif case["level"] in ("emergency", "urgent"):  # the interview itself asks for what can wait two weeks
                alarming.append(case["text"])
    for line in (folder / "nlu-corpus-develop.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        if case["label"] != "describe_symptoms":
            chat.append(case["text"])
    return alarming, harmless, chat


def main() -> None:
    """Fit the screen on the project's own data and print what it would ask."""
    from understanding.reader import KNOWLEDGE, Understanding

    flags = Understanding(KNOWLEDGE, screen=False).flags
    for name, share in fit(KNOWLEDGE, flags, *_cases(KNOWLEDGE.parent / "evaluation" / "cases")).items():
        print(f"{name}: {share:.1%}")


if __name__ == "__main__":
    main()
