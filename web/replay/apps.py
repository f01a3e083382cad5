"""Replay and promotion of models."""

from django.apps import AppConfig


class ReplayConfig(AppConfig):
    """Past conversations held again with a candidate, and which model serves."""

    name = "replay"
