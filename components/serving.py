"""Which model Rasa serves: the next one is loaded beside it, and takes its place between two messages.

A message that is being answered keeps the model that it began with. Trackers and locks are shared, so a conversation
goes on where it was. The name of the served model is kept in `models/serving`, so that a restart serves it again.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

FOLDER = "MODELS_DIR"
POINTER = "serving"
NAME = re.compile(r"[\w][\w.-]*\.tar\.gz")
logger = logging.getLogger(__name__)
Json = dict[str, Any]


class ModelRefused(Exception):  # noqa: N818 - it names a state, as people say it
    """A model that cannot be served; the message says why. What served before goes on serving."""


@dataclass
class Models:
    """The models in a folder, the one that is loaded and waits, and the sum of the one that serves."""

    folder: Path
    staged: tuple[str, str, Agent] | None = None
    sums: dict[str, str] = field(default_factory=dict)

    @classmethod
    def here(cls) -> Models:
        """Take the folder that MODELS_DIR names."""
        return cls(Path(os.environ.get(FOLDER) or "models"))

    async def stage(self, serving: Agent, name: str, expected: str) -> Json:
        """Load a model in a thread while the other one serves; raises ModelRefused when it is not the expected one."""
        path = self.path_of(name)
        found = sum_of(path)
        if found != expected:
            raise ModelRefused(f"{name} is not the file that was replayed. Replay it again.")
        try:
            agent = await asyncio.get_running_loop().run_in_executor(None, load, path, serving)
        except Exception as problem:  # Rasa and the components raise what they like: the old model must go on
            logger.exception("The model %s cannot be loaded.", name)
            raise ModelRefused(f"{name} cannot be loaded: {type(problem).__name__}. Rasa's log says more.") from problem
        self.staged = (name, found, agent)
        return {"staged": name, "sha256": found}

    def switch(self, serving: Agent, name: str) -> Agent:
        """Give the agent that serves from now on; raises ModelRefused when this model was not loaded before."""
        if self.staged is None or self.staged[0] != name:
            raise ModelRefused(f"{name} is not loaded. Load it first.")
        _, found, agent = self.staged
        if agent.processor is None:
            raise ModelRefused(f"{name} holds no model.")
        agent.tracker_store = agent.processor.tracker_store = serving.tracker_store
        agent.tracker_store.domain = agent.domain
        self.staged, self.sums = None, {name: found}
        (self.folder / POINTER).write_text(f"{name}\n", encoding="utf-8")
        logger.info("The model %s (%s) serves from now on.", name, found[:12])
        return agent

    def serving(self, agent: Agent | None) -> Json:
        """Name the model that serves, with the sum of its file as it was loaded."""
        if agent is None or agent.processor is None:
            return {"model": None, "sha256": None}
        path = Path(agent.processor.model_path)
        if path.name not in self.sums:
            self.sums = {path.name: sum_of(path)}
        return {"model": path.name, "sha256": self.sums[path.name]}

    def path_of(self, name: str) -> Path:
        """Find a model by its name alone; raises ModelRefused for a path and for a file that is not there."""
        path = self.folder / name
        if not NAME.fullmatch(name) or not path.is_file():
            raise ModelRefused(f"There is no model '{name}' in the folder of models.")
        return path


def load(path: Path, serving: Agent) -> Agent:
    """Load a model with the locks and actions of the one that serves; its trackers come when it takes over."""
    return Agent.load(str(path), lock_store=serving.lock_store, action_endpoint=serving.action_endpoint)


def sum_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
