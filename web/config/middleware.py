"""Who asks, from which page, and whether staff gave their second factor."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import Morsel

from allauth.mfa.utils import is_mfa_enabled
from auditlog.middleware import AuditlogMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers

# Python 3.14 knows this attribute of a cookie by itself.
Morsel._reserved.setdefault("partitioned", "Partitioned")  # type: ignore[attr-defined]
Morsel._flags.add("partitioned")  # type: ignore[attr-defined]
STAFF_PATHS = ("/console/",)
WIDGET_PATHS = ("/chat/",)


def visitor_address(request: HttpRequest) -> str:
    """Give the address of the visitor: the entry that the outermost trusted proxy wrote, never what a client claims."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    hops: int = settings.TRUSTED_PROXIES
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return request.META.get("REMOTE_ADDR") or "127.0.0.1"


class WidgetOriginMiddleware:
    """Let the widget on the clinic's other hosts talk to the chat, cookie included; no other page can."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the browser's question beforehand, and mark what the widget may read."""
        origin = request.headers.get("Origin", "")
        known = request.path.startswith(WIDGET_PATHS) and origin in settings.WIDGET_ORIGINS
        asks_beforehand = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204) if known and asks_beforehand else self.get_response(request)
        if request.path.startswith(WIDGET_PATHS):
            patch_vary_headers(response, ["Origin"])
        if known:
            response["Access-Control-Allow-Origin"] = origin
            response["Access-Control-Allow-Credentials"] = "true"
            response["Access-Control-Allow-Headers"] = "Content-Type, X-CSRFToken"
            share_cookies(request, response)
        return response


def share_cookies(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser send our cookies from a clinic's page on another site, kept apart for that site (CHIPS)."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        for cookie in response.cookies.values():
            cookie["samesite"], cookie["secure"], cookie["partitioned"] = "None", True, True


class AuditMiddleware(AuditlogMiddleware):  # type: ignore[misc]
    """Tell the audit log who works, and from where: the address of staff as a proxy of ours wrote it, no visitor's."""

    @staticmethod
    def _get_remote_addr(request: HttpRequest) -> str | None:
        """Give the address; auditlog's own would believe what a client claims."""
        return visitor_address(request) if request.path.startswith((*STAFF_PATHS, "/accounts/")) else None


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
