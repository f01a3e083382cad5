"""The condition extractor: which look-alike of knowledge/conditions/ a message names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from ruamel.yaml import YAML

from components.finding_extractor import fingerprint

CONDITIONS = Path(__file__).resolve().parent.parent / "knowledge" / "conditions"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ConditionExtractor(GraphComponent, EntityExtractorMixin):
    """Adds the entity `condition`; its value is the name that knowledge/conditions/ gives."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        self._pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})(?:e?s)?\b", re.IGNORECASE)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ConditionExtractor:
        """Read the names from the condition files."""
        return cls(names_of(CONDITIONS))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the conditions that each message names to its entities."""
        for message in messages:
            found = [self._entity(match) for match in self._pattern.finditer(message.get(TEXT) or "")]
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def _entity(self, match: re.Match[str]) -> dict[str, Any]:
        value = self._names[match.group(1).lower()]
        return {"entity": "condition", "start": match.start(), "end": match.end(), "value": value}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrain when a condition changes: Rasa's cache cannot see those files."""
        return fingerprint(CONDITIONS)


def names_of(folder: Path) -> dict[str, str]:
    """Give the one name for each that visitors use; the plural of a name is matched without being listed."""
    names: dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")):
        condition = YAML(typ="safe").load(path.read_text("utf-8"))
        for name in (path.stem.replace("_", " "), condition["name"], *condition["also"]):
            singular = re.sub(r"(?<=[a-z]{3})(?<!s|i|u)s$", "", str(name).lower())
            names.setdefault(singular, str(condition["name"]))
    return names
