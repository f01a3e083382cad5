"""The command that makes the times."""

from __future__ import annotations

from django.core.management import call_command
from django.utils import timezone

from booking.models import Schedule, Slot


def test_at_first_there_are_demo_times_on_weekdays_on_the_clinics_clock(db: None) -> None:
    call_command("make_slots", verbosity=0)
    starts = [timezone.localtime(slot.starts_at) for slot in Slot.objects.all()]
    assert (len(starts), Schedule.objects.get().demo) == (60, True)
    assert {start.weekday() for start in starts} == {0, 1, 2, 3, 4}
    assert {f"{start:%H:%M}" for start in starts} == {"10:00", "11:30", "14:00", "15:30"}


def test_making_them_again_changes_nothing(db: None) -> None:
    call_command("make_slots", verbosity=0)
    Slot.objects.filter(pk=Slot.objects.values("pk")[0]["pk"]).update(taken=True)
    before = list(Slot.objects.values_list("pk", "taken", "open"))
    call_command("make_slots", verbosity=0)
    assert list(Slot.objects.values_list("pk", "taken", "open")) == before
