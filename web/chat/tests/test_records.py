"""What is kept of a turn: assessments, the highest level, flags for staff."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError

from chat import rasa, records
from chat.models import Assessment, Conversation, Disposition, Message
from conftest import FakeRasa, Visitor

SELF_HARM = {"flag": "E12", "level": "emergency", "because": "b", "source": ["s"], "words": ["end it"]}
EYE = {"flag": "E02", "level": "emergency", "because": "b", "source": ["s"], "words": ["cannot open"]}
LID = {"flag": "U01", "level": "urgent", "because": "b", "source": ["s"], "words": ["swollen"]}


def levels(visitor: Visitor) -> list[str]:
    """Give the assessments of the conversation."""
    found = Assessment.objects.filter(message__conversation=visitor.conversation)
    return list(found.values_list("disposition", flat=True))


def call_back(visitor: Visitor) -> tuple[bool, str]:
    """Say whether staff should call, and why."""
    return visitor.conversation.needs_call_back, visitor.conversation.call_back_reason


def test_an_assessment_is_kept_with_its_reasons(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    fake_rasa.decide(Disposition.SOON)
    answer = visitor.say("it bleeds")
    kept = Assessment.objects.get()
    assert (kept.disposition, kept.knowledge_version, kept.message.text) == ("soon", "v1", "it bleeds")
    assert answer.json()["assessment"] == {"disposition": "soon", "reasons": kept.reasons}
    assert (visitor.conversation.disposition, visitor.conversation.urgency) == ("soon", 3)


def test_the_same_assessment_is_not_kept_with_every_turn(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    fake_rasa.decide(Disposition.SOON)
    visitor.say("it bleeds")
    visitor.say("what does it cost?")
    assert levels(visitor) == ["soon"]


def test_the_conversation_keeps_its_highest_level(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    for level in (Disposition.ROUTINE, Disposition.URGENT, Disposition.SELF_CARE):
        fake_rasa.decide(level)
        visitor.say("hello")
    assert levels(visitor) == ["routine", "urgent", "self_care"]
    assert (visitor.conversation.disposition, visitor.conversation.urgency) == ("urgent", 4)


@pytest.mark.parametrize(
    "level, flags, expected",
    [
        (Disposition.EMERGENCY, (EYE,), (True, "emergency")),
        (Disposition.EMERGENCY, (), (True, "emergency")),
        (Disposition.EMERGENCY, (SELF_HARM,), (True, "self_harm")),
        (Disposition.EMERGENCY, (EYE, SELF_HARM), (True, "self_harm")),
        (Disposition.EMERGENCY, ({"flag": "E99", "level": "unheard of"},), (True, "emergency")),
        (Disposition.URGENT, (LID,), (False, "")),
        (Disposition.ROUTINE, (), (False, "")),
    ],
)
def test_who_is_called_back(
    visitor: Visitor, fake_rasa: FakeRasa, level: Disposition, flags: Any, expected: tuple[bool, str]
) -> None:
    fake_rasa.decide(level, flags)
    visitor.say("hello")
    assert call_back(visitor) == expected


def test_a_dealt_with_emergency_comes_back_only_with_new_words(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    fake_rasa.decide(Disposition.EMERGENCY, (EYE,))
    visitor.say("my eye is swollen shut")
    visitor.conversation.__class__.objects.update(needs_call_back=False, call_back_reason="")
    fake_rasa.decide(Disposition.EMERGENCY)
    visitor.say("ok")
    assert call_back(visitor) == (False, "")
    fake_rasa.decide(Disposition.EMERGENCY, (EYE,))
    visitor.say("it is worse")
    assert call_back(visitor) == (True, "emergency")


def test_an_emergency_outlives_the_end_of_an_outage(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    fake_rasa.decide(Disposition.EMERGENCY, (SELF_HARM,))
    visitor.say("i want to end it")
    fake_rasa.down = True
    visitor.say("hello?", "client-id-1")
    assert (visitor.conversation.outage, call_back(visitor)) == (True, (True, "self_harm"))
    fake_rasa.down = False
    visitor.say("hello?", "client-id-1")
    assert (visitor.conversation.outage, call_back(visitor)) == (False, (True, "self_harm"))


@pytest.mark.django_db(transaction=True)
def test_a_turn_is_stored_whole_or_not_at_all(fake_rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(records, "update_conversation", fail)
    visitor = Visitor()
    fake_rasa.decide(Disposition.EMERGENCY, (EYE,))
    answer = visitor.say("my eye", "client-id-1")
    assert (answer.status_code, answer.json()["status"]) == (503, "undelivered")
    assert list(Message.objects.values_list("author", "status")) == [("visitor", "undelivered"), ("system", "")]
    assert Conversation.objects.get().outage
    assert Assessment.objects.count() == 0


def test_what_staff_read_of_a_turn_is_kept(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    reply = rasa.Reply("Help in French.", metadata={"type": "language", "language": "fr"})
    fake_rasa.turn = rasa.Turn(
        (reply,), asked="E02", runner_up={"name": "greet", "confidence": 0.1}, facts={"itch": "no"}
    )
    visitor.say("bonjour")
    kept = visitor.conversation.messages.get(author="visitor").metadata
    assert kept == {
        "classified_intent": "", "asked": "E02", "runner_up": {"name": "greet", "confidence": 0.1},
        "facts": {"itch": "no"}, "language": "fr",
    }  # fmt: skip
