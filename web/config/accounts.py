"""Staff accounts are made by the clinic, never by visitors."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Close the sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: `manage.py createsuperuser` or the console make accounts."""
        return False


def login_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Tell django-axes whose password is tried: allauth says `username` when it fails, axes itself says `login`."""
    given = credentials or {}
    name = given.get("username") or given.get("login") or request.POST.get("login") or ""
    return str(name).strip().casefold()
