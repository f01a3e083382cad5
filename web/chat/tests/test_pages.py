"""The pages around the chat."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from chat import rasa
from conftest import Visitor

PAGES = ["/", "/chat/", "/privacy/", "/nothing-here/"]


class Problems(HTMLParser):
    """Collects what our policy for content forbids: inline script and style, and anything from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = dict(attrs)
        loaded = given.get("src") or (given.get("href") if tag == "link" else "") or ""
        if tag == "style" or (tag == "script" and "src" not in given) or "style" in given:
            self.found.append(f"inline {tag}")
        if any(name.startswith("on") for name in given) or loaded.startswith(("http", "//")):
            self.found.append(f"{tag} {loaded}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_to_the_policy_for_content(db: None, path: str) -> None:
    answer = Client().get(path)
    problems = Problems()
    problems.feed(answer.content.decode())
    assert problems.found == []
    policy = answer["Content-Security-Policy"]
    directives = [one.strip() for one in policy.split(";")]  # in any order
    assert "unsafe" not in policy and {"default-src 'none'", "script-src 'self'"} <= set(directives)


def test_the_clinics_page_carries_the_assistant(db: None, settings: Any) -> None:
    page = Client().get("/").content.decode()
    assert '<script src="/chat/embed.js" async></script>' in page
    assert 'href="/chat/?topic=check" data-triage-chat="check"' in page  # works without the script, too
    for fact in ("small, firm white bumps", "Gentle extraction", "Electrocautery", "retinoids or alpha hydroxy acids"):
        assert fact in page


def test_the_privacy_page_says_who_to_ask_or_that_it_is_unknown(db: None, settings: Any) -> None:
    assert "has not told this website yet who its privacy officer is" in Client().get("/privacy/").content.decode()
    settings.PRIVACY_CONTACT = "Jane Doe, 604 555 0123"
    assert "Our privacy officer: Jane Doe, 604 555 0123." in Client().get("/privacy/").content.decode()


def test_a_conversation_is_erased_from_the_privacy_page(visitor: Visitor) -> None:
    page = visitor.browser.get("/privacy/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer = visitor.browser.post("/chat/delete/", {"csrfmiddlewaretoken": token}, headers={"Accept": "text/html"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "No conversation of yours is kept here." in answer.content.decode()


@pytest.mark.parametrize("up, state", [(True, "up"), (False, "down")])
def test_health_reports_database_and_rasa(db: None, monkeypatch: pytest.MonkeyPatch, up: bool, state: str) -> None:
    monkeypatch.setattr(rasa, "is_up", lambda: up)
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "up", "rasa": state})


def test_health_is_bad_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(rasa, "is_up", lambda: True)
    monkeypatch.setattr("chat.pages.connection.cursor", fail)
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": "down", "rasa": "up"})


def test_private_answers_are_not_kept_by_caches(visitor: Visitor) -> None:
    assert "no-store" in visitor.browser.get("/chat/conversation/")["Cache-Control"]


def test_errors_speak_json_to_programs_and_pages_to_people(db: None) -> None:
    machine = Client().get("/chat/nothing/")
    person = Client().get("/chat/nothing/", headers={"Accept": "text/html"})
    assert (machine.status_code, machine.json()["error"]) == (404, "not_found")
    assert (person.status_code, "There is nothing at this address." in person.content.decode()) == (404, True)
