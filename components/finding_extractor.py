"""The finding extractor: what the message tells, read by understanding/; a red flag overrides the intent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from triage.model import Finding, Reading
from understanding import Understanding, load

KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"
ALARM = "report_red_flag"
RESTART = "restart"
CERTAIN = 0.97


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FindingExtractor(GraphComponent):
    """Sets `reading` and `classified_intent`; stands after the intent classifier, whose result it may override."""

    def __init__(self, understanding: Understanding, resource: Resource) -> None:
        self._understanding = understanding
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FindingExtractor:
        """Load the knowledge once a process; raises KnowledgeError when a file is wrong."""
        return cls(load(KNOWLEDGE), resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Let no model leave training whose red flags do not behave as their examples say; raises KnowledgeError."""
        self._understanding.check_examples(KNOWLEDGE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message in the light of what its metadata tells of the conversation."""
        for message in messages:
            reading = self._read(message)
            message.set("reading", reading.to_dict(), add_to_output=True)
            message.set("classified_intent", message.get(INTENT), add_to_output=True)
            message.set(INTENT, intent_for(message, reading), add_to_output=True)
        return messages

    def _read(self, message: Message) -> Reading:
        told: Mapping[str, Any] = message.get("metadata") or {}
        earlier = [Finding.from_dict(finding) for finding in told.get("earlier") or ()]
        return self._understanding.read(message.get(TEXT) or "", earlier, told.get("question"))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrain when the knowledge changes: Rasa's cache cannot see those files."""
        return fingerprint(KNOWLEDGE)


def intent_for(message: Message, reading: Reading) -> dict[str, Any]:
    """Give the intent to act on: an alarm needs a red flag, or the doubt of net two beside the classifier's.

    In the interview the wish to start over must be certain: it forgets all answers ("yeah at the start" is one).
    """
    intent: dict[str, Any] = message.get(INTENT) or {}
    name, second = intent.get(INTENT_NAME_KEY), (message.get(INTENT_RANKING_KEY) or ())[1:2]
    if reading.flags:
        return {INTENT_NAME_KEY: ALARM, PREDICTED_CONFIDENCE_KEY: 1.0}
    doubtful = name == ALARM and not reading.screen
    in_interview = bool((message.get("metadata") or {}).get("question"))
    hasty = name == RESTART and in_interview and float(intent[PREDICTED_CONFIDENCE_KEY]) < CERTAIN
    return dict(second[0]) if second and (doubtful or hasty) else intent


def fingerprint(folder: Path) -> str:
    """Give a hash of the names and contents of all files in a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
