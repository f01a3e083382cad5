"""A replay of past talks with a candidate model, what changed, who signed, and which model serves since when."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from chat.models import Message


class Replay(models.Model):
    """One run. A model is known by the SHA-256 of its file: another file of the same name is another model."""

    class State(models.TextChoices):
        """A run that was begun hours ago and is not done has died."""

        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    model = models.CharField(max_length=120)  # name of the file
    sha256 = models.CharField(max_length=64)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.RUNNING)
    conversations = models.PositiveIntegerField(default=0)
    turns = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)  # why it failed; no words of visitors

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"Replay {self.pk} of {self.model}"


class Change(models.Model):
    """One turn that would have gone otherwise: the weightiest difference."""

    class Kind(models.TextChoices):
        """The first two block a promotion until somebody signs them."""

        DOWN = "down", "Level goes down"
        SILENT = "silent", "No answer"
        UP = "up", "Level goes up"
        INTENT = "intent", "Another intent"
        ANSWER = "answer", "Another answer"

    replay = models.ForeignKey(Replay, models.CASCADE, related_name="changes")
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    before = models.JSONField()  # {intent, level, answers}
    after = models.JSONField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(max_length=1000, blank=True)  # of who signed

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["replay", "kind"], name="change_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at message {self.message_id}"


BLOCKING = (Change.Kind.DOWN, Change.Kind.SILENT)


class Promotion(models.Model):
    """A model that took another one's place; the row stays, whoever asks later who did it."""

    model = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    previous = models.CharField(max_length=120, blank=True)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    is_rollback = models.BooleanField(default=False)
    promoted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    promoted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{'Back to' if self.is_rollback else 'Promoted'} {self.model}"
