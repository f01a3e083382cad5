"""People and trust."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Who may do what, what they did, and how long anything is kept."""

    name = "trust"
