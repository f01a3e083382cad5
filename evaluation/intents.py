"""Are the visitor's wishes understood? Macro-F1, accuracy, each label, confusions, out-of-scope recall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.cases import Case
from evaluation.rates import Rate, table

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Guess:
    """The classifier's own intent, before a red flag overrides it."""

    intent: str
    confidence: float
    overridden: bool = False


@dataclass(frozen=True)
class Result:
    """A case with the classifier's guess."""

    case: Case
    guess: Guess

    @property
    def right(self) -> bool:
        """True when the guess is the label."""
        return bool(self.guess.intent == self.case["label"])

    def to_dict(self) -> dict[str, Any]:
        """Give the line that is written to OUT."""
        return {"id": self.case["id"], "intent": self.guess.intent, "confidence": self.guess.confidence}


@dataclass(frozen=True)
class Scores:
    """Precision and recall of one label."""

    label: str
    precision: Rate
    recall: Rate

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision.value + self.recall.value
        return 2 * self.precision.value * self.recall.value / both if both else 0.0


def measure(cases: Sequence[Case], guess: Callable[[str], Guess]) -> list[Result]:
    """Classify each case's text as the first message of a new conversation."""
    return [Result(case, guess(case["text"])) for case in cases]


def scores(results: Sequence[Result]) -> list[Scores]:
    """Give the scores of every label that the cases hold."""
    return [
        Scores(
            label,
            Rate.of(one.right for one in results if one.guess.intent == label),
            Rate.of(one.right for one in results if one.case["label"] == label),
        )
        for label in sorted({one.case["label"] for one in results})
    ]


def macro_f1(results: Sequence[Result]) -> float:
    """Give the mean F1 over the labels of the cases."""
    values = [one.f1 for one in scores(results)]
    return sum(values) / len(values)


def out_of_scope_recall(results: Sequence[Result]) -> Rate:
    """Give the share of off-topic messages that were seen as such."""
    return Rate.of(one.right for one in results if one.case["label"] == OUT_OF_SCOPE)


def total_rates(results: Sequence[Result]) -> tuple[Rate, Rate, Rate]:
    """Give accuracy, out-of-scope recall and how often a red flag took the intent's place."""
    right = Rate.of(one.right for one in results)
    return right, out_of_scope_recall(results), Rate.of(one.guess.overridden for one in results)


def report(results: Sequence[Result]) -> str:
    """Give the totals, a row for each label and the most common confusions."""
    right, off_topic, overridden = total_rates(results)
    rows = [[one.label, f"{one.f1:.3f}", one.precision, one.recall] for one in scores(results)]
    wrong = Counter((one.case["label"], one.guess.intent) for one in results if not one.right)
    parts = [
        f"Macro-F1 {macro_f1(results):.3f}; accuracy {right}\nOut-of-scope recall {off_topic}\n"
        f"Answered by a red flag instead of the intent: {overridden}",
        table(["label", "F1", "precision", "recall"], rows),
        table(["said", "taken for", "times"], [[*pair, times] for pair, times in wrong.most_common(20)]),
    ]
    return "\n\n".join(parts)
