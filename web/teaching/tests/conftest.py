"""What the tests of teaching share: staff with a role, and a talk with a message to correct."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from chat.models import Assessment, Conversation, Disposition, Message
from teaching import vocabulary
from teaching.models import Correction
from trust.rights import Role, give_role


@pytest.fixture(autouse=True)
def known_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know a few names, whatever the files say today."""
    monkeypatch.setattr(vocabulary, "intents", lambda: ("ask_pain", "ask_cost"))
    monkeypatch.setattr(vocabulary, "answers", lambda: {"utter_ask_pain": "It stings a little."})
    monkeypatch.setattr(vocabulary, "flags", lambda: {"E02": "Swollen lid (emergency)"})
    monkeypatch.setattr(vocabulary, "names", lambda: {"fever": "fever"})


@pytest.fixture
def developer(db: None) -> User:
    """A developer."""
    user = User.objects.create_user("dana", password="a long enough secret", is_staff=True)
    give_role(user, Role.DEVELOPER)
    return user


@pytest.fixture
def desk(developer: User) -> Client:
    """The browser of the developer."""
    browser = Client()
    browser.force_login(developer)
    return browser


@pytest.fixture
def said(db: None) -> Message:
    """The second message of a talk: a button was pressed, then something personal was typed."""
    talk = Conversation.objects.create(opening="hello")
    pressed = Message.objects.create(
        conversation=talk, author="visitor", text="Check a bump", payload="/describe_symptoms", status="answered"
    )
    Message.objects.create(conversation=talk, author="assistant", text="Where is it?", in_reply_to=pressed)
    return Message.objects.create(
        conversation=talk,
        author="visitor",
        text="my name is Emma Smith, lid is puffy and does it sting? call 604 555 0199",
        status="answered",
        intent="ask_cost",
        confidence=0.4,
        flags=[{"flag": "E02", "level": "emergency", "because": "It can be an infection."}],
    )


def correction(said: Message, author: User, kind: str = "intent", target: str = "ask_pain") -> Correction:
    """Store a correction."""
    return Correction.objects.create(message=said, author=author, kind=kind, target=target)


def decide(said: Message, level: Disposition) -> None:
    """Store what the assistant decided at a message."""
    Assessment.objects.create(message=said, disposition=level)
