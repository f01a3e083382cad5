"""The cue featurizer: which topics a message names, by the patterns of data/nlu/cues.yml."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from components.sentence_featurizer import plain_text

FILE = "cues.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class CueFeaturizer(SparseFeaturizer, GraphComponent):
    """Adds one feature a cue; Rasa's RegexFeaturizer has one a pattern, and looks at the words before they are mended."""

    def __init__(
        self, name: str, config: dict[str, Any], storage: ModelStorage, resource: Resource, cues: dict[str, str]
    ) -> None:
        super().__init__(name, {**self.get_default_config(), **config})
        self._storage, self._resource = storage, resource
        self._patterns = [re.compile(pattern) for pattern in cues.values()]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CueFeaturizer:
        """Give a featurizer without cues."""
        return cls(execution_context.node_name, config, model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CueFeaturizer:
        """Give the featurizer with the cues it was trained with."""
        with model_storage.read_from(resource) as folder:
            cues = json.loads((folder / FILE).read_text("utf-8"))
        return cls(execution_context.node_name, config, model_storage, resource, cues)

    @classmethod
    def required_components(cls) -> list[type]:
        """A tokenizer must stand before this in the pipeline."""
        return [Tokenizer]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing can be configured."""

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the cues; a pattern that cannot be read stops the training and is named."""
        cues = cues_of(training_data.regex_features)
        with self._storage.write_to(self._resource) as folder:
            (folder / FILE).write_text(json.dumps(cues), "utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the cues to every example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add a 1 for each cue that the plain English form of the message shows."""
        for message in messages:
            if text := plain_text(message):
                row = [[float(bool(pattern.search(text))) for pattern in self._patterns]]
                cues = csr_matrix(np.array(row))
                message.add_features(Features(cues, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages


def cues_of(regex_features: list[dict[str, str]]) -> dict[str, str]:
    """Join the patterns of one cue; raises ValueError for a pattern that is no regular expression."""
    patterns: dict[str, list[str]] = {}
    for feature in regex_features:
        patterns.setdefault(feature["name"], []).append(checked(feature["name"], feature["pattern"]))
    return {name: "|".join(patterns[name]) for name in sorted(patterns)}


def checked(name: str, pattern: str) -> str:
    """Give the pattern, or say which one cannot be read and why."""
    try:
        re.compile(pattern)
    except re.error as error:
        message = f"data/nlu: the cue '{name}' has the pattern '{pattern}', which cannot be read: {error}. Correct it."
        raise ValueError(message) from error
    return pattern
