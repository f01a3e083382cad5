"""When a session of staff ends by itself: after a while without a click, and after a working day in any case."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

BEGAN, SEEN = "session_began", "session_seen"
RENEW_SECONDS = 30  # a click this soon after the last one is not worth a write
BACKGROUND = "X-Background"  # a page that refreshes itself sends this header: it keeps nobody signed in


class SessionTimeoutMiddleware:
    """End sessions of staff that are idle or too old; visitors have no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out whose time is over, and ask for the password again; note the moment of everybody else."""
        if not request.path.startswith("/console/") or not isinstance(request.user, User):
            return self.get_response(request)
        now = int(time.time())
        began = request.session.setdefault(BEGAN, now)
        idle = now - request.session.get(SEEN, now)
        if idle >= settings.STAFF_IDLE_SECONDS or now - began >= settings.STAFF_SESSION_SECONDS:
            return end(request)
        if BACKGROUND not in request.headers and (idle >= RENEW_SECONDS or SEEN not in request.session):
            request.session[SEEN] = now
        return self.get_response(request)


def end(request: HttpRequest) -> HttpResponse:
    """Sign out and show the login, which leads back to this page; a part of a page says so to htmx."""
    logout(request)
    messages.info(request, "You were signed out because nobody used this page for a while. Please sign in again.")
    back = request.get_full_path() if request.method == "GET" and "HX-Request" not in request.headers else "/console/"
    answer = redirect_to_login(back)
    if "HX-Request" in request.headers:
        return HttpResponse(status=401, headers={"HX-Redirect": answer["Location"]})
    return answer
