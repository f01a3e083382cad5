"""The next step of an interview: one more question, or the advice with its reasons. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from triage.conditions import Condition
from triage.facts import Facts, completed, known
from triage.model import FlagHit, Level
from triage.records import Description, Knowledge, Question, Rule


@dataclass(frozen=True)
class Reason:
    """Why a level was given: the rule, its reason and source, and the visitor's own words."""

    rule: str
    level: Level
    because: str
    words: tuple[str, ...]
    source: tuple[str, ...]
    knowledge_version: str
    signed_until: str = ""  # ISO date; empty while no clinician has signed the rule as it stands

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON values."""
        return {**asdict(self), "level": self.level.value, "words": list(self.words), "source": list(self.source)}


@dataclass(frozen=True)
class Ask:
    """Put this question; `alarms` have sounded already and will not be forgotten."""

    question: Question
    alarms: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Advise:
    """Give this level; the first reason is the most urgent."""

    level: Level
    reasons: tuple[Reason, ...]
    suggests_milia: bool = False


def next_step(
    knowledge: Knowledge, facts: Facts, flags: Sequence[FlagHit] = (), asked: Collection[str] = ()
) -> Ask | Advise:
    """Advise at once in an emergency; else ask what is open, only about safety after an alarm; then advise."""
    full = completed(facts)
    alarms = _alarms(knowledge, full, flags)
    if alarms and alarms[0].level is Level.EMERGENCY:
        return Advise(Level.EMERGENCY, alarms)
    hurry = bool(alarms) or full.get("refuses") == "yes"
    for question in knowledge.questions:
        if (not hurry or _of_safety(question, full)) and _due(question, facts, full, asked):
            return Ask(question, alarms)
    alarms = _alarms(knowledge, full, flags, late=True)
    return Advise(alarms[0].level, alarms) if alarms else _assessed(knowledge, full)


def criteria(description: Description, facts: Facts) -> dict[str, bool]:
    """Give every criterion of a description with whether it is met."""
    full = completed(facts)
    return {criterion.id: criterion.condition.holds(full) for criterion in description.criteria}


def _alarms(knowledge: Knowledge, full: Facts, flags: Sequence[FlagHit], late: bool = False) -> tuple[Reason, ...]:
    """Give the red flags and the overrides that hold, most urgent first."""
    fired = [_reason(knowledge, hit, hit.level, hit.words) for hit in {hit.flag: hit for hit in flags}.values()]
    fired += [
        _reason(knowledge, rule, rule.level, tuple(_words(full, [rule.condition])))
        for rule in knowledge.overrides
        if rule.late <= late and rule.condition.holds(full)
    ]
    return tuple(sorted(fired, key=lambda reason: -reason.level.rank))


def _of_safety(question: Question, full: Facts) -> bool:
    return question.safety is not None and question.safety.holds(full)


def _due(question: Question, facts: Facts, full: Facts, asked: Collection[str]) -> bool:
    """Tell whether a question makes sense now and has still something to find out."""
    if question.id in asked or not question.applies.holds(full):
        return False
    open_facts = [fact for fact in question.settles if not known(facts, fact)]
    return len(open_facts) == len(question.settles) if question.together else bool(open_facts)


def _assessed(knowledge: Knowledge, full: Facts) -> Advise:
    """Compare with milia; otherwise take the first undetermined rule that holds. The last one always does."""
    for description in knowledge.milia if full.get("refuses") != "yes" else ():
        if all(one.condition.holds(full) for one in description.criteria) and not _excluded(description, full):
            level = next(level for level, condition in description.outcomes if condition.holds(full))
            words = tuple(_words(full, (one.condition for one in description.criteria)))
            return Advise(level, (_reason(knowledge, description, level, words),), suggests_milia=True)
    rule = next(rule for rule in knowledge.undetermined if rule.condition.holds(full))
    return Advise(rule.level, (_reason(knowledge, rule, rule.level, tuple(_words(full, [rule.condition]))),))


def _excluded(description: Description, full: Facts) -> bool:
    return any(condition.holds(full) for condition in description.never)


def _reason(knowledge: Knowledge, rule: Rule | Description | FlagHit, level: Level, words: tuple[str, ...]) -> Reason:
    name = rule.flag if isinstance(rule, FlagHit) else rule.id
    signed = knowledge.signed_until.get(name, "")
    return Reason(name, level, rule.because, words, rule.source, knowledge.version, signed)


def _words(full: Facts, conditions: Collection[Condition] | Iterator[Condition]) -> Iterator[str]:
    """Give what the visitor said for each fact that counted; `<fact>.words` keeps the visitor's own words."""
    said: set[str] = set()
    for condition in conditions:
        for fact in condition.evidence(full):
            value = full.get(fact, "not told")
            words = full.get(f"{fact}.words") or f"{fact}: {', '.join(value) if isinstance(value, list) else value}"
            if words not in said:
                said.add(words)
                yield words
