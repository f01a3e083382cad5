"""What becomes of a question: answered now, after the safety check, twice in one turn, or asked back."""

from __future__ import annotations

from typing import Any

import pytest

from actions.advice import GiveAdvice
from actions.explaining import Explain
from actions.guard import Guard
from actions.hearing import HearVisitor
from actions.interview import AskAnswer
from tests.actions.trackers import Slots, after, flag, ran, tracker
from triage.model import Level, Reading

S01 = flag("S01", Level.SOON, ["bleeds"])
COST = {"intent": "ask_cost", "topic": "prices", "bumps": [], "subject": None}
PAIN = {"intent": "ask_pain", "topic": "extraction", "bumps": [], "subject": "extraction"}
DEFINITION = {"intent": "ask_definition", "topic": None, "bumps": [], "subject": None}
CLOSE = [{"name": "ask_cost", "confidence": 0.41}, {"name": "ask_risks", "confidence": 0.39}]


async def hear(ranking: list[dict[str, Any]] | None = None, confidence: float = 0.9, **about: Any) -> Slots:
    """Give the slots after a message."""
    state = tracker(**about)
    state.latest_message["intent"]["confidence"] = confidence
    state.latest_message["intent_ranking"] = ranking or []
    return (await ran(HearVisitor(), state))[1]


@pytest.mark.asyncio
async def test_two_answers_are_given_in_their_order_and_only_the_last_keeps_its_buttons() -> None:
    messages, _ = await ran(Guard(), tracker("ask_cost", slots={"guard": "questions", "asks": [COST, PAIN]}))
    assert [one["text"][:12] for one in messages] == ["I don't have", "With extract"]
    assert all(one["metadata"]["sources"] for one in messages)


@pytest.mark.asyncio
async def test_a_close_guess_is_asked_back_with_the_two_best_and_a_person() -> None:
    slots = await hear(CLOSE, intent="ask_cost", text="what do they take off for it")
    assert (slots["guard"], slots["doubts"]) == ("doubt", 1)
    state = tracker("ask_cost", slots={"guard": "doubt", "doubts": 1})
    state.latest_message["intent_ranking"] = CLOSE
    [message], _ = await ran(Guard(), state)
    titles = [one["title"] for one in message["buttons"]]
    assert titles == ["What does it cost?", "Can it leave a scar?", "No, I'd like a person"]
    assert [one["intent"] for one in message["metadata"]["guesses"]] == ["ask_cost", "ask_risks"]


@pytest.mark.asyncio
async def test_after_two_doubts_in_a_row_comes_a_person() -> None:
    slots = await hear(CLOSE, intent="ask_cost", text="what do they take off for it", slots={"doubts": 1})
    assert slots["doubts"] == 2
    [message], _ = await ran(Guard(), tracker("ask_cost", slots={"guard": "doubt", "doubts": 2}))
    assert message["metadata"]["type"] == "call_back"
    clear = [{"name": "thank", "confidence": 0.99}]
    assert (await hear(clear, intent="thank", text="thanks", slots={"doubts": 2}))["doubts"] == 0


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        ("what does it cost", [{"name": "ask_cost", "confidence": 0.95}, {"name": "ask_risks", "confidence": 0.02}]),
        ("how much?", CLOSE),  # the words say it all
        (
            "does retinol help",
            [{"name": "ask_skincare", "confidence": 0.4}, {"name": "ask_types", "confidence": 0.4}],
        ),
    ],
)
async def test_a_clear_question_is_answered(text: str, ranking: list[dict[str, Any]]) -> None:
    assert (await hear(ranking, intent=ranking[0]["name"], text=text))["guard"] is None


@pytest.mark.asyncio
async def test_words_that_say_nothing_are_asked_back_however_sure_the_guess() -> None:
    sure = [{"name": "ask_treatment_options", "confidence": 0.97}]
    assert (await hear(sure, intent="ask_treatment_options", text="what about it"))["guard"] == "doubt"
    assert (await hear(sure, intent="out_of_scope", text="???"))["guard"] == "doubt"


@pytest.mark.asyncio
async def test_a_question_beside_an_alarm_is_answered_after_the_advice() -> None:
    reading = Reading("how much is it? it bleeds", flags=(S01,))
    state = tracker("report_red_flag", text=reading.text, reading=reading)
    state.latest_message["classified_intent"] = {"name": "ask_cost", "confidence": 0.9}
    _, slots = await ran(HearVisitor(), state)
    assert [one["intent"] for one in slots["kept"]] == ["ask_cost"]
    told = {**after(S01), "advised": [], "kept": slots["kept"]}
    messages, left = await ran(GiveAdvice(), tracker("report_red_flag", text=reading.text, slots=told))
    assert [(one.get("metadata") or {}).get("type") for one in messages] == ["advice", None, None]
    assert "prices" in messages[-1]["text"]
    assert left["kept"] is None


@pytest.mark.asyncio
async def test_an_emergency_leaves_no_room_for_another_question() -> None:
    told = {**after(flag()), "advised": [], "kept": [COST]}
    messages, slots = await ran(GiveAdvice(), tracker("report_red_flag", slots=told))
    assert (len(messages), slots["kept"]) == (1, None)


@pytest.mark.asyncio
async def test_a_question_with_a_described_bump_waits_for_the_question_about_danger() -> None:
    first, _ = await ran(AskAnswer(), tracker("ask_cost", interview=True, slots={"kept": [COST]}))
    assert first[0]["text"].startswith("I'll come to your question in a moment.")
    state = tracker("deny", interview=True, slots={"kept": [COST], "asked": ["alarm"]})
    messages, slots = await ran(AskAnswer(), state)
    assert "prices" in messages[1]["text"]
    assert (messages[-1]["metadata"]["type"], slots["kept"]) == ("question", None)


@pytest.mark.asyncio
async def test_a_question_waits_for_the_checking_question_and_is_answered_after_a_no() -> None:
    asked = await hear(intent="ask_cost", text="price?", reading=Reading("price?", screen="E02"))
    assert (asked["guard"], [one["intent"] for one in asked["kept"]]) == ("check", ["ask_cost"])
    waiting = {"question": "E02", "checked": ["E02"], "kept": asked["kept"]}
    assert (await hear(intent="deny", text="no", slots=waiting))["guard"] == "kept"
    messages, slots = await ran(Guard(), tracker("deny", slots={**waiting, "guard": "kept"}))
    assert ("prices" in messages[-1]["text"], slots["kept"]) == (True, None)


@pytest.mark.asyncio
async def test_more_and_the_sources_of_the_last_answer_are_told_on_request() -> None:
    button = [{"entity": "topic", "value": "more"}]
    about = {"about": DEFINITION}
    [more], _ = await ran(Explain(), tracker("explain", "/explain", about, entities=button))
    assert more["text"].startswith("Skin sheds dead cells")
    assert (more["metadata"]["reviewed"], "more" in more["metadata"]) == ("2026-11-30", False)
    [none], _ = await ran(Explain(), tracker("explain", "/explain", {"about": COST}, entities=button))
    assert none["text"].startswith("That is all I have on this.")
    [sources], _ = await ran(Explain(), tracker("explain", "what is your source?", about))
    assert "Milia: a review and classification" in sources["text"]
    assert "2026-11-30" in sources["text"]
