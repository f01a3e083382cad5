"""Pages about keeping and deleting: legal holds, deletion by staff, and the reports of what was deleted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from booking.models import BookingRequest
from chat.models import Conversation, Disposition
from trust import retention
from trust.access import needs, staff
from trust.audit import Event, record_event
from trust.models import Deletion, LegalHold
from trust.reveals import back, find
from trust.rights import Right

AT_ONCE = 200  # conversations that one click deletes: Rasa is asked about each
REPORTS = 30


class ReasonForm(forms.Form):
    """Why something is held, released or deleted."""

    reason = forms.CharField(max_length=200, min_length=5)


class BulkForm(ReasonForm):
    """Which conversations to delete together; the number that was shown must be typed once more."""

    before = forms.DateField()
    level = forms.ChoiceField(
        choices=[("", "Any level"), ("none", "Not assessed"), *Disposition.choices], required=False
    )
    count = forms.IntegerField(required=False)

    def chosen(self) -> QuerySet[Conversation]:
        """Find them, oldest first; those under a hold are not among them."""
        rows = Conversation.objects.filter(last_message_at__date__lt=self.cleaned_data["before"], hold=None)
        level = self.cleaned_data["level"]
        if level:
            rows = rows.filter(disposition=None if level == "none" else level)
        return rows.order_by("last_message_at")


@needs(Right.DELETE)
@require_GET
def deletions(request: HttpRequest) -> HttpResponse:
    """Show the reports, the holds, and what is due; with choices, what a bulk deletion would delete."""
    form = BulkForm(request.GET) if "before" in request.GET else None
    return page(request, form)


def page(request: HttpRequest, form: BulkForm | None) -> HttpResponse:
    """Draw the page."""
    now = timezone.now()
    context: dict[str, Any] = {
        "reports": Deletion.objects.select_related("staff")[:REPORTS],
        "holds": LegalHold.objects.select_related("staff", "booking").order_by("-pk"),
        "due": (retention.old_conversations(now).filter(hold=None).count(), retention.old_bookings(now).count()),
        "waiting": retention.waiting_in_rasa(),
        "keep": {"chat": settings.CHAT_KEEP_DAYS, "booking": settings.BOOKING_KEEP_DAYS},
        "levels": BulkForm.base_fields["level"].choices,  # type: ignore[attr-defined]
        "form": form,
    }
    if form and form.is_valid():
        context["count"] = form.chosen().count()
        context["at_once"] = min(context["count"], AT_ONCE)
    return render(request, "trust/deletions.html", context)


@needs(Right.DELETE)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Delete many conversations, if the number that was shown is still right."""
    form = BulkForm(request.POST)
    if not form.is_valid():
        return page(request, form)
    chosen = form.chosen()
    if form.cleaned_data["count"] != chosen.count():
        messages.error(request, "Nothing was deleted: type the number of conversations that is shown now.")
        return page(request, form)
    report = delete_chosen(request, form.cleaned_data["reason"], chosen[:AT_ONCE])
    messages.success(request, said(report))
    return redirect("trust:deletions")


@needs(Right.DELETE)
@require_POST
def delete(request: HttpRequest, key: str) -> HttpResponse:
    """Delete one conversation or booking."""
    what, form = find(key), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Not deleted: please write the reason, in five letters or more.")
        return back(request)
    rows = type(what)._default_manager.filter(pk=what.pk)
    report = delete_chosen(request, form.cleaned_data["reason"], rows)
    (messages.error if report.held else messages.success)(request, said(report))
    return back(request) if report.held else redirect("trust:deletions")


def delete_chosen(request: HttpRequest, reason: str, rows: Any) -> Deletion:
    """Delete conversations or bookings in the name of the person who asks."""
    kind = "bookings" if rows.model is BookingRequest else "conversations"

    def tell(what: Conversation | BookingRequest) -> None:
        record_event(request, what, Event.DELETED, reason=reason)

    return retention.delete_by_staff(staff(request), reason, tell, **{kind: rows})


def said(report: Deletion) -> str:
    """Say what was deleted."""
    parts = [f"{len(report.conversations)} conversations and {len(report.bookings)} bookings are deleted."]
    if report.held:
        parts.append(f"{report.held} stay: a legal hold protects them.")
    if report.waiting_in_rasa:
        parts.append(f"{report.waiting_in_rasa} wait in Rasa, which is asked again until it confirms.")
    return " ".join(parts)


@needs(Right.HOLD)
@require_POST
def hold(request: HttpRequest, key: str) -> HttpResponse:
    """Protect one conversation or booking from every deletion."""
    what, form = find(key), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "No hold was set: please write the reason, in five letters or more.")
        return back(request)
    reason, kind = form.cleaned_data["reason"], "booking" if isinstance(what, BookingRequest) else "conversation"
    try:
        with transaction.atomic():
            LegalHold.objects.create(**{kind: what}, reason=reason, staff=staff(request))
            record_event(request, what, Event.HELD, reason=reason)
    except IntegrityError:
        messages.error(request, "There is a hold already.")
        return back(request)
    messages.success(request, "The hold is set: nobody can delete this, and no clock does.")
    return back(request)


@needs(Right.HOLD)
@require_POST
@transaction.atomic
def release(request: HttpRequest, key: str) -> HttpResponse:
    """Lift a hold."""
    what, form = find(key), ReasonForm(request.POST)
    held: LegalHold | None = getattr(what, "hold", None)
    if held is None or not form.is_valid():
        messages.error(request, "The hold stays: please write the reason, in five letters or more.")
        return back(request)
    record_event(request, what, Event.RELEASED, reason=form.cleaned_data["reason"])
    held.delete()
    messages.success(request, "The hold is lifted.")
    return back(request)
