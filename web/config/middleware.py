"""Who asks, and whether staff gave their second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

STAFF_PATHS = ("/console/",)


def visitor_address(request: HttpRequest) -> str:
    """Give the address of the visitor: the entry that the outermost trusted proxy wrote, never what a client claims."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    hops: int = settings.TRUSTED_PROXIES
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return request.META.get("REMOTE_ADDR") or "127.0.0.1"


class SecondFactorMiddleware:
    """Send staff who have no second factor yet to the page that sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let everything pass but the console without a second factor."""
        if settings.STAFF_SECOND_FACTOR and request.path.startswith(STAFF_PATHS) and lacks_second_factor(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Tell whether somebody is signed in with a password only."""
    return request.user.is_authenticated and not is_mfa_enabled(request.user)
