"""The form asks what the engine asks, gives way to the visitor's questions, and ends."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker

from actions.hearing import heard
from actions.interview import AskAnswer, RefuseQuestions, ValidateTriageForm
from actions.memory import knowledge, phrases
from tests.actions.trackers import ran, tracker
from triage.model import Reading


@pytest.mark.asyncio
async def test_the_first_question_is_about_danger_and_mirrors_what_was_said() -> None:
    facts = {"who": "self", "feel": "hard", "colour": "white", "pain": "no"}
    [message], slots = await ran(AskAnswer(), tracker(slots={"facts": facts}))
    assert message["text"].startswith("Hard, white and painless: that helps, thank you.")
    assert message["text"].endswith(knowledge().question("alarm").ask)
    assert slots == {"question": "alarm"}
    assert [one["title"] for one in message["buttons"]] == ["None of these", "Yes, one of these", "Why do you ask?"]


@pytest.mark.asyncio
async def test_an_answer_ticks_the_question_off() -> None:
    state = tracker(interview=True, slots={"question": "size", "answer": "tiny", "facts": {"size_mm": 1}})
    assert (await ran(ValidateTriageForm(), state))[1] == {
        "answer": None,
        "asked": ["size"],
        "missed": 0,
        "question": None,
    }


@pytest.mark.asyncio
async def test_a_question_that_was_not_understood_is_put_twice_at_most() -> None:
    once = tracker(interview=True, slots={"question": "size", "answer": "blue whale"})
    assert (await ran(ValidateTriageForm(), once))[1] == {
        "answer": None,
        "asked": [],
        "missed": 1,
        "question": "size",
    }
    twice = tracker(interview=True, slots={"question": "size", "answer": "blue whale", "missed": 1})
    assert (await ran(ValidateTriageForm(), twice))[1]["asked"] == ["size"]


@pytest.mark.asyncio
async def test_the_form_gives_way_to_a_question_of_the_visitor_and_comes_back() -> None:
    assert await ran(ValidateTriageForm(), tracker(interview=True, slots={"question": "size"})) == ([], {})
    back = tracker(interview=True, slots={"question": "alarm"}, done=["action_answer"])
    assert (await ran(ValidateTriageForm(), back))[1]["answer"] is None
    [message], _ = await ran(AskAnswer(), back)
    assert message["text"].startswith("Back to our questions:")


@pytest.mark.asyncio
async def test_whoever_refuses_is_asked_about_safety_only() -> None:
    state = tracker(intent="stop", text="stop", interview=True, slots={"question": "size"}, done=[])
    _, slots = await ran(RefuseQuestions(), state)
    assert (slots["facts"], slots["question"]) == ({"refuses": "yes"}, None)
    again = tracker(intent="stop", interview=True, slots={"question": "alarm", "facts": {"refuses": "yes"}})
    assert (await ran(RefuseQuestions(), again))[1]["asked"] == ["alarm"]


@pytest.mark.asyncio
async def test_an_emergency_ends_the_interview() -> None:
    facts = {"age_band": "A0", "fever": "yes"}
    state = tracker(interview=True, slots={"question": "baby_well", "answer": "a fever", "facts": facts})
    assert (await ran(ValidateTriageForm(), state))[1]["answer"] == "complete"


def said_twice(text: str, intent: str, before: str = "") -> Tracker:
    """Give an interview in which the visitor's message before this one had the same intent."""
    state = tracker(intent=intent, text=text, interview=True, slots={"question": "size"})
    state.events.insert(0, {"event": "user", "text": before or text, "parse_data": {"intent": {"name": intent}}})
    return state


@pytest.mark.parametrize(
    ("state", "is_answer"),
    [
        (said_twice("I'd rather talk to a person", "talk_to_human"), True),
        (said_twice("Small. Just talk to a person", "talk_to_human", "Tiny. A person, please"), True),
        (said_twice("how much is it?", "ask_cost", "what does it cost?"), False),
        (tracker("talk_to_human", "I'd rather talk to a person", {"question": "size"}, interview=True), False),
    ],
)
def test_what_was_just_served_is_a_reply_when_it_is_said_again(state: Tracker, is_answer: bool) -> None:
    assert bool(heard(state).get("answer")) is is_answer


@pytest.mark.parametrize(
    ("text", "parts", "is_answer"),
    [
        ("Tender? no. Aware of it, yes. I can't see behind my own ear, can I?", [], True),
        ("Like a pea. It never hurts. What do you charge?", [("What do you charge?", "ask_cost", 0.9)], False),
        ("Like a pea. It never hurts. Really?", [("Really?", "ask_cost", 0.2)], True),
        ("What do you charge?", [], False),
        ("thanks will they go away on their own", [], False),
    ],
)
def test_a_story_asks_only_what_is_well_understood(
    text: str, parts: list[tuple[str, str, float]], is_answer: bool
) -> None:
    state = tracker("ask_cost", text, {"question": "size"}, interview=True)
    state.latest_message["parts"] = [dict(zip(("text", "intent", "confidence"), one, strict=True)) for one in parts]
    assert bool(heard(state).get("answer")) is is_answer


@pytest.mark.parametrize(("times", "asked"), [(3, []), (4, ["size"])])
@pytest.mark.asyncio
async def test_no_question_is_put_for_ever(times: int, asked: list[str]) -> None:
    state = tracker("ask_cost", "how much?", {"question": "size"}, interview=True, done=["action_answer"])
    put = {"event": "bot", "metadata": {"metadata": {"type": "question", "question": "size"}}}
    state.events[:0] = [put] * times
    assert (await ran(ValidateTriageForm(), state))[1]["asked"] == asked


@pytest.mark.parametrize(("facts", "says"), [({"age_days": 21}, "noted"), ({"unsaid": []}, "not_understood")])
@pytest.mark.asyncio
async def test_what_was_told_instead_of_an_answer_is_noted(facts: dict[str, object], says: str) -> None:
    slots = {"question": "baby_well", "missed": 1, "facts": {"who": "baby"}}
    state = tracker(text="3 weeks old", slots=slots, reading=Reading("3 weeks old", facts=facts), interview=True)
    [message], _ = await ran(AskAnswer(), state)
    assert message["text"].startswith(phrases()[says])
