"""The daily housekeeping."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from chat import rasa
from chat.models import Conversation, Erasure


def tidy() -> str:
    """Run the command and give what it says."""
    said = io.StringIO()
    call_command("tidy", stdout=said)
    return said.getvalue().strip()


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what Rasa is asked to forget."""
    asked: list[str] = []
    monkeypatch.setattr(rasa, "forget", asked.append)
    return asked


def test_what_is_too_old_is_erased(db: None, forgotten: list[str], settings: object) -> None:
    old = Conversation.objects.create(last_message_at=timezone.now() - timedelta(days=366))
    young = Conversation.objects.create(last_message_at=timezone.now() - timedelta(days=364))
    said = tidy()
    assert "1 old conversations and 0 old bookings deleted, 0 kept by a legal hold. Rasa: 0 waiting" in said
    assert (list(Conversation.objects.all()), forgotten) == ([young], [str(old.pk)])


def test_an_erasure_that_rasa_missed_is_finished_later(db: None, forgotten: list[str]) -> None:
    waiting = Erasure.objects.create(conversation_id="7c9e6679-7425-40de-944b-e07fc1f90ae7")
    assert "Rasa: 1 waiting erasures finished, 0 left" in tidy()
    waiting.refresh_from_db()
    assert (waiting.done_at is not None, forgotten) == (True, ["7c9e6679-7425-40de-944b-e07fc1f90ae7"])


def test_an_erasure_stays_on_the_list_while_rasa_is_down(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise rasa.RasaUnavailable("down")

    monkeypatch.setattr(rasa, "forget", fail)
    Erasure.objects.create(conversation_id="7c9e6679-7425-40de-944b-e07fc1f90ae7")
    assert "Rasa: 0 waiting erasures finished, 1 left" in tidy()
