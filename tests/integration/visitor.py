"""A visitor who talks to the website over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx

Json = dict[str, Any]


class Visitor:
    """A browser with a cookie of its own."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=15, headers={"Referer": url, "Accept": "application/json"})
        self.http.headers["X-CSRFToken"] = self.http.get("/chat/begin/").json()["csrf"]

    def history(self) -> Json:
        """Read the own conversation."""
        return dict(self.http.get("/chat/conversation/").json())

    def post(self, text: str, client_id: str = "") -> httpx.Response:
        """Send a message and give the plain response."""
        return self.http.post("/chat/messages/", json={"client_id": client_id or str(uuid4()), "text": text})

    def say(self, text: str) -> Json:
        """Send a message that must be answered."""
        response = self.post(text)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def press(self, turn: Json, title: str) -> Json:
        """Press a button of the last reply."""
        reply = turn["replies"][-1]
        titles = [button["title"] for button in reply["buttons"]]
        pressed = {"client_id": str(uuid4()), "button": titles.index(title), "of": reply["id"]}
        response = self.http.post("/chat/messages/", json=pressed)
        assert response.status_code == 200, response.text
        return dict(response.json())


def words_of(turn: Json) -> str:
    """Give all that was replied as one text."""
    return "\n\n".join(reply["text"] for reply in turn["replies"])


def level_of(turn: Json) -> str | None:
    """Give the disposition after a turn."""
    assessment = turn["assessment"]
    return assessment["disposition"] if assessment else None
