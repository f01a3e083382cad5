"""The answers of data/responses/: which variation a topic gets, and saying it.

Rasa says them itself when a rule asks for one. The actions say them when a turn needs two, or another than the rule's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from rasa_sdk.executor import CollectingDispatcher

from actions.memory import DATA, Json, knowledge

FROM_CLINIC = "clinic_says"


@dataclass(frozen=True)
class Response:
    """One variation: its words, its buttons, its sources with the day of review, and what "tell me more" adds."""

    text: str
    buttons: tuple[Json, ...]
    metadata: Json

    @property
    def more(self) -> str:
        """Give the rest of the answer; empty when there is none."""
        return str(self.metadata.get("more") or "")


def say(dispatcher: CollectingDispatcher, intent: str, topic: str | None, buttons: list[Json] | None = None) -> None:
    """Say the answer to an intent and topic; with `buttons`, those instead of its own."""
    one = response(intent, topic)
    offered = list(one.buttons) if buttons is None else buttons
    dispatcher.utter_message(text=one.text, buttons=offered, metadata=one.metadata)


def response(intent: str, topic: str | None) -> Response:
    """Give the variation of this topic, or of the clinic's own words about it; else the one for everything."""
    says = fact(topic)
    variations = table()[f"utter_{intent}"]
    usual = next(one for one in variations if "condition" not in one)
    wanted = FROM_CLINIC if says else topic
    raw = next((one for one in variations if topic_of(one) == wanted), usual)
    filled = {FROM_CLINIC: says or ""}
    buttons = ({**one, "payload": one["payload"].format(**filled)} for one in raw.get("buttons") or ())
    return Response(raw["text"].format(**filled), tuple(buttons), dict(raw.get("metadata") or {}))


def topic_of(variation: Json) -> str | None:
    """Give the topic that a variation is for; None for the usual one."""
    return str(variation["condition"][0]["value"]) if "condition" in variation else None


def topics_of(intent: str) -> frozenset[str]:
    """Name the topics that the answers to an intent tell apart."""
    return frozenset(one for one in map(topic_of, table().get(f"utter_{intent}", ())) if one)


def fact(topic: str | None) -> str | None:
    """Give what the clinic has told about a topic in knowledge/clinic.yml; None when it has told nothing."""
    says: Any = knowledge().clinic.get(topic or "")
    return ", ".join(map(str, says)) if isinstance(says, list) else str(says) if says else None


@lru_cache(maxsize=1)
def table() -> dict[str, list[Json]]:
    """Give every response by its name; read once."""
    files = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((DATA / "responses").glob("*.yml")))
    return {name: variations for file in files for name, variations in file["responses"].items()}
