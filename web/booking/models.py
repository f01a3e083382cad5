"""Booking: the clinic's schedule, open times, hand-offs of the assistant, and the requests that visitors leave."""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from booking.visits import Visit

STILL_HOLDS_ITS_TIME = ~models.Q(state__in=["declined", "cancelled"])
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that are mixed up when read aloud


def new_reference() -> str:
    """Make a short reference number that a visitor can read out."""
    return "DL-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))


class Schedule(models.Model):
    """How the clinic gives its times; there is one. Opening hours and days off stand in tables of their own."""

    ONLY = 1

    length = models.PositiveSmallIntegerField(
        "length of a visit, in minutes", default=30, validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    buffer = models.PositiveSmallIntegerField(
        "time between visits, in minutes", default=60, validators=[MaxValueValidator(480)]
    )
    notice_hours = models.PositiveSmallIntegerField(
        "shortest notice, in hours", default=4, validators=[MaxValueValidator(24 * 30)]
    )
    days_ahead = models.PositiveSmallIntegerField(
        "days that can be booked ahead", default=21, validators=[MinValueValidator(1), MaxValueValidator(180)]
    )
    demo = models.BooleanField("these are demo times, not the clinic's", default=True)
    made_until = models.DateField(null=True, editable=False)  # the last day whose times are made

    def __str__(self) -> str:
        return "The clinic's schedule"


class OpeningHours(models.Model):
    """One stretch of opening hours on one weekday, on the clinic's clock."""

    class Weekday(models.IntegerChoices):
        """As Python counts them."""

        MONDAY = 0
        TUESDAY = 1
        WEDNESDAY = 2
        THURSDAY = 3
        FRIDAY = 4
        SATURDAY = 5
        SUNDAY = 6

    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["weekday", "opens"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="hours_close_after_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.opens:%H:%M} to {self.closes:%H:%M}"


class DayOff(models.Model):
    """Days on which nobody is seen."""

    first = models.DateField()
    last = models.DateField()
    reason = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["first"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="day_off_ends_later"),
        ]

    def __str__(self) -> str:
        return f"Closed from {self.first} to {self.last}"


class Slot(models.Model):
    """A time at which a consultation can be requested, while it is open and nobody has taken it."""

    starts_at = models.DateTimeField(unique=True)
    length = models.PositiveSmallIntegerField(default=30)  # minutes
    taken = models.BooleanField(default=False)
    open = models.BooleanField(default=True)  # the schedule has it

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


class Hold(models.Model):
    """A time that is kept for one hand-off while its form is open: one time each, and each time once."""

    slot = models.OneToOneField(Slot, models.CASCADE, related_name="hold")
    handoff = models.OneToOneField(Handoff, models.CASCADE, related_name="hold")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.slot} held until {self.until:%H:%M:%S}"


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
    visit = models.CharField(max_length=7, choices=Visit, default=Visit.GENERAL)
    sequence = models.PositiveSmallIntegerField(default=0)  # how often it was changed: RFC 5545, 3.8.7.4

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


class Delivery(models.Model):
    """Something to tell about a request outside: an e-mail to the visitor, or a webhook. Kept until it has arrived."""

    class Channel(models.TextChoices):
        """The way it goes."""

        MAIL = "mail", "E-mail"
        WEBHOOK = "webhook", "Webhook"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # the same in every attempt
    booking = models.ForeignKey(BookingRequest, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=7, choices=Channel)
    event = models.CharField(max_length=32)  # such as booking.requested
    body = models.TextField(blank=True)  # of a webhook, fixed when it was written
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now, null=True, blank=True)  # null: arrived, or given up
    done_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)  # of the last attempt

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], name="delivery_due", condition=models.Q(next_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.event} of {self.booking_id} by {self.channel}"
