"""Conversations as work for staff: what worries, who has it, how far it is, and how it is found again."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """One case for each conversation."""

    name = "cases"

    def ready(self) -> None:
        """Listen to the chat, the bookings and the console."""
        from cases import listeners  # noqa: F401 - importing connects them
