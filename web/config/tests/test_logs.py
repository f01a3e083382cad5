"""Logs hold no words of anybody."""

from __future__ import annotations

import json
import logging

import pytest

from config.logs import configure, hide_personal_values
from conftest import FakeRasa, Visitor


def test_personal_values_are_hidden() -> None:
    event = {"event": "answered", "text": "my secret", "email": "a@b.ca", "seconds": 1}
    assert hide_personal_values(None, "info", event) == {
        "event": "answered",
        "text": "(hidden)",
        "email": "(hidden)",
        "seconds": 1,
    }


@pytest.mark.parametrize("down", [False, True])
def test_nothing_that_a_visitor_writes_is_logged(
    visitor: Visitor,
    fake_rasa: FakeRasa,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    down: bool,
) -> None:
    fake_rasa.down = down
    visitor.say("xyzzy is my secret")
    visitor.post("/chat/messages/", b"xyzzy no json")
    visitor.post("/chat/messages/", {"client_id": "12345678", "text": "xyzzy" * 1000})
    out, err = capfd.readouterr()
    assert "xyzzy" not in out + err + caplog.text


def test_an_error_is_logged_with_its_lines_of_code() -> None:
    formatter = configure(readable=False)["formatters"]["lines"]
    made = formatter["()"](processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"])
    try:
        raise ValueError("broken")
    except ValueError as problem:
        record = logging.LogRecord(
            "web", logging.ERROR, "f.py", 1, "failed", None, (ValueError, problem, problem.__traceback__)
        )
    line = json.loads(made.format(record))
    assert (line["event"], line["level"]) == ("failed", "error")
    assert line["exception"].splitlines()[-1] == "ValueError: broken"
