"""Booking requests."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Open slots, hand-offs from the chat, and the requests that staff confirm."""

    name = "booking"

    def ready(self) -> None:
        """Listen to the chat, and log who confirms or cancels; names and contact details stay out of that log."""
        from auditlog.registry import auditlog

        from booking import listeners, outbox  # noqa: F401 - importing connects them
        from booking.levels import words_of
        from booking.models import BookingRequest
        from booking.visit_words import booking_page, tell_the_clinic
        from chat import watch
        from chat.models import Disposition

        for level in Disposition:
            words_of(level)  # a knowledge file that is wrong stops the start, not a visitor
        tell_the_clinic(), booking_page()
        watch.others.append(outbox.send_due)
        auditlog.register(BookingRequest, include_fields=["state"])
