"""What staff add to a conversation: their judgement of a turn, and a note that they called back."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from chat.models import Conversation, Disposition, Message


class Review(models.Model):
    """One staff member's judgement of how one message was understood."""

    class Verdict(models.TextChoices):
        """Right or wrong; there is no "don't know": then nobody writes a review."""

        AGREE = "agree", "Agree"
        DISAGREE = "disagree", "Disagree"

    message = models.ForeignKey(Message, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict)
    understood = models.TextField("What should it have understood?", max_length=1000, blank=True)
    level = models.CharField("Right level", max_length=9, choices=Disposition, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "reviewer"], name="review_once_for_each_reviewer"),
        ]

    def __str__(self) -> str:
        return f"Review of message {self.message_id}: {self.verdict}"


class CallBack(models.Model):
    """Somebody dealt with a conversation that needed a call back."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="call_backs")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=9, blank=True)  # why it was asked for, as `Conversation.call_back_reason`
    note = models.TextField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"Call back {self.pk} for {self.conversation_id}"


class CalendarFeed(models.Model):
    """Somebody's secret link to the calendar of visits; the secret itself is not stored."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)  # SHA-256 in hexadecimal
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Calendar link of {self.user_id}"
