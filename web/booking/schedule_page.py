"""The page on which staff edit the schedule: length, buffer, opening hours, days off."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from booking import schedule
from booking.models import DayOff, OpeningHours, Schedule
from trust.access import needs
from trust.audit import record_change
from trust.rights import Right


class ScheduleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Length, buffer, notice, and how far ahead."""

    class Meta:
        model = Schedule
        fields = ("length", "buffer", "notice_hours", "days_ahead", "demo")


class HoursForm(forms.ModelForm):  # type: ignore[type-arg]
    """One stretch of opening hours."""

    class Meta:
        model = OpeningHours
        fields = ("weekday", "opens", "closes")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "opens": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "closes": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse hours that end before they begin."""
        cleaned = super().clean() or {}
        if cleaned.get("opens") and cleaned.get("closes") and cleaned["closes"] <= cleaned["opens"]:
            self.add_error("closes", "The closing time must be after the opening time.")
        return cleaned


class DayOffForm(forms.ModelForm):  # type: ignore[type-arg]
    """Days on which nobody is seen."""

    class Meta:
        model = DayOff
        fields = ("first", "last", "reason")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("first", "last")
        }

    def clean(self) -> dict[str, Any]:
        """Refuse days that end before they begin."""
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", "The last day must not be before the first day.")
        return cleaned


class HoursSet(forms.BaseModelFormSet):  # type: ignore[type-arg]
    """All opening hours; stretches of one day must not overlap, or a person would be seen twice at once."""

    def clean(self) -> None:
        """Compare each stretch with the next one."""
        super().clean()
        filled = [one.cleaned_data for one in self.forms if one.is_valid() and one.cleaned_data.get("closes")]
        kept = [one for one in filled if not one.get("DELETE")]
        kept.sort(key=lambda one: (one["weekday"], one["opens"]))
        for earlier, later in pairwise(kept):
            if earlier["weekday"] == later["weekday"] and later["opens"] < earlier["closes"]:
                day = OpeningHours.Weekday(later["weekday"]).label
                raise forms.ValidationError(f"Two stretches on {day} overlap. Please change or delete one of them.")


HoursFormSet = forms.modelformset_factory(OpeningHours, HoursForm, formset=HoursSet, extra=2, can_delete=True)
DaysOffFormSet = forms.modelformset_factory(DayOff, DayOffForm, extra=2, can_delete=True)


@needs(Right.CHANGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show the schedule, or store it and make the times anew; who did it is written down."""
    kept = schedule.make_demo()
    sent = request.POST if request.method == "POST" else None
    form = ScheduleForm(sent, instance=kept)
    hours = HoursFormSet(sent, prefix="hours")
    days_off = DaysOffFormSet(sent, prefix="off")
    parts = (form, hours, days_off)
    valid = [part.is_valid() for part in parts] if sent is not None else [False]  # each shows its own problems
    if all(valid):
        store(request, kept, parts)
        return redirect("booking:schedule")
    context = {"form": form, "hours": hours, "days_off": days_off}
    return render(request, "booking/schedule.html", context, status=200 if sent is None else 400)


@transaction.atomic
def store(request: HttpRequest, kept: Schedule, parts: tuple[Any, ...]) -> None:
    """Store all parts together and bring the open times in line."""
    changed = [name for part in parts for name in changes_of(part)]
    for part in parts:
        part.save()
    new = schedule.apply()
    record_change(request, kept, changed=("", ", ".join(sorted(set(changed))) or "nothing"))
    messages.success(request, f"The schedule is stored. {new} times are new; requests that are there keep theirs.")


def changes_of(part: Any) -> list[str]:
    """Name the fields that were changed."""
    forms_of = getattr(part, "forms", [part])
    return [name for one in forms_of for name in one.changed_data]
