"""Servers are killed in the middle of a conversation: the visitor sees where to get help, and nothing is lost."""

from __future__ import annotations

import sqlite3
import time

import pytest

from scripts.stack import Stack
from tests.integration.visitor import Visitor

KEPT = """
    SELECT message.status, conversation.outage, conversation.needs_call_back
    FROM chat_message message JOIN chat_conversation conversation ON conversation.id = message.conversation_id
    WHERE message.client_id = ?
"""
HELP_WITHIN = 10  # seconds: promised to the visitor, so it is asserted


@pytest.mark.parametrize("server", ["actions", "rasa"])
def test_an_outage_shows_help_keeps_the_message_and_passes(
    stack: Stack, visitor: Visitor, stored: sqlite3.Connection, server: str
) -> None:
    visitor.say("hello")
    stack.kill(server)
    try:
        began = time.monotonic()
        response = visitor.post("is this bump dangerous")
        took = time.monotonic() - began
    finally:
        stack.restart(server)
    assert took < HELP_WITHIN
    assert response.status_code == 503
    assert response.json()["status"] == "undelivered"
    assert "911" in response.json()["replies"][-1]["text"]

    kept = stored.execute(KEPT, [response.json()["message"]["client_id"]]).fetchall()
    assert kept == [("undelivered", 1, 1)]

    assert visitor.say("what are milia")["status"] == "answered"
    assert "is this bump dangerous" in [one["text"] for one in visitor.history()["messages"]]
