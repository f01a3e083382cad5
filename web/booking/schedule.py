"""When the clinic sees people: opening hours, length, buffer and days off, which staff edit, become times to choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from booking.models import DayOff, OpeningHours, Schedule, Slot

# Until the clinic says its hours: the demo times 10:00, 11:30, 14:00 and 15:30 from Monday to Friday.
DEMO_HOURS = ((time(10), time(12)), (time(14), time(16)))
WEEKDAYS = range(5)


def current() -> Schedule:
    """Give the clinic's schedule; one that is not saved when none was made yet."""
    return Schedule.objects.first() or Schedule()


@transaction.atomic
def make_demo() -> Schedule:
    """Begin with the demo hours where the clinic has no schedule yet."""
    schedule, is_new = Schedule.objects.get_or_create(pk=Schedule.ONLY)
    if is_new:
        hours = [(weekday, *span) for weekday in WEEKDAYS for span in DEMO_HOURS]
        OpeningHours.objects.bulk_create(
            OpeningHours(weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in hours
        )
    return schedule


def lock() -> Schedule | None:
    """Hold the schedule until the transaction ends: times are changed and taken one after the other."""
    return Schedule.objects.select_for_update().first()


def starts(
    schedule: Schedule, hours: Iterable[OpeningHours], closed: Iterable[DayOff], days: Iterable[date]
) -> list[datetime]:
    """Give all times on these days, in UTC, soonest first."""
    hours, closed = list(hours), list(closed)
    open_days = [day for day in days if not any(off.first <= day <= off.last for off in closed)]
    found = [
        start
        for day in open_days
        for span in hours
        if span.weekday == day.weekday()
        for start in within(schedule, day, span)
    ]
    return sorted(found)


def within(schedule: Schedule, day: date, span: OpeningHours) -> Iterator[datetime]:
    """Give the times of one stretch of opening hours, on the clinic's clock, also on days when clocks change."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(day, span.opens, zone).astimezone(UTC)
    end = datetime.combine(day, span.closes, zone).astimezone(UTC)
    length = timedelta(minutes=schedule.length)
    while start + length <= end:
        yield start
        start += length + timedelta(minutes=schedule.buffer)


@transaction.atomic
def apply() -> int:
    """Bring the coming times in line with the schedule, and give how many are new; what somebody has stays theirs."""
    schedule = lock()
    if schedule is None:
        return 0
    today, now = timezone.localdate(), timezone.now()
    days = [today + timedelta(days=ahead) for ahead in range(1, schedule.days_ahead + 1)]
    given = list(Slot.objects.filter(taken=True, starts_at__gte=now))
    planned = starts(schedule, OpeningHours.objects.all(), DayOff.objects.all(), days)
    wanted = [one for one in planned if not any(overlap(one, schedule, taken) for taken in given)]
    Slot.objects.filter(starts_at__gte=now, taken=False).exclude(starts_at__in=wanted).update(open=False)
    Slot.objects.filter(starts_at__in=wanted).update(open=True, length=schedule.length)
    there = set(Slot.objects.filter(starts_at__in=wanted).values_list("starts_at", flat=True))
    new = [Slot(starts_at=one, length=schedule.length) for one in wanted if one not in there]
    Slot.objects.bulk_create(new)
    Schedule.objects.filter(pk=schedule.pk).update(made_until=days[-1])
    return len(new)


def overlap(start: datetime, schedule: Schedule, taken: Slot) -> bool:
    """Tell whether a time would begin or end within a time that is given away, or its buffer."""
    buffer = timedelta(minutes=schedule.buffer)
    end, taken_end = start + timedelta(minutes=schedule.length), taken.starts_at + timedelta(minutes=taken.length)
    return start < taken_end + buffer and taken.starts_at < end + buffer


def reach_ahead() -> Schedule:
    """Add the times of the days that have come within reach since the last look; give the schedule."""
    schedule = current()
    reach = timezone.localdate() + timedelta(days=schedule.days_ahead)
    if schedule.pk and (schedule.made_until is None or schedule.made_until < reach):
        apply()
    return schedule
