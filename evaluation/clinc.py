"""Public benchmark: out-of-scope recall on CLINC150 (Larson et al., EMNLP 2019, doi 10.18653/v1/D19-1131).

The file `data_full.json` is not in the repository. For a skin clinic every one of its texts is out of scope: those of
`oos_test`, and those of `test`, which are banking, travel, cooking and the like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.cases import CLINC_SETS, Case
from evaluation.intents import OUT_OF_SCOPE, Guess
from evaluation.rates import Rate, table


@dataclass(frozen=True)
class Result:
    """A text with the classifier's guess."""

    case: Case
    guess: Guess

    @property
    def refused(self) -> bool:
        """True when the text was seen as none of our business."""
        return self.guess.intent == OUT_OF_SCOPE

    def to_dict(self) -> dict[str, Any]:
        """Give the line that is written to OUT."""
        return {
            "id": self.case["id"],
            "set": self.case["set"],
            "intent": self.guess.intent,
            "confidence": self.guess.confidence,
        }


def measure(cases: Sequence[Case], guess: Callable[[str], Guess]) -> list[Result]:
    """Classify each text."""
    return [Result(case, guess(case["text"])) for case in cases]


def report(results: Sequence[Result]) -> str:
    """Give the recall of each set and of both, and what is most often taken for a wish of ours."""
    sets = {name: [one for one in results if one.case["set"] == name] for name in CLINC_SETS}
    rows = [(name, Rate.of(one.refused for one in some)) for name, some in (*sets.items(), ("both", results))]
    wrong = Counter((one.case["label"], one.guess.intent) for one in results if not one.refused)
    confusions = [[*pair, times] for pair, times in wrong.most_common(10)]
    return table(("set", "out-of-scope recall"), rows) + "\n\n" + table(("label", "taken for", "times"), confusions)
