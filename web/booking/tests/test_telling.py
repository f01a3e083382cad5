"""Who is told of a request: the visitor by e-mail with a calendar file, other systems by a signed webhook."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
import respx
from django.core import mail
from django.utils import timezone
from icalendar import Calendar
from standardwebhooks import Webhook

from booking import desk, ics, outbox
from booking.models import BookingRequest, Delivery
from booking.tests.conftest import new_handoff, new_slot

RECEIVER = "https://receiver.example/bookings"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def webhook(settings: Any) -> None:
    """A clinic whose other system wants to know."""
    settings.BOOKING_WEBHOOK_URL, settings.BOOKING_WEBHOOK_SECRET = RECEIVER, SECRET


def book(email: str = "") -> BookingRequest:
    """Ask for a consultation."""
    return desk.book(new_handoff(), desk.Request(new_slot().pk, "Ada", "+16045550123", email, "mornings"))


def event_in(raw: bytes) -> dict[str, str]:
    """Read the appointment of a calendar file."""
    found = Calendar.from_ical(raw).walk("VEVENT")[0]
    return {name: str(found[name]) for name in ("UID", "STATUS", "SEQUENCE", "SUMMARY", "CLASS")}


def test_the_visitor_gets_an_e_mail_with_a_tentative_appointment(requested: BookingRequest) -> None:
    assert outbox.send_due() == 1
    letter = mail.outbox[0]
    assert (letter.to, requested.reference in letter.subject) == (["ada@mail.example"], True)
    told = ["not an appointment yet", "/booking/", "pregnancy or breastfeeding", "8-1-1"]
    assert [one for one in told if one in letter.body] == told
    name, content, kind = letter.attachments[0]
    assert (name, kind) == ("appointment.ics", "text/calendar; method=PUBLISH; charset=utf-8")
    assert event_in(content.encode())["STATUS"] == "TENTATIVE"


def test_neither_e_mail_nor_calendar_says_anything_about_health(requested: BookingRequest) -> None:
    outbox.send_due()
    words = (mail.outbox[0].subject + mail.outbox[0].attachments[0][1]).lower()
    assert [one for one in ("milia", "eyelid", "removal", "bump", "routine") if one in words] == []


def test_the_calendar_file_keeps_its_uid_and_counts_up(requested: BookingRequest) -> None:
    first = event_in(ics.calendar_of(requested))
    desk.confirm(requested)
    requested.refresh_from_db()
    confirmed = event_in(ics.calendar_of(requested))
    desk.cancel(requested)
    requested.refresh_from_db()
    cancelled = event_in(ics.calendar_of(requested))
    assert first["UID"] == confirmed["UID"] == cancelled["UID"]
    assert [one["STATUS"] for one in (first, confirmed, cancelled)] == ["TENTATIVE", "CONFIRMED", "CANCELLED"]
    assert [one["SEQUENCE"] for one in (first, confirmed, cancelled)] == ["0", "1", "2"]
    assert b"METHOD:CANCEL" in ics.calendar_of(requested)


def test_the_calendar_file_holds_what_rfc_5545_asks_for(requested: BookingRequest) -> None:
    raw = ics.calendar_of(requested)
    lines = raw.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    needed = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"]
    assert [line for line in lines if line in needed] == needed
    start = requested.slot.starts_at
    assert f"DTSTART:{start:%Y%m%dT%H%M%SZ}" in lines
    assert f"DTEND:{start + timedelta(minutes=30):%Y%m%dT%H%M%SZ}" in lines


def test_each_step_is_told_once(requested: BookingRequest) -> None:
    desk.confirm(requested)
    assert desk.confirm(requested) is False
    desk.cancel(requested)
    assert list(Delivery.objects.order_by("created_at").values_list("event", flat=True)) == [
        "booking.requested",
        "booking.confirmed",
        "booking.cancelled",
    ]


@respx.mock
def test_a_webhook_is_signed_and_says_nothing_about_health(db: None, webhook: None) -> None:
    route = respx.post(RECEIVER).mock(return_value=httpx.Response(204))
    booking = book()
    assert outbox.send_due() == 1
    sent = route.calls[0].request
    assert Webhook(SECRET).verify(sent.content, dict(sent.headers))["type"] == "booking.requested"
    data = json.loads(sent.content)["data"]
    assert data.keys() == {"reference", "state", "starts_at", "minutes", "sequence"}
    assert data["reference"] == booking.reference


@respx.mock
def test_contact_details_go_out_only_where_the_clinic_wants_it(db: None, webhook: None, settings: Any) -> None:
    settings.BOOKING_WEBHOOK_DETAILS = True
    route = respx.post(RECEIVER).mock(return_value=httpx.Response(204))
    book()
    outbox.send_due()
    assert json.loads(route.calls[0].request.content)["data"]["phone"] == "+16045550123"


@respx.mock
def test_a_failed_webhook_is_sent_again_later_with_the_same_id_and_body(db: None, webhook: None) -> None:
    answers: list[httpx.Response | Exception] = [httpx.ConnectError("down"), httpx.Response(500), httpx.Response(200)]
    route = respx.post(RECEIVER).mock(side_effect=answers)
    book()
    pauses = []
    for _ in range(3):
        outbox.send_due()
        left = Delivery.objects.get()
        pauses.append(round((left.next_at - timezone.now()).total_seconds()) if left.next_at else None)
        Delivery.objects.exclude(next_at=None).update(next_at=timezone.now())
    assert pauses == [5, 300, None]
    calls = [call.request for call in route.calls]
    assert len({(one.headers["webhook-id"], one.content) for one in calls}) == 1
    assert (Delivery.objects.get().attempts, outbox.send_due()) == (3, 0)


@respx.mock
def test_a_receiver_that_wants_no_more_gets_no_more(db: None, webhook: None) -> None:
    respx.post(RECEIVER).mock(return_value=httpx.Response(410))
    book()
    outbox.send_due()
    left = Delivery.objects.get()
    assert (left.next_at, left.done_at, "410" in left.problem) == (None, None, True)


@respx.mock
def test_after_the_last_pause_it_is_given_up_and_its_problem_stays(db: None, webhook: None) -> None:
    respx.post(RECEIVER).mock(return_value=httpx.Response(503))
    book()
    for _ in range(len(outbox.PAUSES) + 1):
        Delivery.objects.exclude(next_at=None).update(next_at=timezone.now())
        outbox.send_due()
    left = Delivery.objects.get()
    assert (left.next_at, left.attempts, "503" in left.problem) == (None, len(outbox.PAUSES) + 1, True)


def test_two_processes_do_not_send_the_same(requested: BookingRequest) -> None:
    due = Delivery.objects.get()
    assert [outbox.attempt(due), outbox.attempt(due)] == [True, False]
    assert len(mail.outbox) == 1
