"""Rasa's HTTP interface, faked on the wire."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import respx

from chat import rasa
from chat.models import Disposition

ADDRESS = "http://rasa.test:5005/webhooks/website/message"
ANSWER: dict[str, Any] = {
    "messages": [
        {"text": "See a doctor.", "buttons": [{"title": "Why?", "payload": "/why"}], "metadata": {"type": "advice"}},
        {"text": "", "custom": {"type": "booking", "handoff": "h"}},
    ],
    "understood": {
        "runner_up": {"name": "ask_pain", "confidence": 0.2},
        "intent": "report_red_flag",
        "confidence": 1.0,
        "classified_intent": "ask_cost",
        "findings": [{"concept": "bleeding"}],
        "flags": [{"flag": "S01", "level": "soon"}],
    },
    "assessment": {
        "disposition": "soon",
        "reasons": [{"rule": "S01"}],
        "asked": None,
        "question": "age",
        "facts": {"bleeding": "yes"},
    },
}


@pytest.fixture(autouse=True)
def new_client() -> Iterator[None]:
    """Forget the client of the test before."""
    rasa.http.cache_clear()
    rasa.places.cache_clear()
    yield
    rasa.http.cache_clear()
    rasa.places.cache_clear()


@respx.mock
def test_a_turn_is_read_whole() -> None:
    respx.post(ADDRESS).respond(json=ANSWER)
    assert rasa.reply_to("s", "7", "it bleeds") == rasa.Turn(
        replies=(
            rasa.Reply("See a doctor.", ({"title": "Why?", "payload": "/why"},), None, {"type": "advice"}),
            rasa.Reply("", (), {"type": "booking", "handoff": "h"}),
        ),
        intent="report_red_flag",
        confidence=1.0,
        classified_intent="ask_cost",
        findings=({"concept": "bleeding"},),
        flags=({"flag": "S01", "level": "soon"},),
        disposition=Disposition.SOON,
        reasons=({"rule": "S01"},),
        runner_up={"name": "ask_pain", "confidence": 0.2},
        facts={"bleeding": "yes"},
        asked="age",
    )


@respx.mock
def test_typed_text_and_buttons_are_told_apart(settings: Any) -> None:
    route = respx.post(ADDRESS).respond(json=ANSWER)
    rasa.reply_to("s", "7", "/restart")
    rasa.reply_to("s", "8", "Yes", "/affirm")
    sent = [json.loads(call.request.content) for call in route.calls]
    assert sent == [
        {"sender": "s", "message_id": "7", "kind": "text", "text": "/restart"},
        {"sender": "s", "message_id": "8", "kind": "button", "text": "Yes", "payload": "/affirm"},
    ]
    assert route.calls[0].request.headers["Authorization"] == f"Bearer {settings.CHANNEL_TOKEN}"


OUTAGES: list[tuple[str, Any]] = [
    ("refused", httpx.ConnectError("refused")),
    ("slow to connect", httpx.ConnectTimeout("slow")),
    ("slow to answer", httpx.ReadTimeout("slow")),
    ("cut off", httpx.RemoteProtocolError("cut")),
    ("503", httpx.Response(503, json={"messages": [{"text": "hi"}]})),
    ("401", httpx.Response(401)),
    ("redirect", httpx.Response(302, headers={"Location": "https://example.org"})),
    ("nothing", httpx.Response(200)),
    ("a list", httpx.Response(200, json=[])),
    ("HTML", httpx.Response(200, html="<p>hello</p>")),
    ("deeply nested", httpx.Response(200, content=b"[" * 100_000)),
    ("no messages", httpx.Response(200, json={"messages": []})),
    ("empty messages", httpx.Response(200, json={"messages": [{"text": " "}]})),
    ("messages are text", httpx.Response(200, json={"messages": "hi"})),
    ("unknown level", httpx.Response(200, json={**ANSWER, "assessment": {"disposition": "fine"}})),
    ("findings are text", httpx.Response(200, json={**ANSWER, "understood": {"findings": "x"}})),
    ("too long", httpx.Response(200, content=b" " * 1_100_000)),
]


@pytest.mark.parametrize("outage", [one[1] for one in OUTAGES], ids=[one[0] for one in OUTAGES])
@respx.mock
def test_anything_but_an_answer_is_an_outage(outage: Any) -> None:
    route = respx.post(ADDRESS)
    if isinstance(outage, httpx.Response):
        route.return_value = outage
    else:
        route.side_effect = outage
    with pytest.raises(rasa.RasaUnavailable):
        rasa.reply_to("s", "7", "hello")


@respx.mock
def test_an_answer_without_understanding_is_still_an_answer() -> None:
    respx.post(ADDRESS).respond(json={"messages": [{"text": "hi"}]})
    assert rasa.reply_to("s", "7", "hello") == rasa.Turn((rasa.Reply("hi"),))


@respx.mock
def test_the_reason_of_an_outage_holds_no_words_of_the_visitor() -> None:
    respx.post(ADDRESS).side_effect = httpx.ReadTimeout("my secret")
    with pytest.raises(rasa.RasaUnavailable) as outage:
        rasa.reply_to("s", "7", "my secret")
    assert str(outage.value) == "Rasa cannot be reached: ReadTimeout"


@respx.mock
def test_forget_asks_rasa_to_erase() -> None:
    route = respx.delete("http://rasa.test:5005/webhooks/website/conversations/s").respond(204)
    rasa.forget("s")
    assert route.call_count == 1


@pytest.fixture
def silent_server() -> Iterator[str]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_rasa_that_hangs_is_given_up(silent_server: str, settings: Any) -> None:
    settings.RASA_URL, settings.RASA_ANSWER_SECONDS = silent_server, 0.2
    with pytest.raises(rasa.RasaUnavailable, match="ReadTimeout"):
        rasa.reply_to("s", "7", "hello")


def test_a_rasa_that_drips_is_given_up(settings: Any) -> None:
    def drip() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(20):
                time.sleep(0.05)
                try:
                    connection.sendall(b" ")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip)
        thread.start()
        settings.RASA_URL, settings.RASA_ANSWER_SECONDS = f"http://127.0.0.1:{server.getsockname()[1]}", 0.2
        with pytest.raises(rasa.RasaUnavailable, match="too slowly"):
            rasa.reply_to("s", "7", "hello")
        thread.join()


def test_a_hanging_rasa_does_not_take_every_thread(silent_server: str, settings: Any) -> None:
    settings.RASA_URL, settings.RASA_PARALLEL_MESSAGES = silent_server, 1
    with rasa.free_place(), pytest.raises(rasa.RasaUnavailable, match="Too many"):
        rasa.reply_to("b", "2", "hello")


@respx.mock
def test_health() -> None:
    respx.get("http://rasa.test:5005/").respond(200)
    assert rasa.is_up()
    respx.get("http://rasa.test:5005/").side_effect = httpx.ConnectError("refused")
    assert not rasa.is_up()
