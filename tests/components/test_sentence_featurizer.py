"""The dense featurizer adds the vector of the plain form and refuses a sentence model that was not reviewed."""

import dataclasses
from typing import Any

import numpy as np
import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.sentence_featurizer import SentenceFeaturizer
from understanding import sentences
from understanding.sentences import ModelFileError, SentenceEncoder, shared_encoder


def message() -> Message:
    """Give "wats milla" as the tokenizer leaves it."""
    return Message(
        {TEXT: "wats milla", TOKENS_NAMES[TEXT]: [Token("wats", 0, lemma="what is"), Token("milla", 5, lemma="milia")]}
    )


def test_the_plain_form_is_encoded(place: Any) -> None:
    """One row, of the words that were meant."""
    (found,) = place.create(SentenceFeaturizer, alias="meaning").process([message()])
    (features,) = found.features
    assert (features.origin, features.features.shape) == ("meaning", (1, 384))
    assert np.array_equal(features.features[0], shared_encoder().encode(["what is milia"])[0])


def test_training_and_answering_agree(place: Any) -> None:
    """Examples get the same vector as messages."""
    component = place.create(SentenceFeaturizer)
    trained = component.process_training_data(TrainingData([message()])).training_examples[0]
    (asked,) = component.process([message()])
    assert np.array_equal(trained.features[0].features, asked.features[0].features)


def test_a_message_without_words_gets_no_features(place: Any) -> None:
    """Blank text is no error."""
    (found,) = place.create(SentenceFeaturizer).process([Message({TEXT: " ", TOKENS_NAMES[TEXT]: []})])
    assert found.features == []


def test_a_changed_sentence_model_stops_training_and_start(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither trains nor answers with weights that nobody reviewed."""
    changed = dataclasses.replace(sentences.WEIGHTS, sha256="0" * 64)
    monkeypatch.setattr("components.sentence_featurizer.shared_encoder", lambda: SentenceEncoder(changed))
    with pytest.raises(ModelFileError, match=r"its sha256 is 8199be6f"):
        place.create(SentenceFeaturizer)
