"""Every message is heard: the highest level wins, and stays until it is taken back."""

from __future__ import annotations

from typing import Any

import pytest

from actions.hearing import HearVisitor
from tests.actions.trackers import Slots, after, flag, ran, tracker
from triage.model import Assertion, Finding, FlagHit, Level, Reading

DENIED = Finding("bleeding", Assertion.ABSENT, "bleed", 10, 15, "doesn't", turn=2)
S01 = flag("S01", Level.SOON, ["bleeds"])
E01 = flag()


async def hear(**about: Any) -> tuple[list[dict[str, Any]], Slots]:
    return await ran(HearVisitor(), tracker(**about))


@pytest.mark.asyncio
async def test_a_red_flag_sets_the_level_with_its_reason_and_the_visitors_words() -> None:
    _, slots = await hear(intent="report_red_flag", text="my throat", reading=Reading("my throat", flags=(E01,)))
    assert slots["disposition"] == "emergency"
    assert [(one["rule"], one["words"]) for one in slots["disposition_reasons"]] == [("E01", ["throat"])]


@pytest.mark.asyncio
async def test_a_later_lesser_flag_does_not_lower_the_level() -> None:
    _, slots = await hear(slots=after(E01), text="it bleeds", reading=Reading("it bleeds", flags=(S01,)))
    assert slots["disposition"] == "emergency"
    assert [one["rule"] for one in slots["disposition_reasons"]] == ["E01", "S01"]


@pytest.mark.asyncio
async def test_a_harmless_message_keeps_the_level_and_an_emergency_is_said_again() -> None:
    messages, slots = await hear(slots=after(E01), intent="ask_cost", text="how much is it")
    assert slots["disposition"] == "emergency"
    assert [one["text"] for one in messages] == [
        "Still the most important thing: **This could be an emergency. Call 911 now.**"
    ]


@pytest.mark.asyncio
async def test_a_correction_takes_a_lesser_alarm_back() -> None:
    text = "sorry i was wrong, it doesn't bleed"
    _, slots = await hear(slots=after(S01), text=text, reading=Reading(text, findings=(DENIED,)))
    assert (slots["disposition"], slots["flags"], slots["findings"]) == (None, [], [])
    assert slots["advised"] == []  # when it bleeds after all, the advice is said once more


@pytest.mark.asyncio
async def test_a_denial_that_corrects_nothing_leaves_the_level() -> None:
    text = "it doesn't bleed today"
    _, slots = await hear(slots=after(S01), text=text, reading=Reading(text, findings=(DENIED,)))
    assert slots["disposition"] == "soon"


@pytest.mark.asyncio
async def test_a_corrected_emergency_is_kept_until_it_is_confirmed() -> None:
    text = "sorry i was wrong, it doesn't bleed"
    bleeding = flag("E15", Level.EMERGENCY, ["bleeds"])
    _, slots = await hear(slots=after(bleeding), text=text, reading=Reading(text, findings=(DENIED,)))
    assert (slots["disposition"], slots["guard"]) == ("emergency", "withdrawal")


@pytest.mark.asyncio
async def test_a_message_is_heard_once() -> None:
    assert await hear(slots={"heard": "m1"}) == ([], {})


@pytest.mark.asyncio
async def test_a_pressed_button_says_nothing_by_itself_but_may_name_a_topic() -> None:
    entities = [{"entity": "topic", "value": "squeeze"}]
    _, slots = await hear(intent="ask_home_removal", text="/ask_home_removal", entities=entities)
    assert (slots["topic"], slots["facts"], slots["disposition"]) == ("squeeze", {}, None)


@pytest.mark.asyncio
async def test_a_checking_question_is_put_once_and_yes_fires_its_flag() -> None:
    _, slots = await hear(intent="ask_cost", text="price?", reading=Reading("price?", screen="E02"))
    assert (slots["screen"], slots["guard"], slots["disposition"]) == ("E02", "check", None)
    _, again = await hear(
        intent="ask_cost", text="price?", reading=Reading("price?", screen="E02"), slots={"checked": ["E02"]}
    )
    assert (again["screen"], again["guard"]) == (None, None)
    _, yes = await hear(intent="affirm", text="yes", slots={"question": "E02", "checked": ["E02"]})
    assert (yes["disposition"], yes["guard"], yes["question"]) == ("emergency", "alarm", None)
    _, no = await hear(intent="deny", text="no", slots={"question": "E02", "checked": ["E02"]})
    assert (no["disposition"], no["guard"], no["question"]) == (None, None, None)


