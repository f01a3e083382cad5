"""A session of staff ends when nobody uses it, and after a working day; sign-ins are in the audit log."""

from __future__ import annotations

from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from trust import sessions
from trust.rights import Role
from trust.tests.conftest import Browsers, person


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def time(self) -> float:
        """Give the seconds."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    """Let the sessions read a clock of ours."""
    settings.STAFF_IDLE_SECONDS, settings.STAFF_SESSION_SECONDS = 1800, 32400
    clock = Clock()
    monkeypatch.setattr(sessions, "time", clock)
    return clock


def status_after(browser: Client, clock: Clock, seconds: int, **headers: str) -> int:
    """Wait, then open a page."""
    clock.now += seconds
    return browser.get("/console/", headers=headers).status_code


def test_an_idle_session_ends(as_role: Browsers, clock: Clock) -> None:
    browser = as_role(Role.VIEWER)
    assert [status_after(browser, clock, wait) for wait in (0, 1799, 1799, 1800, 0)] == [200, 200, 200, 302, 302]


def test_a_busy_session_ends_after_a_working_day(as_role: Browsers, clock: Clock) -> None:
    browser = as_role(Role.VIEWER)
    found = [status_after(browser, clock, wait) for wait in [0, *[1620] * 19, 1620]]
    assert (found.count(200), found[-1]) == (20, 302)


def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(as_role: Browsers, clock: Clock) -> None:
    browser = as_role(Role.VIEWER)
    status_after(browser, clock, 0)
    found = [status_after(browser, clock, 600, **{sessions.BACKGROUND: "1"}) for _ in range(3)]
    assert found == [200, 200, 302]


def test_the_login_says_why_and_leads_back(as_role: Browsers, clock: Clock) -> None:
    browser = as_role(Role.VIEWER)
    status_after(browser, clock, 0)
    clock.now += 1800
    answer = browser.get("/console/?level=soon")
    assert answer["Location"] == "/accounts/login/?next=/console/%3Flevel%3Dsoon"
    assert "nobody used this page for a while" in browser.get(answer["Location"]).content.decode()


def test_a_part_of_a_page_sends_the_whole_page_to_the_login(as_role: Browsers, clock: Clock) -> None:
    browser = as_role(Role.VIEWER)
    status_after(browser, clock, 0)
    clock.now += 1800
    answer = browser.get("/console/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/accounts/login/?next=/console/")


def test_sign_ins_right_and_wrong_are_written_down(db: None, settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT, settings.ACCOUNT_RATE_LIMITS = 3, False
    person(Role.VIEWER)
    browser = Client()

    def sign_in(name: str, password: str) -> None:
        browser.post("/accounts/login/", {"login": name, "password": password})

    sign_in("viewer", "a long enough secret")
    for guess in range(3):
        Client().post("/accounts/login/", {"login": "viewer", "password": f"guess {guess}"})
    sign_in("somebody's password", "x")
    told = [(entry.actor and entry.actor.get_username(), entry.additional_data["event"], entry.object_repr)
            for entry in LogEntry.objects.order_by("pk")]  # fmt: skip
    wrong = (None, "sign_in_failed", "viewer")
    assert told[0] == ("viewer", "signed_in", "viewer")
    assert sorted(told[1:], key=str) == sorted([wrong, wrong, wrong, (None, "locked_out", "viewer")], key=str)
    assert User.objects.count() == 1
