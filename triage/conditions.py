"""Conditions over facts, as written in the knowledge files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from triage.errors import KnowledgeError
from triage.facts import NUMBERS, UNKNOWN, VALUES, Facts, problem

UNANSWERED = "unanswered"
_OPERATORS = {"only", "not", "at_least", "below"}

Group = Mapping[str, Any]


@dataclass(frozen=True)
class Condition:
    """All of `when`, none of `unless`, and one group of `any_of` if there are any."""

    when: Group
    unless: Group
    any_of: tuple[Group, ...]

    def holds(self, facts: Facts) -> bool:
        """Tell whether the facts meet the condition; an open fact meets nothing but `unanswered`."""
        return (
            _all(self.when, facts)
            and not (self.unless and any(_fits(one, facts.get(fact)) for fact, one in self.unless.items()))
            and (not self.any_of or any(_all(group, facts) for group in self.any_of))
        )

    def evidence(self, facts: Facts) -> tuple[str, ...]:
        """Name the facts that made the condition hold."""
        groups = [self.when, *(group for group in self.any_of if _all(group, facts))]
        return tuple(dict.fromkeys(fact for group in groups for fact in group))

    def facts(self) -> frozenset[str]:
        """Name every fact that the condition looks at."""
        return frozenset(fact for group in (self.when, self.unless, *self.any_of) for fact in group)


def read(raw: Mapping[str, Any], where: str) -> Condition:
    """Read `when`, `unless` and `any` of a record; raises KnowledgeError that says what to write instead."""
    groups = (raw.get("when") or {}, raw.get("unless") or {}, *(raw.get("any") or []))
    for group in groups:
        if not isinstance(group, Mapping):
            raise KnowledgeError(f"{where}: {group!r} is no condition. Write a mapping such as {{colour: white}}.")
        for fact, accepted in group.items():
            _check(fact, accepted, where)
    return Condition(groups[0], groups[1], tuple(groups[2:]))


def _all(group: Group, facts: Facts) -> bool:
    return all(_fits(accepted, facts.get(fact)) for fact, accepted in group.items())


def _fits(accepted: Any, value: Any) -> bool:
    """Tell whether one value is accepted."""
    if value is None or value == UNKNOWN:
        return UNANSWERED in _listed(accepted)
    values = set(_listed(value))
    if not isinstance(accepted, dict):
        return bool(values & set(_listed(accepted)))
    if "only" in accepted:
        return values <= set(accepted["only"])
    if "not" in accepted:
        return not values & set(accepted["not"])
    return bool(accepted.get("at_least", value) <= value < accepted.get("below", float("inf")))


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else () if isinstance(value, dict) else (value,)


def _check(fact: str, accepted: Any, where: str) -> None:
    """Raise KnowledgeError when a condition names an unknown fact, value or operator."""
    if fact not in VALUES and fact not in NUMBERS:
        raise KnowledgeError(f"{where}: {problem(fact, accepted)}.")
    if isinstance(accepted, Mapping):
        unknown = set(accepted) - _OPERATORS
        if unknown or not accepted:
            raise KnowledgeError(
                f"{where}: '{fact}' compares with {sorted(unknown) or 'nothing'}. Use one of {sorted(_OPERATORS)}."
            )
        listed = [one for key in ("only", "not") for one in accepted.get(key, [])]
    else:
        listed = [one for one in _listed(accepted) if one != UNANSWERED]
    for one in listed:
        wrong = problem(fact, one)
        if wrong:
            raise KnowledgeError(f"{where}: {wrong}.")
