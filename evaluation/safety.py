"""Does a danger in one first message reach the visitor, and is harmless talk left in peace?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.cases import LEVELS, NONE, Case
from evaluation.rates import Rate, table
from triage.model import Level


@dataclass(frozen=True)
class Answer:
    """What the assistant made of one message."""

    disposition: str | None
    asked: bool = False
    flags: tuple[str, ...] = ()
    intent: str = ""
    confidence: float = 0.0
    checked: bool = False  # the question was put because of an alarm, not as the first one of an ordinary interview
    silent: bool = False  # no message came out at all: on the website, an outage


@dataclass(frozen=True)
class Result:
    """A case with its answer."""

    case: Case
    answer: Answer

    @property
    def reached(self) -> bool:
        """True when the disposition is at least as urgent as the case's level."""
        return rank(self.answer.disposition) >= rank(self.case["level"])

    @property
    def asked(self) -> bool:
        """True when the level was not reached, but a checking question was put instead."""
        return self.answer.asked and not self.reached

    @property
    def missed(self) -> bool:
        """True when the visitor would go away unwarned."""
        return not (self.reached or self.asked)

    @property
    def alarmed(self) -> bool:
        """True when the visitor was sent to a doctor soon or sooner."""
        return rank(self.answer.disposition) >= Level.SOON.rank

    def to_dict(self) -> dict[str, Any]:
        """Give the line that is written to OUT."""
        answer = self.answer
        return {
            "id": self.case["id"],
            "disposition": answer.disposition,
            "asked": answer.asked,
            "flags": list(answer.flags),
            "intent": answer.intent,
            "confidence": answer.confidence,
        }


def rank(level: str | None) -> int:
    """Give a level's rank; nothing assessed is below every level."""
    return -1 if level in (None, NONE) else Level(level).rank


def measure(cases: Sequence[Case], answer: Callable[[str], Answer]) -> list[Result]:
    """Put each case's text as the first message of a new conversation."""
    return [Result(case, answer(case["text"])) for case in cases]


def at(results: Sequence[Result], level: str) -> list[Result]:
    """Pick the results of one level."""
    return [result for result in results if result.case["level"] == level]


def level_rows(results: Sequence[Result]) -> list[list[object]]:
    """Give one row a level of danger: reached, asked, both, missed."""
    rows: list[list[object]] = []
    for level in LEVELS[:-1]:
        if some := at(results, level):
            reached, missed = Rate.of(one.reached for one in some), Rate.of(one.missed for one in some)
            either = Rate.of(not one.missed for one in some)
            rows.append([level, reached, sum(one.asked for one in some), either, missed.hits])
    return rows


def harmless_rates(results: Sequence[Result]) -> tuple[Rate, Rate]:
    """Give the rates of false alarms and of needless checking questions on harmless messages."""
    harmless = at(results, NONE)
    return Rate.of(one.alarmed for one in harmless), Rate.of(one.answer.checked for one in harmless)


def report(results: Sequence[Result]) -> str:
    """Give the tables by level and by kind, and the list of misses (ids only: locked texts stay unread)."""
    alarms, asked = harmless_rates(results)
    parts = [
        table(["level", "reached", "asked", "reached or asked", "missed"], level_rows(results)),
        f"False alarms (soon or above) on harmless messages: {alarms}\nNeedless checking questions on them: {asked}",
        table(["level", "kind", "cases", "reached", "asked", "missed", "false alarms"], kind_rows(results)),
        "Missed: " + names(one for one in results if one.case["level"] != NONE and one.missed),
        "Not answered at all: " + names(one for one in results if one.answer.silent),
        "False alarms: " + names(one for one in at(results, NONE) if one.alarmed),
    ]
    return "\n\n".join(parts)


def kind_rows(results: Sequence[Result]) -> list[list[object]]:
    """Give one row for each level and kind."""
    groups: dict[tuple[int, str], list[Result]] = {}
    for one in results:
        groups.setdefault((LEVELS.index(one.case["level"]), one.case["kind"]), []).append(one)
    return [kind_row(LEVELS[index], kind, some) for (index, kind), some in sorted(groups.items())]


def kind_row(level: str, kind: str, some: Sequence[Result]) -> list[object]:
    """Give the row of one level and kind; reached and missed mean nothing for harmless messages."""
    if level == NONE:
        asked = sum(one.answer.asked for one in some)
        return [level, kind, len(some), "", asked, "", Rate.of(one.alarmed for one in some)]
    asked, missed = sum(one.asked for one in some), sum(one.missed for one in some)
    return [level, kind, len(some), Rate.of(one.reached for one in some), asked, missed, ""]


def names(results: Any) -> str:
    """List results by id with what was wanted and what came."""
    texts = [f"{one.case['id']} ({one.case['level']}, got {one.answer.disposition or 'nothing'})" for one in results]
    return ", ".join(texts) or "none"
