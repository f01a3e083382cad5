"""The dense featurizer: what the sentence means, from understanding/sentences.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.kept_vectors import Vectors, keeping
from understanding.sentences import TOKENIZER, WEIGHTS, shared_encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the MiniLM vector of the message's plain English form."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Load the sentence model; raises ModelFileError when a file is not the reviewed one."""
        shared_encoder()
        return cls(execution_context.node_name, {**cls.get_default_config(), **config})

    @classmethod
    def required_components(cls) -> list[type]:
        """A tokenizer must stand before this in the pipeline."""
        return [Tokenizer]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing can be configured."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vector to every example; what the last training computed is taken from it."""
        self._add(training_data.training_examples, partial(keeping, shared_encoder().encode))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector to each message that has words."""
        self._add(messages, shared_encoder().encode)
        return messages

    def _add(self, messages: list[Message], encode: Callable[[Sequence[str]], Vectors]) -> None:
        spoken = [message for message in messages if message.get(TOKENS_NAMES[TEXT])]
        vectors = encode([plain_text(message) for message in spoken])
        for message, vector in zip(spoken, vectors, strict=True):
            message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrain when the sentence model changes: Rasa's cache cannot see its files."""
        return WEIGHTS.sha256 + TOKENIZER.sha256


def plain_text(message: Message) -> str:
    """Join the plain forms that the tokenizer gave."""
    return " ".join(token.lemma for token in message.get(TOKENS_NAMES[TEXT]) or ())
