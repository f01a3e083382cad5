"""Replies to the interview's questions, and what a first message volunteers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from triage.facts import merged
from triage.knowledge import load as load_knowledge
from triage.model import Assertion
from understanding.reader import KNOWLEDGE, Understanding


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(KNOWLEDGE, screen=False)


def facts_of(understanding: Understanding, text: str, question: str | None = None) -> dict[str, Any]:
    """Give the facts without the visitor's words and the note of what was only implied."""
    facts = understanding.read(text, (), question).facts
    return {fact: value for fact, value in facts.items() if "." not in fact and fact != "unsaid"}


NOTHING_ALARMING = {
    "bleeding": "no", "sore": "no", "unwell": "no", "fever": "no", "eye_signs": "no", "lash_loss": "no",
    "heat": "no", "pain": "no", "change": "stable",
}  # fmt: skip
NOTHING_BEFORE = {
    "trigger": ["none"], "weak_immunity": "no", "past_skin_cancer": "no", "unexplained_blisters": "no",
    "isotretinoin": "no", "pregnancy": "no",
}  # fmt: skip


@pytest.mark.parametrize("reply", ["none of these", "no", "nope", "nah none", "None.", "no, nothing like that"])
def test_none_of_these_answers_the_whole_checklist(understanding: Understanding, reply: str) -> None:
    assert facts_of(understanding, reply, "alarm") == NOTHING_ALARMING


@pytest.mark.parametrize("reply", ["no", "none", "nope never", "nothing"])
def test_no_answers_what_came_before(understanding: Understanding, reply: str) -> None:
    assert facts_of(understanding, reply, "before") == NOTHING_BEFORE


@pytest.mark.parametrize("reply", ["yes", "yeah one of these", "yep"])
def test_a_bare_yes_to_a_checklist_settles_nothing(understanding: Understanding, reply: str) -> None:
    assert facts_of(understanding, reply, "alarm") == {}


@pytest.mark.parametrize(
    ("question", "reply", "expected"),
    [
        ("age", "33", {"age_days": 33 * 365}),
        ("age", "Sixty-three", {"age_days": 63 * 365}),
        ("age", "I have 41 years", {"age_days": 41 * 365}),
        ("age", "56 and proud of it", {"age_days": 56 * 365}),
        ("age", "3 weeks and 1 day", {"age_days": 21}),
        ("bleeding", "yes when i wash", {"bleeding": "yes", "sore": "no"}),
        ("bleeding", "no never", {"bleeding": "no", "sore": "no"}),
        ("pain", "nope", {"pain": "no"}),
        ("pain", "yes a bit", {"pain": "yes"}),
        ("top", "smooth", {"top": "closed"}),
        ("top", "there's a little dent in the middle", {"top": "dimple"}),
        ("top", "i can't tell", {"top": "unknown"}),
        ("touch", "is hard and round, the skin is closed, no hole", {"feel": "hard", "top": "closed"}),
        ("touch", "firm when I press, smooth, closed", {"feel": "hard", "top": "closed"}),
        ("size", "pinhead", {"size_mm": 1}),
        ("size", "about the size of a pea", {"size_mm": 7}),
        ("size", "no bigger than a pinhead", {"size_mm": 1}),
        ("number", "just the one", {"number": "one"}),
        ("number", "about fifteen together", {"number": "many"}),
        ("number", "5 or 6", {"number": "few"}),
        ("change", "they don't grow", {"change": "stable"}),
        ("change", "a few more over the years", {"change": "slow_increase"}),
        ("colour", "white like milk", {"colour": "white"}),
        ("colour", "I can't tell, I've never seen colour", {"colour": "unknown"}),
        ("place", "beneath both eyes", {"location": ["under_eye"]}),
        ("place", "chin and either side of the mouth", {"location": ["face"]}),
        ("symptoms", "no", {"itch": "no", "pus": "no", "heat": "no", "pain": "no"}),
    ],
)
def test_a_short_reply_means_what_was_asked(
    understanding: Understanding, question: str, reply: str, expected: dict[str, Any]
) -> None:
    told = facts_of(understanding, reply, question)
    assert {fact: told.get(fact) for fact in expected} == expected


def test_a_first_message_is_used(understanding: Understanding) -> None:
    told = facts_of(
        understanding,
        "hi, i have these tiny white hard bumps under both eyes for like a year, dont hurt. are they milia?",
    )
    expected = {
        "who": "self", "colour": "white", "size_mm": 1, "feel": "hard", "location": ["under_eye"], "number": "few",
        "duration_days": 365, "pain": "no",
    }  # fmt: skip
    assert {fact: told.get(fact) for fact in expected} == expected


def test_the_look_is_taken_only_from_words_about_bumps(understanding: Understanding) -> None:
    told = facts_of(understanding, "Hydrocortisone fixed my red flaky eyes but left me with four white pearls.")
    assert (told.get("colour"), told.get("feel")) == (None, None)


def test_a_bare_yes_becomes_a_finding_for_the_red_flags(understanding: Understanding) -> None:
    reading = understanding.read("yes", (), "bleeding")
    assert [(one.concept, one.assertion) for one in reading.findings if one.concept == "bleeding"] == [
        ("bleeding", Assertion.PRESENT)
    ]
    assert reading.findings[-1].evidence == "answer to 'bleeding'"


def test_refusing_is_heard_and_yes_or_no_is_no_yes(understanding: Understanding) -> None:
    told = facts_of(understanding, "not doing a quiz. just tell me yes or no", "alarm")
    assert told == {"refuses": "yes"}


def test_a_correction_replaces_and_an_implication_never_does() -> None:
    asked = load_knowledge().question("before").settles
    assert merged({"size_mm": 1}, {"size_mm": 7}) == {"size_mm": 1}
    assert merged({"size_mm": 1}, {"size_mm": 7, "corrects": "yes"}) == {"size_mm": 7}
    assert merged({"pregnancy": "yes"}, {"pregnancy": "no", "unsaid": ["pregnancy"]}, asked) == {"pregnancy": "yes"}
    assert merged({"bleeding": "no"}, {"bleeding": "yes", "bleeding.words": "it bleeds"}) == {
        "bleeding": "yes",
        "bleeding.words": "it bleeds",
    }


ANSWERS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "answers.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: f"{answer['question']}: {answer['reply']}")
def test_an_answer_means_what_was_asked_and_raises_no_alarm_without_need(
    understanding: Understanding, answer: dict[str, Any]
) -> None:
    opening = understanding.read("little bumps under my eyes")
    reading = understanding.read(answer["reply"], opening.findings, answer["question"])
    assert {fact: reading.facts.get(fact) for fact in answer["facts"]} == answer["facts"]
    assert not (answer.get("quiet") and reading.flags), reading.flags
