"""Times in words, on the clinic's clock."""

from __future__ import annotations

from django.utils import timezone

from booking.models import Slot


def slot_label(slot: Slot) -> str:
    """Say a time as people do."""
    local = timezone.localtime(slot.starts_at)
    clock = local.strftime("%I:%M").lstrip("0")
    return f"{local:%A} {local.day} {local:%B}, {clock} {'a.m.' if local.hour < 12 else 'p.m.'}"


def by_day(slots: list[Slot]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Group the times for a list to choose from."""
    days: dict[str, list[tuple[int, str]]] = {}
    for slot in slots:
        day, clock = slot_label(slot).split(", ")
        days.setdefault(day, []).append((slot.pk, f"{day}, {clock}"))
    return list(days.items())
