"""A linear model over blocks of features, kept as plain arrays: loading it runs no code of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.svm import LinearSVC

Rows = list[Any]  # one row of features a message, a numpy array or a scipy matrix; None where there is none
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Block:
    """How the features of one featurizer enter the model."""

    alias: str
    weight: float
    rarity: Numbers  # of each feature among the examples, for word counts; empty for other numbers
    width: int

    @classmethod
    def fit(cls, alias: str, rows: Rows, weight: float, counts: bool) -> Block:
        """Learn how rare each feature is."""
        width = next(int(row.shape[-1]) for row in rows if row is not None)
        rarity = np.zeros(0, dtype=np.float32)
        if counts:
            shown = np.asarray((stack(rows, width) > 0).sum(axis=0)).ravel()
            rarity = (np.log((1 + len(rows)) / (1 + shown)) + 1).astype(np.float32)
        return cls(alias, weight, rarity, width)

    def weighed(self, rows: Rows) -> csr_matrix:
        """Give the matrix: counts by logarithm and rarity with rows of length 1, other numbers as they are."""
        matrix = stack(rows, self.width)
        if self.rarity.size:
            numbers = (1 + np.log(matrix.data)) * self.rarity[matrix.indices]
            row_of = np.repeat(np.arange(len(rows)), np.diff(matrix.indptr))
            lengths = np.sqrt(np.bincount(row_of, numbers**2, minlength=len(rows)))
            matrix.data = (numbers / lengths[row_of]).astype(np.float32)
        matrix.data = matrix.data * np.float32(self.weight)
        return matrix


@dataclass(frozen=True)
class LinearModel:
    """A weight for each feature and label; the label with the highest sum wins."""

    blocks: tuple[Block, ...]
    labels: tuple[str, ...]
    weights: Numbers
    offsets: Numbers
    sharpness: float

    @classmethod
    def fit(
        cls,
        rows: dict[str, Rows],
        labels: Sequence[str],
        weights: dict[str, float],
        counts: Sequence[str],
        strictness: float,
        sharpness: float,
        handicaps: Mapping[str, float],
    ) -> LinearModel:
        """Fit one against the rest; a label's handicap is added to its sum before the labels are compared."""
        blocks = tuple(Block.fit(alias, rows[alias], weights[alias], alias in counts) for alias in sorted(rows))
        matrix = hstack([block.weighed(rows[block.alias]) for block in blocks]).tocsr()
        machine = LinearSVC(C=strictness, class_weight=importance(labels), random_state=0, tol=1e-2)
        machine.fit(matrix, list(labels))
        coefficients, offsets = machine.coef_.astype(np.float32), machine.intercept_.astype(np.float32)
        if len(coefficients) == 1:  # of two labels the machine keeps only the second
            coefficients, offsets = np.vstack([-coefficients, coefficients]), np.hstack([-offsets, offsets])
        classes = tuple(machine.classes_.tolist())
        handicap = np.array([handicaps.get(label, 0.0) for label in classes], dtype=np.float32)
        return cls(blocks, classes, coefficients, offsets + handicap, sharpness)

    def confidences(self, rows: dict[str, Rows]) -> Numbers:
        """Give a row of confidences that add up to 1 for each message, in the order of `labels`."""
        scores = self.offsets + sum(
            block.weighed(rows[block.alias]) @ weights
            for block, weights in zip(self.blocks, self._columns, strict=True)
        )
        powers = np.exp(self.sharpness * (scores - scores.max(axis=1, keepdims=True)))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)

    @cached_property
    def _columns(self) -> tuple[Numbers, ...]:
        """The weights of each block, one row a feature: a short message touches few rows, so it is scored at once."""
        edges = np.cumsum([block.width for block in self.blocks])[:-1]
        return tuple(np.ascontiguousarray(part.T) for part in np.split(self.weights, edges, axis=1))

    def save(self, path: Path) -> None:
        """Write arrays only."""
        arrays: dict[str, Any] = {f"rarity_{block.alias}": block.rarity for block in self.blocks}
        np.savez(
            path,
            aliases=np.array([block.alias for block in self.blocks]),
            scale=np.array([block.weight for block in self.blocks]),
            widths=np.array([block.width for block in self.blocks]),
            labels=np.array(self.labels),
            weights=self.weights,
            offsets=self.offsets,
            sharpness=np.array(self.sharpness),
            **arrays,
        )

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read what `save` wrote; a file with anything but arrays is refused."""
        with np.load(path, allow_pickle=False) as file:
            blocks = tuple(
                Block(str(alias), float(scale), file[f"rarity_{alias}"], int(width))
                for alias, scale, width in zip(file["aliases"], file["scale"], file["widths"], strict=True)
            )
            labels = tuple(str(label) for label in file["labels"])
            return cls(blocks, labels, file["weights"], file["offsets"], float(file["sharpness"]))


def importance(labels: Sequence[str]) -> dict[str, float]:
    """Weigh an example of a rare label more, but not so much that few examples outweigh hundreds."""
    numbers = Counter(labels)
    usual = len(labels) / len(numbers)
    return {label: float(np.cbrt(usual / number)) for label, number in numbers.items()}


def stack(rows: Rows, width: int) -> csr_matrix:
    """Put the rows under each other; a message without these features gets zeros."""
    empty = csr_matrix((1, width), dtype=np.float32)
    matrices = [csr_matrix(row, dtype=np.float32) if row is not None else empty for row in rows]
    return (matrices[0] if len(matrices) == 1 else csr_matrix(vstack(matrices))).copy()