@pytest.mark.asyncio
async def test_whoever_describes_a_bump_is_checked_for_what_cannot_wait_only() -> None:
    about = {"intent": "describe_symptoms", "text": "white bumps"}
    _, urgent = await hear(**about, reading=Reading("white bumps", screen="U01"))
    assert (urgent["screen"], urgent["guard"]) == ("U01", "check")
    _, soon = await hear(**about, reading=Reading("white bumps", screen="S01"))
    assert (soon["screen"], soon["guard"]) == (None, None)  # the interview begins with these signs
    baby = Reading("white bumps", screen="E11", facts={"who": "baby"})
    _, newborn = await hear(**about, reading=baby)
    assert (newborn["screen"], newborn["guard"]) == (None, None)  # and in a baby with fever, feeding and the spots


@pytest.mark.asyncio
async def test_a_suspicion_above_the_alarm_that_fired_is_kept_for_after_the_advice() -> None:
    _, slots = await hear(intent="report_red_flag", text="x", reading=Reading("x", flags=(S01,), screen="E02"))
    assert (slots["disposition"], slots["guard"], slots["screen"]) == ("soon", None, "E02")
    _, louder = await hear(intent="report_red_flag", text="x", reading=Reading("x", flags=(E01,), screen="U01"))
    assert louder["screen"] is None


@pytest.mark.asyncio
async def test_a_no_to_the_check_opens_the_questions_about_the_bump_that_was_described() -> None:
    facts = {"colour": "white", "size_mm": 1, "location": ["under_eye"]}
    asked = {"question": "E02", "checked": ["E02"]}
    _, slots = await hear(intent="deny", text="no", slots={**asked, "facts": facts})
    assert (slots["disposition"], slots["guard"]) == (None, "describes")
    _, nothing = await hear(intent="deny", text="no", slots=asked)
    assert nothing["guard"] is None
    _, yes = await hear(intent="affirm", text="yes", slots={**asked, "facts": facts})
    assert (yes["disposition"], yes["guard"]) == ("emergency", "alarm")


@pytest.mark.asyncio
async def test_another_language_is_noticed_unless_an_alarm_sounds() -> None:
    _, slots = await hear(intent="out_of_scope", text="我脸上有白色小疙瘩")
    assert (slots["guard"], slots["topic"]) == ("language", "language_zh")
    _, alarm = await hear(text="我 cannot breathe", reading=Reading("我 cannot breathe", flags=(E01,)))
    assert (alarm["guard"], alarm["disposition"]) == (None, "emergency")


@pytest.mark.asyncio
async def test_only_what_answers_the_question_is_an_answer() -> None:
    about = {"interview": True, "slots": {"question": "size"}}
    answers = [
        await hear(intent="out_of_scope", text="Pinhead", **about),
        await hear(intent="ask_appearance", text="tiny", reading=Reading("tiny", facts={"size_mm": 1}), **about),
        await hear(intent="ask_pain", text="does it hurt?", reading=Reading("", facts={"pain": "yes"}), **about),
        await hear(intent="book_appointment", text="book me", reading=Reading("", facts={"wants": "check"}), **about),
        await hear(intent="report_red_flag", text="my throat", reading=Reading("my throat", flags=(E01,)), **about),
    ]
    assert [slots.get("answer") for _, slots in answers] == ["Pinhead", "tiny", None, None, None]
    assert answers[0][1]["facts"]["size_mm"] == 1


