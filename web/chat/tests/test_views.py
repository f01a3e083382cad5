"""The visitor's interface, on a real database; only Rasa is faked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from chat import rasa
from chat.models import Conversation, Erasure, Message
from chat.visitors import COOKIE
from conftest import FakeRasa, Visitor

CALL_911, NURSE, CRISIS = "911", "8-1-1", "9-8-8"


def log_of(visitor: Visitor) -> list[tuple[str, str, str]]:
    """Give author, text and status of every message of the visitor's conversation."""
    return list(visitor.conversation.messages.values_list("author", "text", "status"))


def test_a_message_is_relayed_answered_and_stored(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    answer = visitor.say("what are milia?")
    assert answer.status_code == 200
    assert [one["text"] for one in answer.json()["replies"]] == ["Milia are small white bumps."]
    assert log_of(visitor) == [
        ("visitor", "what are milia?", "answered"),
        ("assistant", "Milia are small white bumps.", ""),
    ]
    stored = visitor.conversation.messages.first()
    assert stored and (stored.intent, stored.confidence) == ("ask_definition", 0.97)


def test_the_message_is_stored_before_it_is_relayed(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    seen: list[tuple[str, str]] = []
    fake_rasa.meanwhile = lambda: seen.extend(Message.objects.values_list("text", "status"))
    visitor.say("hello")
    assert seen == [("hello", "received")]


def test_the_conversation_comes_back_after_a_reload(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    visitor.say("hello")
    visitor.say("what are milia?")
    assert [(one["author"], one["text"]) for one in visitor.history()] == [
        ("visitor", "hello"),
        ("assistant", "Milia are small white bumps."),
        ("visitor", "what are milia?"),
        ("assistant", "Milia are small white bumps."),
    ]


def test_a_visitor_without_cookie_gets_a_conversation_with_the_first_message(db: None, fake_rasa: FakeRasa) -> None:
    browser = Client()
    body = {"client_id": "12345678", "text": "hi"}
    answer = browser.post("/chat/messages/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200
    assert len(browser.get("/chat/conversation/").json()["messages"]) == 2


def test_looking_at_the_page_stores_nothing(visitor: Visitor) -> None:
    visitor.browser.get("/")
    assert Conversation.objects.count() == 0


def test_whoever_only_looks_gets_no_cookie(db: None) -> None:
    browser = Client()
    for path in ("/", "/chat/embed.js", "/chat/frame/fr/", "/chat/conversation/"):
        assert browser.get(path).status_code == 200
    assert browser.cookies == {}


def test_the_answer_says_whether_it_begins_the_conversation(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    assert [visitor.say("hello").json()["first"], visitor.say("hello again").json()["first"]] == [True, False]


def test_the_cookie_is_signed_and_out_of_reach_of_scripts(visitor: Visitor) -> None:
    cookie = visitor.browser.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/chat/")
    assert cookie.value.count(":") == 2


@pytest.mark.parametrize("forge", [lambda value: value.split(":")[0], lambda value: value[:-3] + "abc", lambda _: "x"])
def test_a_forged_cookie_reads_nobodys_conversation(
    visitor: Visitor, another_visitor: Visitor, fake_rasa: FakeRasa, forge: Any
) -> None:
    visitor.say("a secret")
    another_visitor.browser.cookies[COOKIE] = forge(visitor.browser.cookies[COOKIE].value)
    assert another_visitor.history() == []
    another_visitor.say("hello")
    assert [one["text"] for one in visitor.history()] == ["a secret", "Milia are small white bumps."]


def test_without_a_cookie_nothing_is_read(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    visitor.say("a secret")
    assert Client().get("/chat/conversation/").json()["messages"] == []
    assert Client().get("/chat/export/").status_code == 404


def test_a_conversation_id_from_the_client_has_no_power(
    visitor: Visitor, another_visitor: Visitor, fake_rasa: FakeRasa
) -> None:
    visitor.say("a secret")
    stolen = str(visitor.conversation.pk)
    body = {"client_id": "12345678", "text": "hi", "conversation": stolen, "sender": stolen}
    assert another_visitor.post("/chat/messages/", body).status_code == 200
    assert len(visitor.history()) == 2


def test_a_page_of_another_site_cannot_send_messages(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    answer = visitor.post("/chat/messages/", {"client_id": "12345678", "text": "hi"}, headers={"X-CSRFToken": ""})
    assert (answer.status_code, answer.json()["error"]) == (403, "reload")
    assert fake_rasa.relayed == []


BAD_BODIES: list[tuple[str, bytes, int, str]] = [
    ("empty body", b"", 400, "not_json"),
    ("binary", bytes(range(256)), 400, "not_json"),
    ("no JSON", b"hello", 400, "not_json"),
    ("not UTF-8", '{"client_id": "12345678", "text": "é"}'.encode("latin-1"), 400, "not_json"),
    ("a list", b"[]", 400, "not_json"),
    ("deeply nested", b"[" * 20_000, 400, "not_json"),
    ("a huge number", b'{"client_id": ' + b"9" * 5000 + b"}", 400, "not_json"),
    ("no client id", b'{"text": "hi"}', 400, "client_id"),
    ("short client id", b'{"client_id": "1", "text": "hi"}', 400, "client_id"),
    ("client id with a line break", b'{"client_id": "12345678\\n", "text": "hi"}', 400, "client_id"),
    ("client id is a number", b'{"client_id": 12345678, "text": "hi"}', 400, "client_id"),
    ("no text", b'{"client_id": "12345678"}', 400, "text"),
    ("text is a number", b'{"client_id": "12345678", "text": 5}', 400, "text"),
    ("text is null", b'{"client_id": "12345678", "text": null}', 400, "text"),
    ("empty text", b'{"client_id": "12345678", "text": ""}', 400, "empty"),
    ("spaces", b'{"client_id": "12345678", "text": " \\n\\t\\u00a0"}', 400, "empty"),
    ("invisible", b'{"client_id": "12345678", "text": "\\u200b\\u0000\\ud800"}', 400, "empty"),
    ("2,001 characters", json.dumps({"client_id": "12345678", "text": "a" * 2001}).encode(), 400, "too_long"),
    ("40,000 characters", json.dumps({"client_id": "12345678", "text": "a" * 40_000}).encode(), 413, "too_large"),
    ("button is text", b'{"client_id": "12345678", "button": "0", "of": 1}', 400, "unknown_button"),
    ("button is true", b'{"client_id": "12345678", "button": true, "of": 1}', 400, "unknown_button"),
    ("negative button", b'{"client_id": "12345678", "button": -1, "of": 1}', 400, "unknown_button"),
    ("huge button", b'{"client_id": "12345678", "button": 0, "of": 99999999999999999999}', 400, "unknown_button"),
    ("button of nothing", b'{"client_id": "12345678", "button": 0}', 400, "unknown_button"),
]


@pytest.mark.parametrize("body, status, code", [one[1:] for one in BAD_BODIES], ids=[one[0] for one in BAD_BODIES])
def test_a_bad_body_gets_a_clear_refusal(
    visitor: Visitor, fake_rasa: FakeRasa, body: bytes, status: int, code: str
) -> None:
    answer = visitor.post("/chat/messages/", body)
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert len(answer.json()["message"]) > 20
    assert (fake_rasa.relayed, Message.objects.count()) == ([], 0)


def test_only_json_is_taken(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    answer = visitor.post("/chat/messages/", b"text=hi", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.json()["error"]) == (415, "not_json")
    assert visitor.browser.get("/chat/messages/").status_code == 405


def test_a_message_of_2000_characters_is_taken_whole(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    text = "😀" * 2000
    assert visitor.say(text).status_code == 200
    assert fake_rasa.relayed[0][2] == text


def test_what_is_no_text_is_taken_out(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    body = b'{"client_id": "12345678", "text": " a\\u0000b\\ud83dc\\nd\\u001b[31m "}'
    assert visitor.post("/chat/messages/", body).status_code == 200
    assert fake_rasa.relayed[0][2] == "abc\nd[31m"


@pytest.mark.parametrize("text", ['/book_appointment{"disposition": "self_care"}', "/restart", "  /affirm"])
def test_typed_commands_are_text(visitor: Visitor, fake_rasa: FakeRasa, text: str) -> None:
    visitor.say(text)
    assert [(relayed[2], relayed[3]) for relayed in fake_rasa.relayed] == [(text.strip(), "")]


def offer(visitor: Visitor, fake_rasa: FakeRasa) -> int:
    """Have the assistant offer two choices and a link; give the message's id."""
    yes = {"title": "Yes", "payload": "/affirm"}
    call = {"title": "Call 911", "url": "tel:911"}
    fake_rasa.turn = rasa.Turn((rasa.Reply("Does it bleed?", (yes, {"title": "No", "payload": "/deny"}, call)),))
    shown: dict[str, Any] = visitor.say("a bump").json()["replies"][0]
    assert shown["buttons"] == [{"title": "Yes"}, {"title": "No"}, {"title": "Call 911", "href": "tel:911"}]
    return int(shown["id"])


def test_an_offered_button_is_relayed_with_its_payload(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    assert visitor.press(1, offer(visitor, fake_rasa)).status_code == 200
    assert [(text, payload) for _, _, text, payload in fake_rasa.relayed] == [("a bump", ""), ("No", "/deny")]


@pytest.mark.parametrize("button", [2, 3, 10**9])
def test_a_button_that_was_not_offered_cannot_be_pressed(visitor: Visitor, fake_rasa: FakeRasa, button: int) -> None:
    answer = visitor.press(button, offer(visitor, fake_rasa))
    assert (answer.status_code, answer.json()["error"]) == (400, "unknown_button")
    assert len(fake_rasa.relayed) == 1


def test_a_button_of_somebody_else_cannot_be_pressed(
    visitor: Visitor, another_visitor: Visitor, fake_rasa: FakeRasa
) -> None:
    answer = another_visitor.press(0, offer(visitor, fake_rasa))
    assert (answer.status_code, answer.json()["error"]) == (400, "unknown_button")


def test_the_title_of_a_button_cannot_be_replaced(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    body = {"client_id": "12345678", "button": 0, "of": offer(visitor, fake_rasa), "text": "/restart", "payload": "/x"}
    visitor.post("/chat/messages/", body)
    assert fake_rasa.relayed[1][2:] == ("Yes", "/affirm")


def test_an_outage_is_answered_with_where_to_get_help(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    fake_rasa.down = True
    answer = visitor.say("my eyelid is swollen", "client-id-1")
    assert (answer.status_code, answer.json()["status"]) == (503, "undelivered")
    advice = answer.json()["replies"][0]["text"]
    assert [number for number in (CALL_911, NURSE, CRISIS) if number in advice] == [CALL_911, NURSE, CRISIS]
    assert log_of(visitor) == [
        ("visitor", "my eyelid is swollen", "undelivered"),
        ("system", settings.OUT_OF_ORDER_ADVICE, ""),
    ]
    kept = visitor.conversation
    assert (kept.outage, kept.needs_call_back, kept.call_back_reason) == (True, True, "outage")


def test_after_an_outage_the_same_message_is_delivered_again(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    fake_rasa.down = True
    visitor.say("hello", "client-id-1")
    assert visitor.say("hello", "client-id-1").json()["replies"][0]["text"] == settings.OUT_OF_ORDER_ADVICE
    fake_rasa.down = False
    answer = visitor.say("hello", "client-id-1").json()
    assert (answer["status"], [one["text"] for one in answer["replies"]]) == (
        "answered",
        ["Milia are small white bumps."],
    )
    assert [author for author, _, _ in log_of(visitor)] == ["visitor", "system", "assistant"]
    assert len({message_id for _, message_id, _, _ in fake_rasa.relayed}) == 1
    kept = visitor.conversation
    assert (kept.outage, kept.needs_call_back, kept.call_back_reason) == (False, False, "")


def test_a_resent_message_is_not_relayed_twice(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    first = visitor.say("hello", "client-id-1").json()
    second = visitor.say("hello", "client-id-1").json()
    assert first == second
    assert len(fake_rasa.relayed) == 1


def test_the_same_client_id_in_two_conversations_is_two_messages(
    visitor: Visitor, another_visitor: Visitor, fake_rasa: FakeRasa
) -> None:
    visitor.say("hello", "client-id-1")
    another_visitor.say("hi", "client-id-1")
    assert [text for _, _, text, _ in fake_rasa.relayed] == ["hello", "hi"]


def test_a_database_that_fails_still_says_where_to_get_help(
    visitor: Visitor, fake_rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("chat.visitors.open_conversation", fail)
    answer = visitor.say("help")
    assert (answer.status_code, answer.json()["error"]) == (503, "out_of_order")
    assert answer.json()["message"] == settings.NOT_SAVED_ADVICE
    assert ["a", {"href": "tel:911"}, "911"] in answer.json()["shown"][0]


def test_a_bug_still_says_where_to_get_help(
    visitor: Visitor, fake_rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.wire.turn", lambda _: 1 / 0)
    visitor.browser.raise_request_exception = False
    answer = visitor.say("help")
    assert (answer.status_code, answer.json()["error"]) == (500, "out_of_order")
    assert CALL_911 in answer.json()["message"]


@pytest.mark.parametrize("rate", ["CHAT_RATE_CONVERSATION", "CHAT_RATE_ADDRESS"])
def test_too_many_messages_are_refused_with_where_to_get_help(
    visitor: Visitor, fake_rasa: FakeRasa, settings: Any, rate: str
) -> None:
    setattr(settings, rate, "2/m")
    answers = [visitor.say("hello") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"
    assert CALL_911 in answers[2].json()["message"]


def test_a_visitor_takes_the_conversation_along(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    visitor.say("hello")
    file = visitor.browser.get("/chat/export/")
    assert [one["text"] for one in file.json()["messages"]] == ["hello", "Milia are small white bumps."]
    assert file["Content-Disposition"] == 'attachment; filename="my-conversation.json"'


def test_a_visitor_erases_the_conversation_everywhere(
    visitor: Visitor, fake_rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[str] = []
    monkeypatch.setattr(rasa, "forget", forgotten.append)
    visitor.say("hello")
    known = str(visitor.conversation.pk)
    visitor.post("/chat/delete/", {})
    assert (forgotten, Conversation.objects.count(), Message.objects.count()) == ([known], 0, 0)
    assert Erasure.objects.exclude(done_at=None).count() == 1
    assert visitor.history() == []


def test_an_erased_conversation_never_comes_back(
    visitor: Visitor, fake_rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rasa, "forget", lambda _: None)
    visitor.say("hello")
    erased, old_cookie = visitor.conversation.pk, visitor.browser.cookies[COOKIE].value
    visitor.post("/chat/delete/", {})
    visitor.browser.cookies[COOKIE] = old_cookie
    visitor.say("hello again")
    assert Conversation.objects.get().pk != erased


def test_erasing_while_an_answer_is_on_its_way_leaves_nothing(
    visitor: Visitor, fake_rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[str] = []
    monkeypatch.setattr(rasa, "forget", forgotten.append)
    fake_rasa.meanwhile = lambda: visitor.post("/chat/delete/", {})
    answer = visitor.say("hello")
    assert (answer.status_code, answer.json()["error"]) == (410, "erased")
    assert (Conversation.objects.count(), Message.objects.count(), len(forgotten)) == (0, 0, 2)
