"""Hostile visitors against the running stack.

`TRUSTED_PROXIES=1 python3 -m scripts.stack -- web/.venv/bin/pytest web/tests/attacks` starts it. Each visitor comes
from an address of their own, as through a proxy.
"""

from __future__ import annotations

import itertools
import os
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from config.testing import OUTSIDE

ADDRESSES = (f"10.{one >> 16 & 255}.{one >> 8 & 255}.{one & 255}" for one in itertools.count(os.getpid() * 7 % 60000))
# The server closes a connection on which it refused a request before the body was there. A browser tries again on a new
# one; httpx does not, so each request gets its own.
FRESH = httpx.Limits(max_keepalive_connections=0)
PATIENCE = 60  # seconds; fifty at once on a busy machine


class Visitor:
    """A program that speaks to the chat as the widget does, cookies included."""

    def __init__(self, url: str) -> None:
        self.url = url
        headers = {"X-Forwarded-For": next(ADDRESSES), "X-Forwarded-Proto": "http", "Accept": "application/json"}
        self.http = httpx.Client(base_url=url, headers=headers, timeout=PATIENCE, limits=FRESH, trust_env=False)
        self.http.headers["X-CSRFToken"] = self.http.get("/chat/begin/").json()["csrf"]

    def say(self, text: str, client_id: str = "") -> httpx.Response:
        """Send a message; without Rasa it is kept and answered with 503."""
        return self.http.post("/chat/messages/", json={"client_id": client_id or str(uuid.uuid4()), "text": text})

    @property
    def conversation(self) -> str:
        """Give the id of the conversation, from the signed cookie."""
        return self.http.cookies["chat"].strip('"').split(":")[0]

    def handoff(self) -> str:
        """Ask for a consultation, as the custom action does for a visitor; give the address of the form."""
        self.say("a consultation please")
        summary = {"disposition": "routine", "reasons": [], "facts": {}, "wish": "removal"}
        bearer = {"Authorization": f"Bearer {OUTSIDE['BOOKING_TOKEN']}"}
        told = {"conversation": self.conversation, "summary": summary}
        opened = httpx.post(f"{self.url}/api/booking/handoffs", json=told, headers=bearer, timeout=PATIENCE)
        return str(opened.json()["url"])


@pytest.fixture(scope="session")
def url() -> str:
    """Give the address of the running stack."""
    if "STACK_URL" not in os.environ or os.environ.get("TRUSTED_PROXIES") != "1":
        pytest.fail("Run 'TRUSTED_PROXIES=1 python3 scripts/stack.py -- web/.venv/bin/pytest web/tests/attacks'.")
    return os.environ["STACK_URL"].rstrip("/")


@pytest.fixture
def new_visitor(url: str) -> Any:
    """Give a function that makes somebody new."""
    return lambda: Visitor(url)


@pytest.fixture
def visitor(url: str) -> Visitor:
    """Somebody who has opened the chat."""
    return Visitor(url)


@pytest.fixture
def staff(url: str) -> Iterator[httpx.Client]:
    """Staff, signed in."""
    with httpx.Client(base_url=url, follow_redirects=True, timeout=PATIENCE, limits=FRESH, trust_env=False) as browser:
        browser.headers["X-Forwarded-For"] = next(ADDRESSES)
        browser.get("/accounts/login/")
        form = {"login": "staff", "password": os.environ["STAFF_PASSWORD"]}
        signed_in = browser.post("/accounts/login/", data=form | {"csrfmiddlewaretoken": browser.cookies["csrftoken"]})
        assert signed_in.url.path.startswith("/console/")
        yield browser
