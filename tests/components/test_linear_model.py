"""The linear model tells labels apart, keeps its arrays, and refuses files that carry code."""

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from components.linear_model import LinearModel, importance

WORDS = [csr_matrix([[1, 0, 0]]), csr_matrix([[2, 1, 0]]), csr_matrix([[0, 1, 3]]), csr_matrix([[0, 0, 1]])]
MEANING = [np.array([[1.0, 0.0]]), np.array([[0.9, 0.1]]), np.array([[0.0, 1.0]]), np.array([[0.1, 0.9]])]
LABELS = ["ask_pain", "ask_pain", "ask_cost", "ask_cost"]


def fitted(**handicaps: float) -> LinearModel:
    """Fit four examples of two labels."""
    rows = {"meaning": list(MEANING), "words": list(WORDS)}
    weights = {"meaning": 1.0, "words": 1.0}
    return LinearModel.fit(rows, LABELS, weights, ["words"], strictness=1.0, sharpness=4.0, handicaps=handicaps)


def test_labels_are_told_apart() -> None:
    """The label of each example comes out, with confidences that add up to one."""
    model = fitted()
    confidences = model.confidences({"meaning": list(MEANING), "words": list(WORDS)})
    assert [model.labels[index] for index in confidences.argmax(axis=1)] == LABELS
    assert np.allclose(confidences.sum(axis=1), 1.0)


def test_a_handicap_lets_a_label_win_where_it_was_close() -> None:
    """A message between two labels goes to the one with the handicap, a clear one does not."""
    rows: dict[str, Any] = {"meaning": [np.array([[0.5, 0.5]]), MEANING[0]], "words": [None, WORDS[0]]}
    winners = [
        [model.labels[index] for index in model.confidences(rows).argmax(axis=1)]
        for model in (fitted(ask_pain=0.3), fitted(ask_cost=0.3))
    ]
    assert winners == [["ask_pain", "ask_pain"], ["ask_cost", "ask_pain"]]


def test_a_message_without_some_features_is_judged_by_the_others() -> None:
    """Words that were never seen leave the meaning."""
    model = fitted()
    confidences = model.confidences({"meaning": [MEANING[0]], "words": [None]})
    assert model.labels[int(confidences.argmax())] == "ask_pain"


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    """Every confidence is the same after the round trip."""
    model = fitted()
    model.save(tmp_path / "model.npz")
    rows: dict[str, Any] = {"meaning": [MEANING[1]], "words": [WORDS[2]]}
    assert np.array_equal(LinearModel.load(tmp_path / "model.npz").confidences(rows), model.confidences(rows))


def test_a_file_with_code_is_refused(tmp_path: Path) -> None:
    """A pickle is not loaded."""
    (tmp_path / "model.npz").write_bytes(pickle.dumps({"weights": 1}))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        LinearModel.load(tmp_path / "model.npz")


def test_rare_labels_weigh_more_but_not_in_proportion() -> None:
    """Eight times rarer is twice as heavy."""
    weights = importance(["often"] * 8 + ["seldom"])
    assert weights["seldom"] / weights["often"] == pytest.approx(2.0)
