"""With the second factor required, nobody reads a conversation with a password alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import User
from django.test import Client

from trust.rights import Role
from trust.tests.conftest import person

SECRET = "JBSWY3DPEHPK3PXP"
NOW = 1_800_000_015  # seconds, the middle of a code's half minute: it stays the same while the test signs in
CONSOLE = "/console/"


@pytest.fixture
def nurse(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> User:
    """A clinician with an authenticator app and recovery codes, where the second factor is required."""
    settings.STAFF_SECOND_FACTOR, settings.ACCOUNT_RATE_LIMITS = True, False
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: NOW))
    user = person(Role.CLINICIAN, "nurse")
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def code() -> str:
    """Give what the app shows now."""
    return str(totp.format_hotp_value(totp.hotp_value(SECRET, NOW // 30)))


def sign_in(second: str) -> Client:
    """Sign in with the password and this second factor."""
    browser = Client()
    asked = browser.post("/accounts/login/", {"login": "nurse", "password": "a long enough secret"})
    assert asked["Location"].startswith("/accounts/2fa/authenticate/")
    assert browser.get(CONSOLE).status_code == 302
    browser.post("/accounts/2fa/authenticate/", {"code": second})
    return browser


def test_the_code_of_the_app_opens_the_console(nurse: User) -> None:
    assert sign_in(code()).get(CONSOLE).status_code == 200


@pytest.mark.parametrize("guess", ["", "000000", "abcdef", "1" * 500])
def test_a_guess_does_not(guess: str, nurse: User) -> None:
    assert sign_in(guess).get(CONSOLE).status_code == 302


def test_a_recovery_code_opens_it_once(nurse: User) -> None:
    spare = Authenticator.objects.get(user=nurse, type="recovery_codes").wrap().get_unused_codes()[0]
    assert [sign_in(spare).get(CONSOLE).status_code for _ in range(2)] == [200, 302]


def test_without_an_app_every_page_leads_to_setting_one_up(nurse: User) -> None:
    Authenticator.objects.filter(user=nurse).delete()
    browser = Client()
    browser.force_login(nurse)
    pages = [CONSOLE, "/console/figures/", "/console/bookings/", "/console/audit/"]
    assert {browser.get(page)["Location"] for page in pages} == {"/accounts/2fa/totp/activate/"}
