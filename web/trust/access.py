"""The guard before each page of the console."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from trust.rights import TABLE, Right, role_of

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def needs[**P](right: Right) -> Callable[[View[P]], View[P]]:
    """Let in who has this right, send strangers to the login, and keep health information out of every cache."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            require(request, right)
            return view(request, *args, **kwargs)

        guarded.__dict__["right"] = right  # a test walks all pages and reads it
        return never_cache(login_required(guarded))

    return guard


def require(request: HttpRequest, right: Right) -> None:
    """Raise PermissionDenied, with a sentence for the person, unless they have the right."""
    role = role_of(staff(request))
    if role not in TABLE[right]:
        who = f"Your role is {role.label.lower()}" if role else "Your account has no role"
        raise PermissionDenied(f"{who}; this page needs the right to {sentence(right)}. An admin can change your role.")


def sentence(right: Right) -> str:
    """Give the right as the end of a sentence."""
    return right.label[0].lower() + right.label[1:]


def staff(request: HttpRequest) -> User:
    """Give the signed-in person."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
