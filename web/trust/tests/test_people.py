"""Staff accounts are made, given a role, closed and helped by an admin; each step is written down."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from trust.rights import Role, role_of
from trust.tests.conftest import Browsers, person

PASSWORD = "a quite different secret"


@pytest.fixture
def admin(as_role: Browsers) -> Client:
    """The browser of an admin."""
    return as_role(Role.ADMIN)


def post(browser: Client, page: str, user: User, **data: str) -> str:
    """Press a button of the page and give what is shown then."""
    return browser.post(reverse(f"trust:{page}", args=[user.pk]), data, follow=True).content.decode()


def last_entry() -> tuple[str, Any, Any]:
    """Give what the newest entry of the audit log says: of whom, which changes, what else."""
    entry = LogEntry.objects.order_by("-pk")[0]
    return entry.object_repr, entry.changes, entry.additional_data


def test_a_new_person_chooses_a_password_with_a_link_that_works_once(admin: Client) -> None:
    page = admin.post(reverse("trust:add"), {"username": "ana", "role": "front_desk"}).content.decode()
    found = re.search(r"http://testserver(/accounts/password/reset/key/\S+?/)<", page)
    assert found and last_entry() == ("ana", None, {"event": "made", "role": "front_desk"})
    guest = Client()
    form = guest.get(found[1], follow=True)
    answer = guest.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    ana = User.objects.get(username="ana")
    assert (answer.status_code, ana.check_password(PASSWORD), role_of(ana)) == (302, True, Role.FRONT_DESK)
    assert b"password1" not in Client().get(found[1], follow=True).content


@pytest.mark.parametrize(
    ("username", "role", "why"),
    [
        ("ADMIN", "viewer", "There is an account with this name"),
        ("a b", "viewer", "Enter a valid username"),
        ("<script>alert(1)</script>", "viewer", "Enter a valid username"),
        ("ana", "owner", ""),
        ("", "viewer", "This field is required"),
    ],
)
def test_a_wrong_name_or_role_makes_no_account(username: str, role: str, why: str, admin: Client) -> None:
    answer = admin.post(reverse("trust:add"), {"username": username, "role": role})
    page = answer.content.decode()
    assert (answer.status_code, why in page, "<script>" in page) == (400, True, False)
    assert User.objects.count() == 1


def test_a_role_counts_from_the_next_click(admin: Client, as_role: Browsers) -> None:
    viewer = as_role(Role.VIEWER)
    assert viewer.get(reverse("console:bookings")).status_code == 403
    user = User.objects.get(username="viewer")
    assert "viewer is now: front desk." in post(admin, "change_role", user, role="front_desk")
    assert last_entry() == ("viewer", {"role": ["viewer", "front_desk"]}, None)
    assert viewer.get(reverse("console:bookings")).status_code == 200
    assert list(user.groups.values_list("name", flat=True)) == ["front_desk"]


def test_a_closed_account_is_signed_out_and_can_come_back(admin: Client, as_role: Browsers) -> None:
    viewer, user = as_role(Role.VIEWER), User.objects.get(username="viewer")
    post(admin, "close", user)
    assert last_entry() == ("viewer", {"account": ["open", "closed"]}, None)
    assert viewer.get("/console/")["Location"].startswith("/accounts/login/")
    tried = {"login": "viewer", "password": "a long enough secret"}
    guest = Client()
    assert (guest.post("/accounts/login/", tried).status_code, guest.get("/console/").status_code) == (200, 302)
    post(admin, "reopen", user)
    assert as_role(Role.VIEWER).get("/console/").status_code == 200


@pytest.mark.parametrize(("page", "data"), [("close", {}), ("change_role", {"role": "viewer"})])
def test_the_last_admin_stays(page: str, data: dict[str, str], admin: Client) -> None:
    me = User.objects.get(username="admin")
    closed = person(Role.ADMIN, "closed")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert "This is the last admin" in post(admin, page, me, **data)
    me.refresh_from_db()
    assert (me.is_active, role_of(User.objects.get(pk=me.pk))) == (True, Role.ADMIN)


def test_a_lost_phone_is_forgotten(admin: Client) -> None:
    user = person(Role.VIEWER)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    post(admin, "reset_second_factor", user)
    assert (Authenticator.objects.count(), last_entry()) == (0, ("viewer", None, {"event": "reset"}))


def test_a_link_for_a_forgotten_password_is_written_down_but_not_itself(admin: Client) -> None:
    page = post(admin, "new_link", person(Role.VIEWER))
    link = re.search(r"reset/key/(\S+?)/<", page)
    assert link and last_entry() == ("viewer", None, {"event": "linked"})
    assert link[1] not in str(list(LogEntry.objects.values()))


def test_accounts_of_others_than_staff_are_not_touched(admin: Client) -> None:
    patient = User.objects.create_user("patient")
    assert admin.post(reverse("trust:change_role", args=[patient.pk]), {"role": "admin"}).status_code == 404
    assert role_of(patient) is None


def test_an_unknown_role_changes_nothing(admin: Client) -> None:
    user = person(Role.VIEWER)
    assert "Please choose one of the roles." in post(admin, "change_role", user, role="owner")
    assert role_of(User.objects.get(pk=user.pk)) == Role.VIEWER
