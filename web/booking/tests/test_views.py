"""The visitor's booking form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from booking import desk
from booking.models import BookingRequest, Handoff, Slot
from chat import rasa
from chat.models import Disposition
from conftest import FakeRasa, Visitor, at_once

DETAILS = {"name": " Ada  Lovelace ", "phone": "(604) 555-0123", "email": "", "note": "mornings", "consent": True}


def slots(count: int = 2) -> list[Slot]:
    """Open times from two days ahead."""
    start = timezone.now() + timedelta(days=2)
    return [Slot.objects.create(starts_at=start + timedelta(hours=hour)) for hour in range(count)]


def handoff_of(visitor: Visitor, **more: Any) -> Handoff:
    """Open a hand-off for the visitor's conversation."""
    return Handoff.objects.create(conversation=visitor.conversation, summary={"disposition": "routine"}, **more)


@pytest.fixture
def handoff(visitor: Visitor, fake_rasa: FakeRasa) -> Handoff:
    """A visitor's hand-off, open."""
    visitor.say("i would like a consultation")
    return handoff_of(visitor)


def form_of(handoff: Handoff) -> str:
    """Give the address of the form."""
    return f"/chat/booking/{handoff.pk}/"


def read(visitor: Visitor, handoff: Handoff) -> Any:
    """Read the form as the widget does."""
    return visitor.browser.get(form_of(handoff), headers={"Accept": "application/json"})


def test_the_form_shows_the_open_times_and_says_that_they_are_demo(visitor: Visitor, handoff: Handoff) -> None:
    first, taken, _ = slots(3)
    Slot.objects.filter(pk=taken.pk).update(taken=True)
    Slot.objects.create(starts_at=timezone.now() + timedelta(hours=1))  # too soon
    Slot.objects.create(starts_at=timezone.now() - timedelta(days=1))
    shown = read(visitor, handoff).json()
    assert (shown["state"], shown["demo"], shown["booking"], len(shown["slots"])) == ("open", True, None, 2)
    assert shown["slots"][0]["id"] == first.pk
    assert shown["consent"] == settings.BOOKING_CONSENT
    assert "demo times" in shown["message"]


def test_a_request_gets_a_reference_number(visitor: Visitor, handoff: Handoff) -> None:
    slot, _ = slots()
    answer = visitor.post(form_of(handoff), {**DETAILS, "slot": slot.pk})
    kept = BookingRequest.objects.get()
    assert (answer.status_code, answer.json()["reference"]) == (201, kept.reference)
    assert (kept.name, kept.phone, kept.email, kept.note) == ("Ada Lovelace", "+16045550123", "", "mornings")
    assert (kept.slot_id, kept.state, kept.handoff_id) == (slot.pk, "requested", handoff.pk)
    handoff.refresh_from_db()
    assert (handoff.state, Slot.objects.get(pk=slot.pk).taken) == ("booked", True)


def test_the_same_form_sent_twice_gives_the_same_number(visitor: Visitor, handoff: Handoff) -> None:
    slot, other = slots()
    first = visitor.post(form_of(handoff), {**DETAILS, "slot": slot.pk}).json()
    second = visitor.post(form_of(handoff), {**DETAILS, "slot": other.pk})
    assert (second.status_code, second.json(), BookingRequest.objects.count()) == (200, first, 1)
    assert read(visitor, handoff).json()["booking"]["reference"] == first["reference"]


WRONG: list[tuple[str, dict[str, Any], list[str]]] = [
    ("no time", {"slot": ""}, ["slot"]),
    ("a time that is text", {"slot": "tomorrow"}, ["slot"]),
    ("no name", {"name": " "}, ["name"]),
    ("an invisible name", {"name": "\u200b\u202e"}, ["name"]),
    ("a long name", {"name": "a" * 121}, ["name"]),
    ("no way to reach them", {"phone": "", "email": ""}, ["phone"]),
    ("a short phone number", {"phone": "123"}, ["phone"]),
    ("911", {"phone": "911"}, ["phone"]),
    ("words for a phone number", {"phone": "call me"}, ["phone"]),
    ("no e-mail address", {"email": "ada@"}, ["email"]),
    ("two e-mail addresses", {"email": "a@b.ca, c@d.ca"}, ["email"]),
    ("a header in the e-mail", {"email": "a@b.ca\r\nBcc: x@y.ca"}, ["email"]),
    ("a long note", {"note": "a" * 1001}, ["note"]),
    ("no consent", {"consent": False}, ["consent"]),
    ("nothing", dict.fromkeys(["slot", "name", "phone", "consent"], ""), ["consent", "name", "phone", "slot"]),
    ("objects", {"name": {"a": 1}, "slot": [1]}, ["name", "slot"]),
    ("a huge time", {"slot": 10**30}, ["slot"]),
]