@pytest.mark.asyncio
async def test_whoever_asks_for_a_look_at_their_own_bump_is_asked_about_it() -> None:
    facts = {"who": "self", "wants": "check", "location": ["face"]}
    text = "can you check mine please? me. cheeks."
    for intent in ("ask_eye_area", "book_appointment", "nlu_fallback"):
        _, slots = await hear(intent=intent, text=text, reading=Reading(text, facts=facts))
        assert slots["guard"] == "describes", intent
    without_place = {"who": "self", "wants": "check"}
    asked = (Finding("check_mine", Assertion.PRESENT, "check mine", 0, 10, turn=1),)
    _, alone = await hear(intent="change_booking", text=text, reading=Reading(text, asked, facts=without_place))
    assert alone["guard"] == "describes"
    _, covered = await hear(intent="ask_insurance", text=text, reading=Reading(text, facts=without_place))
    assert covered["guard"] is None
    _, booking = await hear(intent="book_appointment", text=text, reading=Reading(text, facts=without_place))
    assert booking["guard"] is None


@pytest.mark.asyncio
async def test_a_question_that_describes_a_bump_is_answered_and_then_asked_about() -> None:
    facts = {"who": "self", "colour": "white", "location": ["under_eye"]}
    text = "can these white dots under my eyes be removed?"
    _, slots = await hear(intent="ask_treatment_options", text=text, reading=Reading(text, facts=facts))
    assert slots["guard"] == "describes"
    _, general = await hear(intent="ask_treatment_options", text=text, reading=Reading(text, facts={"colour": "white"}))
    assert general["guard"] is None
    _, again = await hear(
        intent="ask_treatment_options", text=text, reading=Reading(text, facts=facts), slots={"asked": ["alarm"]}
    )
    assert again["guard"] is None


@pytest.mark.asyncio
async def test_an_alarm_in_a_reply_counts_as_a_reply() -> None:
    about = {"interview": True, "slots": {"question": "alarm"}, "intent": "report_red_flag", "text": "it bleeds"}
    _, slots = await hear(**about, reading=Reading("it bleeds", flags=(S01,)))
    assert (slots["asked"], slots["question"], slots.get("answer")) == (["alarm"], None, None)
    known = {**about, "slots": {**after(S01), "question": "alarm"}}
    _, slots = await hear(**known, reading=Reading("it bleeds", flags=(S01,)))
    assert slots["answer"] == "it bleeds"  # the advice was given: the interview goes on


@pytest.mark.parametrize(
    ("intent", "text", "level"),
    [
        ("out_of_scope", "I've written a letter to my sister.", "emergency"),
        ("ask_cost", "how much is it", "emergency"),
        ("out_of_scope", "not great", "emergency"),
        ("deny", "of course I don't", "soon"),
        ("out_of_scope", "I'm fine, just fed up", "soon"),
    ],
)
@pytest.mark.asyncio
async def test_after_great_distress_only_a_denial_settles_the_question_about_self_harm(
    intent: str, text: str, level: str
) -> None:
    slots = {**after(flag("S21", Level.SOON, ["hours at the mirror"])), "question": "E12", "checked": ["E12"]}
    well = (Finding("well_told", Assertion.PRESENT, "fine", 4, 8, turn=2),) if "fine" in text else ()
    reading = Reading(text, well)
    assert (await hear(intent=intent, text=text, reading=reading, slots=slots))[1]["disposition"] == level


@pytest.mark.parametrize(
    ("intent", "text", "flags", "guard"),
    [
        ("ask_harmful", "is she going to be ok", E01, "stays"),
        ("ask_harmful", "are milia dangerous", E01, None),
        ("out_of_scope", "he says it's fine", E01, "stays"),
        ("out_of_scope", "he says it's fine", S01, None),
        ("out_of_scope", "it bled once when I shaved", S01, "stays"),
        ("ask_cost", "how much is it", E01, None),
        ("out_of_scope", "do you do botox", E01, None),
    ],
)
@pytest.mark.asyncio
async def test_worry_after_an_advice_keeps_to_it(intent: str, text: str, flags: FlagHit, guard: str | None) -> None:
    reading = Reading(text, facts={"bleeding": "once"} if "bled" in text else {})
    assert (await hear(intent=intent, text=text, reading=reading, slots=after(flags)))[1]["guard"] == guard
