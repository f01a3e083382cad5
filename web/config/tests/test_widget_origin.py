"""The widget on another host of the clinic."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from conftest import FakeRasa

CLINIC = "https://www.clinic.test"


@pytest.fixture(autouse=True)
def clinic(settings: Any) -> None:
    """Name the clinic's host."""
    settings.WIDGET_ORIGINS = settings.CSRF_TRUSTED_ORIGINS = [CLINIC]


def test_the_clinics_page_may_ask_and_read(db: None) -> None:
    asked = {"Origin": CLINIC, "Access-Control-Request-Method": "POST"}
    answer = Client().options("/chat/messages/", headers=asked)
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, CLINIC)
    assert answer["Access-Control-Allow-Credentials"] == "true"
    assert answer["Access-Control-Allow-Headers"] == "Content-Type, X-CSRFToken"
    assert Client().get("/chat/conversation/", headers={"Origin": CLINIC})["Access-Control-Allow-Origin"] == CLINIC


@pytest.mark.parametrize("origin", ["https://evil.test", "null", f"{CLINIC}.evil.test", "http://www.clinic.test"])
def test_no_other_page_may(db: None, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    assert "Access-Control-Allow-Origin" not in Client().options("/chat/messages/", headers=asked)
    assert "Access-Control-Allow-Origin" not in Client().get("/chat/conversation/", headers={"Origin": origin})


@pytest.mark.parametrize("path", ["/api/booking/handoffs", "/console/", "/accounts/login/"])
def test_only_the_chat_is_shared(db: None, path: str) -> None:
    assert "Access-Control-Allow-Origin" not in Client().get(path, headers={"Origin": CLINIC})


@pytest.mark.parametrize("origin, status", [(CLINIC, 200), ("https://evil.test", 403)])
def test_a_message_still_needs_the_token_and_a_known_page(
    db: None, fake_rasa: FakeRasa, origin: str, status: int
) -> None:
    browser = Client(enforce_csrf_checks=True)
    token = browser.get("/chat/begin/").json()["csrf"]
    body = json.dumps({"client_id": "12345678", "text": "hi"})
    headers = {"Origin": origin, "X-CSRFToken": token}
    answer = browser.post("/chat/messages/", body, content_type="application/json", headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize("site, kept_apart", [("cross-site", True), ("same-site", False), ("same-origin", False)])
def test_on_another_site_the_cookies_are_sent_and_kept_apart_for_it(db: None, site: str, kept_apart: bool) -> None:
    browser = Client()
    browser.get("/chat/begin/", headers={"Origin": CLINIC, "Sec-Fetch-Site": site})
    sent = [cookie.OutputString() for cookie in browser.cookies.values()]
    assert len(sent) == 2
    assert [("SameSite=None" in one, "Partitioned" in one, "Secure" in one) for one in sent] == [(kept_apart,) * 3] * 2


def test_an_unknown_site_gets_no_such_cookie(db: None) -> None:
    browser = Client()
    browser.get("/chat/begin/", headers={"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"})
    assert {cookie["samesite"] for cookie in browser.cookies.values()} == {"Lax"}
