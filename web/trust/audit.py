"""The record of what staff read, changed, exported, revealed and deleted: entries of django-auditlog."""

from __future__ import annotations

from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Model
from django.http import HttpRequest

from config.middleware import visitor_address
from trust.access import staff

Action = LogEntry.Action


class Event(models.TextChoices):
    """What happened, where "read" and "changed" say too little; stored as `additional_data["event"]`."""

    REVEALED = "revealed", "revealed personal data"
    EXPORTED = "exported", "exported"
    DELETED = "deleted", "deleted"
    HELD = "held", "set a legal hold"
    RELEASED = "released", "lifted a legal hold"
    SIGNED_IN = "signed_in", "signed in"
    FAILED = "sign_in_failed", "failed to sign in"
    LOCKED = "locked_out", "was locked out"
    CHECKED = "checked", "checked the audit log"


def record_reading(request: HttpRequest, what: Model) -> None:
    """Write down who read something that holds health information."""
    write(what, Action.ACCESS, request)


def record_change(request: HttpRequest, what: Model, **changes: tuple[str, str]) -> None:
    """Write down who changed what, from which value to which; never a visitor's words."""
    write(what, Action.UPDATE, request, changes={name: list(pair) for name, pair in changes.items()})


def record_event(request: HttpRequest, what: Model, event: Event, **details: object) -> None:
    """Write down something else that happened to `what`; `details` must be JSON values without a visitor's words."""
    action = Action.DELETE if event == Event.DELETED else Action.ACCESS
    write(what, action, request, additional_data={"event": event.value, **details})


def record_command(what: Model, event: Event, **details: object) -> None:
    """Write down what a command did by itself, at night or by hand on the server: nobody is signed in then."""
    action = Action.DELETE if event == Event.DELETED else Action.ACCESS
    write(what, action, None, additional_data={"event": event.value, "by": "command", **details})


@transaction.atomic
def write(what: Model, action: int, request: HttpRequest | None, **more: object) -> None:
    """Store one entry; the seal is added by a signal, in the same transaction."""
    actor: User | None = staff(request) if request else None
    address = visitor_address(request) if request else None
    LogEntry.objects.log_create(what, force_log=True, action=action, actor=actor, remote_addr=address, **more)
