"""The cue featurizer: which topics a message names, by the patterns of data/cues.yml."""

from __future__ import annotations

import json
import re
from pathlib import Path
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
from ruamel.yaml import YAML
from scipy.sparse import csr_matrix

from components.sentence_featurizer import plain_text

CUES = Path(__file__).resolve().parent.parent / "data" / "cues.yml"
FILE = "cues.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class CueFeaturizer(SparseFeaturizer, GraphComponent):
    """Adds one feature a cue; Rasa's RegexFeaturizer has one a pattern, and sees words before they are mended."""

    def __init__(
        self, name: str, config: dict[str, Any], storage: ModelStorage, resource: Resource, cues: dict[str, str]
    ) -> None:
        super().__init__(name, {**self.get_default_config(), **config})
        self._storage, self._resource, self._cues = storage, resource, cues
        self._patterns = [re.compile(pattern) for pattern in cues.values()]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CueFeaturizer:
        """Read the cues; a pattern that cannot be read stops the training and is named."""
        return cls(execution_context.node_name, config, model_storage, resource, cues_in(CUES))

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
        """Keep the cues with the model: the classifier knows them by their places."""
        with self._storage.write_to(self._resource) as folder:
            (folder / FILE).write_text(json.dumps(self._cues), "utf-8")
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

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrain when a cue changes: Rasa's cache cannot see that file."""
        return CUES.read_text("utf-8")


def cues_in(path: Path) -> dict[str, str]:
    """Give one pattern a cue, in the order of the file; raises ValueError for what is no regular expression."""
    table: dict[str, list[str]] = YAML(typ="safe").load(path.read_text("utf-8"))
    return {name: "|".join(checked(path, name, part) for part in parts) for name, parts in table.items()}


def checked(path: Path, name: str, pattern: str) -> str:
    """Give the pattern, or say which one cannot be read and why."""
    try:
        re.compile(pattern)
    except (re.error, TypeError) as error:
        message = f"{path}: the cue '{name}' has the pattern '{pattern}', which cannot be read: {error}. Correct it."
        raise ValueError(message) from error
    return pattern
