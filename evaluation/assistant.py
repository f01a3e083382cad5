"""The whole assistant in one process: the trained model, the policies and the actions, without a server."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa.utils.log_utils import configure_structlog
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from components.turn import Said, take_turn

MODEL = Path(__file__).parent.parent / "models" / "assistant.tar.gz"
Json = dict[str, Any]


class InProcessActions(EndpointConfig):
    """An action endpoint that runs our actions directly: the same calls, without HTTP."""

    def __init__(self, package: str = "actions") -> None:
        super().__init__(url="in-process", enable_selective_domain=True)
        self.executor = ActionExecutor()
        self.executor.register_package(package)

    async def request(self, *_: Any, json: Json | None = None, **__: Any) -> Any:
        """Run one action, as the action server does; a rejection is answered with status 400."""
        try:
            return await self.executor.run(json)
        except ActionExecutionRejection as rejected:
            words = f'{{"action_name": "{rejected.action_name}", "error": "rejected"}}'
            raise ClientResponseError(400, rejected.message, words) from rejected


@dataclass(frozen=True)
class Turn:
    """What one message led to."""

    texts: tuple[str, ...]
    buttons: tuple[Mapping[str, str], ...]
    disposition: str | None
    asked: str | None
    question: str | None
    flags: tuple[str, ...]
    intent: str
    confidence: float
    classified_intent: str
    classified_confidence: float
    raw: Json

    @property
    def suggests_milia(self) -> bool:
        """True when the advice rests on "consistent with milia"."""
        rules = (reason["rule"] for reason in self.raw["assessment"]["reasons"] or ())
        return any(rule.startswith("assessment.milia_consistent") for rule in rules)


class Assistant:
    """The assistant of one model; every sender is a conversation of its own."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.loop = asyncio.new_event_loop()

    @classmethod
    def load(cls, model: Path = MODEL, actions: EndpointConfig | None = None) -> Assistant:
        """Load a trained model; trackers are kept in memory."""
        if not model.exists():
            raise FileNotFoundError(f"{model}: no trained model. Run `make train` first.")
        logging.getLogger("rasa").setLevel(logging.ERROR)
        configure_structlog(logging.ERROR)
        endpoint = actions or InProcessActions()
        return cls(Agent.load(str(model), action_endpoint=endpoint))

    async def turn(self, sender: str, text: str, button: bool = False) -> Json:
        """Answer one message in the form of the website channel."""
        return await take_turn(self.agent, sender, uuid.uuid4().hex, Said(text, button))

    def say(self, text: str, sender: str, button: bool = False) -> Turn:
        """Answer one message."""
        return turn_from(self.loop.run_until_complete(self.turn(sender, text, button)))

    def intent(self, text: str) -> tuple[str, float]:
        """Classify a text without a conversation: the intent before a red flag takes its place, and its confidence."""
        parsed = self.loop.run_until_complete(self.agent.parse_message(text))
        intent = parsed.get("classified_intent") or parsed["intent"]
        return str(intent["name"]), float(intent["confidence"] or 0.0)


def load(model: Path = MODEL) -> Assistant:
    """Load the assistant that `make train` made."""
    return Assistant.load(model)


def turn_from(raw: Json) -> Turn:
    """Read the channel's answer."""
    understood, assessment = raw["understood"], raw["assessment"]
    return Turn(
        texts=tuple(one["text"] for one in raw["messages"]),
        buttons=tuple(raw["messages"][-1]["buttons"]),
        disposition=assessment["disposition"],
        asked=assessment["asked"],
        question=assessment["question"],
        flags=tuple(one["flag"] for one in understood["flags"]),
        intent=str(understood["intent"]),
        confidence=float(understood["confidence"] or 0.0),
        classified_intent=str(understood["classified_intent"]),
        classified_confidence=float(understood["classified_confidence"] or 0.0),
        raw=raw,
    )
