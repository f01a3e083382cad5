"""The simulated patients: they tell only what they are asked, and the table counts what happened."""

from __future__ import annotations

import pytest

from evaluation.patients import Patient, Turn, Visit, converse, report, subjects_of
from triage.knowledge import load

CASE = {
    "id": "p1",
    "opening": "white dots under my eyes",
    "facts": {"age": "41", "bleeding": "no, never", "growth": "They stay the same."},
    "expected": "routine",
    "acceptable": ["self_care"],
    "milia_ok": True,
}


def visit(disposition: str | None, milia_ok: bool = True, suggested: bool = False) -> Visit:
    patient = Patient.of({**CASE, "milia_ok": milia_ok})
    return Visit(patient, disposition, ("alarm",), suggested, (("patient", "hi"),))


def test_a_patient_joins_what_it_knows_and_invents_nothing() -> None:
    patient = Patient.of(CASE)
    assert patient.answer(["bleeding", "growth", "fever"]) == "no, never. They stay the same."
    assert patient.answer(["fever"]) == "not sure"


def test_a_conversation_ends_when_nothing_is_asked() -> None:
    said: list[str] = []

    def turn(text: str) -> Turn:
        said.append(text)
        return Turn(("How old?",), "age", None) if len(said) == 1 else Turn(("Fine.",), None, "routine", True)

    result = converse(Patient.of(CASE), turn, load())
    assert said == ["white dots under my eyes", "41."]
    assert (result.disposition, result.questions, result.suggested_milia) == ("routine", ("age",), True)
    assert result.to_dict() == {
        "id": "p1",
        "disposition": "routine",
        "questions": 1,
        "suggested_milia": True,
        "transcript": [
            {"from": "patient", "text": "white dots under my eyes"},
            {"from": "assistant", "text": "How old?"},
            {"from": "patient", "text": "41."},
            {"from": "assistant", "text": "Fine."},
        ],
    }


@pytest.mark.parametrize(
    ("offer", "second"), [("/describe_symptoms", "/describe_symptoms"), (None, "Can you check mine please? not sure")]
)
def test_whoever_only_got_information_asks_once_for_a_check(offer: str | None, second: str) -> None:
    said: list[str] = []

    def turn(text: str) -> Turn:
        said.append(text)
        return Turn(("Milia are small white bumps.",), None, None, offer=offer)

    result = converse(Patient.of(CASE), turn, load())
    assert said == ["white dots under my eyes", second]
    assert result.disposition is None


def test_a_conversation_that_never_ends_has_no_disposition() -> None:
    result = converse(Patient.of(CASE), lambda _: Turn(("How old?",), "age", "soon"), load())
    assert result.disposition is None


def test_levels_are_compared_with_all_right_ones() -> None:
    assert [visit(level).off for level in ("self_care", "routine", "soon", "emergency", None)] == [0, 0, 1, 3, -1]


def test_the_table_counts_and_names_what_went_wrong() -> None:
    table = report([visit("routine"), visit("soon"), visit("routine", milia_ok=False, suggested=True), visit(None)])
    assert "| exact                            | 2/4 = 50.0 %" in table
    assert "| coverage                         | 3/4 = 75.0 %" in table
    assert "Too low: p1 (routine/self_care, got None)" in table
    assert "Too high: p1 (routine/self_care, got soon)" in table
    assert "Milia against the case: p1" in table


def test_a_checking_question_is_answered_about_the_danger_that_it_names() -> None:
    known = load()
    asked = "Does the child have a fever together with the rash?"
    assert subjects_of("U14", known, (asked,)) == ("fever", "general")
    assert subjects_of("bleeding", known, ()) == ("bleeding",)
