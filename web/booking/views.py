"""The booking form: JSON for the widget, a plain page for a browser without it. Bound to the visitor's cookie."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from booking import desk, holds, links, schedule, shown
from booking.forms import BookingForm
from booking.holds import NotOpen, SlotTaken
from booking.levels import words_of
from booking.models import BookingRequest, Handoff, Hold, Slot
from booking.times import slot_label
from booking.visit_words import booking_page, tell_the_clinic
from booking.visits import Visit, visit_of
from chat.errors import problem
from chat.limits import require_booking_pace
from chat.models import Disposition
from chat.submissions import MAX_ID, Refused, guarded, read_json
from chat.visitors import conversation_id

TAKEN = "Somebody else has just taken this time. Please choose another one."
NEXT = "Somebody else has just taken this time. The next free time is {label}."
ELSEWHERE = "The clinic takes bookings on its own page. Nothing that you wrote here is sent there."
OTHER_WISH = "This booking is for your other wish only. Please have the bump that you told me about looked at first."
PAUSED = "Please follow the advice in the chat first. You can ask for a consultation there again later."
EXPIRED = "This form is too old. Please ask for a consultation in the chat again."
NO_TIMES = "No times are open at the moment. Please ask the clinic directly."
DEMO = "These are demo times: the clinic has not told this website its hours."
REQUESTED = "The clinic will get in touch to confirm the time. Until then it is a request, not an appointment."


@never_cache
@require_http_methods(["GET", "POST"])
@guarded
def form(request: HttpRequest, handoff_id: uuid.UUID) -> HttpResponse:
    """Show the open times and the form, or take the request."""
    handoff = own_handoff(request, handoff_id)
    as_page = request.content_type != "application/json" and "text/html" in request.headers.get("Accept", "")
    if request.method == "GET":
        return page(request, handoff) if as_page else JsonResponse(state(handoff))
    require_booking_pace(request)
    return submit_page(request, handoff) if as_page else submit_json(request, handoff)


def own_handoff(request: HttpRequest, handoff_id: uuid.UUID) -> Handoff:
    """Find the hand-off if it belongs to the conversation of the visitor's cookie."""
    known = conversation_id(request)
    handoff = Handoff.objects.filter(pk=handoff_id, conversation_id=known).first() if known else None
    if handoff is None:
        raise Refused(404, "no_handoff", "There is no booking form of yours at this address. Please ask in the chat.")
    return desk.refresh(handoff)


def state(handoff: Handoff) -> dict[str, Any]:
    """Say how the hand-off stands, with the open times."""
    booking, slots = desk.current_booking(handoff), slots_of(handoff)
    visit, message = Visit(visit_of(handoff.summary)).label, message_of(handoff, bool(slots))
    external = booking_page() if handoff.state == Handoff.State.OPEN else ""
    return {
        "handoff": str(handoff.pk),
        "state": handoff.state,
        "visit": visit,
        "message": message,
        "shown": shown.of_form(visit if slots else "", message, external),
        "demo": schedule.current().demo,
        "external": external,
        "slots": slots,
        "held": held_by(handoff),
        "booking": receipt(booking) if booking else None,
        "fields": shown.fields(),
        "consent": settings.BOOKING_CONSENT,
    }


def slots_of(handoff: Handoff) -> list[dict[str, Any]]:
    """List the open times; none when the hand-off cannot be used."""
    if handoff.state != Handoff.State.OPEN or booking_page():
        return []
    return [slot_words(one) for one in desk.open_slots(handoff)]


def slot_words(slot: Slot) -> dict[str, Any]:
    """Give a time as the form shows it."""
    return {"id": slot.pk, "starts_at": slot.starts_at.isoformat(), "label": slot_label(slot)}


def held_by(handoff: Handoff) -> dict[str, Any] | None:
    """Say which time is held for this form, and until when."""
    held = Hold.objects.filter(handoff=handoff, until__gt=timezone.now()).first()
    return {"slot": held.slot_id, "until": held.until.isoformat()} if held else None


def message_of(handoff: Handoff, has_slots: bool) -> str:
    """Say in a sentence what the visitor has to know."""
    level = desk.care_first(handoff.summary)
    if level:
        return words_of(Disposition(level)).advice
    fixed = {Handoff.State.PAUSED: PAUSED, Handoff.State.EXPIRED: EXPIRED, Handoff.State.BOOKED: REQUESTED}
    return fixed.get(Handoff.State(handoff.state)) or open_message(handoff, has_slots)


def open_message(handoff: Handoff, has_slots: bool) -> str:
    """Say what the open form is for, and what the times are."""
    other = visit_of(handoff.summary) == Visit.OTHER
    here = (DEMO if schedule.current().demo else "") if has_slots else NO_TIMES
    return " ".join(filter(None, [OTHER_WISH if other else "", ELSEWHERE if booking_page() else here]))


