"""The appointment as a calendar file (RFC 5545): tentative until staff confirm, and without a word about health."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from booking.models import BookingRequest

State = BookingRequest.State
STATUS = {State.CONFIRMED: "CONFIRMED", State.CANCELLED: "CANCELLED", State.DECLINED: "CANCELLED"}


def calendar_of(booking: BookingRequest) -> bytes:
    """Make the file. Times are in UTC, so that a phone with old time zones shows the right one."""
    calendar = Calendar()
    calendar.add("prodid", "-//Clinic website//Booking//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method_of(booking))
    calendar.add_component(event_of(booking))
    return bytes(calendar.to_ical())


def method_of(booking: BookingRequest) -> str:
    """Say what a calendar program should do with it (RFC 5546)."""
    return "CANCEL" if booking.state in BookingRequest.GIVEN_BACK else "PUBLISH"


def event_of(booking: BookingRequest) -> Event:
    """Make the appointment; the same UID and a higher SEQUENCE replace an earlier one."""
    start: datetime = booking.slot.starts_at.astimezone(UTC)
    status = STATUS.get(State(booking.state), "TENTATIVE")
    event = Event()
    event.add("uid", f"{booking.reference}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=booking.slot.length))
    event.add("sequence", booking.sequence)
    event.add("status", status)
    event.add("transp", "TRANSPARENT" if status == "CANCELLED" else "OPAQUE")
    event.add("class", "PRIVATE")
    event.add("summary", summary_of(booking, status))
    event.add("description", f"Reference number: {booking.reference}.")
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["cn"] = vText(settings.CLINIC_NAME)
    event.add("organizer", organizer)
    return event


def summary_of(booking: BookingRequest, status: str) -> str:
    """Name it as a calendar shows it."""
    said = {"TENTATIVE": " (not confirmed yet)", "CANCELLED": " (cancelled)"}.get(status, "")
    return f"Appointment at {settings.CLINIC_NAME}{said}"
