"""The staff console."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Conversations, bookings and reviews for signed-in staff."""

    name = "console"
