"""Pages about booking requests: the list with what conflicts, and each step from new to done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from booking import desk
from booking.models import BookingRequest
from cases.refresh import refresh
from console.access import Right, needs, record_change, record_reading, staff
from console.conflicts import conflicts_of
from console.models import CalendarFeed
from trust.masking import mask_booking
from trust.reveals import Shown, shown

State = BookingRequest.State
PAGE = 25

type Requests = QuerySet[BookingRequest]


@dataclass(frozen=True)
class Step:
    """One step that staff can take: from which states, into which, and what the person reads then."""

    before: tuple[State, ...]
    after: State
    said: str
    take: Callable[[BookingRequest], bool] | None = None  # what it does besides; True when it was possible
    tells_visitor: bool = False


def give_back(state: State) -> Callable[[BookingRequest], bool]:
    """Make the step that opens the time again."""
    return lambda booking: desk.give_back(booking, state)


WAITING = (State.REQUESTED, State.CONTACTED)
STEPS = {
    "contact": Step((State.REQUESTED,), State.CONTACTED, "is marked as contacted"),
    "confirm": Step(WAITING, State.CONFIRMED, "is confirmed", lambda one: desk.confirm(one), tells_visitor=True),
    "decline": Step(
        WAITING, State.DECLINED, "is declined, and its time is open again", give_back(State.DECLINED), True
    ),
    "cancel": Step(
        BookingRequest.AHEAD,
        State.CANCELLED,
        "is cancelled, and its time is open again",
        give_back(State.CANCELLED),
        True,
    ),
    "done": Step((State.CONFIRMED,), State.DONE, "is done"),
    "no-show": Step((State.CONFIRMED,), State.NO_SHOW, "is marked: the visitor did not come"),
}


@needs(Right.READ_BOOKINGS)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests in one state, newest first, or those that were searched; who reads them is written down."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:120]
    chosen = request.GET.get("state", "")
    state = State(chosen) if chosen in State.values else State.REQUESTED
    rows = searched(words) if words else BookingRequest.objects.filter(state=state)
    after = BookingRequest.objects.filter(reference=request.GET.get("after", "")).first()
    found = list(later(rows.select_related("slot", "handoff__conversation"), after)[: PAGE + 1])
    listed = found[:PAGE]
    for one in listed:
        record_reading(request, one)
    context = {
        "rows": [row_of(request, one) for one in listed],
        "more": found[PAGE - 1].reference if len(found) > PAGE else None,
        "state": None if words else state,
        "words": words,
        "states": State.choices,
        "first_page": not after,
        "has_feed": CalendarFeed.objects.filter(user=staff(request)).exists(),
    }
    return render(request, "console/bookings.html", context)


def row_of(request: HttpRequest, booking: BookingRequest) -> tuple[BookingRequest, Shown, list[str], list[str]]:
    """Give a request as it is shown: contact details masked unless they are revealed to this person."""
    state, conflicts = shown(request, booking), conflicts_of(booking)  # which compare what is masked afterwards
    if not state.open:
        mask_booking(booking)
    return booking, state, conflicts, steps_of(booking)


def searched(words: str) -> Requests:
    """Find requests by name, reference, e-mail or phone."""
    digits = "".join(one for one in words if one.isdigit())
    fits = Q(name__icontains=words) | Q(reference__istartswith=words) | Q(email__icontains=words)
    return BookingRequest.objects.filter(fits | Q(phone__contains=digits) if len(digits) >= 4 else fits)


def later(rows: Requests, after: BookingRequest | None) -> Requests:
    """Begin after this request, newest first."""
    if after:
        rows = rows.filter(created_at__lte=after.created_at).exclude(created_at=after.created_at, pk__gte=after.pk)
    return rows.order_by("-created_at", "-pk")


def steps_of(booking: BookingRequest) -> list[str]:
    """Name the steps that can be taken now; nobody came, or did not, before the time has begun."""
    begun = booking.slot.starts_at <= timezone.now()
    return [name for name, step in STEPS.items() if booking.state in step.before and (begun or not is_over(step))]


def is_over(step: Step) -> bool:
    """Tell whether a step says how the visit went."""
    return step.after in (State.DONE, State.NO_SHOW)


@needs(Right.CHANGE_BOOKINGS)
@require_POST
def move(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Take one step; when somebody else was faster, nothing is changed and the page says so."""
    booking = get_object_or_404(BookingRequest.objects.select_related("slot", "handoff"), reference=reference)
    step = STEPS.get(verb)
    if step is None:
        raise Http404
    before = booking.state
    if verb in steps_of(booking) and (step.take or plain_step(step))(booking):
        record_change(request, booking, state=(before, step.after.value))
        messages.success(request, f"{reference} {step.said}. {told(booking) if step.tells_visitor else ''}".strip())
    else:
        booking.refresh_from_db()
        now = booking.get_state_display().lower()
        messages.error(request, f"Not changed: {reference} is {now} now. Somebody else may have been faster.")
    if booking.handoff.conversation_id:
        refresh(booking.handoff.conversation_id)
    return redirect(f"{reverse('console:bookings')}?state={before}")


def plain_step(step: Step) -> Callable[[BookingRequest], bool]:
    """Make the step that only changes the state."""
    return lambda one: BookingRequest.objects.filter(pk=one.pk, state__in=step.before).update(state=step.after) == 1


def told(booking: BookingRequest) -> str:
    """Say who tells the visitor."""
    return "The visitor gets an e-mail." if booking.email else "Please tell the visitor by phone."
