"""What speaks against a booking request as it stands: shown before staff confirm it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from booking.models import BookingRequest
from chat.models import Disposition

LONGEST = timedelta(hours=8)  # of one visit


def conflicts_of(booking: BookingRequest) -> list[str]:
    """List the conflicts in words; none for what is over."""
    if booking.state not in BookingRequest.AHEAD:
        return []
    return [*past(booking), *care_first(booking), *at_the_same_time(booking), *same_person(booking)]


def past(booking: BookingRequest) -> list[str]:
    """Tell of a time that is over before anybody confirmed it."""
    waits = booking.state != BookingRequest.State.CONFIRMED
    return ["This time is over."] if waits and booking.slot.starts_at < timezone.now() else []


def care_first(booking: BookingRequest) -> list[str]:
    """Tell of danger signs that the visitor told of, before or after the request."""
    talk = booking.handoff.conversation
    if talk is None or talk.urgency < Disposition.SOON.urgency:
        return []
    level = Disposition(str(talk.disposition)).label.lower()
    return [f"Care comes first: the conversation holds a sign of level “{level}”. Please read it before you confirm."]


def at_the_same_time(booking: BookingRequest) -> list[str]:
    """Name other requests whose time overlaps with this one."""
    start, end = span(booking)
    near = others(booking).filter(slot__starts_at__lt=end, slot__starts_at__gt=start - LONGEST).select_related("slot")
    found = [one.reference for one in near if span(one)[1] > start]
    return [f"The time overlaps with {', '.join(found)}."] if found else []


def same_person(booking: BookingRequest) -> list[str]:
    """Name other requests with the same phone number or e-mail address."""
    reach = Q(phone=booking.phone) & ~Q(phone="") | Q(email__iexact=booking.email) & ~Q(email="")
    found = others(booking).filter(reach).values_list("reference", flat=True)[:5]
    return [f"The same person also has {', '.join(found)}."] if found else []


def others(booking: BookingRequest) -> QuerySet[BookingRequest]:
    """Give the other requests that are still to come."""
    return BookingRequest.objects.filter(state__in=BookingRequest.AHEAD).exclude(pk=booking.pk)


def span(booking: BookingRequest) -> tuple[datetime, datetime]:
    """Give beginning and end of the visit."""
    start = booking.slot.starts_at
    return start, start + timedelta(minutes=booking.slot.length)
