"""What staff correct in a turn, and the examples that somebody approved because of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from chat.models import Message


class Correction(models.Model):
    """One thing that the assistant should have understood or said otherwise."""

    class Kind(models.TextChoices):
        """What was wrong; `target` holds what would have been right."""

        INTENT = "intent", "Another intent"  # target: the intent
        MISSED = "missed", "A sign was missed"  # target: a red flag or a concept
        WRONG = "wrong", "A sign is not there"  # target: a red flag or a concept
        LEVEL = "level", "Another level"  # target: the level
        ANSWER = "answer", "A better answer"  # target: the response

    class State(models.TextChoices):
        """How far it has come; nothing of it reaches the assistant before a developer commits it."""

        NEW = "new", "New"
        APPROVED = "approved", "Approved"
        EXPORTED = "exported", "Exported"
        DISMISSED = "dismissed", "Dismissed"

    message = models.ForeignKey(Message, models.CASCADE, related_name="corrections")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    target = models.CharField(max_length=64)
    reason = models.TextField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=State, default=State.NEW)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "-id"], name="correction_by_state")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "author", "kind", "target"], name="correction_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for message {self.message_id}: {self.target}"


ONE_OF_A_KIND = (Correction.Kind.INTENT, Correction.Kind.LEVEL, Correction.Kind.ANSWER)  # a new one takes its place


class Example(models.Model):
    """Words without personal data that somebody approved for the repository. Erased with the conversation."""

    class Kind(models.TextChoices):
        """Where a developer will find it."""

        NLU = "nlu", "Example of an intent"  # data/nlu/<intent>.yml
        FIRES = "fires", "Example that must fire a red flag"  # knowledge/red_flags/<flag>.yml
        QUIET = "does_not_fire", "Example that must not fire a red flag"
        FINDING = "finding", "How a sign is meant"  # tests/understanding/meant.yml
        STORY = "story", "Test story"  # tests/conversations/test_<title>.yml

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="examples")
    kind = models.CharField(max_length=13, choices=Kind)
    content = models.JSONField()  # see `examples.py`
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(default=timezone.now)
    exported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from correction {self.correction_id}"
