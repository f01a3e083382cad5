"""Contact details in a message are hidden before it is stored or relayed, and the visitor is told."""

from __future__ import annotations

import pytest

from chat import rasa
from chat.models import Conversation, Disposition, Message
from conftest import FakeRasa, Visitor

SAID = "call me at 604-555-0123 or ana@mail.example, does it hurt?"
KEPT = "call me at [phone number] or [e-mail address], does it hurt?"


def test_contact_details_reach_neither_database_nor_rasa(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    answer = visitor.say(SAID).json()
    assert fake_rasa.relayed[0][2] == KEPT == answer["message"]["text"]
    assert Message.objects.filter(text__contains="555").count() == 0
    assert Conversation.objects.get().opening == KEPT


def test_the_visitor_is_told_to_use_the_form(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    note, reply = visitor.say(SAID).json()["replies"]
    assert note["text"].startswith("I hid your phone number and e-mail address before saving")
    assert ("form" in note["text"], reply["text"]) == (True, "Milia are small white bumps.")


def test_what_is_urgent_is_said_before_the_note(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    fake_rasa.decide(Disposition.EMERGENCY, ({"flag": "E02", "level": "emergency"},))
    first, note = visitor.say(SAID).json()["replies"]
    assert (first["text"], note["metadata"]["type"]) == ("This is emergency.", "hidden_details")


def test_a_message_without_them_gets_no_note(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    assert len(visitor.say("does it hurt? it is 2.5 mm since 2019-04-01").json()["replies"]) == 1


def test_after_an_outage_the_note_comes_with_the_answer(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    fake_rasa.down = True
    visitor.say(SAID, "client-id-1")
    fake_rasa.down = False
    replies = visitor.say(SAID, "client-id-1").json()["replies"]
    assert [one["metadata"].get("type") for one in replies] == ["hidden_details", None]


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u2069", "\u200b", "\ufeff", "\u2060"])
def test_marks_that_reverse_or_hide_text_are_taken_out(visitor: Visitor, fake_rasa: FakeRasa, mark: str) -> None:
    visitor.say(f"604{mark}555{mark}0123 a{mark}b")
    assert fake_rasa.relayed[0][2] == "[phone number] ab"


def test_titles_of_buttons_are_left_as_they_are(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    poison = {"title": "Call 604 555 0123", "payload": "/affirm"}
    fake_rasa.turn = rasa.Turn((rasa.Reply("Swallowed?", (poison,)),))
    offered = visitor.say("hi").json()["replies"][0]["id"]
    visitor.press(0, offered)
    assert fake_rasa.relayed[1][2] == "Call 604 555 0123"
