"""Simulated patients: each answers the assistant's questions in free text from its own facts, and nothing else.

`python -m evaluation.patients --engine cases.jsonl` runs them against understanding and triage, without Rasa;
`evaluation.run` runs the same patients against the trained assistant.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from evaluation.cases import Case
from evaluation.cases import read as read_cases
from evaluation.rates import Rate, table
from triage import knowledge as knowledge_files
from triage.engine import Advise, Ask, Reason, next_step
from triage.explain import explain
from triage.facts import merged
from triage.model import Finding, FlagHit, Level, rank_of
from triage.records import Knowledge
from understanding import Understanding, load

if TYPE_CHECKING:
    from evaluation.assistant import Assistant
    from evaluation.assistant import Turn as AssistantTurn

CHECK = "/describe_symptoms"
LONGEST = 30  # turns; a conversation that is not over by then has failed


@dataclass(frozen=True)
class Turn:
    """What the assistant did with one message: its messages, the question it asked, and what it decided."""

    messages: tuple[str, ...]
    asked: str | None
    disposition: str | None
    suggested_milia: bool = False
    offer: str | None = None  # the payload of a button that offers to check a bump


@dataclass(frozen=True)
class Patient:
    """A case: what the patient writes first, what is true, and which levels are right."""

    id: str
    opening: str
    facts: dict[str, str]
    expected: str
    acceptable: tuple[str, ...]
    milia_ok: bool

    @classmethod
    def of(cls, case: Case) -> Patient:
        """Take a checked case."""
        return cls(
            case["id"], case["opening"], case["facts"], case["expected"], tuple(case["acceptable"]), case["milia_ok"]
        )

    @property
    def right(self) -> tuple[str, ...]:
        """Give every level that is right for the patient."""
        return tuple(dict.fromkeys((self.expected, *self.acceptable)))

    def answer(self, about: Sequence[str]) -> str:
        """Answer a question about some subjects: all that the patient knows of them, joined."""
        known = [self.facts[subject].strip() for subject in about if self.facts.get(subject, "").strip()]
        return " ".join(one if one[-1] in ".!?" else f"{one}." for one in known) or "not sure"

    def insists(self) -> str:
        """Ask for a check of the own bump, after an answer that only informed."""
        return f"Can you check mine please? {self.answer(('who', 'location'))}"


@dataclass(frozen=True)
class Visit:
    """How one conversation went and ended."""

    patient: Patient
    disposition: str | None
    questions: tuple[str, ...]
    suggested_milia: bool
    transcript: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the line that is written to OUT."""
        return {
            "id": self.patient.id,
            "disposition": self.disposition,
            "questions": len(self.questions),
            "suggested_milia": self.suggested_milia,
            "transcript": [{"from": who, "text": text} for who, text in self.transcript],
        }

    @property
    def off(self) -> int:
        """0 for a right level, else how many levels too low (negative) or too high."""
        ranks = [Level(level).rank for level in self.patient.right]
        own = rank_of(self.disposition)
        return own - min(ranks) if own < min(ranks) else max(0, own - max(ranks))


# Subjects that a checking question of net two asks about, by its words; a red flag declares none itself.
CHECKED = {
    "fever": r"fever|shiver|cold",
    "feeding": r"feeding",
    "vision": r"eye|sight|see",
    "pain": r"pain|hurt|sore|tender",
    "bleeding": r"bleed|blood|scab",
    "growth": r"grow|bigger|size",
    "change": r"chang|new|many|stayed|weeks|months",
    "redness_swelling": r"red|swell|swollen|hot|puffy",
    "fluid_pus": r"pus|fluid|crust|blister|weep",
    "lashes": r"lash",
    "history": r"pregnan|isotretinoin|retinoid|steroid|medicine|immune|taken|swallowed|before|filler|treated",
}


def subjects_of(asked: str, knowledge: Knowledge, messages: Sequence[str]) -> tuple[str, ...]:
    """Give the subjects of a question: an interview question declares them, a checking question names the danger."""
    declared = next((question.about for question in knowledge.questions if question.id == asked), None)
    if declared is not None:
        return tuple(declared)
    words = messages[-1].lower() if messages else ""
    return (*(subject for subject, named in CHECKED.items() if re.search(named, words)), "general")


def converse(patient: Patient, turn: Callable[[str], Turn], knowledge: Knowledge) -> Visit:
    """Let a patient talk to an assistant until it asks nothing more.

    Whoever only got information, and no advice about the bump, asks once for a check of it: by the button that offers
    one, else in words. Those who still have no advice then leave without one.
    """
    transcript: list[tuple[str, str]] = []
    questions: list[str] = []
    text, last, suggested, insisted = patient.opening, Turn((), None, None), False, False
    for _ in range(LONGEST):
        try:
            last = turn(text)
        except RuntimeError as error:  # no message came out: an outage ends the visit without an advice
            transcript += [("patient", text), ("assistant", f"(silence: {error})")]
            return Visit(patient, None, tuple(questions), suggested, tuple(transcript))
        transcript += [("patient", text), *(("assistant", message) for message in last.messages)]
        suggested = suggested or last.suggested_milia
        if last.asked is None and (insisted or last.disposition is not None):
            break
        if last.asked is None:
            insisted, text = True, last.offer or patient.insists()
            continue
        questions.append(last.asked)
        text = patient.answer(subjects_of(last.asked, knowledge, last.messages))
    ended = last.disposition if last.asked is None else None
    return Visit(patient, ended, tuple(questions), suggested, tuple(transcript))


