"""What this app does when something happens elsewhere: each audit entry is sealed, each sign-in is an audit entry."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in
from auditlog.models import LogEntry
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.db import connections
from django.db.models.signals import post_migrate, post_save, pre_migrate
from django.dispatch import receiver
from django.http import HttpRequest

from trust import chain, guard
from trust.audit import Event, record_sign_in


@receiver(post_save, sender=LogEntry)
def seal(instance: LogEntry, created: bool, raw: bool = False, **_: object) -> None:
    """Seal a new entry."""
    if created and not raw:
        chain.seal(instance)


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: object) -> None:
    """Write down a sign-in; allauth says so after the second factor."""
    record_sign_in(request, user, Event.SIGNED_IN)


@receiver(user_login_failed)
def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: object) -> None:
    """Write down a wrong password for an account that exists; any other name may be a password typed too early."""
    named(str(credentials.get("username") or credentials.get("login") or ""), request, Event.FAILED)


@receiver(user_locked_out)
def locked_out(request: HttpRequest, username: str, **_: object) -> None:
    """Write down that an account is closed for a while after too many wrong passwords."""
    named(username, request, Event.LOCKED)


def named(username: str, request: HttpRequest | None, event: Event) -> None:
    """Write an event down for the account of this name, if there is one."""
    user = User.objects.filter(username__iexact=username).first()
    if user:
        record_sign_in(request, user, event)


@receiver(pre_migrate, dispatch_uid="trust.open")
def open_log(using: str, **_: object) -> None:
    """Let migrations change the tables of the audit log."""
    if settings.AUDIT_APPEND_ONLY:
        guard.remove(connections[using])


@receiver(post_migrate, dispatch_uid="trust.close")
def close_log(using: str, **_: object) -> None:
    """Make the audit log append-only, again after each migration: SQLite drops triggers when it rebuilds a table."""
    if settings.AUDIT_APPEND_ONLY:
        guard.install(connections[using])
