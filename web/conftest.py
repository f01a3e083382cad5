"""What the website's tests share: a browser of a visitor, and a Rasa that is faked at `chat/rasa.py` only."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from chat import rasa
from chat.models import Conversation, Disposition
from chat.visitors import COOKIE


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """Begin each test with no message counted."""
    cache.clear()
    yield


class FakeRasa:
    """Stands in for `rasa.reply_to`: remembers what was relayed, answers with `turn`, or fails."""

    def __init__(self) -> None:
        self.relayed: list[tuple[str, str, str, str]] = []
        self.turn = rasa.Turn((rasa.Reply("Milia are small white bumps."),), intent="ask_definition", confidence=0.97)
        self.down = False
        self.meanwhile: Callable[[], object] = lambda: None

    def reply_to(self, sender: str, message_id: str, text: str, payload: str = "") -> rasa.Turn:
        """Answer like the real one."""
        self.relayed.append((sender, message_id, text, payload))
        self.meanwhile()
        if self.down:
            raise rasa.RasaUnavailable("the test says so")
        return self.turn

    def decide(self, level: Disposition, flags: tuple[dict[str, Any], ...] = ()) -> None:
        """Answer with an assessment from now on."""
        reasons = ({"rule": f"rule.{level}", "level": level.value, "because": "b", "knowledge_version": "v1"},)
        replies = (rasa.Reply(f"This is {level}."),)
        self.turn = rasa.Turn(replies, intent="describe_symptoms", disposition=level, reasons=reasons, flags=flags)


@pytest.fixture
def fake_rasa(monkeypatch: pytest.MonkeyPatch) -> FakeRasa:
    """Put the fake in the place of the function that relays."""
    fake = FakeRasa()
    monkeypatch.setattr(rasa, "reply_to", fake.reply_to)
    return fake


class Visitor:
    """A browser with the CSRF check on, as a real one has it."""

    def __init__(self) -> None:
        self.browser = Client(enforce_csrf_checks=True)
        self.token = self.browser.get("/chat/begin/").json()["csrf"]

    def say(self, text: str, client_id: str | None = None) -> Any:
        """Send a typed text."""
        return self.post("/chat/messages/", {"client_id": client_id or str(uuid.uuid4()), "text": text})

    def press(self, button: object, of: object) -> Any:
        """Press a button under one of the assistant's messages."""
        return self.post("/chat/messages/", {"client_id": str(uuid.uuid4()), "button": button, "of": of})

    def post(self, path: str, body: object, **more: Any) -> Any:
        """Send JSON, or raw bytes."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"X-CSRFToken": self.token, "Accept": "application/json", **more.pop("headers", {})}
        return self.browser.post(path, raw, content_type=more.pop("content_type", "application/json"), headers=headers)

    def history(self) -> list[dict[str, Any]]:
        """Read the conversation as the widget does after a reload."""
        messages: list[dict[str, Any]] = self.browser.get("/chat/conversation/").json()["messages"]
        return messages

    @property
    def conversation(self) -> Conversation:
        """Give the row that belongs to the cookie."""
        return Conversation.objects.get(pk=self.browser.cookies[COOKIE].value.split(":")[0])


@pytest.fixture
def visitor(db: None) -> Visitor:
    """A visitor who has opened the chat and said nothing."""
    return Visitor()


@pytest.fixture
def another_visitor(db: None) -> Visitor:
    """Somebody else."""
    return Visitor()


def at_once(*jobs: Any) -> list[Any]:
    """Run the jobs in threads that start together; give their results in order."""
    start, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = jobs[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
