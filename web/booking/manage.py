"""The page of a signed link: how a request stands, another time, cancel, the calendar file. No cookie is needed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from booking import desk, ics, links
from booking.holds import NotOpen, SlotTaken
from booking.models import BookingRequest, Slot
from booking.times import by_day, slot_label
from booking.visit_words import tell_the_clinic
from chat.limits import require_booking_pace
from chat.submissions import MAX_ID, Refused, guarded

State = BookingRequest.State
TAKEN = "Somebody else has just taken this time. Please choose another one; your earlier time is still yours."
OVER = "This request cannot be changed any more."
HOW_IT_STANDS = {
    State.REQUESTED: "Your request is with the clinic. It is not an appointment yet: the clinic will get in touch.",
    State.CONTACTED: "Your request is with the clinic. It is not an appointment yet.",
    State.CONFIRMED: "The clinic has confirmed this appointment.",
    State.DECLINED: "The clinic cannot offer this time. Please ask for another one in the chat.",
    State.CANCELLED: "This request is cancelled. You need not do anything else.",
}
PAST = "This appointment is in the past."


def booking_of(request: HttpRequest, token: str) -> BookingRequest:
    """Find the request of the link; raise Refused for a link that is not ours, and for guessing."""
    require_booking_pace(request)
    booking = links.booking_of(token)
    if booking is None:
        raise Refused(404, "no_booking", "This link does not work any more. Please use the one of the last e-mail.")
    return booking


@never_cache
@require_GET
@guarded
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show how the request stands and what can be done."""
    return page(request, token, booking_of(request, token))


def page(
    request: HttpRequest, token: str, booking: BookingRequest, problem: str = "", status: int = 200
) -> HttpResponse:
    """Draw the page."""
    ahead = can_change(booking)
    context = {
        "booking": booking,
        "token": token,
        "label": slot_label(booking.slot),
        "said": HOW_IT_STANDS.get(State(booking.state), PAST),
        "ahead": ahead,
        "days": by_day(desk.open_slots()) if ahead else [],
        "tell": tell_the_clinic(),
        "problem": problem,
        "clinic": settings.CLINIC_NAME,
    }
    return render(request, "booking/manage.html", context, status=status)


def can_change(booking: BookingRequest) -> bool:
    """Tell whether the visitor can still move or cancel it."""
    return booking.state in BookingRequest.AHEAD and booking.slot.starts_at > timezone.now()


@never_cache
@require_POST
@guarded
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Move the request to another time."""
    booking = booking_of(request, token)
    wanted = request.POST.get("slot", "")
    if not wanted.isdecimal() or int(wanted) > MAX_ID or not Slot.objects.filter(pk=int(wanted)).exists():
        return page(request, token, booking, "Please choose one of the times.", 400)
    try:
        desk.change(booking, int(wanted))
    except SlotTaken:
        return page(request, token, booking, TAKEN, 409)
    except NotOpen:
        return page(request, token, booking, OVER, 409)
    return redirect("booking:manage", token)


@never_cache
@require_POST
@guarded
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Cancel the request; a second time changes nothing."""
    booking = booking_of(request, token)
    if can_change(booking):
        desk.cancel(booking)
    return redirect("booking:manage", token)


@never_cache
@require_GET
@guarded
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar file."""
    booking = booking_of(request, token)
    answer = HttpResponse(ics.calendar_of(booking), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{booking.reference}.ics"'
    return answer
