"""Settings from the environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


def test_without_an_address_the_database_is_a_file_that_queues_writers(tmp_path: Path) -> None:
    chosen = environment.database("", tmp_path)
    assert chosen["NAME"] == str(tmp_path / "web.sqlite3")
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in chosen["OPTIONS"]["init_command"]


def test_an_address_of_postgresql_is_taken_apart(tmp_path: Path) -> None:
    chosen = environment.database("postgresql://me:p%40ss@db:5433/chat?sslmode=require", tmp_path)
    options = chosen.pop("OPTIONS")
    assert chosen == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "chat",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": "5433",
    }
    assert options["sslmode"] == "require"


def test_an_unknown_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="starts with 'mysql:'"):
        environment.database("mysql://db/chat", tmp_path)


def test_a_missing_secret_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOOKING_TOKEN")
    with pytest.raises(ImproperlyConfigured, match=r"BOOKING_TOKEN is not set.*make run"):
        environment.secret("BOOKING_TOKEN")


def test_a_file_never_overrides_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWN", "1")
    monkeypatch.delenv("FROM_FILE", raising=False)
    file = tmp_path / "env"
    file.write_text("# a comment\nKNOWN=2\nexport FROM_FILE='a=b'\n\n")
    environment.load_file(file)
    assert (os.environ.pop("KNOWN"), os.environ.pop("FROM_FILE")) == ("1", "a=b")


@pytest.mark.parametrize("value, expected", [("1", True), ("TRUE", True), ("0", False), ("no", False), ("", True)])
def test_flags(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("SWITCH", value)
    assert environment.flag("SWITCH", default=True) is expected
