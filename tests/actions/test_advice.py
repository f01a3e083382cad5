"""Advice: the urgent part first, the right buttons, and reasons on request."""

from __future__ import annotations

import pytest
from rasa_sdk.events import ActiveLoop, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import GiveAdvice
from actions.explaining import Explain
from actions.guard import Guard
from actions.restart import Restart
from actions.safety import Acknowledge, WithdrawAlarm
from tests.actions.trackers import after, flag, ran, tracker
from triage.model import Assertion, Finding, Level, Reading

SELF_HARM = flag("E12", Level.EMERGENCY, ["cant live"])
S01 = flag("S01", Level.SOON, ["bleeds"])


def titles(message: dict[str, list[dict[str, str]]]) -> list[str]:
    """Give the words on the buttons."""
    return [one["title"] for one in message["buttons"]]


@pytest.mark.asyncio
async def test_an_emergency_comes_first_with_whom_to_call() -> None:
    state = tracker(intent="report_red_flag", slots={**after(flag()), "advised": []})
    [message], slots = await ran(GiveAdvice(), state)
    assert message["text"].startswith("**This could be an emergency. Call 911 now.**")
    assert titles(message) == ["Call 911", "It's not happening now"]
    assert (message["metadata"]["type"], message["metadata"]["level"]) == ("advice", "emergency")
    assert (slots["disposition"], slots["question"]) == ("emergency", None)


@pytest.mark.asyncio
async def test_after_words_about_self_harm_nothing_but_help_is_offered() -> None:
    [message], _ = await ran(GiveAdvice(), tracker(intent="report_red_flag", slots=after(SELF_HARM)))
    assert titles(message) == ["Call or text 9-8-8", "Call 911", "Text CONNECT to 686868"]


@pytest.mark.asyncio
async def test_a_change_in_the_interview_is_thanked_for_and_a_booking_is_held() -> None:
    slots = {**after(S01), "advised": [], "handoff": "h"}
    messages, _ = await ran(GiveAdvice(), tracker(intent="report_red_flag", interview=True, slots=slots))
    assert messages[0]["text"].startswith("Thanks for saying so: that changes things.\n\n**See a family doctor")
    assert messages[0]["text"].endswith("I've put the booking on hold; we can come back to it later.")
    assert "Book a consultation" not in titles(messages[0])


@pytest.mark.asyncio
async def test_advice_that_was_given_is_not_given_twice_in_full() -> None:
    state = tracker(intent="deny", slots={**after(S01), "answer": "complete"})
    [message], slots = await ran(GiveAdvice(), state)
    assert message["text"].startswith("Thank you. What I said above stays: **See a family doctor")
    assert slots["answer"] is None


@pytest.mark.asyncio
async def test_why_explains_the_question_or_the_advice_or_says_that_there_is_none() -> None:
    [question], _ = await ran(Explain(), tracker(interview=True, slots={"question": "top"}))
    assert question["text"] == "Milia have no opening. A dimple, a hole or a crust points to something else."
    [advice], _ = await ran(Explain(), tracker(slots=after(S01)))
    assert "Source:" in advice["text"]
    [nothing], _ = await ran(Explain(), tracker())
    assert nothing["text"].startswith("I follow written rules")


@pytest.mark.asyncio
async def test_a_withdrawn_emergency_leaves_what_is_less_urgent() -> None:
    state = tracker(intent="affirm", slots=after(flag(), S01))
    _, slots = await ran(WithdrawAlarm(), state)
    assert slots["disposition"] == "soon"
    assert [one["flag"] for one in slots["flags"]] == ["S01"]


@pytest.mark.asyncio
async def test_starting_over_does_not_forget_what_needs_care_today() -> None:
    _, urgent = await ran(Restart(), tracker(slots=after(flag())))
    assert "disposition" not in urgent
    _, soon = await ran(Restart(), tracker(slots=after(S01)))
    assert (soon["disposition"], soon["facts"]) == (None, None)


@pytest.mark.asyncio
@pytest.mark.parametrize("intent", ["affirm", "deny", "unsure"])
async def test_hesitation_after_an_emergency_meets_no_small_talk(intent: str) -> None:
    [message], _ = await ran(Acknowledge(), tracker(intent=intent, slots=after(flag())))
    assert "911" in message["text"]


@pytest.mark.asyncio
async def test_an_alarm_that_only_the_classifier_hears_opens_the_questions() -> None:
    messages, slots = await ran(GiveAdvice(), tracker(intent="report_red_flag", text="this is an emergency lol"))
    assert (messages, slots) == ([], {})