def receipt(booking: BookingRequest) -> dict[str, Any]:
    """Give what the visitor keeps: the number, the time, what happens next, and the link to change it."""
    said = {"confirmed": "The clinic has confirmed this time."}.get(booking.state, REQUESTED)
    return {
        "reference": booking.reference,
        "state": booking.state,
        "label": slot_label(booking.slot),
        "starts_at": booking.slot.starts_at.isoformat(),
        "message": said,
        "visit": booking.get_visit_display(),
        "manage": links.path_of(booking),
        "tell": list(tell_the_clinic()),
        "shown": shown.of_receipt(booking, said),
    }


def submit_json(request: HttpRequest, handoff: Handoff) -> HttpResponse:
    """Take the widget's request."""
    raw = {key: value for key, value in read_json(request).items() if isinstance(value, str | int)}
    filled = BookingForm(raw, slots=[])
    earlier = desk.current_booking(handoff)
    if earlier:
        return JsonResponse(receipt(earlier))  # a form that is sent twice gives the same number
    if not filled.is_valid():
        body = {"error": "invalid", "message": "Please look at the fields that are marked.", "fields": filled.errors}
        return JsonResponse(body, status=400)
    try:
        return JsonResponse(receipt(desk.book(handoff, filled.wanted())), status=201)
    except (SlotTaken, NotOpen):
        return too_late(handoff)


def too_late(handoff: Handoff) -> HttpResponse:
    """Say what has changed: the visitor was faster in another tab, care comes first now, or the time is taken."""
    handoff.refresh_from_db()
    earlier = desk.current_booking(handoff)
    if earlier:
        return JsonResponse(receipt(earlier))
    if handoff.state != Handoff.State.OPEN:
        return problem(409, "not_open", message_of(handoff, has_slots=False))
    return slot_taken(slots_of(handoff))


def slot_taken(slots: list[dict[str, Any]]) -> JsonResponse:
    """Say that the time is gone, and offer the next one."""
    following = slots[0] if slots else None
    said = NEXT.format(label=following["label"]) if following else f"{TAKEN} {NO_TIMES}"
    return JsonResponse({"error": "slot_taken", "message": said, "next": following, "slots": slots}, status=409)


@never_cache
@require_POST
@guarded
def hold(request: HttpRequest, handoff_id: uuid.UUID) -> HttpResponse:
    """Hold a time while the form is open, or longer; `{"slot": null}` lets it go."""
    handoff = own_handoff(request, handoff_id)
    require_booking_pace(request)
    wanted = read_json(request).get("slot")
    if wanted is None:
        holds.release(handoff)
        return JsonResponse({"held": None})
    if type(wanted) is not int or not 0 < wanted <= MAX_ID:
        raise Refused(400, "slot", "'slot' must be the id of one of the times, or null.")
    try:
        holds.hold(handoff, wanted, desk.soonest())
    except (SlotTaken, NotOpen):
        return too_late(handoff)
    return JsonResponse({"held": held_by(handoff)})


def page(request: HttpRequest, handoff: Handoff, filled: BookingForm | None = None, status: int = 200) -> HttpResponse:
    """Draw the plain page."""
    slots = desk.open_slots(handoff) if handoff.state == Handoff.State.OPEN and not booking_page() else []
    blank = filled or BookingForm(slots=slots)
    return render(request, "booking/form.html", {**state(handoff), "form": blank, "slots": slots}, status=status)


def submit_page(request: HttpRequest, handoff: Handoff) -> HttpResponse:
    """Take the plain form."""
    filled = BookingForm(request.POST, slots=desk.open_slots(handoff))
    if desk.current_booking(handoff) is None:
        if not filled.is_valid():
            return page(request, handoff, filled, 400)
        try:
            desk.book(handoff, filled.wanted())
        except (SlotTaken, NotOpen):
            handoff.refresh_from_db()
            rest = desk.open_slots(handoff)
            filled.add_error("slot", NEXT.format(label=slot_label(rest[0])) if rest else TAKEN)
            return page(request, handoff, filled, 409)
    return redirect("booking:form", handoff.pk)


@never_cache
@require_POST
@guarded
def cancel(request: HttpRequest, handoff_id: uuid.UUID) -> HttpResponse:
    """Cancel the visitor's own request."""
    handoff = own_handoff(request, handoff_id)
    booking = desk.current_booking(handoff)
    if booking is None:
        raise Refused(404, "no_booking", "There is no request to cancel.")
    desk.cancel(booking)
    if "text/html" in request.headers.get("Accept", ""):
        return redirect("booking:form", handoff.pk)
    return JsonResponse({"message": f"Your request {booking.reference} is cancelled."})
