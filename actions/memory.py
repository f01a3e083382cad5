"""What the tracker remembers of a conversation, as the triage knows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker

from triage.engine import Advise, Ask, Reason, next_step
from triage.knowledge import Knowledge, load
from triage.model import Finding, FlagHit, Level, Reading

DATA = Path(__file__).resolve().parent.parent / "data"
FORM = "triage_form"
Json = dict[str, Any]


@dataclass(frozen=True)
class Memory:
    """What the visitor told, what sounded the alarm, what was asked and what was advised."""

    facts: Json
    findings: tuple[Finding, ...]
    flags: tuple[FlagHit, ...]
    asked: tuple[str, ...]
    question: str | None
    level: Level | None
    reasons: tuple[Reason, ...]
    checked: tuple[str, ...]
    advised: tuple[str, ...]
    missed: int
    in_interview: bool

    @classmethod
    def of(cls, tracker: Tracker) -> Memory:
        """Read the slots."""
        slot = tracker.get_slot
        return cls(
            facts=dict(slot("facts") or {}),
            findings=tuple(Finding.from_dict(one) for one in slot("findings") or ()),
            flags=tuple(FlagHit.from_dict(one) for one in slot("flags") or ()),
            asked=tuple(slot("asked") or ()),
            question=slot("question"),
            level=Level(slot("disposition")) if slot("disposition") else None,
            reasons=tuple(reason_from(one) for one in slot("disposition_reasons") or ()),
            checked=tuple(slot("checked") or ()),
            advised=tuple(slot("advised") or ()),
            missed=int(slot("missed") or 0),
            in_interview=tracker.active_loop_name == FORM,
        )

    def step(self) -> Ask | Advise:
        """Ask the engine what comes next."""
        return next_step(knowledge(), self.facts, self.flags, self.asked)


def reason_from(raw: Json) -> Reason:
    """Read what `Reason.to_dict` wrote; raises ValueError for an unknown level."""
    lists = {"words": tuple(raw["words"]), "source": tuple(raw["source"])}
    return Reason(**{**raw, "level": Level(raw["level"]), **lists})


def highest(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Give each rule once, the newest version of it, most urgent first."""
    newest = {reason.rule: reason for reason in reasons}
    return tuple(sorted(newest.values(), key=lambda reason: -reason.level.rank))


def reading_of(tracker: Tracker) -> Reading:
    """Give what was understood in the latest message; a pressed button says nothing by itself."""
    raw = tracker.latest_message.get("reading")
    return Reading.from_dict(raw) if raw else Reading(tracker.latest_message.get("text") or "")


def intent_of(tracker: Tracker) -> str:
    """Give the intent of the latest message."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def meant_intent(tracker: Tracker) -> str:
    """Give what the classifier made of the latest message, also when a red flag took its place."""
    classified = tracker.latest_message.get("classified_intent") or {}
    name = classified.get("name") if isinstance(classified, dict) else classified
    return str(name or intent_of(tracker))


def done_since_message(tracker: Tracker) -> list[str]:
    """Name the actions of this turn, except the form that is running."""
    done: list[str] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        if event.get("event") == "action" and event.get("name") != FORM:
            done.append(str(event.get("name")))
    return done


def metadata_of(event: Json) -> Json:
    """Give the metadata of a message of the assistant; Rasa puts them one level deeper."""
    metadata = event.get("metadata") or {}
    return dict(metadata.get("metadata") or metadata)


def entity(tracker: Tracker, name: str) -> str | None:
    """Give the first value of an entity in the latest message."""
    found = (one["value"] for one in tracker.latest_message.get("entities") or () if one["entity"] == name)
    return next(found, None)


def knowledge() -> Knowledge:
    """Give the medicine; loaded once."""
    return load()


@lru_cache(maxsize=1)
def phrases() -> Json:
    """Give the connecting words; read once."""
    return dict(yaml.safe_load((DATA / "phrases.yml").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def red_flags() -> dict[str, Json]:
    """Give every red flag's own words; read once."""
    folder = DATA.parent / "knowledge" / "red_flags"
    files = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yml")))
    return {str(raw["id"]): raw for raw in files}
