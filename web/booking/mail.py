"""The e-mail to the visitor after each step of a request: the time, the link to change it, the calendar file."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from booking import ics, links
from booking.models import Delivery
from booking.times import slot_label
from booking.visit_words import tell_the_clinic

SUBJECTS = {
    "booking.requested": "Your request for a consultation",
    "booking.changed": "Your request has a new time",
    "booking.confirmed": "Your appointment is confirmed",
    "booking.declined": "The clinic cannot offer this time",
    "booking.cancelled": "Your request is cancelled",
}


def send(delivery: Delivery) -> None:
    """Send it; errors of the mail server are the caller's. Of the triage it says nothing: e-mail is not private."""
    booking = delivery.booking
    context = {
        "booking": booking,
        "event": delivery.event.removeprefix("booking."),
        "label": slot_label(booking.slot),
        "link": links.address_of(booking),
        "clinic": settings.CLINIC_NAME,
        "tell": tell_the_clinic(),
    }
    subject = f"{settings.CLINIC_NAME}: {SUBJECTS[delivery.event]} ({booking.reference})"
    words = render_to_string("booking/mail.txt", context)
    message = EmailMessage(subject, words, settings.DEFAULT_FROM_EMAIL, [booking.email])
    message.extra_headers["Message-ID"] = f"<{delivery.pk}@{settings.MAIL_DOMAIN}>"  # sent twice, it is shown once
    kind = f"text/calendar; method={ics.method_of(booking)}; charset=utf-8"
    message.attach("appointment.ics", ics.calendar_of(booking).decode(), kind)
    message.send()
