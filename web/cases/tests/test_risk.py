"""What worries, and in which order: the table of docs/console.md, case by case."""

from __future__ import annotations

import pytest

from cases.models import Concern, Outcome
from cases.risk import Said, Standing, concerns, outcome, sureness

CALM = Said(intent="ask_pain", confidence=0.9)
ALARM = Said(intent="report_red_flag", confidence=0.9, flags=(("U02", "urgent"),))


@pytest.mark.parametrize(
    ("said", "standing", "expected"),
    [
        ([CALM], Standing(), []),
        ([ALARM], Standing("urgent"), [Concern.URGENT]),
        ([ALARM], Standing("urgent", booked=True), []),
        ([ALARM], Standing("urgent", called_back=True), []),
        ([ALARM], Standing("urgent", "emergency", called_back=True), [Concern.EMERGENCY]),
        ([CALM], Standing(call_back_reason="self_harm"), [Concern.SELF_HARM]),
        ([CALM], Standing(call_back_reason="outage"), []),  # the message without an answer says it
        ([CALM], Standing("routine"), []),
        ([Said(asked="E02")], Standing(), [Concern.CHECK]),
        ([Said(asked="E02"), CALM], Standing(), [Concern.CHECK]),
        ([Said(asked="E02"), Said(intent="deny")], Standing(), []),
        ([Said(asked="E02"), Said(pressed=True)], Standing(), []),
        ([Said(asked="duration")], Standing(), []),
        ([Said(answered=False)], Standing(), [Concern.OUTAGE]),
        ([CALM], Standing(wants_follow_up=True), [Concern.FOLLOW_UP]),
        (
            [Said(signs=(("fever", "absent"),)), CALM, Said(signs=(("fever", "present"),))],
            Standing(),
            [Concern.CHANGED],
        ),
        ([Said(signs=(("fever", "present"),)), Said(signs=(("fever", "absent"),))], Standing(), []),
        ([Said(intent="ask_pain", confidence=0.49)], Standing(), [Concern.UNSURE]),
        ([Said(intent="ask_pain", confidence=0.49, pressed=True)], Standing(), []),
        ([Said(intent="nlu_fallback", confidence=0.1)], Standing(), [Concern.FALLBACK]),
        ([Said(intent="ask_pain", confidence=0.9, unhelpful=True)], Standing(), [Concern.UNHELPFUL]),
        ([ALARM, Said(answered=False)], Standing("urgent"), [Concern.URGENT, Concern.OUTAGE]),
    ],
)
def test_what_worries(said: list[Said], standing: Standing, expected: list[Concern]) -> None:
    assert concerns(said, standing) == expected


def test_the_worst_has_the_highest_risk() -> None:
    assert [one.risk for one in Concern] == list(range(11, 0, -1))


@pytest.mark.parametrize(
    ("said", "standing", "expected"),
    [
        ([], Standing(), Outcome.SILENT),
        ([CALM], Standing(), Outcome.ANSWERED),
        ([CALM], Standing("self_care"), Outcome.ADVISED),
        ([ALARM], Standing("urgent"), Outcome.TO_CARE),
        ([ALARM], Standing("urgent", called_back=True), Outcome.CALLED_BACK),
        ([CALM], Standing("routine", booked=True), Outcome.BOOKED),
        ([CALM, Said(answered=False)], Standing("routine"), Outcome.NO_ANSWER),
        ([Said(asked="duration")], Standing(), Outcome.LEFT),
    ],
)
def test_how_it_stands(said: list[Said], standing: Standing, expected: Outcome) -> None:
    assert outcome(said, standing) == expected


@pytest.mark.parametrize(("confidence", "expected"), [(0.49, "low"), (0.5, "medium"), (0.8, "high"), (None, "high")])
def test_how_sure(confidence: float | None, expected: str) -> None:
    assert sureness([Said(confidence=confidence), CALM]) == expected
