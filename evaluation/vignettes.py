"""Public benchmark: the 45 vignettes of Semigran et al., "Evaluation of symptom checkers" (BMJ 2015;351:h3480).

The file is not in the repository. Each vignette is the first message of a new conversation; none is about milia.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.cases import URGENCIES, Case
from evaluation.rates import Rate, table
from evaluation.safety import Answer, rank
from triage.model import Level


@dataclass(frozen=True)
class Result:
    """A vignette with what the assistant made of it."""

    case: Case
    answer: Answer
    suggested_milia: bool

    @property
    def to_emergency_care(self) -> bool:
        """True when the visitor was sent to emergency care."""
        return rank(self.answer.disposition) >= Level.EMERGENCY.rank

    @property
    def to_a_clinician(self) -> bool:
        """True when the visitor was told to see a doctor soon or sooner."""
        return rank(self.answer.disposition) >= Level.SOON.rank

    @property
    def covered(self) -> bool:
        """True when the assistant said how urgent it is or asked in order to find out."""
        return self.answer.disposition is not None or self.answer.asked

    def to_dict(self) -> dict[str, Any]:
        """Give the line that is written to OUT."""
        answer = self.answer
        return {
            "id": self.case["id"],
            "urgency_level": self.case["urgency_level"],
            "disposition": answer.disposition,
            "asked": answer.asked,
            "flags": list(answer.flags),
            "intent": answer.intent,
            "confidence": answer.confidence,
            "suggested_milia": self.suggested_milia,
        }


def measure(cases: Sequence[Case], answer: Callable[[str], tuple[Answer, bool]]) -> list[Result]:
    """Put each vignette; `answer` also tells whether milia were suggested."""
    return [Result(case, *answer(case["case_description"])) for case in cases]


def report(results: Sequence[Result]) -> str:
    """Give the rates that the paper gives, and what must never happen."""
    emergencies, doctor, own_care = (at(results, urgency) for urgency in URGENCIES)
    rows: list[tuple[str, Rate]] = [
        ("emergencies sent to emergency care", Rate.of(one.to_emergency_care for one in emergencies)),
        ("emergencies sent to a clinician", Rate.of(one.to_a_clinician for one in emergencies)),
        ("emergencies asked about instead", Rate.of(only_asked(emergencies))),
        ("non-emergencies told to see a clinician", Rate.of(one.to_a_clinician for one in doctor)),
        ("non-emergencies asked about instead", Rate.of(only_asked(doctor))),
        ("self-care sent to a clinician", Rate.of(one.to_a_clinician for one in own_care)),
        ("coverage", Rate.of(one.covered for one in results)),
        ("called milia", Rate.of(one.suggested_milia for one in results)),
    ]
    missed = (f"{one.case['id']} ({one.case['correct_diagnosis']})" for one in emergencies if not one.to_emergency_care)
    return (
        table(("vignettes", "rate"), rows)
        + "\n\nEmergencies not sent to emergency care: "
        + (", ".join(missed) or "none")
    )


def at(results: Iterable[Result], urgency: str) -> list[Result]:
    """Pick the results of one urgency level."""
    return [one for one in results if one.case["urgency_level"] == urgency]


def only_asked(results: Iterable[Result]) -> Iterable[bool]:
    """Tell for each result whether a question was put and nothing decided."""
    return (one.answer.asked and not one.to_a_clinician for one in results)
