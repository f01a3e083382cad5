"""The public chat."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Conversations of visitors."""

    name = "chat"
