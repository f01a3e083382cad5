"""From findings to the facts of the interview; the mapping is `knowledge/facts.yml`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from triage.errors import KnowledgeError
from triage.facts import NUMBERS, VALUES
from triage.files import read_yaml
from triage.model import Assertion, Finding
from understanding.quantities import FEVER

_SECTIONS = ("signs", "healthy", "measured", "provoked", "regardless", "choices", "absent", "lists", "numbers")

Concepts = tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """Findings indexed by concept and by everything the concept is a kind of."""

    by_concept: Mapping[str, tuple[Finding, ...]]

    @classmethod
    def by(cls, findings: Iterable[Finding], ancestors: Callable[[str], frozenset[str]]) -> Told:
        """Index the findings."""
        index: dict[str, list[Finding]] = {}
        for finding in findings:
            for concept in ancestors(finding.concept) | {finding.concept}:
                index.setdefault(concept, []).append(finding)
        return cls({concept: tuple(found) for concept, found in index.items()})

    def meant(self, concepts: Iterable[str], *assertions: Assertion) -> tuple[Finding, ...]:
        """Give the findings of some concepts with one of the assertions."""
        told = [concept for concept in concepts if concept in self.by_concept]
        found = [finding for concept in told for finding in self.by_concept[concept]]
        return tuple([finding for finding in found if finding.assertion in assertions])

    def holding(self, concepts: Iterable[str]) -> tuple[Finding, ...]:
        """Give the findings that count as the patient's, now."""
        return self.meant(concepts, Assertion.PRESENT, Assertion.POSSIBLE)

    def described(self, concepts: Iterable[str]) -> tuple[Finding, ...]:
        """Give how something looks or feels, also "when I press" and "if you run a nail over it"."""
        return self.meant(concepts, Assertion.PRESENT, Assertion.POSSIBLE, Assertion.HYPOTHETICAL)

    def ever(self, concepts: Iterable[str]) -> tuple[Finding, ...]:
        """Give what is or was: a healed burn still explains the bumps."""
        return self.meant(concepts, Assertion.PRESENT, Assertion.POSSIBLE, Assertion.PAST)


class Spans:
    """Where some findings stand in the text; asking costs no more when they are many."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Sort them, and note how far those reach that start no later than each."""
        spans = sorted((one.start, one.end) for one in findings)
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def hold(self, finding: Finding) -> bool:
        """Tell whether the finding lies inside one of them."""
        before = bisect_right(self._starts, finding.start)
        return before > 0 and self._reach[before - 1] >= finding.end

    def overlap(self, finding: Finding) -> bool:
        """Tell whether the finding shares a letter with one of them."""
        before = bisect_left(self._starts, finding.end)
        return before > 0 and self._reach[before - 1] > finding.start


