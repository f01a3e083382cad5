"""What this app stores: the seals of the audit log, legal holds, and reports of what was deleted."""

from __future__ import annotations

from typing import ClassVar

from auditlog.models import LogEntry
from django.conf import settings
from django.db import models
from django.utils import timezone

from booking.models import BookingRequest
from chat.models import Conversation


class Seal(models.Model):
    """One link of the chain over the audit log: a keyed digest of one entry and of the link before it."""

    number = models.BigIntegerField(primary_key=True)  # 1, 2, 3, ...: a gap shows
    entry = models.OneToOneField(LogEntry, models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)  # hexadecimal

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"Seal {self.number} of entry {self.entry_id}"


class LegalHold(models.Model):
    """A conversation or a booking that must not be deleted, whoever asks; the database itself refuses (PROTECT)."""

    conversation = models.OneToOneField(Conversation, models.PROTECT, null=True, blank=True, related_name="hold")
    booking = models.OneToOneField(BookingRequest, models.PROTECT, null=True, blank=True, related_name="hold")
    reason = models.CharField(max_length=200)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(conversation=None, booking__isnull=False)
                | models.Q(conversation__isnull=False, booking=None),
                name="hold_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"Legal hold on {self.conversation or self.booking}"


class Deletion(models.Model):
    """A report of what was deleted at one time: numbers and ids, nothing of what anybody wrote."""

    class Cause(models.TextChoices):
        """Why it was deleted."""

        AGE = "age", "Kept long enough"
        STAFF = "staff", "Deleted by staff"

    cause = models.CharField(max_length=5, choices=Cause)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    conversations = models.JSONField(default=list)  # ids
    bookings = models.JSONField(default=list)  # reference numbers
    held = models.PositiveIntegerField(default=0)  # due, but kept by a legal hold
    waiting_in_rasa = models.PositiveIntegerField(default=0)  # deleted here, Rasa has not confirmed yet
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"Deletion {self.pk}: {len(self.conversations)} conversations, {len(self.bookings)} bookings"
