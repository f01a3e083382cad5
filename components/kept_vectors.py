"""Sentence vectors kept between trainings, by the sentences' content: only what is new goes through the model."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from understanding.sentences import SIZE, TOKENIZER, WEIGHTS

FOLDER = Path(__file__).resolve().parent.parent / ".rasa"
Vectors = npt.NDArray[np.float32]


def keeping(encode: Callable[[Sequence[str]], Vectors], sentences: Sequence[str], folder: Path = FOLDER) -> Vectors:
    """Give one row of 384 numbers a sentence; vectors of another sentence model are never mixed in.

    A file that is missing, damaged or cannot be written only costs time.
    """
    path = folder / f"sentences-{model_mark()}.npz"
    known = read(path)
    new = list(dict.fromkeys(sentence for sentence in sentences if mark(sentence) not in known))
    known.update(zip(map(mark, new), encode(new), strict=True))
    marks = [mark(sentence) for sentence in sentences]
    if new:
        write(path, {one: known[one] for one in marks})
    return np.stack([known[one] for one in marks]) if marks else np.zeros((0, SIZE), dtype=np.float32)


def mark(sentence: str) -> str:
    """Give the content's hash."""
    return hashlib.sha256(sentence.encode()).hexdigest()


def model_mark() -> str:
    """Tell one sentence model from another."""
    return mark(WEIGHTS.sha256 + TOKENIZER.sha256)[:12]


def read(path: Path) -> dict[str, Vectors]:
    """Give the vectors by mark; none where the file cannot be used. The file holds arrays only and runs no code."""
    try:
        with np.load(path, allow_pickle=False) as file:
            marks, vectors = file["marks"].tolist(), file["vectors"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}
    usable = vectors.shape == (len(marks), SIZE) and vectors.dtype == np.float32
    return dict(zip(marks, vectors, strict=True)) if usable else {}


def write(path: Path, vectors: dict[str, Vectors]) -> None:
    """Replace the file in one step, so that a training that is stopped leaves the old one."""
    beside = path.with_name(f"{path.stem}.{os.getpid()}.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(beside, marks=np.array(list(vectors)), vectors=np.stack(list(vectors.values())))
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