@pytest.mark.asyncio
async def test_after_the_advice_comes_the_question_about_something_worse() -> None:
    hit = flag("S01", Level.SOON, ["bleeds"])
    state = tracker("report_red_flag", slots={"flags": [hit.to_dict()], "screen": "E02"})
    [advice, check], slots = await ran(GiveAdvice(), state)
    assert advice["metadata"]["level"] == "soon"
    assert (check["metadata"]["question"], slots["question"], slots["checked"]) == ("E02", "E02", ["E02"])


@pytest.mark.asyncio
async def test_the_guards_say_what_cannot_wait() -> None:
    [language], _ = await ran(Guard(), tracker(slots={"guard": "language", "topic": "language_fr"}))
    assert language["text"].startswith("Désolé")
    [care], _ = await ran(Guard(), tracker("thank", slots={**after(SELF_HARM), "guard": "care"}))
    assert ("9-8-8" in care["text"], "milia" in care["text"]) == (True, False)
    [check], slots = await ran(Guard(), tracker("ask_cost", slots={"guard": "check", "screen": "E02"}))
    assert (titles(check), slots["question"]) == (["Yes", "No", "Why do you ask?"], "E02")
    [confirm], asked = await ran(Guard(), tracker(slots={**after(flag()), "guard": "withdrawal"}))
    assert (confirm["response"], asked) == ("utter_confirm_withdrawal", {"question": "withdrawal"})
    [gone], left = await ran(Guard(), tracker("affirm", slots={**after(flag()), "guard": "withdrawn"}))
    assert (gone["response"], left["disposition"]) == ("utter_withdrawn", None)


@pytest.mark.asyncio
async def test_after_the_advice_on_great_distress_self_harm_is_asked_about_once() -> None:
    distress = {"flags": [flag("S21", Level.SOON, ["hours at the mirror"]).to_dict()]}
    [advice, check], slots = await ran(GiveAdvice(), tracker("report_red_flag", slots=distress))
    assert (advice["metadata"]["level"], check["metadata"]["question"]) == ("soon", "E12")
    assert (slots["question"], slots["checked"]) == ("E12", ["E12"])
    again, _ = await ran(GiveAdvice(), tracker("report_red_flag", slots={**distress, "checked": ["E12"]}))
    assert [one["metadata"]["type"] for one in again] == ["advice"]
    denied = Finding("no_self_harm", Assertion.PRESENT, "not suicidal", 0, 12, turn=1).to_dict()
    at_once, _ = await ran(GiveAdvice(), tracker("report_red_flag", slots={**distress, "findings": [denied]}))
    assert [one["metadata"]["type"] for one in at_once] == ["advice"]


def test_an_alarm_that_can_wait_is_followed_by_the_question_about_danger() -> None:
    text = "the lump on my lid came back"
    lid = flag("S08", Level.SOON, ["lump on my lid came back"])
    reading = Reading(text, flags=(lid,), facts={"location": ["eyelid"]})
    state = tracker("report_red_flag", text, {"flags": [lid.to_dict()]}, reading)
    assert GiveAdvice().run(CollectingDispatcher(), state, {})[-1] == FollowupAction("triage_form")
    urgent = flag("U01", Level.URGENT, ["lid"])
    state = tracker("report_red_flag", text, {"flags": [urgent.to_dict()]}, Reading(text, flags=(urgent,)))
    assert GiveAdvice().run(CollectingDispatcher(), state, {})[-1] == ActiveLoop(None)


@pytest.mark.asyncio
async def test_an_alarm_about_somebody_else_is_said_beside_the_emergency_before_it() -> None:
    ate = flag("U12", Level.URGENT, ["ate the cream"])
    before = after(flag())
    text = "also my kid ate the cream"
    state = tracker(
        "report_red_flag",
        text,
        {**before, "flags": [*before["flags"], ate.to_dict()]},
        Reading(text, flags=(ate,)),
    )
    [message], _ = await ran(GiveAdvice(), state)
    assert message["text"].startswith("Still the most important thing: **This could be an emergency. Call 911 now.**")
    assert "poison control" in message["text"]
    assert message["metadata"]["level"] == "emergency"


@pytest.mark.asyncio
async def test_worry_is_answered_with_the_advice_and_its_calls() -> None:
    state = tracker("ask_harmful", "is she going to be ok", {**after(flag()), "guard": "stays"})
    [message], _ = await ran(Guard(), state)
    assert message["text"].startswith("I can't tell that from here. What I said above stays: **This could be")
    assert titles(message)[0] == "Call 911"
