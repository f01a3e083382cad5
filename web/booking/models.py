"""Booking: open times, the hand-off that the assistant opens, and the request that the visitor leaves."""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

STILL_HOLDS_ITS_TIME = ~models.Q(state__in=["declined", "cancelled"])
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that are mixed up when read aloud


def new_reference() -> str:
    """Make a short reference number that a visitor can read out."""
    return "DL-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))


class Slot(models.Model):
    """A time at which a consultation can be requested."""

    starts_at = models.DateTimeField(unique=True)
    length = models.PositiveSmallIntegerField(default=30)  # minutes
    taken = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["starts_at"], name="slot_open", condition=models.Q(taken=False)),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%a %d %b %Y, %H:%M}"


class Handoff(models.Model):
    """The triage summary that the assistant hands to the booking; the visitor's browser shows its form."""

    class State(models.TextChoices):
        """Paused: something came up that needs care first."""

        OPEN = "open", "Open"
        PAUSED = "paused", "Paused"
        BOOKED = "booked", "Booked"
        EXPIRED = "expired", "Expired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(
        "chat.Conversation", models.SET_NULL, null=True, blank=True, related_name="handoffs"
    )
    summary = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)

    def __str__(self) -> str:
        return f"Hand-off {self.id} ({self.state})"


class BookingRequest(models.Model):
    """What a visitor asked for, with the contact details; no other table holds those."""

    class State(models.TextChoices):
        """How far staff have come with it; a visitor can cancel too."""

        REQUESTED = "requested", "New"
        CONTACTED = "contacted", "Contacted"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"
        DONE = "done", "Done"
        NO_SHOW = "no_show", "Did not come"
        CANCELLED = "cancelled", "Cancelled"

    AHEAD = (State.REQUESTED, State.CONTACTED, State.CONFIRMED)  # still to come
    GIVEN_BACK = (State.DECLINED, State.CANCELLED)  # its time is open to others again

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    handoff = models.ForeignKey(Handoff, models.PROTECT, related_name="bookings")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    email = models.EmailField(blank=True)
    note = models.TextField(max_length=1000, blank=True)
    consent_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=State, default=State.REQUESTED)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-created_at"], name="booking_by_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["slot"], condition=STILL_HOLDS_ITS_TIME, name="booking_slot_once"),
            models.UniqueConstraint(fields=["handoff"], condition=STILL_HOLDS_ITS_TIME, name="booking_handoff_once"),
            models.CheckConstraint(
                condition=~models.Q(phone="") | ~models.Q(email=""), name="booking_has_phone_or_email"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
