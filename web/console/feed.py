"""The calendar of booked visits for a calendar program, by a secret link: times and reference numbers, no person.

A calendar program cannot sign in, so whoever has the link reads the feed. It therefore holds no name, no contact and
nothing of the triage; of the secret only a hash is stored; the link dies with its owner's right to read bookings.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from icalendar import Calendar, Event

from booking.models import BookingRequest
from console.access import Right, needs, record_change, staff
from console.models import CalendarFeed
from trust.rights import TABLE, role_of

BACK = timedelta(days=30)
MOST = 1000  # visits


def hash_of(secret: str) -> str:
    """Give what is stored of a secret; it is long and random, so one round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


@needs(Right.READ_BOOKINGS)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a secret link and show it once; one that was made before stops working."""
    secret = secrets.token_urlsafe(32)
    feed, _ = CalendarFeed.objects.update_or_create(
        user=staff(request), defaults={"secret_hash": hash_of(secret), "made_at": timezone.now()}
    )
    record_change(request, feed, link=("", "made"))
    link = request.build_absolute_uri(reverse("calendar", args=[secret]))
    messages.success(request, f"Your calendar link, shown only now. Keep it secret and add it to your calendar: {link}")
    return redirect("console:bookings")


@needs(Right.READ_BOOKINGS)
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Make the link stop working."""
    for feed in CalendarFeed.objects.filter(user=staff(request)):
        record_change(request, feed, link=("made", "removed"))
        feed.delete()
    messages.success(request, "Your calendar link does not work any more.")
    return redirect("console:bookings")


@never_cache
@require_GET
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar to whoever has the secret of somebody who may still read bookings."""
    feed = CalendarFeed.objects.select_related("user").filter(secret_hash=hash_of(secret)).first()
    if feed is None or role_of(feed.user) not in TABLE[Right.READ_BOOKINGS]:
        raise Http404
    begin = timezone.now() - BACK
    ahead = BookingRequest.objects.filter(state__in=BookingRequest.AHEAD, slot__starts_at__gte=begin)
    file = Calendar()
    file.add("prodid", "-//Clinic website//Console//EN")
    file.add("version", "2.0")
    file.add("x-wr-calname", f"{settings.CLINIC_NAME}: visits")
    for one in ahead.select_related("slot").order_by("slot__starts_at")[:MOST]:
        file.add_component(
            event_of(one, request.build_absolute_uri(f"{reverse('console:bookings')}?q={one.reference}"))
        )
    return HttpResponse(file.to_ical(), content_type="text/calendar; charset=utf-8")


def event_of(booking: BookingRequest, link: str) -> Event:
    """Make one visit."""
    start = booking.slot.starts_at.astimezone(UTC)
    confirmed = booking.state == BookingRequest.State.CONFIRMED
    event = Event()
    event.add("uid", f"console-{booking.reference}@{settings.CLINIC_NAME.lower().replace(' ', '-')}")
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=booking.slot.length))
    event.add("status", "CONFIRMED" if confirmed else "TENTATIVE")
    event.add("class", "PRIVATE")
    event.add("summary", f"Visit {booking.reference}" + ("" if confirmed else " (not confirmed yet)"))
    event.add("url", link)
    return event
