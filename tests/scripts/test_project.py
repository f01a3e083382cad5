"""Secrets, environments and stamps."""

from __future__ import annotations

import stat
from pathlib import Path

from scripts import project


def test_secrets_are_drawn_once_and_are_for_the_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "var" / "env"
    first = project.secrets_in(file)
    assert sorted(first) == sorted(project.SECRETS)
    assert min(map(len, first.values())) >= 64
    assert project.secrets_in(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_projects_have_different_secrets(tmp_path: Path) -> None:
    first, second = project.secrets_in(tmp_path / "a"), project.secrets_in(tmp_path / "b")
    assert set(first.values()).isdisjoint(second.values())


def test_what_is_set_already_wins_and_addresses_follow_the_ports(tmp_path: Path) -> None:
    env = project.environment(tmp_path, {"RASA_PORT": "7005", "CHANNEL_TOKEN": "mine"})
    assert (env["CHANNEL_TOKEN"], env["RASA_URL"], env["BOOKING_URL"]) == (
        "mine",
        "http://127.0.0.1:7005",
        "http://127.0.0.1:8000",
    )
    assert (env["VAR_DIR"], env["SANIC_HOST"]) == (str(tmp_path), "127.0.0.1")


def test_a_fingerprint_sees_names_and_contents() -> None:
    root = project.ROOT / "knowledge"
    assert project.fingerprint([root]) == project.fingerprint([root])
    assert project.fingerprint([root]) != project.fingerprint([root / "clinic.yml"])


def test_a_stamp_counts_for_its_own_value_only(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    assert not project.is_stamped(stamp, "a")
    stamp.write_text("a")
    assert project.is_stamped(stamp, "a")
    assert not project.is_stamped(stamp, "b")
