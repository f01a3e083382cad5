"""Booking requests."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Open slots, hand-offs from the chat, and the requests that staff confirm."""

    name = "booking"

    def ready(self) -> None:
        """Listen to the chat, and log who confirms or cancels; names and contact details stay out of that log."""
        from auditlog.registry import auditlog

        from booking import listeners  # noqa: F401 - importing connects them
        from booking.models import BookingRequest

        auditlog.register(BookingRequest, include_fields=["state"])
