"""What the visitor reads: five parts for milia, the urgent line first, nothing banned."""

from __future__ import annotations

from typing import Any

import pytest

from triage import knowledge as knowledge_files
from triage.engine import Advise, next_step
from triage.explain import Explanation, explain, why
from triage.model import FlagHit, Level

KNOWLEDGE = knowledge_files.load()
ASKED = [question.id for question in KNOWLEDGE.questions]
TYPICAL: dict[str, Any] = {
    "who": "self", "age_days": 33 * 365, "location": ["under_eye"], "colour": "white", "size_mm": 1, "feel": "hard",
    "top": "closed", "pain": "no", "itch": "no", "heat": "no", "pus": "no", "bleeding": "no", "sore": "no",
    "duration_days": 365, "change": "stable", "number": "few", "trigger": ["none"], "weak_immunity": "no",
    "past_skin_cancer": "no", "unexplained_blisters": "no", "pregnancy": "no", "isotretinoin": "no",
    "eye_signs": "no", "lash_loss": "no", "fever": "no", "unwell": "no",
}  # fmt: skip


def advised(facts: dict[str, Any], *flags: FlagHit) -> tuple[Advise, Explanation]:
    step = next_step(KNOWLEDGE, facts, flags, ASKED)
    assert isinstance(step, Advise)
    return step, explain(KNOWLEDGE, step, facts)


def flag(name: str, level: Level) -> FlagHit:
    return FlagHit(name, level, f"The reason of {name}.", ("J",), ("my own words",))


def test_the_milia_answer_has_its_five_parts_and_mirrors_the_visitor() -> None:
    step, told = advised(TYPICAL)
    assert step.suggests_milia
    assert told.headline == (
        "What you describe matches how milia are usually described: "
        "tiny, hard, white, smooth on top, painless and unchanged for about a year."
    )
    limit, watch, next_one = told.paragraphs
    assert limit == (
        "I can't see or examine your skin, so this isn't a diagnosis, and a few other bumps look similar. "
        "Only a clinician who looks at it can confirm."
    )
    for sign in ("grows", "bleeds", "4 weeks", "hurts", "red or hot", "pus", "colour", "sight", "lashes"):
        assert sign in watch
    assert "the clinic offers a consultation" in next_one
    assert (told.level, told.booking) == (Level.ROUTINE, True)


def test_a_visitor_who_wants_nothing_is_not_sold_anything() -> None:
    _, told = advised({**TYPICAL, "wants": "nothing"})
    assert (told.level, told.booking) == (Level.SELF_CARE, "on_request")


def test_a_slow_increase_is_mirrored_as_such() -> None:
    _, told = advised({**TYPICAL, "change": "slow_increase", "duration_days": 95})
    assert told.headline.endswith("painless and slowly a few more in about 3 months.")


def test_a_baby_gets_no_sale_and_the_watch_list_for_babies() -> None:
    facts = {
        "who": "baby", "age_days": 10, "unwell": "no", "fever": "no", "colour": "white", "size_mm": 1, "feel": "hard",
        "pus": "no", "heat": "no", "location": ["face"],
    }  # fmt: skip
    step, told = advised(facts)
    assert (step.suggests_milia, told.level, told.booking) == (True, Level.SELF_CARE, False)
    assert "38.0 C" in told.paragraphs[-1]
    assert "no creams, no squeezing" in told.text


@pytest.mark.parametrize(
    ("name", "level", "first", "absent"),
    [
        ("E02", Level.EMERGENCY, "Please get emergency care now: call 911", "consultation"),
        ("E04", Level.EMERGENCY, "Rinse the eye now with clean running water for at least 15 to 20 minutes", "milia"),
        ("E12", Level.EMERGENCY, "I'm really glad you said it. You can call or text 9-8-8", "The reason of E12"),
        ("U12", Level.URGENT, "Call BC poison control now: 604-682-5050", "consultation"),
        ("U06", Level.URGENT, "This should be seen today. Please also tell the place that treated you.", "book"),
        ("S01", Level.SOON, "See a family doctor, nurse practitioner or walk-in clinic within about two weeks", "book"),
        ("S21", Level.SOON, "What you describe sounds exhausting.", "consultation"),
    ],
)
def test_the_urgent_line_comes_first(name: str, level: Level, first: str, absent: str) -> None:
    _, told = advised(TYPICAL, flag(name, level))
    assert told.headline.startswith(first)
    assert absent not in told.text
    assert told.booking is False


def test_self_harm_comes_before_any_other_emergency() -> None:
    _, told = advised(TYPICAL, flag("E02", Level.EMERGENCY), flag("E12", Level.EMERGENCY))
    assert "9-8-8" in told.headline


def test_the_reasons_carry_rule_words_source_and_version() -> None:
    step, told = advised({**TYPICAL, "bleeding": "yes", "bleeding.words": "when i wash"})
    assert told.reasons == (
        {
            "rule": "S01.bleeds",
            "level": "soon",
            "because": "A bump that bleeds by itself or again and again should be looked at.",
            "words": ["when i wash"],
            "source": ["MSD-BCC", "Macmillan"],
            "knowledge_version": KNOWLEDGE.version,
            "signed_until": "",
        },
    )
    assert why(KNOWLEDGE, step) == (
        "A bump that bleeds by itself or again and again should be looked at. You said: when i wash. "
        "Source: Basal cell carcinoma quick facts; Signs and symptoms of skin cancer."
    )


def test_pregnancy_and_isotretinoin_are_mentioned_for_the_clinic() -> None:
    _, pregnant = advised({**TYPICAL, "pregnancy": "yes"})
    assert "Tell the clinic that you are pregnant" in pregnant.text
    _, both = advised({**TYPICAL, "pregnancy": "yes", "isotretinoin": "yes"})
    assert both.headline.startswith("Please call the person who prescribed isotretinoin")


def test_a_baby_whose_fever_is_not_known_is_urgent_whatever_else_was_said() -> None:
    facts = {"who": "baby", "age_days": 35, "refuses": "yes"}
    assert advised(facts)[0].level is Level.URGENT
    assert advised(facts, flag("S25", Level.SOON))[0].level is Level.URGENT
