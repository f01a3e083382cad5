"""The time that figures are about, in days of the clinic, and the steps in which charts show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from datetime import timezone as fixed_zone
from typing import Self

from django.db.models.functions import TruncDate, TruncMonth, TruncWeek
from django.utils import timezone
from django.utils.dateparse import parse_date

DAYS = 30  # without a choice
LONGEST = 3660  # days


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        """Read `since` and `until`; what is missing or wrong becomes the last 30 days."""
        last = day(asked.get("until", "")) or timezone.localdate()
        first = day(asked.get("since", "")) or last - timedelta(days=DAYS - 1)
        return cls(max(min(first, last), last - timedelta(days=LONGEST)), last)

    @classmethod
    def last_week(cls, today: date) -> Self:
        """Give the last whole week, Monday to Sunday."""
        monday = today - timedelta(days=today.weekday() + 7)
        return cls(monday, monday + timedelta(days=6))

    @property
    def begin(self) -> datetime:
        """Give the moment at which the first day begins."""
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """Give the moment at which the last day is over."""
        return midnight(self.last + timedelta(days=1))

    @property
    def step(self) -> str:
        """Show days in a month, weeks in half a year, else months."""
        days = (self.last - self.first).days
        return "day" if days <= 31 else "week" if days <= 190 else "month"

    def step_of(self, field: str) -> TruncDate | TruncWeek | TruncMonth:
        """Give the expression that says in which step a moment lies.

        By the clinic's offset on the last day, not by the zone's name: a database may know older rules than we do
        (British Columbia stopped changing its clocks in 2026).
        """
        zone = fixed_zone(self.end.utcoffset() or timedelta())
        if self.step == "day":
            return TruncDate(field, tzinfo=zone)
        return (TruncWeek if self.step == "week" else TruncMonth)(field, tzinfo=zone)

    def steps(self) -> list[date]:
        """List the first day of each step; those in which nothing happened, too."""
        found: list[date] = []
        one = self.start_of_step(self.first)
        while one <= self.last:
            found.append(one)
            one = self.start_of_step(one + timedelta(days={"day": 1, "week": 7, "month": 32}[self.step]))
        return found

    def start_of_step(self, one: date) -> date:
        """Give the first day of the step in which a day lies."""
        if self.step == "week":
            return one - timedelta(days=one.weekday())
        return one.replace(day=1) if self.step == "month" else one

    def __str__(self) -> str:
        return f"{self.first:%Y-%m-%d} to {self.last:%Y-%m-%d}"


def day(text: str) -> date | None:
    """Read a date; None where there is none."""
    try:
        return parse_date(text.strip())
    except ValueError:  # well formed, but no day: 2026-02-31
        return None


def midnight(one: date) -> datetime:
    """Give the beginning of a day at the clinic."""
    return timezone.make_aware(datetime.combine(one, time.min))
