"""Keeps cases up to date with what happens elsewhere; after the commit, so that no visitor's turn depends on it."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from booking.events import announced
from booking.models import BookingRequest
from cases import search
from cases.models import Case
from cases.refresh import refresh
from chat.models import Conversation
from console.models import CallBack


def soon(conversation_id: uuid.UUID | None) -> None:
    """Refresh after the commit; an error is logged and hurts nobody."""
    if conversation_id:
        transaction.on_commit(partial(refresh, conversation_id), robust=True)


@receiver(post_save, sender=Conversation)
def conversation_changed(instance: Conversation, **_: Any) -> None:
    """Each stored turn and each outage saves its conversation."""
    soon(instance.pk)


@receiver(post_save, sender=BookingRequest)
def booking_changed(instance: BookingRequest, **_: Any) -> None:
    """A new request, or a new state of one."""
    soon(instance.handoff.conversation_id)


@receiver(announced)
def booking_stepped(booking: BookingRequest, **_: Any) -> None:
    """Staff confirmed or declined, or the visitor changed or cancelled."""
    soon(booking.handoff.conversation_id)


@receiver(post_save, sender=CallBack)
def called_back(instance: CallBack, **_: Any) -> None:
    """Staff called back."""
    soon(instance.conversation_id)


@receiver(post_delete, sender=Case)
def case_deleted(instance: Case, **_: Any) -> None:
    """What was searched goes with its conversation, in the same transaction."""
    search.forget(instance.pk)
