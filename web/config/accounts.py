"""Staff accounts are made by the clinic, never by visitors."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Close the sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: `manage.py createsuperuser` or the console make accounts."""
        return False
