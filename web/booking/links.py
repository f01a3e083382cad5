"""The link that lets a visitor see, change or cancel a request: signed, so that nobody can make one up."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from booking.models import BookingRequest

SALT = "booking.manage"
LASTS = 200 * 24 * 3600  # seconds: longer than anybody can book ahead


def token_of(booking: BookingRequest) -> str:
    """Sign the reference number, with the time."""
    return signing.TimestampSigner(salt=SALT).sign(booking.reference)


def path_of(booking: BookingRequest) -> str:
    """Give the path of the page about this request."""
    return reverse("booking:manage", args=[token_of(booking)])


def address_of(booking: BookingRequest) -> str:
    """Give the whole address, for an e-mail."""
    return settings.SITE_URL.rstrip("/") + path_of(booking)


def booking_of(token: str) -> BookingRequest | None:
    """Find the request of a link; None when it was not signed by us or is too old."""
    try:
        reference = signing.TimestampSigner(salt=SALT).unsign(token, max_age=LASTS)
    except signing.BadSignature:
        return None
    return BookingRequest.objects.select_related("slot", "handoff").filter(reference=reference).first()
