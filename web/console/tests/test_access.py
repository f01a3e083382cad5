"""Nobody but staff sees anything, and what staff do is written down."""

from __future__ import annotations

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from console.tests.conftest import alarm, booking

PAGES = ["conversations", "bookings", "reviews", "export"]


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_sent_to_the_login(page: str, client: Client, db: None) -> None:
    answer = client.get(reverse(f"console:{page}"))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("page", PAGES)
def test_an_account_that_is_not_staff_sees_nothing(page: str, client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("patient"))
    assert client.get(reverse(f"console:{page}")).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_staff_see_friendly_pages_when_there_is_nothing(page: str, desk: Client) -> None:
    answer = desk.get(reverse(f"console:{page}"))
    assert (answer.status_code, answer["Cache-Control"].split(",")[0]) == (200, "max-age=0")


def test_strangers_cannot_change_anything(client: Client, db: None) -> None:
    conversation, said = alarm()
    request = booking()
    client.post(reverse("console:called_back", args=[conversation.pk]), {"seen": said.pk})
    client.post(reverse("console:review", args=[said.pk]), {"verdict": "agree"})
    client.post(reverse("console:move", args=[request.reference, "confirm"]))
    conversation.refresh_from_db()
    request.refresh_from_db()
    assert (conversation.needs_call_back, request.state, said.reviews.count()) == (True, "requested", 0)


def test_who_read_a_transcript_is_written_down(desk: Client) -> None:
    conversation, _ = alarm()
    desk.get(reverse("console:transcript", args=[conversation.pk]))
    entry = LogEntry.objects.get()
    assert (entry.actor.get_username(), entry.action, entry.object_pk, entry.remote_addr) == (
        "nurse",
        LogEntry.Action.ACCESS,
        str(conversation.pk),
        "127.0.0.1",
    )
    page = desk.get(reverse("trust:audit")).content.decode()
    assert ("nurse" in page, "eyelid" in page) == (True, False)


def test_the_login_page_takes_a_password(client: Client, nurse: User) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert 'autocomplete="current-password"' in page
    answer = client.post(reverse("account_login"), {"login": "nurse", "password": "a long enough secret"})
    assert (answer.status_code, answer["Location"]) == (302, "/console/")


def test_a_wrong_password_says_so(client: Client, nurse: User) -> None:
    page = client.post(reverse("account_login"), {"login": "nurse", "password": "wrong"}).content.decode()
    assert 'role="alert"' in page
