"""A case is a conversation as work: what worries about it, how far staff are, and every change they made."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from chat.models import Conversation


class Concern(models.TextChoices):
    """Why somebody should look at a conversation, the worst first; docs/console.md says when each one holds."""

    SELF_HARM = "self_harm", "Speaks of self-harm, nobody has called back"
    EMERGENCY = "emergency", "Emergency sign, no booking or call back"
    URGENT = "urgent", "Urgent sign, no booking or call back"
    SOON = "soon", "Sign to be seen soon, no booking or call back"
    CHECK = "check", "Safety question not answered"
    OUTAGE = "outage", "A message had no answer"
    FOLLOW_UP = "follow_up", "Staff wanted to follow up"
    CHANGED = "changed", "Said no, then yes"
    UNSURE = "unsure", "Understood with low confidence"
    FALLBACK = "fallback", "Not understood"
    UNHELPFUL = "unhelpful", "Visitor found an answer not helpful"

    @property
    def risk(self) -> int:
        """Give a number for order by risk: 1 for the least worry, 11 for the worst; 0 is kept for none."""
        return len(Concern) - list(Concern).index(self)


class Outcome(models.TextChoices):
    """How the conversation stands for the visitor."""

    BOOKED = "booked", "Asked for a consultation"
    CALLED_BACK = "called_back", "Called back"
    NO_ANSWER = "no_answer", "Last message had no answer"
    TO_CARE = "to_care", "Sent to care"
    ADVISED = "advised", "Advised"
    LEFT = "left", "Left during the questions"
    ANSWERED = "answered", "Questions answered"
    SILENT = "silent", "Wrote nothing"


class Case(models.Model):
    """What staff work with; all that a list shows or filters by is kept here, so that no list reads the messages.

    The words and facets that are searched stand beside it: `document` in PostgreSQL, `cases_document` in SQLite (see
    `search.py`); Django's models do not know them.
    """

    class State(models.TextChoices):
        """How far it is; a visitor who writes again makes it new again."""

        NEW = "new", "New"
        FOLLOW_UP = "follow_up", "Needs follow-up"
        REVIEWED = "reviewed", "Reviewed"
        CLOSED = "closed", "Closed"

    SETTLED = (State.REVIEWED, State.CLOSED)

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="case")
    began_at = models.DateTimeField(db_index=True)
    last_message_at = models.DateTimeField()
    opening = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=9, blank=True)
    risk = models.PositiveSmallIntegerField(default=0)  # of the worst concern; 0: nothing waits for staff
    concerns = models.JSONField(default=list)
    outcome = models.CharField(max_length=11, choices=Outcome, default=Outcome.SILENT)
    booking = models.CharField(max_length=12, blank=True)  # the reference of the newest request
    booking_state = models.CharField(max_length=9, blank=True)
    newest_message = models.BigIntegerField(default=0)  # id of the visitor's newest one

    state = models.CharField(max_length=9, choices=State, default=State.NEW)
    settled_message = models.BigIntegerField(default=0)  # the newest one when staff settled it
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    tags = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)  # grows with each change by staff

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-risk", "-id"], name="case_queue", condition=models.Q(risk__gt=0)),
            models.Index(fields=["assigned_to", "-id"], name="case_assigned", condition=~models.Q(assigned_to=None)),
        ]

    def __str__(self) -> str:
        return f"Case {self.pk} of {self.conversation_id}"

    @property
    def worries(self) -> list[Concern]:
        """Give the concerns, the worst first."""
        return [Concern(one) for one in self.concerns]


class Note(models.Model):
    """What a member of staff wrote down about a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"Note {self.pk} on case {self.case_id}"


class Change(models.Model):
    """One change of a case: by whom, what it was before and what it is now. `by` is empty when a visitor caused it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    version = models.PositiveIntegerField()  # of the case, after this change
    undoes = models.OneToOneField("self", models.SET_NULL, null=True, related_name="undone_by")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"Change {self.pk} of case {self.case_id}"


class FacetValue(models.Model):
    """A value that some case has, such as `intent:ask_pain`: what the filters offer to choose from."""

    token = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.token


class SavedFilter(models.Model):
    """A search with a name; its owner finds it above the list, others when it is shared."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)  # as it stands in the address of the page
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_filter_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
