"""The weight of the chat."""

from __future__ import annotations

import pytest

from scripts import size


def test_the_chat_is_small_enough(capsys: pytest.CaptureFixture[str]) -> None:
    assert size.main() == 0, capsys.readouterr().out


def test_all_scripts_and_styles_count_drawings_do_not() -> None:
    counted = {path.name for path in size.files()}
    assert {"embed.js", "triage-chat.js", "triage-chat.css", "booking.js"} <= counted
    assert {path.suffix for path in size.files()} == {".js", ".css"}


def test_too_much_is_an_error_that_says_by_how_much(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(size, "LIMIT", 100)
    assert size.main() == 1
    assert "bytes too large" in capsys.readouterr().out
