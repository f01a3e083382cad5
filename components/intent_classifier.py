"""The intent classifier: one linear machine over everything the featurizers found, trained in seconds."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.linear_model import LinearModel, Rows

FILE = "linear_model.npz"
INTENT_RANKING = "intent_ranking"
SETTINGS = ("weights", "counts", "strictness", "sharpness", "handicaps")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Weighs each featurizer as config.yml says; Rasa's own logistic regression weighs a letter like a sentence."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`weights` by the `alias` of the featurizer; `counts` are the aliases whose numbers are word counts.

        `handicaps` by intent: what an intent gets for free, chosen on messages of an author whom training has not seen.
        """
        return {
            "weights": {},
            "counts": [],
            "strictness": 0.5,
            "sharpness": 4.0,
            "handicaps": {},
            "ranking_length": 10,
        }

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: LinearModel | None = None
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """Give an untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """Give the classifier as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder / FILE))

    @classmethod
    def required_components(cls) -> list[type]:
        """A featurizer must stand before this in the pipeline."""
        return [Featurizer]

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model to the examples and store it."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        labels = [message.get(INTENT) for message in examples]
        if unknown := sorted(set(self._config["handicaps"]) - set(labels)):
            raise ValueError(f"config.yml: 'handicaps' of the classifier names {unknown}, which no example has.")
        settings = {key: self._config[key] for key in SETTINGS}
        self._model = LinearModel.fit(rows_of(examples, self._config["weights"]), labels, **settings)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `intent` and `intent_ranking` of each message."""
        for message in messages:
            ranking = self._ranking(message)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING, ranking[: self._config["ranking_length"]], add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        if self._model is None:
            raise RuntimeError("The intent classifier was asked before it was trained. Run `make train`.")
        confidences = self._model.confidences(rows_of([message], self._config["weights"]))[0]
        return [
            {INTENT_NAME_KEY: self._model.labels[index], PREDICTED_CONFIDENCE_KEY: float(confidences[index])}
            for index in np.argsort(-confidences, kind="stable")
        ]


def rows_of(messages: list[Message], aliases: dict[str, float]) -> dict[str, Rows]:
    """Give each featurizer's sentence features, one row a message; None where a message has none."""
    rows: dict[str, Rows] = {alias: [None] * len(messages) for alias in sorted(aliases)}
    for index, message in enumerate(messages):
        for features in message.features:
            if features.attribute == TEXT and features.type == FEATURE_TYPE_SENTENCE:
                if features.origin not in rows:
                    raise ValueError(f"config.yml: 'weights' of the classifier lacks '{features.origin}'. Add it.")
                rows[features.origin][index] = features.features
    return rows
