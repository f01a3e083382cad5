"""Which of several answers to an intent a message is about: words looked up in data/topics.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from actions.memory import DATA
from actions.words import is_in, plain


def topic_of(intent: str, text: str, facts: Mapping[str, Any]) -> str | None:
    """Give the first topic of this intent with a word in the text; a young patient comes first."""
    topics = table()["intents"].get(intent) or {}
    if "newborn" in topics and facts.get("who") in ("baby", "child"):
        return "newborn"
    said = plain(text)
    found = next((topic for topic, words in topics.items() if any(is_in(word, said) for word in words)), None)
    return None if found == "default" else found


def telling(text: str) -> tuple[str, str] | None:
    """Give intent and topic of words that say by themselves what is asked."""
    said = plain(text)
    for place, words in table()["telling"].items():
        if any(is_in(one, said) for one in words):
            intent, _, topic = place.partition("/")
            return intent, topic
    return None


def is_named(intent: str, topic: str | None) -> bool:
    """Tell whether words led to a topic; "*" leads to it without any."""
    return topic is not None and (table()["intents"].get(intent) or {}).get(topic) != ["*"]


def corrects(text: str) -> bool:
    """Tell whether a message takes something back."""
    said = plain(text)
    return any(is_in(phrase, said) for phrase in table()["corrections"])


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """Give data/topics.yml; read once."""
    return dict(yaml.safe_load((DATA / "topics.yml").read_text(encoding="utf-8")))
