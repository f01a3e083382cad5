"""What Rasa hands to a component when it trains or loads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource


class Place:
    """Creates and loads components over one model storage, as the training and the server do."""

    def __init__(self, folder: Path) -> None:
        self._storage = LocalModelStorage.create(folder)

    def create(self, kind: Any, **config: Any) -> Any:
        """Create a component for training."""
        return kind.create(self._full(kind, config), self._storage, Resource(kind.__name__), self._context(kind))

    def load(self, kind: Any, **config: Any) -> Any:
        """Load the component that `train` persisted."""
        return kind.load(self._full(kind, config), self._storage, Resource(kind.__name__), self._context(kind))

    @staticmethod
    def _full(kind: Any, config: dict[str, Any]) -> dict[str, Any]:
        return {**kind.get_default_config(), **config}

    @staticmethod
    def _context(kind: Any) -> ExecutionContext:
        return ExecutionContext(GraphSchema({}), node_name=kind.__name__)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Give an empty model storage."""
    return Place(tmp_path)
