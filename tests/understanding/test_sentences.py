"""The sentence model: near meanings, one vector a sentence, and refusal of unreviewed files."""

import dataclasses

import numpy as np
import pytest

from understanding.sentences import SIZE, TOKENIZER, WEIGHTS, ModelFile, ModelFileError, SentenceEncoder, shared_encoder


def test_paraphrases_are_nearer_than_strangers() -> None:
    """The two ways of asking about pain lie closer together than either to a question about parking."""
    pain, hurt, parking = shared_encoder().encode(["is it painful", "does it hurt", "where can I park my car"])
    assert pain @ hurt > 0.7 > 0.3 > pain @ parking


def test_vectors_have_length_one() -> None:
    """A dot product of two vectors is their cosine."""
    vectors = shared_encoder().encode(["white bumps under my eyes", "x", ""])
    assert vectors.shape == (3, SIZE)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_sentence_has_one_vector_whatever_stands_beside_it() -> None:
    """Training in bulk and answering one message see the same vector."""
    alone = SentenceEncoder().encode(["my baby has white dots"])
    beside = SentenceEncoder().encode(["hi", "my baby has white dots", "a much longer message " * 20])[1:2]
    assert np.array_equal(alone, beside)


def test_nothing_to_encode_gives_no_rows() -> None:
    """An empty list is no error."""
    assert shared_encoder().encode([]).shape == (0, SIZE)


@pytest.mark.parametrize("file", [WEIGHTS, TOKENIZER], ids=["weights", "tokenizer"])
def test_a_changed_file_is_refused(file: ModelFile) -> None:
    """A checksum that differs stops the start and says what to do."""
    with pytest.raises(ModelFileError, match=r"delete \.venv, run 'uv sync'"):
        dataclasses.replace(file, sha256="0" * 64).verified()


def test_a_missing_package_is_named() -> None:
    """The error names the package and the cure."""
    with pytest.raises(ModelFileError, match=r"'no_such_package', which is not installed\. Run 'make run'"):
        ModelFile("no_such_package", "model.onnx", "0" * 64).verified()
