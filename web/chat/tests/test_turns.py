"""Delivery under concurrency and after a crash."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from chat import rasa, records, turns
from chat.models import Conversation, Message
from chat.submissions import Submission
from conftest import FakeRasa, Visitor, at_once


@pytest.mark.django_db(transaction=True)
def test_the_same_message_sent_eight_times_at_once_is_relayed_once(fake_rasa: FakeRasa) -> None:
    visitor = Visitor()
    fake_rasa.meanwhile = lambda: threading.Event().wait(0.3)
    answers = at_once(*[lambda: visitor.say("hello", "client-id-1")] * 8)
    assert [one.status_code for one in answers] == [200] * 8
    assert len({str(one.json()) for one in answers}) == 1
    assert len(fake_rasa.relayed) == 1
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_different_messages_at_once_are_all_answered(fake_rasa: FakeRasa) -> None:
    visitor = Visitor()
    answers = at_once(*[lambda text=text: visitor.say(text) for text in "abcdef"])
    assert [one.status_code for one in answers] == [200] * 6
    assert sorted(text for _, _, text, _ in fake_rasa.relayed) == list("abcdef")
    assert (Conversation.objects.count(), Message.objects.count()) == (1, 12)


@pytest.mark.django_db(transaction=True)
def test_an_undelivered_message_sent_again_by_eight_at_once_is_relayed_once_more(fake_rasa: FakeRasa) -> None:
    visitor = Visitor()
    fake_rasa.down = True
    visitor.say("hello", "client-id-1")
    fake_rasa.down = False
    fake_rasa.meanwhile = lambda: threading.Event().wait(0.3)
    answers = at_once(*[lambda: visitor.say("hello", "client-id-1")] * 8)
    assert [one.status_code for one in answers] == [200] * 8
    assert len(fake_rasa.relayed) == 2


def left_behind(seconds: int) -> Message:
    """Store a message whose website died so many seconds ago."""
    conversation = Conversation.objects.create()
    message, _ = turns.store(conversation, Submission("client-id-1", text="hello"))
    Message.objects.filter(pk=message.pk).update(relayed_at=timezone.now() - timedelta(seconds=seconds))
    message.refresh_from_db()
    return message


def test_a_message_that_a_dead_website_left_behind_can_be_sent_again(db: None, fake_rasa: FakeRasa) -> None:
    message = left_behind(seconds=60)
    assert turns.deliver(message, is_new=False).status == "answered"
    assert len(fake_rasa.relayed) == 1


def test_at_the_start_unanswered_messages_are_flagged_for_staff(db: None) -> None:
    message = left_behind(seconds=60)
    assert turns.flag_unanswered() == 1
    message.refresh_from_db()
    message.conversation.refresh_from_db()
    assert (message.status, message.conversation.outage) == ("undelivered", True)
    assert [one.text for one in message.replies.all()] == [settings.OUT_OF_ORDER_ADVICE]


def test_a_message_under_way_is_left_alone_at_the_start(db: None) -> None:
    left_behind(seconds=2)
    assert turns.flag_unanswered() == 0


def test_while_another_request_delivers_the_visitor_is_not_left_waiting(
    db: None, fake_rasa: FakeRasa, settings: Any
) -> None:
    settings.RASA_ANSWER_SECONDS = settings.RASA_CONNECT_SECONDS = 0
    message = left_behind(seconds=2)
    assert turns.deliver(message, is_new=False).status == "received"
    assert fake_rasa.relayed == []


def test_an_answer_that_comes_twice_is_stored_once(db: None, fake_rasa: FakeRasa) -> None:
    message = left_behind(seconds=60)
    fake_rasa.meanwhile = lambda: records.keep_turn(message, rasa.Turn((rasa.Reply("first"),)))
    turns.deliver(message, is_new=False)
    assert [one.text for one in message.replies.all()] == ["first"]


def test_an_outage_never_overwrites_an_answer(db: None) -> None:
    message = left_behind(seconds=60)
    records.keep_turn(message, rasa.Turn((rasa.Reply("first"),)))
    records.keep_outage(message)
    message.refresh_from_db()
    assert (message.status, [one.text for one in message.replies.all()]) == ("answered", ["first"])
