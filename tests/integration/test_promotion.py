"""A developer replays, promotes and rolls back a model in the real console, while a visitor goes on writing."""

from __future__ import annotations

import gzip
import re
import shutil
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from scripts.stack import Stack
from tests.integration.visitor import Visitor

WITHIN = 240.0  # seconds, on a busy machine
SERVING = re.compile(r"Serving: <strong>([\w.]+)")


class Staff:
    """A member of staff who is signed in."""

    def __init__(self, stack: Stack) -> None:
        self.http = httpx.Client(base_url=stack.url, timeout=WITHIN, follow_redirects=True, trust_env=False)
        self.post("/accounts/login/", login="staff", password=stack.env["STAFF_PASSWORD"])

    def post(self, address: str, **fields: str) -> httpx.Response:
        """Send a form."""
        page = self.http.get(address if address.startswith("/accounts") else "/console/replay/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token is not None, page
        return self.http.post(
            address, data={"csrfmiddlewaretoken": token[1], **fields}, headers={"Referer": str(self.http.base_url)}
        )

    def serving(self) -> str:
        """Name the model that serves, as the console says it."""
        found = SERVING.search(self.http.get("/console/replay/").text)
        assert found is not None
        return found[1]


@pytest.fixture
def staff(stack: Stack) -> Iterator[Staff]:
    """A member of staff, and a candidate: the same model in another file."""
    model = stack.var / "models" / "assistant.tar.gz"
    content = gzip.decompress(model.read_bytes())
    (model.parent / "candidate.tar.gz").write_bytes(gzip.compress(content, compresslevel=1, mtime=1))
    one = Staff(stack)
    yield one
    one.http.close()


class Writing:
    """A visitor who writes without a pause, until the block ends."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.states, self.over = visitor, list[str](), False
        self.thread = threading.Thread(target=self.write)

    def write(self) -> None:
        """Ask, and note how each message fared."""
        while not self.over:
            self.states.append(self.visitor.post("what are milia?").json()["status"])
            time.sleep(2.2)  # a visitor may send 30 messages a minute

    def __enter__(self) -> Writing:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over = True
        self.thread.join()


def test_a_model_is_replayed_promoted_and_rolled_back_without_a_dropped_message(
    stack: Stack, staff: Staff, visitor: Visitor
) -> None:
    for said in ("hi", "I have small white bumps on my cheeks", "none of these", "I'd like to book", "does it hurt?"):
        visitor.say(said)
    page = staff.post("/console/replay/start/", model="candidate.tar.gz")
    end = time.monotonic() + WITHIN
    while "Still running" in page.text and time.monotonic() < end:
        time.sleep(1)
        page = staff.http.get(page.url)
    counts = re.findall(r'kind=(\w+)"[^>]*>[\w ]+ \((\d+)\)', page.text)
    assert ">Done<" in page.text, page.text
    assert counts == [(kind, "0") for kind in ("down", "silent", "up", "intent", "answer")]  # it is the same model

    with Writing(visitor) as writing:
        assert "serves from now on" in staff.post("/console/replay/promote/", model="candidate.tar.gz").text
        assert staff.serving() == "candidate.tar.gz"
        assert (stack.var / "models" / "serving").read_text("utf-8") == "candidate.tar.gz\n"
        assert "serves from now on" in staff.post("/console/replay/roll-back/").text
    assert staff.serving() == "assistant.tar.gz"
    assert len(writing.states) > 1
    assert set(writing.states) == {"answered"}


def test_a_file_that_is_no_model_leaves_the_old_one_serving(stack: Stack, staff: Staff, visitor: Visitor) -> None:
    shutil.copy2(__file__, stack.var / "models" / "broken.tar.gz")
    page = staff.post("/console/replay/start/", model="broken.tar.gz")
    end = time.monotonic() + WITHIN
    while "Still running" in page.text and time.monotonic() < end:
        time.sleep(1)
        page = staff.http.get(page.url)
    assert ">Failed<" in page.text
    assert "It was not replayed" in staff.post("/console/replay/promote/", model="broken.tar.gz").text
    assert visitor.post("what are milia?").json()["status"] == "answered"


def test_only_the_website_may_change_the_model(stack: Stack) -> None:
    with httpx.Client(base_url=stack.env["RASA_URL"], trust_env=False) as stranger:
        answers = [
            stranger.put("/webhooks/website/models/candidate.tar.gz", json={"sha256": ""}),
            stranger.put("/webhooks/website/serving", json={"model": "candidate.tar.gz"}),
            stranger.get("/webhooks/website/serving"),
        ]
    assert [one.status_code for one in answers] == [401, 401, 401]
