"""The nouns of triage, shared by every package: levels, findings, fired flags, readings."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any


class Level(str, Enum):
    """The five dispositions of the clinical brief (0.1), most urgent first."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    SOON = "soon"
    ROUTINE = "routine"
    SELF_CARE = "self_care"

    @property
    def rank(self) -> int:
        """0 for the least urgent, 4 for an emergency."""
        return len(Level) - 1 - list(Level).index(self)


def rank_of(level: str | None) -> int:
    """Give the rank of a level by its name, -1 where nothing is assessed; raises ValueError for an unknown name."""
    return Level(level).rank if level else -1


class Assertion(str, Enum):
    """How a finding is meant: only PRESENT and POSSIBLE can raise an alarm."""

    PRESENT = "present"
    POSSIBLE = "possible"
    ABSENT = "absent"
    PAST = "past"
    HYPOTHETICAL = "hypothetical"
    OTHER_PERSON = "other_person"


@dataclass(frozen=True)
class Finding:
    """One concept in the visitor's words.

    `start` and `end` are character offsets in the message; `evidence` is the cue of the assertion ("no", "my dad");
    `value` is a number in the concept's unit (days for ages and durations, degrees Celsius, millimetres).
    """

    concept: str
    assertion: Assertion
    text: str
    start: int
    end: int
    evidence: str = ""
    value: float | None = None
    sentence: int = 0
    clause: int = 0
    turn: int = 0

    @property
    def holds(self) -> bool:
        """True when the finding counts as the patient's own, now (uncertainty counts)."""
        return self.assertion in (Assertion.PRESENT, Assertion.POSSIBLE)

    def at_turn(self, turn: int) -> Finding:
        """Give the same finding, told in another turn of the conversation."""
        return Finding(**{**self.__dict__, "turn": turn})

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON values."""
        return {**self.__dict__, "assertion": self.assertion.value}

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Finding:
        """Read what `to_dict` wrote; raises ValueError for an unknown assertion."""
        return cls(**{**raw, "assertion": Assertion(raw["assertion"])})


@dataclass(frozen=True)
class FlagHit:
    """A red flag that fired, with the visitor's own words that fired it."""

    flag: str
    level: Level
    because: str
    source: tuple[str, ...]
    words: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON values."""
        return {**asdict(self), "level": self.level.value, "source": list(self.source), "words": list(self.words)}

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> FlagHit:
        """Read what `to_dict` wrote; raises ValueError for an unknown level."""
        return cls(raw["flag"], Level(raw["level"]), raw["because"], tuple(raw["source"]), tuple(raw["words"]))


@dataclass(frozen=True)
class Reading:
    """All that was understood in one message."""

    text: str
    findings: tuple[Finding, ...] = ()
    flags: tuple[FlagHit, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    screen: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON values."""
        return {
            "text": self.text,
            "findings": [finding.to_dict() for finding in self.findings],
            "flags": [flag.to_dict() for flag in self.flags],
            "facts": self.facts,
            "screen": self.screen,
        }

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Reading:
        """Read what `to_dict` wrote."""
        return cls(
            raw["text"],
            tuple(Finding.from_dict(one) for one in raw["findings"]),
            tuple(FlagHit.from_dict(one) for one in raw["flags"]),
            dict(raw["facts"]),
            raw.get("screen"),
        )
