"""What the tests of people and trust share: the browser of somebody with a role, and stored conversations."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from trust.rights import Role, give_role

type Browsers = Callable[[Role | None], Client]


def person(role: Role | None, name: str = "") -> User:
    """Store a staff account with this role, or without any."""
    user = User.objects.create_user(name or f"{role or 'nobody'}", password="a long enough secret", is_staff=True)
    if role:
        give_role(user, role)
    return user


@pytest.fixture
def as_role(db: None) -> Browsers:
    """Give the browser of somebody who is signed in with a role."""

    def browser(role: Role | None) -> Client:
        signed_in = Client()
        signed_in.force_login(User.objects.filter(username=f"{role or 'nobody'}").first() or person(role))
        return signed_in

    return browser
