"""What a message asks, in its own words or in the light of the answer before it."""

from __future__ import annotations

from typing import Any

import pytest

from actions.asking import Asked, asked, asked_in
from tests.actions.trackers import tracker

EXTRACTION = Asked("ask_extraction", subject="extraction")
CAUTERY = Asked("ask_electrocautery", subject="electrocautery")
RETINOID = Asked("ask_skincare", "retinoid", subject="retinoid")
BABIES = Asked("ask_babies", subject="babies")
DURATION = Asked("ask_duration")
DEFINITION = Asked("ask_definition")
SYRINGOMA = Asked("ask_difference", bumps=("D-03",))
OPEN = Asked("ask_pain", "extraction", subject="extraction")


@pytest.mark.parametrize(
    ("about", "text", "guess", "meant"),
    [
        (EXTRACTION, "does it hurt?", "ask_harmful", ("ask_pain", "extraction")),
        (CAUTERY, "does it hurt?", "ask_pain", ("ask_pain", "electrocautery")),
        (RETINOID, "does it hurt?", "ask_pain", ("ask_skincare", "sting")),
        (DEFINITION, "does it hurt?", "ask_pain", ("ask_pain", "bumps")),
        (EXTRACTION, "how long?", "ask_duration", ("ask_downtime", "extraction")),
        (OPEN, "ok and how long then?", "ask_duration", ("ask_downtime", "extraction")),
        (RETINOID, "how long?", "ask_duration", ("ask_skincare", "how_long")),
        (BABIES, "how long?", "ask_duration", ("ask_babies", "course")),
        (DEFINITION, "how long?", "ask_downtime", ("ask_duration", None)),
        (EXTRACTION, "how much?", "out_of_scope", ("ask_cost", "prices")),
        (DURATION, "and for babies?", "ask_babies", ("ask_duration", "newborn")),
        (EXTRACTION, "and for babies?", "ask_babies", ("ask_treatment_options", "newborn")),
        (DEFINITION, "what about babies", "out_of_scope", ("ask_babies", None)),
        (RETINOID, "what about near the eye?", "ask_eye_area", ("ask_eye_area", "product")),
        (EXTRACTION, "what about near the eye?", "ask_eye_area", ("ask_eye_area", None)),
        (EXTRACTION, "is it safe", "ask_harmful", ("ask_risks", "extraction")),
        (RETINOID, "and if i'm pregnant?", "ask_pregnancy", ("ask_skincare", "pregnancy")),
        (DEFINITION, "says who?", "out_of_scope", ("explain", "sources")),
        (DEFINITION, "tell me more", "stop", ("explain", "more")),
        (None, "how much?", "out_of_scope", ("ask_cost", "prices")),
        (EXTRACTION, "will the extraction of all of these hurt me a lot?", "ask_pain", ("ask_pain", "extraction")),
        (CAUTERY, "will i need time off work", "ask_downtime", ("ask_downtime", "electrocautery")),
        (CAUTERY, "what are milia", "ask_definition", ("ask_definition", None)),
    ],
)
def test_a_short_question_is_about_what_is_in_hand(
    about: Asked | None, text: str, guess: str, meant: tuple[str, str | None]
) -> None:
    found = asked(text, guess, about, {})
    assert (found.intent, found.topic) == meant


@pytest.mark.parametrize(
    ("text", "line"), [("does it hurt", "itch_or_pain"), ("how long", "course"), ("is it contagious?", "catching")]
)
def test_after_a_comparison_a_short_question_is_about_that_bump(text: str, line: str) -> None:
    found = asked(text, "ask_contagious", SYRINGOMA, {})
    assert (found.intent, found.topic, found.bumps) == ("ask_difference", line, ("D-03",))


@pytest.mark.parametrize(
    ("text", "intent", "bumps"),
    [
        ("milia or xanthalasma", "ask_difference", ("D-04",)),
        ("is it a stye or a chalazion?", "ask_difference", ("D-09", "D-10")),
        ("what is a skin tag", "ask_definition", ("D-07",)),
        ("could it be molluscum", "out_of_scope", ("D-05",)),
        ("zanthelasma?", "out_of_scope", ("D-04",)),
        ("milia or baby acne", "ask_babies", ("D-32",)),
    ],
)
def test_a_named_bump_is_compared_whatever_the_guess(text: str, intent: str, bumps: tuple[str, ...]) -> None:
    found = asked(text, intent, None, {})
    assert (found.intent, found.bumps) == ("ask_difference", bumps)


@pytest.mark.parametrize(("text", "intent"), [("do you remove skin tags", "out_of_scope"), ("eczema", "ask_cost")])
def test_a_named_bump_is_not_always_a_comparison(text: str, intent: str) -> None:
    assert asked(text, intent, None, {}).intent == intent


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("milia or granuloma annulare?", "unknown"),
        ("is it a bug bite or milia", "unknown"),
        ("difference between milia and lipoma", "unknown"),
        ("milia or something else", None),
        ("what is the difference between milia and other bumps", None),
    ],
)
def test_a_bump_that_we_do_not_know_is_noticed(text: str, topic: str | None) -> None:
    assert asked(text, "ask_difference", None, {}).topic == topic


def parts(*some: tuple[str, str, float]) -> list[dict[str, Any]]:
    """Give the parts of a message as the channel finds them."""
    return [{"text": text, "intent": intent, "confidence": confidence} for text, intent, confidence in some]


def message(intent: str, text: str, *some: tuple[str, str, float]) -> tuple[tuple[str, str | None], ...]:
    """Give intent and topic of every question of a message with parts."""
    state = tracker(intent, text)
    state.latest_message["parts"] = parts(*some)
    return tuple((one.intent, one.topic) for one in asked_in(state, {}))


def test_two_questions_are_both_heard_and_one_asked_twice_only_once() -> None:
    two = message("ask_cost", "x", ("how much is extraction", "ask_cost", 0.9), ("does it hurt", "ask_pain", 0.9))
    assert two == (("ask_cost", "prices"), ("ask_pain", "extraction"))
    once = message("ask_cost", "price? cost?", ("price?", "ask_cost", 0.9), ("cost?", "ask_cost", 0.9))
    assert once == (("ask_cost", "prices"),)


def test_a_part_that_was_hardly_understood_is_left_out() -> None:
    some = message("ask_cost", "how much? is moo", ("how much?", "ask_cost", 0.9), ("is moo", "ask_types", 0.2))
    assert some == (("ask_cost", "prices"),)


def test_a_question_at_the_end_of_a_story_is_heard() -> None:
    text = "i have white bumps. how much is it to remove them?"
    found = message("describe_symptoms", text, ("how much is it to remove them?", "ask_cost", 0.9))
    assert found == (("ask_cost", "prices"),)