class FactReader:
    """Turns findings into facts."""

    def __init__(self, path: Path, concepts: frozenset[str], ancestors: Callable[[str], frozenset[str]]) -> None:
        """Read the mapping; raises KnowledgeError for an unknown fact or concept."""
        self._map = read_yaml(path)
        self.ancestors = ancestors
        _check(path.name, self._map, concepts)
        self._speaking = {fact: frozenset(self._named(fact)) for fact in {*VALUES, *NUMBERS}}

    def facts(self, findings: Sequence[Finding]) -> dict[str, Any]:
        """Give every fact that the findings tell, each with the visitor's own words under `<fact>.words`."""
        told = Told.by(self._counting(findings), self.ancestors)
        facts: dict[str, Any] = {}
        for tell in (self._signs, self._choices, self._lists, self._numbers):
            for fact, value, evidence in tell(told):
                facts[fact] = value
                facts[f"{fact}.words"] = "; ".join(dict.fromkeys(finding.text for finding in evidence[:3]))
        return facts

    def concepts(self, fact: str) -> frozenset[str]:
        """Give the concepts that speak of a fact."""
        return self._speaking.get(fact, frozenset())

    def _named(self, fact: str) -> Concepts:
        found: list[str] = [*self._map["signs"].get(fact, ()), *self._map["healthy"].get(fact, ())]
        for section in ("choices", "absent", "lists"):
            found += [concept for concepts in self._map[section].get(fact, {}).values() for concept in concepts]
        return (*found, *self._map["numbers"].get(fact, ()))

    def _counting(self, findings: Sequence[Finding]) -> list[Finding]:
        """Leave out findings that another one hides where they overlap."""
        where: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.concept in self._map["hides"]:
                where.setdefault(finding.concept, []).append(finding)
        hiding = [(concept, frozenset(self._map["hides"][concept]), Spans(found)) for concept, found in where.items()]
        return [
            finding
            for finding in findings
            if not any(
                concept != finding.concept
                and not hidden.isdisjoint(self.ancestors(finding.concept))
                and spans.overlap(finding)
                for concept, hidden, spans in hiding
            )
        ]

    def _spoken_of(self, section: str, told: Told) -> Iterable[tuple[str, Any]]:
        """Give the entries of a section whose concepts the message names at all."""
        for fact, entry in self._map[section].items():
            if not self._speaking[fact].isdisjoint(told.by_concept):
                yield fact, entry

    def _signs(self, told: Told) -> Iterable[tuple[str, Any, tuple[Finding, ...]]]:
        for fact, concepts in self._spoken_of("signs", told):
            well = told.holding(self._map["healthy"].get(fact, ()))
            causes = {one.sentence for one in told.holding(self._map["provoked"].get(fact, ()))}
            held = told.holding(concepts)
            regardless = told.holding(self._map["regardless"].get(fact, ()))
            measured = told.holding(self._map["measured"].get(fact, ()))
            if measured and not any(one.value and one.value >= FEVER for one in told.holding(("temperature",))):
                yield fact, "no", measured
                continue
            for value, evidence in (
                ("yes", tuple(one for one in held if one.sentence not in causes or one in regardless)),
                ("no", well),
                ("past", (*held, *told.meant(concepts, Assertion.PAST))),
                ("no", told.meant(concepts, Assertion.ABSENT)),
            ):
                if evidence:
                    yield fact, value, evidence
                    break

    def _choices(self, told: Told) -> Iterable[tuple[str, Any, tuple[Finding, ...]]]:
        for fact, values in self._spoken_of("choices", told):
            present = next(((value, found) for value, one in values.items() if (found := told.described(one))), None)
            if present:
                yield fact, *present
                continue
            # "no hole" tells that the top is closed, "not growing" that it is stable
            for value, concepts in self._map["absent"].get(fact, {}).items():
                if evidence := told.meant(concepts, Assertion.ABSENT):
                    yield fact, value, evidence

    def _lists(self, told: Told) -> Iterable[tuple[str, Any, tuple[Finding, ...]]]:
        for fact, values in self._spoken_of("lists", told):
            tell = told.holding if fact == "location" else told.ever
            found = {value: evidence for value, one in values.items() if (evidence := tell(one))}
            found = _narrowed(found) if fact == "location" else found
            if found:
                yield fact, list(found), tuple(one for evidence in found.values() for one in evidence)

    def _numbers(self, told: Told) -> Iterable[tuple[str, Any, tuple[Finding, ...]]]:
        for fact, concepts in self._spoken_of("numbers", told):
            valued = [finding for finding in told.holding(concepts) if finding.value is not None]
            if valued:
                yield fact, max(finding.value for finding in valued if finding.value is not None), tuple(valued)


def _narrowed(found: dict[str, tuple[Finding, ...]]) -> dict[str, tuple[Finding, ...]]:
    """Keep the closest place: a finding inside one that was kept says nothing new."""
    kept: dict[str, tuple[Finding, ...]] = {}
    for value, evidence in found.items():
        others = Spans(one for ones in kept.values() for one in ones)
        own = tuple(one for one in evidence if not others.hold(one))
        if own:
            kept[value] = own
    return kept


def _check(name: str, raw: Mapping[str, Any], concepts: frozenset[str]) -> None:
    for section in _SECTIONS:
        for fact, entry in (raw.get(section) or {}).items():
            if fact not in VALUES and fact not in NUMBERS:
                raise KnowledgeError(f"{name}: '{fact}' under '{section}:' is no fact. Use one of {sorted(VALUES)}.")
            named = entry if isinstance(entry, list) else [one for ones in entry.values() for one in ones]
            unknown = sorted(set(named) - concepts)
            if unknown:
                raise KnowledgeError(
                    f"{name}: '{fact}' uses the concept '{unknown[0]}', which no file in language/ defines. "
                    "Add it there or correct the name."
                )
    missing = [section for section in (*_SECTIONS, "hides") if not isinstance(raw.get(section), dict)]
    if missing:
        raise KnowledgeError(f"{name}: '{missing[0]}:' is missing. Add it, with {{}} when it is empty.")
