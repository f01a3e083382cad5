"""The classifier trains, keeps and ranks; a featurizer without a weight is named."""

from typing import Any

import numpy as np
import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.intent_classifier import LinearIntentClassifier

CONFIG = {"weights": {"meaning": 1.0}, "ranking_length": 2}


def message(numbers: list[float], intent: str | None = None, origin: str = "meaning") -> Message:
    """Give a message with these sentence features."""
    data = {TEXT: "some words", **({INTENT: intent} if intent else {})}
    return Message(data, features=[Features(np.array([numbers]), FEATURE_TYPE_SENTENCE, TEXT, origin)])


EXAMPLES = [
    *[message([1.0, 0.1 * n, 0.0], "ask_pain") for n in range(3)],
    *[message([0.1 * n, 1.0, 0.0], "ask_cost") for n in range(3)],
    *[message([0.0, 0.1 * n, 1.0], "greet") for n in range(3)],
]


def test_trained_and_loaded_it_ranks_the_intents(place: Any) -> None:
    """The best intent stands first, and only as many are told as wanted."""
    place.create(LinearIntentClassifier, **CONFIG).train(TrainingData(EXAMPLES))
    (found,) = place.load(LinearIntentClassifier, **CONFIG).process([message([0.1, 1.0, 0.1])])
    names = [one["name"] for one in found.get("intent_ranking")]
    assert (found.get(INTENT), len(names)) == (found.get("intent_ranking")[0], 2)
    assert found.get(INTENT)["name"] == "ask_cost"
    assert found.get(INTENT)["confidence"] > 0.5


def test_training_twice_gives_the_same_model(place: Any) -> None:
    """Nothing is left to chance."""
    place.create(LinearIntentClassifier, **CONFIG).train(TrainingData(EXAMPLES))
    (first,) = place.load(LinearIntentClassifier, **CONFIG).process([message([0.3, 0.3, 0.3])])
    place.create(LinearIntentClassifier, **CONFIG).train(TrainingData(EXAMPLES))
    (second,) = place.load(LinearIntentClassifier, **CONFIG).process([message([0.3, 0.3, 0.3])])
    assert first.get("intent_ranking") == second.get("intent_ranking")


def test_a_featurizer_without_a_weight_is_named(place: Any) -> None:
    """A line forgotten in config.yml does not silently drop a featurizer."""
    with pytest.raises(ValueError, match=r"config.yml: 'weights' of the classifier lacks 'letters'"):
        place.create(LinearIntentClassifier, **CONFIG).train(TrainingData([message([1.0], "greet", "letters")]))


def test_a_handicap_of_an_unknown_intent_is_named(place: Any) -> None:
    """A slip in config.yml does not silently change nothing."""
    classifier = place.create(LinearIntentClassifier, **CONFIG, handicaps={"off_topic": 0.3})
    with pytest.raises(ValueError, match=r"'handicaps' of the classifier names \['off_topic'\]"):
        classifier.train(TrainingData(EXAMPLES))


def test_an_untrained_classifier_says_what_to_do(place: Any) -> None:
    """The error names the cure."""
    with pytest.raises(RuntimeError, match="Run `make train`"):
        place.create(LinearIntentClassifier, **CONFIG).process([message([1.0, 0.0, 0.0])])