@pytest.mark.parametrize("change, fields", [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_a_wrong_field_is_named(visitor: Visitor, handoff: Handoff, change: dict[str, Any], fields: list[str]) -> None:
    body = {**DETAILS, "slot": slots()[0].pk, **change}
    answer = visitor.post(form_of(handoff), body)
    assert (answer.status_code, answer.json()["error"], sorted(answer.json()["fields"])) == (400, "invalid", fields)
    assert (BookingRequest.objects.count(), Slot.objects.filter(taken=True).count()) == (0, 0)


def test_an_address_alone_is_enough(visitor: Visitor, handoff: Handoff) -> None:
    body = {**DETAILS, "phone": "", "email": "Ada@Example.CA", "slot": slots()[0].pk}
    assert visitor.post(form_of(handoff), body).status_code == 201
    assert BookingRequest.objects.get().email == "Ada@example.ca"


def test_a_taken_time_asks_for_another_one(visitor: Visitor, handoff: Handoff) -> None:
    slot, free = slots()
    Slot.objects.filter(pk=slot.pk).update(taken=True)
    answer = visitor.post(form_of(handoff), {**DETAILS, "slot": slot.pk})
    assert (answer.status_code, answer.json()["error"]) == (409, "slot_taken")
    assert [one["id"] for one in answer.json()["slots"]] == [free.pk]
    assert visitor.post(form_of(handoff), {**DETAILS, "slot": free.pk}).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_a_time_that_six_visitors_want_at_once_goes_to_one(fake_rasa: FakeRasa) -> None:
    slot = slots(1)[0]
    visitors = [Visitor() for _ in range(6)]
    for one in visitors:
        one.say("a consultation please")
    forms = [form_of(handoff_of(one)) for one in visitors]
    body = {**DETAILS, "slot": slot.pk}
    jobs = [lambda one=one, form=form: one.post(form, body) for one, form in zip(visitors, forms, strict=True)]
    answers = at_once(*jobs)
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409, 409, 409]
    assert BookingRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_visitor_in_six_tabs_books_once(fake_rasa: FakeRasa) -> None:
    visitor = Visitor()
    visitor.say("a consultation please")
    handoff, times = handoff_of(visitor), slots(6)
    jobs = [lambda slot=slot: visitor.post(form_of(handoff), {**DETAILS, "slot": slot.pk}) for slot in times]
    answers = at_once(*jobs)
    assert sorted({one.status_code for one in answers}) in ([200, 201], [201])
    assert len({one.json()["reference"] for one in answers}) == 1
    assert (BookingRequest.objects.count(), Slot.objects.filter(taken=True).count()) == (1, 1)


def test_the_form_of_somebody_else_is_not_there(
    visitor: Visitor, another_visitor: Visitor, handoff: Handoff, fake_rasa: FakeRasa
) -> None:
    another_visitor.say("hello")
    slot = slots()[0]
    assert read(another_visitor, handoff).status_code == 404
    assert another_visitor.post(form_of(handoff), {**DETAILS, "slot": slot.pk}).status_code == 404
    assert another_visitor.post(f"{form_of(handoff)}cancel/", {}).status_code == 404


def test_an_alarm_in_the_middle_pauses_the_booking(visitor: Visitor, handoff: Handoff, fake_rasa: FakeRasa) -> None:
    slot = slots()[0]
    fake_rasa.decide(Disposition.EMERGENCY, ({"flag": "E02", "level": "emergency"},))
    visitor.say("my eyelid blew up and i cannot open it")
    answer = visitor.post(form_of(handoff), {**DETAILS, "slot": slot.pk})
    assert (answer.status_code, answer.json()["error"]) == (409, "not_open")
    assert (read(visitor, handoff).json()["state"], read(visitor, handoff).json()["slots"]) == ("paused", [])
    assert (BookingRequest.objects.count(), Slot.objects.filter(taken=True).count()) == (0, 0)


def test_an_old_form_expires(visitor: Visitor, handoff: Handoff) -> None:
    Handoff.objects.update(created_at=timezone.now() - timedelta(hours=25))
    shown = read(visitor, handoff).json()
    assert (shown["state"], shown["slots"]) == ("expired", [])


def test_a_request_is_cancelled_and_its_time_is_free_again(visitor: Visitor, handoff: Handoff) -> None:
    slot = slots()[0]
    visitor.post(form_of(handoff), {**DETAILS, "slot": slot.pk})
    answer = visitor.post(f"{form_of(handoff)}cancel/", {})
    assert (answer.status_code, Slot.objects.get(pk=slot.pk).taken) == (200, False)
    assert visitor.post(form_of(handoff), {**DETAILS, "slot": slot.pk}).status_code == 201
    assert sorted(BookingRequest.objects.values_list("state", flat=True)) == ["cancelled", "requested"]


def test_contact_details_are_in_the_booking_table_only(visitor: Visitor, handoff: Handoff) -> None:
    visitor.post(form_of(handoff), {**DETAILS, "slot": slots()[0].pk})
    handoff.refresh_from_db()
    assert handoff.summary == {"disposition": "routine"}
    assert [one["text"] for one in visitor.history()] == [
        "i would like a consultation",
        "Milia are small white bumps.",
    ]


def test_export_and_erasure_reach_the_booking(
    visitor: Visitor, handoff: Handoff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rasa, "forget", lambda _: None)
    visitor.post(form_of(handoff), {**DETAILS, "slot": slots()[0].pk})
    exported = visitor.browser.get("/chat/export/").json()["bookings"]
    assert [one["request"]["phone"] for one in exported if "request" in one] == ["+16045550123"]
    visitor.post("/chat/delete/", {})
    kept = BookingRequest.objects.get().handoff
    assert (kept.summary, kept.conversation) == ({}, None)


def plain(visitor: Visitor, handoff: Handoff, **more: Any) -> Any:
    """Send the plain form, as a browser without the widget does."""
    page = visitor.browser.get(form_of(handoff), headers={"Accept": "text/html"}).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    fields = {**DETAILS, "consent": "on", "csrfmiddlewaretoken": token, **more}
    return visitor.browser.post(form_of(handoff), fields, headers={"Accept": "text/html"})


def test_the_plain_page_takes_a_request(visitor: Visitor, handoff: Handoff) -> None:
    slot, _ = slots()
    answer = plain(visitor, handoff, slot=slot.pk)
    assert (answer.status_code, answer["Location"]) == (302, form_of(handoff))
    page = visitor.browser.get(form_of(handoff), headers={"Accept": "text/html"}).content.decode()
    assert BookingRequest.objects.get().reference in page


def test_the_plain_page_names_what_is_wrong(visitor: Visitor, handoff: Handoff) -> None:
    slots()
    answer = plain(visitor, handoff, phone="123", consent="")
    page = answer.content.decode()
    assert (answer.status_code, "not a phone number" in page, "Please choose a time" in page) == (400, True, True)
    assert 'value=" Ada  Lovelace "' in page or 'value="Ada  Lovelace"' in page


def test_the_plain_page_offers_another_time(visitor: Visitor, handoff: Handoff) -> None:
    slot, _ = slots()
    Slot.objects.filter(pk=slot.pk).update(taken=True)
    answer = plain(visitor, handoff, slot=slot.pk)
    assert (answer.status_code, "The next free time is" in answer.content.decode()) == (409, True)


def test_too_many_forms_are_refused(visitor: Visitor, handoff: Handoff, settings: Any) -> None:
    settings.BOOKING_RATE = "2/m"
    answers = [visitor.post(form_of(handoff), {}) for _ in range(3)]
    assert [one.status_code for one in answers] == [400, 400, 429]


@pytest.mark.parametrize("state", ["declined", "cancelled"])
def test_a_time_that_was_given_back_goes_to_somebody_else(state: str, visitor: Visitor, handoff: Handoff) -> None:
    slot, _ = slots()
    visitor.post(form_of(handoff), {**DETAILS, "slot": slot.pk})
    first = BookingRequest.objects.get()
    assert desk.give_back(first, BookingRequest.State(state))
    again = visitor.post(form_of(handoff), {**DETAILS, "slot": slot.pk})
    assert (again.status_code, desk.give_back(first, BookingRequest.State.CANCELLED)) == (201, False)
    assert Slot.objects.get(pk=slot.pk).taken


def test_what_is_over_is_not_cancelled(visitor: Visitor, handoff: Handoff) -> None:
    visitor.post(form_of(handoff), {**DETAILS, "slot": slots()[0].pk})
    BookingRequest.objects.update(state="done")
    assert desk.cancel(BookingRequest.objects.get()) is False
