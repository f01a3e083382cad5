"""The records of the knowledge: questions, rules, descriptions, levels, look-alikes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from triage.conditions import Condition, Group
from triage.model import Level


@dataclass(frozen=True)
class Question:
    """One question of the interview; see the head of questions.yml for the meaning of each field."""

    id: str
    ask: str
    why: str
    settles: tuple[str, ...]
    also: tuple[str, ...]
    about: tuple[str, ...]
    applies: Condition
    yes: Group
    no: Group
    choices: Mapping[str, Group]
    unsaid: Group
    means: str | None = None
    together: bool = False
    safety: Condition | None = None
    hears: Mapping[str, Group] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A condition that decides a level, with its reason and sources; a late one counts when nothing is left to ask."""

    id: str
    level: Level
    because: str
    source: tuple[str, ...]
    condition: Condition
    late: bool = False


@dataclass(frozen=True)
class Criterion:
    """One thing that must hold before a description matches milia, and the words that mirror it."""

    id: str
    condition: Condition


@dataclass(frozen=True)
class Description:
    """A description that matches milia: all criteria hold and none of `never`; the first outcome that holds decides."""

    id: str
    because: str
    source: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    never: tuple[Condition, ...]
    outcomes: tuple[tuple[Level, Condition], ...]


@dataclass(frozen=True)
class Note:
    """A sentence that is added to an advice and never changes its level."""

    id: str
    say: str
    source: tuple[str, ...]
    condition: Condition


@dataclass(frozen=True)
class Variant:
    """What a level, or a special case of it, tells the visitor to do."""

    id: str
    level: Level
    headline: str
    then: tuple[str, ...]
    calls: tuple[str, ...]
    source: tuple[str, ...]
    flags: tuple[str, ...]
    condition: Condition
    replaces_reason: bool


@dataclass(frozen=True)
class LookAlike:
    """A condition that can be taken for milia, and how a layperson can tell them apart."""

    id: str
    name: str
    title: str  # what a visitor would call it
    also: tuple[str, ...]
    level: Level
    features: Mapping[str, str]
    difference: str
    then: str  # what to do about one
    source: tuple[str, ...]
    reviewed: str


@dataclass(frozen=True)
class Comparison:
    """The lines of "milia or X?": the label of each and what it says of milia."""

    labels: Mapping[str, str]
    milia: Mapping[str, str]
    source: tuple[str, ...]


@dataclass(frozen=True)
class Knowledge:
    """Everything the engine and the explanations need."""

    version: str
    questions: tuple[Question, ...]
    overrides: tuple[Rule, ...]
    milia: tuple[Description, ...]
    undetermined: tuple[Rule, ...]
    notes: tuple[Note, ...]
    levels: Mapping[Level, Variant]
    variants: tuple[Variant, ...]
    words: Mapping[str, Any]
    look_alikes: tuple[LookAlike, ...]
    comparison: Comparison
    sources: Mapping[str, Mapping[str, str]]
    clinic: Mapping[str, Any]
    signed_until: Mapping[str, str] = field(default_factory=dict)  # rule: ISO date, where a clinician has signed it

    def question(self, name: str) -> Question:
        """Give a question by its id; raises KeyError for an unknown one."""
        return {question.id: question for question in self.questions}[name]
