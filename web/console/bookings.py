"""Pages about booking requests: the list, confirm, cancel."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from booking import desk
from booking.models import BookingRequest
from console.access import Right, needs, record_change, record_reading
from trust.masking import mask_booking
from trust.reveals import Shown, shown

State = BookingRequest.State
PAGE = 25


@needs(Right.READ_BOOKINGS)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests in one state, newest first; who reads the contact details is written down."""
    chosen = request.GET.get("state", "")
    state = State(chosen) if chosen in State.values else State.REQUESTED
    rows = BookingRequest.objects.filter(state=state).select_related("slot", "handoff").order_by("-created_at", "-pk")
    after = BookingRequest.objects.filter(reference=request.GET.get("after", "")).first()
    if after:
        rows = rows.filter(created_at__lte=after.created_at).exclude(created_at=after.created_at, pk__gte=after.pk)
    found = list(rows[: PAGE + 1])
    for one in found[:PAGE]:
        record_reading(request, one)
    rows_shown = [(one, shown_of(request, one)) for one in found[:PAGE]]
    more = found[PAGE - 1].reference if len(found) > PAGE else None
    context = {"rows": rows_shown, "more": more, "state": state, "states": State.choices, "first_page": not after}
    return render(request, "console/bookings.html", context)


def shown_of(request: HttpRequest, booking: BookingRequest) -> Shown:
    """Mask the contact details unless they are revealed to this person."""
    state = shown(request, booking)
    if not state.open:
        mask_booking(booking)
    return state


@needs(Right.CHANGE_BOOKINGS)
@require_POST
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Confirm a request that waits."""
    booking = get_object_or_404(BookingRequest, reference=reference)
    if desk.confirm(booking):
        record_change(request, booking, state=(booking.state, State.CONFIRMED.value))
        told = "The visitor gets an e-mail." if booking.email else "Please tell the visitor by phone."
        messages.success(request, f"{reference} is confirmed. {told}")
    else:
        messages.error(request, f"{reference} was not waiting any more; it is {booking.get_state_display().lower()}.")
    return redirect("console:bookings")


@needs(Right.CHANGE_BOOKINGS)
@require_POST
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Cancel a request and give its time back."""
    booking = get_object_or_404(BookingRequest, reference=reference)
    if not desk.cancel(booking):
        messages.error(request, f"{reference} was cancelled before.")
        return redirect("console:bookings")
    record_change(request, booking, state=(booking.state, State.CANCELLED.value))
    told = "The visitor gets an e-mail." if booking.email else "Please tell the visitor by phone."
    messages.success(request, f"{reference} is cancelled, and its time is open again. {told}")
    return redirect("console:bookings")
