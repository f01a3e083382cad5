"""People and trust."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Who may do what, what they did, and how long anything is kept."""

    name = "trust"

    def ready(self) -> None:
        """Listen: each entry of the audit log is sealed."""
        from trust import listeners  # noqa: F401 - importing connects them
