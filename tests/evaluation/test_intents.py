"""Macro-F1 and its neighbours."""

from __future__ import annotations

from evaluation import intents
from evaluation.intents import Guess, Result


def results(*pairs: tuple[str, str]) -> list[Result]:
    """Cases with their labels and what they were taken for."""
    return [
        Result({"id": str(place), "label": label}, Guess(intent, 0.9)) for place, (label, intent) in enumerate(pairs)
    ]


def test_macro_f1_is_the_mean_over_the_labels() -> None:
    some = results(("a", "a"), ("a", "b"), ("b", "b"), ("c", "a"))
    f1 = {one.label: round(one.f1, 3) for one in intents.scores(some)}
    assert f1 == {"a": 0.5, "b": 0.667, "c": 0.0}
    assert round(intents.macro_f1(some), 3) == 0.389


def test_out_of_scope_recall_counts_those_only() -> None:
    some = results(("out_of_scope", "out_of_scope"), ("out_of_scope", "a"), ("a", "out_of_scope"))
    assert str(intents.out_of_scope_recall(some)).startswith("1/2")


def test_the_line_for_out_holds_the_classifiers_own_intent() -> None:
    one = Result({"id": "x", "label": "a"}, Guess("b", 0.5, overridden=True))
    assert one.to_dict() == {"id": "x", "intent": "b", "confidence": 0.5}
