"""Correct and teach."""

from django.apps import AppConfig


class TeachingConfig(AppConfig):
    """What staff correct, and the examples for developers that come of it."""

    name = "teaching"

    def ready(self) -> None:
        """Listen to reviews."""
        from teaching import listeners  # noqa: F401 - importing connects them
