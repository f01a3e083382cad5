"""Bring the open times in line with the clinic's schedule: `manage.py make_slots`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from booking import schedule
from booking.models import Slot


class Command(BaseCommand):
    """Makes the times; a clinic without a schedule begins with demo hours. Times that somebody has stay theirs."""

    help = "Make the times of the coming days from the schedule that staff edit; at first, from demo hours."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them and say how many."""
        kind = "demo " if schedule.make_demo().demo else ""
        new = schedule.apply()
        free = Slot.objects.filter(taken=False, open=True, starts_at__gte=timezone.now()).count()
        self.stdout.write(f"{new} new {kind}times, {free} open.")
