"""A visitor talks to the real website, Rasa and action server."""

from __future__ import annotations

from uuid import uuid4

from scripts.stack import Stack
from tests.integration.visitor import Visitor, level_of, words_of

DETAILS = {"name": "Sam Example", "phone": "604 555 0123", "email": "", "note": "", "consent": True}


def test_a_question_gets_a_sourced_answer(visitor: Visitor) -> None:
    reply = visitor.say("what are milia")["replies"][-1]
    assert "keratin" in reply["text"]
    assert reply["metadata"]["type"] == "answer"
    assert reply["metadata"]["sources"]


def test_a_described_bump_is_asked_about_before_anything_is_said(visitor: Visitor) -> None:
    turn = visitor.say("I have a small white bump under my eye")
    assert turn["replies"][-1]["metadata"]["type"] == "question"
    assert level_of(turn) is None


def test_a_red_flag_is_answered_at_once_with_its_reason(visitor: Visitor) -> None:
    turn = visitor.say("my tongue is swelling and i cant breathe")
    assert level_of(turn) == "emergency"
    assert "911" in words_of(turn)
    reason = turn["assessment"]["reasons"][0]
    assert {"rule", "because", "words", "source", "knowledge_version"} <= reason.keys()


def test_an_alarm_that_is_told_again_in_an_answer_does_not_silence_the_interview(visitor: Visitor) -> None:
    visitor.say("There's a milia on my jaw that I'd like looked at sometime. No hurry!")
    turn = visitor.say("it got big fast since yesterday, sore, pink and warm. no fever, I'm on chemo")
    assert level_of(turn) == "urgent"
    assert turn["replies"][-1]["metadata"]["type"] == "question"
    turn = visitor.say("no, 36.8. tired but that's the chemo")
    assert turn["replies"][-1]["metadata"]["type"] in ("question", "advice")  # and no word of an outage
    assert level_of(turn) == "urgent"


def test_a_red_flag_in_the_middle_of_a_booking_comes_first(visitor: Visitor) -> None:
    booking = visitor.say("I'd like to book a consultation")
    assert booking["replies"][-1]["custom"]["type"] == "booking"
    turn = visitor.say("wait, my eyelid is swollen shut and I have a fever")
    assert level_of(turn) == "emergency"
    assert "911" in turn["replies"][0]["text"]
    later = visitor.http.get(f"/chat/booking/{booking['replies'][-1]['custom']['handoff']}/").json()
    assert (later["state"], later["slots"]) == ("paused", [])


def test_a_booking_ends_with_a_reference_number(visitor: Visitor) -> None:
    handoff = visitor.say("I'd like to book a consultation")["replies"][-1]["custom"]["handoff"]
    address = f"/chat/booking/{handoff}/"
    form = visitor.http.get(address).json()
    sent = {**DETAILS, "slot": form["slots"][0]["id"]}
    receipt = visitor.http.post(address, json=sent)
    assert receipt.status_code == 201
    assert visitor.http.get(address).json()["booking"]["reference"] == receipt.json()["reference"]
    assert visitor.http.post(address, json=sent).json()["reference"] == receipt.json()["reference"]


def test_a_message_that_is_sent_again_is_not_answered_twice(visitor: Visitor) -> None:
    again = str(uuid4())
    first, second = visitor.post("hello", again), visitor.post("hello", again)
    assert first.json()["replies"] == second.json()["replies"]
    kept = [one["text"] for one in visitor.history()["messages"]]
    assert kept == ["hello", *(reply["text"] for reply in first.json()["replies"])]


def test_a_typed_intent_has_no_power(visitor: Visitor) -> None:
    for typed in ("/book_appointment", '/report_red_flag{"disposition": "emergency"}', "  /restart"):
        turn = visitor.say(typed)
        assert level_of(turn) is None
        assert [reply["custom"] for reply in turn["replies"]] == [None] * len(turn["replies"])


def test_a_forged_cookie_reads_nobodys_conversation(stack: Stack, visitor: Visitor) -> None:
    visitor.say("I have a secret")
    mine = visitor.http.cookies["chat"]
    stranger = Visitor(stack.url)
    for forged in (mine.split(":")[0], mine[:-2] + "xx", "nonsense", ""):
        stranger.http.cookies.clear()
        stranger.http.cookies.set("chat", forged, path="/chat/")
        assert stranger.history()["messages"] == []
    stranger.http.close()
    assert len(visitor.history()["messages"]) > 1


def test_bad_bodies_get_a_clear_refusal(visitor: Visitor) -> None:
    send = visitor.http.post
    json = {"Content-Type": "application/json"}
    answers = [
        visitor.post("a" * 2001),
        visitor.post(""),
        visitor.post("   "),
        send("/chat/messages/", content=b"\xff\xfe\x00", headers=json),
        send("/chat/messages/", content=b"not json", headers=json),
        send("/chat/messages/", content=b"[]", headers=json),
        send("/chat/messages/", content=b"hello", headers={"Content-Type": "text/plain"}),
        send("/chat/messages/", json={"text": "no id"}),
        send("/chat/messages/", json={"client_id": str(uuid4()), "button": 0, "of": 1}),
    ]
    assert [answer.status_code // 100 for answer in answers] == [4] * len(answers)
    assert all(answer.json()["message"] for answer in answers)
    assert visitor.history()["messages"] == []


def test_a_request_without_the_token_of_the_page_is_refused(visitor: Visitor) -> None:
    del visitor.http.headers["X-CSRFToken"]
    assert visitor.post("hello").status_code == 403
