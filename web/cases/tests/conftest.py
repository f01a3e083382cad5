"""What the tests of cases share: staff, and conversations whose case is up to date."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from cases import refresh as refreshing
from cases.models import Case
from cases.refresh import refresh
from chat.models import Conversation, Message


@pytest.fixture(autouse=True)
def known_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know one fact, whatever the knowledge says today."""
    monkeypatch.setattr(refreshing, "names", lambda: {"fever": "fever"})


@pytest.fixture
def sam(db: None) -> User:
    """Somebody at the front desk."""
    return User.objects.create_user("sam", is_staff=True)


@pytest.fixture
def lee(db: None) -> User:
    """Somebody else there."""
    return User.objects.create_user("lee", is_staff=True)


def say(conversation: Conversation, text: str, **more: Any) -> Message:
    """Store a message of the visitor that was answered."""
    answered = {"status": Message.Status.ANSWERED, "intent": "ask_pain", "confidence": 0.95, **more}
    return Message.objects.create(
        conversation=conversation, author="visitor", text=text, client_id=f"c-{Message.objects.count()}", **answered
    )


def case_of(*texts: str, **more: Any) -> Case:
    """Store a conversation with these messages and give its case."""
    conversation = Conversation.objects.create(opening=texts[0] if texts else "", **more)
    for text in texts:
        say(conversation, text)
    return fresh(conversation)


def fresh(conversation: Conversation) -> Case:
    """Bring the case up to date."""
    found = refresh(conversation.pk)
    assert found is not None
    return found
