"""The record of what staff read, changed, exported, revealed and deleted: entries of django-auditlog, each sealed."""

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
    MADE = "made", "made the account"
    LINKED = "linked", "made a password link for"
    RESET = "reset", "removed the second factor of"
    SIGNED_IN = "signed_in", "signed in"
    FAILED = "sign_in_failed", "wrong password for"
    LOCKED = "locked_out", "too many wrong passwords for"
    CHECKED = "checked", "checked the audit log"


def record_reading(request: HttpRequest, what: Model) -> None:
    """Write down who read something that holds health information."""
    write(what, Action.ACCESS, request, staff(request))


def record_change(request: HttpRequest, what: Model, **changes: tuple[str, str]) -> None:
    """Write down who changed what, from which value to which; never a visitor's words."""
    pairs = {name: list(pair) for name, pair in changes.items()}
    write(what, Action.UPDATE, request, staff(request), changes=pairs)


def record_event(request: HttpRequest, what: Model, event: Event, **details: object) -> None:
    """Write down something else that staff did with `what`; `details` are JSON values without a visitor's words."""
    action = Action.DELETE if event == Event.DELETED else Action.ACCESS
    write(what, action, request, staff(request), additional_data={"event": event.value, **details})


def record_command(what: Model, event: Event, **details: object) -> None:
    """Write down what a command on the server did: nobody is signed in then."""
    action = Action.DELETE if event == Event.DELETED else Action.ACCESS
    write(what, action, additional_data={"event": event.value, "by": "command", **details})


def record_sign_in(request: HttpRequest | None, user: User, event: Event) -> None:
    """Write down that somebody signed in to this account, or tried to."""
    actor = user if event == Event.SIGNED_IN else None
    write(user, Action.ACCESS, request, actor, additional_data={"event": event.value})


@transaction.atomic
def write(
    what: Model, action: int, request: HttpRequest | None = None, actor: User | None = None, **more: object
) -> None:
    """Store one entry; a signal seals it in the same transaction (see `chain.py`)."""
    address = visitor_address(request) if request else None
    LogEntry.objects.log_create(what, force_log=True, action=action, actor=actor, remote_addr=address, **more)
