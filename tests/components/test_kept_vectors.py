"""Vectors are computed once for each sentence, and never taken from another model or a damaged file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from components import kept_vectors
from components.kept_vectors import Vectors, keeping


class Encoder:
    """Counts what it is asked; a sentence's vector is its length."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, sentences: Sequence[str]) -> Vectors:
        self.asked += sentences
        return np.array([[len(one)] * 384 for one in sentences], dtype=np.float32).reshape(-1, 384)


def test_only_new_sentences_go_through_the_model(tmp_path: Path) -> None:
    first, second = Encoder(), Encoder()
    keeping(first, ["milia", "hello", "milia"], tmp_path)
    vectors = keeping(second, ["hello", "a new one"], tmp_path)
    assert (first.asked, second.asked) == (["milia", "hello"], ["a new one"])
    assert vectors[:, 0].tolist() == [5, 9]


def test_sentences_that_nobody_uses_any_more_are_forgotten(tmp_path: Path) -> None:
    keeping(Encoder(), ["old"], tmp_path)
    keeping(Encoder(), ["new"], tmp_path)
    again = Encoder()
    keeping(again, ["old"], tmp_path)
    assert again.asked == ["old"]


def test_another_sentence_model_starts_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping(Encoder(), ["milia"], tmp_path)
    monkeypatch.setattr(kept_vectors, "model_mark", lambda: "another")
    again = Encoder()
    keeping(again, ["milia"], tmp_path)
    assert again.asked == ["milia"]


def test_a_damaged_file_only_costs_time(tmp_path: Path) -> None:
    keeping(Encoder(), ["milia"], tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:40])
    again = Encoder()
    assert keeping(again, ["milia"], tmp_path)[0, 0] == 5
    assert again.asked == ["milia"]


def test_no_sentence_gives_no_row(tmp_path: Path) -> None:
    assert keeping(Encoder(), [], tmp_path).shape == (0, 384)
