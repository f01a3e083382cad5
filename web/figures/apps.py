"""Figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """What happened in a time, as tables, charts and files; it stores nothing."""

    name = "figures"
