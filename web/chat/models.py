"""The conversation log: what a visitor wrote, what was answered, and what was understood and decided."""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # letters that are not mixed up when read aloud


class Disposition(models.TextChoices):
    """The five levels of the triage, most urgent first (the same values as `triage.model.Level`)."""

    EMERGENCY = "emergency", "Emergency"
    URGENT = "urgent", "Urgent"
    SOON = "soon", "Soon"
    ROUTINE = "routine", "Routine"
    SELF_CARE = "self_care", "Self-care"

    @property
    def urgency(self) -> int:
        """1 for self-care up to 5 for an emergency; 0 is kept for "nothing assessed"."""
        return len(Disposition) - list(Disposition).index(self)


class CallBackReason(models.TextChoices):
    """Why staff should look at a conversation by themselves."""

    EMERGENCY = "emergency", "Emergency"
    SELF_HARM = "self_harm", "Self-harm"
    OUTAGE = "outage", "Had no answer"


def new_receipt() -> str:
    """Make the number that a visitor gets for an erasure."""
    return "ER-" + "".join(secrets.choice(READABLE) for _ in range(8))


def few(name: str, rows: models.Q) -> list[models.Index]:
    """Index the few rows that staff look at most, in both orders; the urgency stands for the disposition too."""
    newest = ["-last_message_at", "-id"]
    return [
        models.Index(fields=newest, name=f"conversation_{name}", condition=rows),
        models.Index(fields=["-urgency", *newest], name=f"conversation_{name}_risk", condition=rows),
    ]


class Conversation(models.Model):
    """One visitor's talk; its id is also the sender id in Rasa."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    last_message_at = models.DateTimeField(default=timezone.now)
    disposition = models.CharField(max_length=9, choices=Disposition, null=True, blank=True)  # noqa: DJ001 - null: nothing assessed
    urgency = models.PositiveSmallIntegerField(default=0)  # the same as a number, for order by risk
    needs_call_back = models.BooleanField(default=False)
    call_back_reason = models.CharField(max_length=9, choices=CallBackReason, blank=True)
    outage = models.BooleanField(default=False)  # holds a message that had no answer
    opening = models.CharField(max_length=120, blank=True)  # how the first message begins: staff search for it

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-last_message_at", "-id"], name="conversation_newest"),
            models.Index(fields=["-urgency", "-last_message_at", "-id"], name="conversation_most_urgent"),
            models.Index(Lower("opening"), name="conversation_opening"),
            *few("call_back", models.Q(needs_call_back=True)),
            *few("outage", models.Q(outage=True)),
        ]

    def __str__(self) -> str:
        return f"Conversation {self.id}"


class Message(models.Model):
    """One message; a visitor's carries what was understood, an answer points to what it answers."""

    class Author(models.TextChoices):
        """Who wrote it; the system writes only when the assistant cannot."""

        VISITOR = "visitor", "Visitor"
        ASSISTANT = "assistant", "Assistant"
        SYSTEM = "system", "System"

    class Status(models.TextChoices):
        """How far a visitor's message has come."""

        RECEIVED = "received", "Received"
        ANSWERED = "answered", "Answered"
        UNDELIVERED = "undelivered", "Undelivered"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    client_id = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - answers have none
    author = models.CharField(max_length=9, choices=Author)
    text = models.TextField()
    payload = models.TextField(blank=True)  # of the button that was pressed; empty for typed text
    buttons = models.JSONField(default=list, blank=True)
    custom = models.JSONField(null=True, blank=True)
    metadata = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=11, choices=Status, blank=True)  # of a visitor's message only
    relayed_at = models.DateTimeField(null=True, blank=True)  # when the last attempt to reach Rasa began
    intent = models.CharField(max_length=64, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    findings = models.JSONField(default=list, blank=True)
    flags = models.JSONField(default=list, blank=True)
    in_reply_to = models.ForeignKey("self", models.CASCADE, related_name="replies", null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["conversation", "id"], name="message_in_conversation"),
            models.Index(fields=["relayed_at"], name="message_received", condition=models.Q(status="received")),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "client_id"], name="message_client_id_once"),
        ]

    def __str__(self) -> str:
        return f"Message {self.pk} of {self.author}"


class Assessment(models.Model):
    """A decision of the triage after a visitor's message, with the reasons that the rules gave."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="assessments")
    disposition = models.CharField(max_length=9, choices=Disposition)
    reasons = models.JSONField(default=list)
    knowledge_version = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.disposition} after message {self.message_id}"


class Erasure(models.Model):
    """A conversation that its visitor erased here; kept until Rasa has erased its part too."""

    conversation_id = models.UUIDField(primary_key=True)
    receipt = models.CharField(max_length=12, unique=True, default=new_receipt, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Erasure of {self.conversation_id}"
