"""Who may open the console, and the record of what they did there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from auditlog.models import LogEntry
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff_only[**P](view: View[P]) -> View[P]:
    """Let signed-in staff in, send others to the login, and keep health information out of every cache."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not staff(request).is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))


def staff(request: HttpRequest) -> User:
    """Give the signed-in person."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def record_reading(request: HttpRequest, what: Model) -> None:
    """Write down who read something that holds health information."""
    LogEntry.objects.log_create(what, force_log=True, actor=staff(request), action=LogEntry.Action.ACCESS)


def record_change(request: HttpRequest, what: Model, **changes: tuple[str, str]) -> None:
    """Write down who changed what, from which value to which; never a visitor's words."""
    LogEntry.objects.log_create(
        what, changes={name: list(pair) for name, pair in changes.items()}, actor=staff(request),
        action=LogEntry.Action.UPDATE,
    )  # fmt: skip
