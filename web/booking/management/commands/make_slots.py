"""Open demo times: `manage.py make_slots`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from booking.models import Slot


class Command(BaseCommand):
    """Opens times on weekdays; times that exist already stay as they are."""

    help = (
        "Open demo times on the coming weekdays. The clinic's hours are unknown, so they come from BOOKING_DEMO_TIMES."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number of days."""
        parser.add_argument("--days", type=int, default=21, help="how many days ahead (21)")

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        """Make the times in the clinic's time zone."""
        today = timezone.localdate()
        dates = [today + timedelta(days=ahead) for ahead in range(1, days + 1)]
        times = [time.fromisoformat(one) for one in settings.BOOKING_DEMO_TIMES]
        zone = timezone.get_default_timezone()
        starts = [datetime.combine(date, one, zone) for date in dates if date.weekday() < 5 for one in times]
        before = Slot.objects.count()
        slots = [Slot(starts_at=start, length=settings.BOOKING_SLOT_MINUTES) for start in starts]
        Slot.objects.bulk_create(slots, ignore_conflicts=True)
        free = Slot.objects.filter(taken=False, starts_at__gte=timezone.now()).count()
        self.stdout.write(f"{Slot.objects.count() - before} new demo times, {free} open.")
