"""Opening hours become times: on the clinic's clock, never over a time that somebody has."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from booking import desk, schedule
from booking.models import DayOff, OpeningHours, Schedule, Slot

HALF_HOURS = Schedule(length=30, buffer=0)
MORNING = [OpeningHours(weekday=day, opens=time(9), closes=time(10)) for day in range(7)]


def clock_times(day: date, hours: list[OpeningHours], plan: Schedule = HALF_HOURS) -> list[str]:
    """Give the times of a day as a clock in Vancouver and one in Greenwich show them."""
    found = schedule.starts(plan, hours, [], [day])
    return [f"{timezone.localtime(one):%H:%M} {one:%H:%M}" for one in found]


def test_times_follow_length_and_buffer_and_end_with_the_hours() -> None:
    hours = [OpeningHours(weekday=0, opens=time(9), closes=time(11))]
    plan = Schedule(length=30, buffer=15)
    assert [one.split()[0] for one in clock_times(date(2026, 12, 7), hours, plan)] == ["09:00", "09:45", "10:30"]


@pytest.mark.parametrize(
    ("day", "greenwich"),
    [
        (date(2025, 11, 1), "16:00"),  # the last day of summer time in 2025
        (date(2025, 11, 2), "17:00"),  # clocks went back in that night
        (date(2025, 3, 8), "17:00"),
        (date(2025, 3, 9), "16:00"),  # clocks went forward in that night
    ],
)
def test_nine_oclock_is_nine_oclock_in_summer_and_winter(day: date, greenwich: str) -> None:
    assert clock_times(day, MORNING)[0] == f"09:00 {greenwich}"


def test_a_night_that_is_an_hour_longer_has_more_times() -> None:
    night = [OpeningHours(weekday=6, opens=time(0, 30), closes=time(3))]
    assert len(clock_times(date(2025, 11, 2), night)) == len(clock_times(date(2025, 11, 9), night)) + 2
    assert len(clock_times(date(2025, 3, 9), night)) == len(clock_times(date(2025, 3, 16), night)) - 2


def test_days_off_have_no_times() -> None:
    days = [date(2026, 12, 7) + timedelta(days=ahead) for ahead in range(3)]
    off = [DayOff(first=date(2026, 12, 8), last=date(2026, 12, 8))]
    assert {one.astimezone(UTC).day for one in schedule.starts(HALF_HOURS, MORNING, off, days)} == {7, 9}


@pytest.fixture
def demo(db: None) -> Schedule:
    """The demo schedule with its times."""
    made = schedule.make_demo()
    schedule.apply()
    return made


def test_a_changed_schedule_never_offers_a_time_over_one_that_somebody_has(demo: Schedule) -> None:
    taken = Slot.objects.order_by("starts_at")[0]
    Slot.objects.filter(pk=taken.pk).update(taken=True)
    Schedule.objects.update(length=20, buffer=0)
    schedule.apply()
    end = taken.starts_at + timedelta(minutes=taken.length)
    inside = Slot.objects.filter(open=True, starts_at__gt=taken.starts_at - timedelta(minutes=20), starts_at__lt=end)
    assert list(inside.exclude(pk=taken.pk)) == []
    assert Slot.objects.filter(open=True, length=20).count() > 60


def test_what_is_no_longer_in_the_schedule_is_not_offered(demo: Schedule) -> None:
    first = Slot.objects.order_by("starts_at")[0]
    day = timezone.localdate(first.starts_at)
    DayOff.objects.create(first=day, last=day)
    schedule.apply()
    assert [one for one in desk.open_slots() if timezone.localdate(one.starts_at) == day] == []


def test_a_new_day_comes_within_reach_by_itself(demo: Schedule) -> None:
    Slot.objects.all().delete()
    Schedule.objects.update(made_until=timezone.localdate())
    assert len(desk.open_slots()) == 40


def form_of(**changes: object) -> dict[str, object]:
    """Fill in the page with one stretch of hours and one day off."""
    return {
        **{"length": 45, "buffer": 15, "notice_hours": 24, "days_ahead": 14},
        **{"hours-TOTAL_FORMS": 1, "hours-INITIAL_FORMS": 0, "off-TOTAL_FORMS": 1, "off-INITIAL_FORMS": 0},
        **{"hours-0-weekday": 0, "hours-0-opens": "09:00", "hours-0-closes": "12:00"},
        **{"off-0-first": "2030-01-01", "off-0-last": "2030-01-02", "off-0-reason": "Holiday"},
        **changes,
    }


@pytest.fixture
def desk_staff(db: None) -> Client:
    """Somebody of the staff, signed in."""
    browser = Client()
    browser.force_login(User.objects.create_superuser("nurse"))
    return browser


def test_staff_edit_the_schedule(desk_staff: Client) -> None:
    OpeningHours.objects.all().delete()
    assert desk_staff.get("/console/schedule/").status_code == 200
    OpeningHours.objects.all().delete()
    answer = desk_staff.post("/console/schedule/", form_of())
    assert answer.status_code == 302
    kept = Schedule.objects.get()
    assert (kept.length, kept.demo, OpeningHours.objects.count(), DayOff.objects.count()) == (45, False, 1, 1)
    assert {timezone.localtime(one.starts_at).weekday() for one in Slot.objects.filter(open=True)} == {0}


@pytest.mark.parametrize(
    "change",
    [
        {"length": 0},
        {"hours-0-closes": "08:00"},
        {"off-0-last": "2029-01-01"},
        {"hours-TOTAL_FORMS": 2, "hours-1-weekday": 0, "hours-1-opens": "11:00", "hours-1-closes": "13:00"},
    ],
)
def test_a_schedule_that_cannot_be_is_refused(desk_staff: Client, change: dict[str, object]) -> None:
    desk_staff.get("/console/schedule/")
    answer = desk_staff.post("/console/schedule/", form_of(**change))
    assert (answer.status_code, Schedule.objects.get().length) == (400, 30)


def test_strangers_do_not_see_the_schedule(db: None) -> None:
    assert Client().get("/console/schedule/").status_code == 302
