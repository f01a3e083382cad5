"""Short questions that need what was answered before: "how long?", "and for babies?"; data/follow_ups.yml has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from actions.memory import DATA, Json
from actions.responses import topics_of
from actions.words import is_in, plain, same

if TYPE_CHECKING:
    from actions.asking import Asked

OPENERS = ("what", "how", "is", "are", "can", "could", "do", "does", "will", "would", "should", "and", "or", "so")
LONGEST = 9  # words, without what only fills


@dataclass(frozen=True)
class Follows:
    """The question that a short one stands for; `of_bump` names the line of a comparison that answers it."""

    intent: str
    topic: str | None
    of_bump: str | None


def resolved(text: str, about: Asked | None) -> Follows | None:
    """Give what a short question means after this answer; None when it says by itself what it asks."""
    kind = kind_of(text)
    if kind is None:
        return None
    if about and kind.get("topic") in topics_of(about.intent) and about.intent != "explain":
        intent, topic = about.intent, str(kind["topic"])
    else:
        after = kind.get("after") or {}
        places = (about.subject, f"{about.intent}/{about.topic}", about.intent) if about else ()
        meant = next((after[place] for place in places if place in after), kind.get("else"))
        if meant is None:
            return None
        intent, _, topic = str(meant).partition("/")
    return Follows(intent, topic or None, kind.get("of_bump"))


def kind_of(text: str) -> Json | None:
    """Give the kind of a short question: all its words must be those of one kind, apart from fillers."""
    said = without_fillers(plain(text))
    if not said or len(said) > LONGEST:
        return None
    return next((kind for kind in table()["kinds"].values() if is_all(said, kind["said"])), None)


def is_empty(text: str) -> bool:
    """Tell whether a text has no word at all, or asks without a single one that says about what: "what about it"."""
    said = plain(text)
    if not any(word.isalnum() for word in said):
        return True
    return (
        said[0] in OPENERS
        and len(said) > 1
        and all(word in table()["empty"] for word in said)
        and kind_of(text) is None
    )


def is_all(said: Sequence[str], phrases: Sequence[str]) -> bool:
    """Tell whether one of the phrases is the whole of what was said."""
    wanted = (phrase.split() for phrase in phrases)
    return any(len(words) == len(said) and all(map(same, words, said)) for words in wanted)


def without_fillers(said: Sequence[str]) -> tuple[str, ...]:
    """Take the small words from both ends: "ok and how long then" asks "how long"."""
    fillers: list[list[str]] = [one.split() for one in table()["fillers"]]
    words = list(said)
    shorter = True
    while shorter:
        shorter = False
        for one in fillers:
            if words[: len(one)] == one:
                words, shorter = words[len(one) :], True
            elif words[-len(one) :] == one:
                words, shorter = words[: -len(one)], True
    return tuple(words)


def subject_of(intent: str, topic: str | None, text: str, about: Asked | None) -> str | None:
    """Name what a question is about: what its words name, what its answer is about, else what was in hand."""
    said = plain(text)
    subjects: dict[str, Any] = table()["subjects"]
    for name, one in subjects.items():
        if any(is_in(words, said) for words in one["words"]):
            return name
    for name, one in subjects.items():
        if intent in one["of"] or f"{intent}/{topic}" in one["of"]:
            return name
    return about.subject if about and intent in table()["open"] else None


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """Give data/follow_ups.yml; read once."""
    return dict(yaml.safe_load((DATA / "follow_ups.yml").read_text(encoding="utf-8")))