class Engine:
    """Understanding and triage without Rasa: one conversation, held in memory."""

    def __init__(self, understanding: Understanding, knowledge: Knowledge) -> None:
        """Begin a conversation."""
        self._understanding = understanding
        self._knowledge = knowledge
        self.facts: dict[str, Any] = {}
        self.findings: list[Finding] = []
        self.flags: dict[str, FlagHit] = {}
        self.asked: list[str] = []
        self.reasons: tuple[Reason, ...] = ()

    def turn(self, text: str) -> Turn:
        """Take one message and give what the assistant does."""
        pending = self.asked[-1] if self.asked else None
        reading = self._understanding.read(text, self.findings, pending)
        self.findings += reading.findings
        self.flags.update({hit.flag: hit for hit in reading.flags})
        question = self._knowledge.question(pending) if pending else None
        settles = (*question.settles, *question.also) if question else ()
        self.facts = merged(self.facts, reading.facts, settles)
        step = next_step(self._knowledge, self.facts, list(self.flags.values()), self.asked)
        return self._asked(step) if isinstance(step, Ask) else self._advised(step)

    def _asked(self, step: Ask) -> Turn:
        self.asked.append(step.question.id)
        return Turn((step.question.ask,), step.question.id, step.alarms[0].level.value if step.alarms else None)

    def _advised(self, step: Advise) -> Turn:
        self.reasons = step.reasons
        text = explain(self._knowledge, step, self.facts).text
        return Turn((text,), None, step.level.value, step.suggests_milia)


def measure(cases: Sequence[Case], assistant: Assistant) -> list[Visit]:
    """Let the patients talk to the trained assistant, each in a conversation of its own."""
    knowledge = knowledge_files.load()

    def turns(sender: str) -> Callable[[str], Turn]:
        return lambda text: _heard(assistant.say(text, sender, button=text == CHECK))

    return [converse(Patient.of(case), turns(f"patient-{case['id']}-{uuid4().hex}"), knowledge) for case in cases]


def measure_engine(cases: Sequence[Case]) -> list[tuple[Visit, Engine]]:
    """Let the patients talk to understanding and triage alone."""
    understanding, knowledge = load(), knowledge_files.load()
    visits = []
    for case in cases:
        engine = Engine(understanding, knowledge)
        visits.append((converse(Patient.of(case), engine.turn, knowledge), engine))
    return visits


def _heard(turn: AssistantTurn) -> Turn:
    offered = any(one["payload"] == CHECK for one in turn.buttons)
    return Turn(turn.texts, turn.question, turn.disposition, turn.suggests_milia, CHECK if offered else None)


def report(visits: Sequence[Visit]) -> str:
    """Give the table: every rate with its exact 95 % interval, and the cases that went wrong."""
    rows: list[tuple[str, object]] = [
        ("exact", Rate.of(one.disposition == one.patient.expected for one in visits)),
        ("right or acceptable", Rate.of(one.off == 0 for one in visits)),
        ("under-triage", Rate.of(one.off < 0 for one in visits)),
        ("over-triage", Rate.of(one.off > 0 for one in visits)),
        ("coverage", Rate.of(one.disposition is not None for one in visits)),
        (
            "milia suggested against the case",
            Rate.of(one.suggested_milia for one in visits if not one.patient.milia_ok),
        ),
        ("milia suggested where it fits", Rate.of(one.suggested_milia for one in visits if one.patient.milia_ok)),
    ]
    asked = sorted(len(one.questions) for one in visits)
    parts = [
        table(("patients", "rate"), rows),
        f"Questions asked: median {asked[len(asked) // 2]}, most {asked[-1]}; {_often(visits)}",
        "Too low: " + _names(one for one in visits if one.off < 0),
        "Too high: " + _names(one for one in visits if one.off > 0),
        "Milia against the case: " + _names(one for one in visits if one.suggested_milia and not one.patient.milia_ok),
    ]
    return "\n\n".join(parts)


def _names(visits: Iterable[Visit]) -> str:
    texts = [f"{one.patient.id} ({'/'.join(one.patient.right)}, got {one.disposition})" for one in visits]
    return ", ".join(texts) or "none"


def _often(visits: Iterable[Visit]) -> str:
    return ", ".join(f"{name} {n}" for name, n in Counter(q for one in visits for q in one.questions).most_common())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the patients of a file against the engine and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", type=Path, required=True, metavar="FILE", help="case file, one JSON object a line")
    parser.add_argument("--out", type=Path, help="write one JSON line a case")
    parser.add_argument("--wrong", action="store_true", help="name the rules and words behind every wrong level")
    parser.add_argument("--show", nargs="*", default=[], metavar="ID", help="print these conversations")
    options = parser.parse_args(arguments)
    visits = measure_engine(read_cases(options.engine, "patients"))
    for visit, engine in visits:
        if visit.patient.id in options.show:
            _print(visit, engine)
        elif options.wrong and visit.off:
            print(f"{visit.patient.id} ({'/'.join(visit.patient.right)}, got {visit.disposition})")
            _print_reasons(engine)
    print(report([visit for visit, _ in visits]))
    if options.out:
        lines = (json.dumps(visit.to_dict(), ensure_ascii=False) + "\n" for visit, _ in visits)
        options.out.write_text("".join(lines), "utf-8")
    return 0


def _print(result: Visit, engine: Engine) -> None:
    for who, text in result.transcript:
        print(f"{who:>9}: {text}")
    print("facts:", {fact: value for fact, value in engine.facts.items() if "." not in fact})
    _print_reasons(engine)


def _print_reasons(engine: Engine) -> None:
    for reason in engine.reasons:
        print(f"  {reason.level.value} {reason.rule}: {', '.join(reason.words)}")


if __name__ == "__main__":
    sys.exit(main())
