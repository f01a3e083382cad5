"""Booking requests."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Open slots, hand-offs from the chat, and the requests that staff confirm."""

    name = "booking"
