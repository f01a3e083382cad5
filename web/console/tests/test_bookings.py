"""The booking desk: every step from new to done, what conflicts, the search, the calendar by secret link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking.models import BookingRequest, Slot
from cases.models import Case
from chat.models import Conversation
from console.bookings import STEPS
from console.conflicts import conflicts_of
from console.models import CalendarFeed
from console.tests.conftest import booking

pytestmark = pytest.mark.django_db


def take(desk: Client, request: BookingRequest, verb: str) -> str:
    """Take a step and give the page that follows."""
    page = desk.post(reverse("console:move", args=[request.reference, verb]), follow=True).content.decode()
    request.refresh_from_db()
    return page


def when(request: BookingRequest, **ago: int) -> BookingRequest:
    """Move the time of a request."""
    Slot.objects.filter(pk=request.slot_id).update(starts_at=timezone.now() - timedelta(**ago))
    return BookingRequest.objects.select_related("slot", "handoff__conversation").get(pk=request.pk)


@pytest.mark.parametrize("verb", STEPS)
@pytest.mark.parametrize("state", BookingRequest.State.values)
def test_each_step_leads_from_its_states_only(desk: Client, state: str, verb: str) -> None:
    request = when(booking(state), days=1)
    page = take(desk, request, verb)
    allowed = state in STEPS[verb].before
    assert request.state == (STEPS[verb].after if allowed else state)
    assert ("Not changed" in page) is not allowed


def test_nobody_came_or_not_before_the_time(desk: Client) -> None:
    request = when(booking("confirmed"), days=-1)
    page = desk.get(reverse("console:bookings"), {"state": "confirmed"}).content.decode()
    assert "Did not come<span" not in page
    assert "Not changed" in take(desk, request, "no-show")


def test_an_unknown_step_does_not_exist(desk: Client) -> None:
    assert desk.post(reverse("console:move", args=[booking().reference, "steal"])).status_code == 404


def test_the_case_follows_the_booking(desk: Client) -> None:
    request = booking()
    take(desk, request, "contact")
    case = Case.objects.get(conversation=request.handoff.conversation)
    assert (case.booking, case.booking_state, case.outcome) == (request.reference, "contacted", "booked")


def test_confirming_and_cancelling_a_booking(desk: Client) -> None:
    request = booking()
    assert "A•• E••••••" in desk.get(reverse("console:bookings")).content.decode()
    desk.post(reverse("console:move", args=[request.reference, "confirm"]))
    request.refresh_from_db()
    assert request.state == "confirmed"
    desk.post(reverse("console:move", args=[request.reference, "cancel"]))
    request.refresh_from_db()
    request.slot.refresh_from_db()
    assert (request.state, request.slot.taken) == ("cancelled", False)
    changes = LogEntry.objects.filter(action=LogEntry.Action.UPDATE).order_by("pk").values_list("changes", flat=True)
    assert list(changes) == [{"state": ["requested", "confirmed"]}, {"state": ["confirmed", "cancelled"]}]


def test_a_cancelled_booking_cannot_be_confirmed(desk: Client) -> None:
    request = booking("cancelled")
    page = desk.post(reverse("console:move", args=[request.reference, "confirm"]), follow=True).content.decode()
    request.refresh_from_db()
    assert (request.state, f"{request.reference} is cancelled now" in page) == ("cancelled", True)


def test_bookings_come_in_pages(desk: Client) -> None:
    stored = [booking(hours=n) for n in range(1, 28)]
    first = desk.get(reverse("console:bookings")).content.decode()
    second = desk.get(reverse("console:bookings"), {"after": stored[2].reference}).content.decode()
    shown = [(one.reference in first, f'"booking-{one.reference}"' in second) for one in stored]
    assert shown == [(False, True), (False, True), *[(True, False)] * 25]


def test_conflicts_are_shown_before_anybody_confirms(desk: Client) -> None:
    first, second = when(booking(hours=1), days=-2), when(booking(hours=2), days=-2)
    Slot.objects.filter(pk=second.slot_id).update(starts_at=first.slot.starts_at + timedelta(minutes=15))
    assert second.handoff.conversation_id is not None
    Conversation.objects.filter(pk=second.handoff.conversation_id).update(disposition="urgent", urgency=4)
    second = BookingRequest.objects.select_related("slot", "handoff__conversation").get(pk=second.pk)
    assert [one.split(".")[0].split(":")[0] for one in conflicts_of(second)] == [
        "Care comes first", f"The time overlaps with {first.reference}", f"The same person also has {first.reference}",
    ]  # fmt: skip
    assert "Care comes first" in desk.get(reverse("console:bookings")).content.decode()
    Slot.objects.filter(pk=second.slot_id).update(starts_at=first.slot.starts_at + timedelta(minutes=30))
    BookingRequest.objects.filter(pk=first.pk).update(email="other@example.org")
    second = BookingRequest.objects.select_related("slot", "handoff__conversation").get(pk=second.pk)
    assert [one[:10] for one in conflicts_of(second)] == ["Care comes"]


@pytest.mark.parametrize("words", ["ana ex", "ANA@", "dl-", "5550123"])
def test_a_request_is_found_by_what_people_say_on_the_phone(desk: Client, words: str) -> None:
    request = booking("confirmed")
    BookingRequest.objects.filter(pk=request.pk).update(phone="+16045550123")
    assert request.reference in desk.get(reverse("console:bookings"), {"q": words}).content.decode()
    assert "Nothing found" in desk.get(reverse("console:bookings"), {"q": "nobody by this name"}).content.decode()


def link_of(desk: Client) -> str:
    """Make a link and read it off the page."""
    page = desk.post(reverse("console:make_feed"), follow=True).content.decode()
    found = re.search(r"http://testserver(/calendar/[^\s<]+\.ics)", page)
    assert found
    return found[1]


def test_the_calendar_has_times_and_numbers_and_no_person(desk: Client, client: Client) -> None:
    confirmed, waits, gone = (
        when(booking(state, hours), days=-hours)
        for hours, state in enumerate(["confirmed", "requested", "cancelled"], 1)
    )
    answer = client.get(link_of(desk))
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"SUMMARY:Visit {confirmed.reference}\r\n" in text
    assert f"SUMMARY:Visit {waits.reference} (not confirmed yet)" in text
    assert [word for word in (gone.reference, "Ana", "ana@", "white", "routine") if word in text] == []


def test_only_a_hash_of_the_secret_is_stored_and_a_new_link_ends_the_old(desk: Client, client: Client) -> None:
    old = link_of(desk)
    assert CalendarFeed.objects.get().secret_hash not in old
    new = link_of(desk)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    desk.post(reverse("console:remove_feed"))
    assert client.get(new).status_code == 404


def test_the_link_dies_with_the_account(desk: Client, client: Client, nurse: User) -> None:
    link = link_of(desk)
    User.objects.filter(pk=nurse.pk).update(is_active=False)
    assert (client.get(link).status_code, client.get("/calendar/guess.ics").status_code) == (404, 404)
