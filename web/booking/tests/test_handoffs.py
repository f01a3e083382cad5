"""The private interface for the assistant."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from booking.models import Handoff
from chat.models import Conversation
from conftest import Visitor

ADDRESS = "/api/booking/handoffs"
SUMMARY = {"disposition": "routine", "reasons": [], "facts": {"who": "self"}, "wish": "removal"}


def ask(conversation: object, summary: object = SUMMARY, token: str | None = None, **more: Any) -> Any:
    """Post as the custom action does, with the CSRF check on."""
    header = f"Bearer {settings.BOOKING_TOKEN}" if token is None else token
    body = json.dumps({"conversation": str(conversation), "summary": summary})
    browser: Client = more.pop("browser", Client(enforce_csrf_checks=True))
    return browser.post(ADDRESS, body, content_type="application/json", headers={"Authorization": header})


@pytest.fixture
def conversation(db: None) -> Conversation:
    """A talk that has begun."""
    return Conversation.objects.create()


def test_a_handoff_is_opened_with_its_summary(conversation: Conversation) -> None:
    answer = ask(conversation.pk)
    handoff = Handoff.objects.get()
    assert (answer.status_code, answer.json()) == (
        201,
        {"handoff": str(handoff.pk), "url": f"/chat/booking/{handoff.pk}/", "slots": 0},
    )
    assert (handoff.conversation, handoff.summary, handoff.state) == (conversation, SUMMARY, "open")


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic abc", "Bearer tést"])
def test_without_the_token_nothing_is_opened(conversation: Conversation, token: str) -> None:
    answer = ask(conversation.pk, token=token)
    assert (answer.status_code, answer.json()["error"], Handoff.objects.count()) == (401, "token", 0)


def test_a_visitors_cookie_is_no_token(visitor: Visitor) -> None:
    assert visitor.post(ADDRESS, {"conversation": "x", "summary": SUMMARY}).status_code == 401


@pytest.mark.parametrize("unknown", ["default", "", "1", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_conversation_is_refused(db: None, unknown: str) -> None:
    answer = ask(unknown)
    assert (answer.status_code, answer.json()["error"]) == (404, "conversation")


@pytest.mark.parametrize(
    "summary",
    [
        None,
        [],
        "routine",
        {},
        {"disposition": "fine"},
        {"disposition": "routine", "reasons": "x"},
        {"disposition": "routine", "facts": []},
        {"disposition": "routine", "wish": 1},
        {"disposition": "routine", "phone": "604"},
    ],
)
def test_a_summary_of_another_form_is_refused(conversation: Conversation, summary: object) -> None:
    answer = ask(conversation.pk, summary)
    assert (answer.status_code, answer.json()["error"], Handoff.objects.count()) == (400, "summary", 0)


@pytest.mark.parametrize(
    "level, wish, status",
    [
        ("emergency", "removal", 409),
        ("emergency", "unrelated_cosmetic", 409),
        ("urgent", "removal", 409),
        ("urgent", "unrelated_cosmetic", 201),
        ("soon", "removal", 409),
        ("soon", None, 409),
        ("soon", "unrelated_cosmetic", 201),
        ("routine", "removal", 201),
        ("self_care", "check", 201),
        (None, None, 201),
    ],
)
def test_care_comes_before_a_booking(conversation: Conversation, level: str, wish: str, status: int) -> None:
    answer = ask(conversation.pk, {"disposition": level, "wish": wish})
    assert (answer.status_code, Handoff.objects.count()) == (status, int(status == 201))


def test_a_long_triage_fits(conversation: Conversation) -> None:
    reasons = [{"rule": "r", "because": "b" * 500}] * 200
    assert ask(conversation.pk, {**SUMMARY, "reasons": reasons}).status_code == 201


def test_the_refusal_says_where_to_go(conversation: Conversation) -> None:
    answer = ask(conversation.pk, {"disposition": "emergency"}).json()
    assert (answer["error"], "call 911" in answer["message"]) == ("care_first", True)


def test_asking_again_opens_the_same_handoff_with_the_newer_summary(conversation: Conversation) -> None:
    first = ask(conversation.pk).json()["handoff"]
    Handoff.objects.update(state=Handoff.State.PAUSED)
    second = ask(conversation.pk, {**SUMMARY, "wish": "check"}).json()["handoff"]
    kept = Handoff.objects.get()
    assert (first, second, kept.state, kept.summary["wish"]) == (str(kept.pk), str(kept.pk), "open", "check")


def test_a_worse_summary_pauses_an_open_handoff(conversation: Conversation) -> None:
    ask(conversation.pk)
    ask(conversation.pk, {"disposition": "urgent"})
    assert Handoff.objects.get().state == "paused"
