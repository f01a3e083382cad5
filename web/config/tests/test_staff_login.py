"""Staff sign in with a password and a second factor; guessing is stopped."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from config.middleware import visitor_address

PASSWORD = "correct horse battery"


@pytest.fixture
def nurse(db: None) -> User:
    """A member of staff."""
    return User.objects.create_user("nurse", password=PASSWORD, is_staff=True)


def sign_in(browser: Client, password: str) -> Any:
    """Fill in the form."""
    return browser.post("/accounts/login/", {"login": "nurse", "password": password})


def test_the_password_is_kept_with_argon2(nurse: User) -> None:
    assert nurse.password.startswith("argon2$argon2id$")


def test_staff_sign_in(nurse: User) -> None:
    answer = sign_in(Client(), PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/console/")


def test_guessing_is_stopped(nurse: User, settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    settings.ACCOUNT_RATE_LIMITS = False
    browser = Client()
    for _ in range(3):
        last = sign_in(browser, "guess")
    assert last.status_code == 429
    assert sign_in(browser, PASSWORD).status_code == 429


def test_nobody_signs_up(db: None) -> None:
    answer = Client().post(
        "/accounts/signup/", {"username": "eve", "password1": PASSWORD, "password2": PASSWORD, "email": "e@e.ca"}
    )
    assert (User.objects.count(), answer.status_code) == (0, 200)


def test_without_a_second_factor_the_console_asks_for_one(nurse: User, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True
    browser = Client()
    browser.force_login(nurse)
    answer = browser.get("/console/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/totp/activate/")


@pytest.mark.parametrize(
    "proxies, forwarded, expected",
    [
        (0, "6.6.6.6", "10.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.9", "1.2.3.4"),
        (1, "", "10.0.0.1"),
    ],
)
def test_a_claimed_address_is_not_believed(settings: Any, proxies: int, forwarded: str, expected: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")
    assert visitor_address(request) == expected
