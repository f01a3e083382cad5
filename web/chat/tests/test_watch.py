"""What a dead process has left behind is mended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from chat import rasa, turns, watch
from chat.models import Conversation, Erasure, Message
from chat.submissions import Submission


@pytest.mark.django_db(transaction=True)
def test_unanswered_messages_are_flagged_and_erasures_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[str] = []
    monkeypatch.setattr(rasa, "forget", forgotten.append)
    conversation = Conversation.objects.create()
    turns.store(conversation, Submission("client-id-1", text="hello"))
    Message.objects.update(relayed_at=timezone.now() - timedelta(seconds=11))
    Erasure.objects.create(conversation_id="7c9e6679-7425-40de-944b-e07fc1f90ae7")
    watch.look_around()
    conversation.refresh_from_db()
    assert (conversation.outage, forgotten) == (True, ["7c9e6679-7425-40de-944b-e07fc1f90ae7"])


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_down_does_not_end_the_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise OperationalError("down")

    monkeypatch.setattr(turns, "flag_unanswered", fail)
    watch.look_around()
