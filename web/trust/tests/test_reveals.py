"""Personal data is masked until somebody with the right gives a reason; who and why is written down."""

from __future__ import annotations

import doctest
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from booking.models import BookingRequest
from cases.refresh import refresh
from chat.models import Conversation, Message
from console.tests.conftest import booking, talk
from trust import masking, reveals
from trust.rights import TABLE, Right, Role
from trust.tests.conftest import Browsers
from trust.tests.test_sessions import Clock

SAID = "my name is Ana Example, call 604-555-0123 or ana@example.org, my lid hurts"


@pytest.fixture
def told(db: None) -> Conversation:
    """Store a conversation whose visitor left personal data."""
    conversation = talk(SAID)
    Message.objects.create(conversation=conversation, client_id="c", author="visitor", text=SAID, status="answered")
    return conversation


@pytest.fixture
def asked(db: None) -> BookingRequest:
    """Store a booking request."""
    request = booking()
    BookingRequest.objects.filter(pk=request.pk).update(
        phone="+16045550123", note="ask for Ana Example at 604-555-0123"
    )
    return request


def transcript(browser: Client, conversation: Conversation) -> str:
    """Open a transcript."""
    return browser.get(reverse("console:transcript", args=[conversation.pk])).content.decode()


def reveal(browser: Client, what: Any, reason: str = "call", words: str = "", next: str = "") -> Any:
    """Fill in the form."""
    data = {"reason": reason, "words": words, "next": next}
    return browser.post(reverse("trust:reveal", args=[reveals.key_of(what)]), data)


def events() -> list[Any]:
    """List what was revealed, by whom, why."""
    rows = LogEntry.objects.filter(additional_data__event="revealed")
    return [
        (one.actor and one.actor.get_username(), one.object_pk, (one.additional_data or {})["reason"]) for one in rows
    ]


def test_the_examples_of_the_masks_are_true() -> None:
    assert doctest.testmod(masking).failed == 0


@given(st.text(max_size=80))
def test_a_mask_keeps_the_places_of_all_characters(text: str) -> None:
    assert len(masking.masked_text(text)) == len(text)
    for mask in (masking.masked_name, masking.masked_phone, masking.masked_email):
        assert len(mask(" ".join(text.split()))) == len(" ".join(text.split()))


def test_no_page_shows_personal_data_unasked(told: Conversation, asked: BookingRequest, as_role: Browsers) -> None:
    browser = as_role(Role.ADMIN)
    refresh(told.pk)
    listed, alone = f"{reverse('console:conversations')}?view=all", reverse("console:summary", args=[told.pk])
    pages = [browser.get(one).content.decode() for one in (listed, reverse("console:bookings"), alone)]
    for page in [*pages, transcript(browser, told)]:
        assert [word for word in ("Example", "555-0123", "5550123", "ana@") if word in page] == []
    assert "my lid hurts" in pages[0] and "A•• E••••••" in pages[1]


@pytest.mark.parametrize("role", Role)
def test_a_role_reveals_or_not(role: Role, told: Conversation, as_role: Browsers) -> None:
    browser, may = as_role(role), role in TABLE[Right.REVEAL]
    offered = "Why do you need to see it?" in transcript(browser, told)
    status = reveal(browser, told).status_code
    shown = "604-555-0123" in transcript(browser, told)
    assert (offered, status, shown, len(events())) == (may, 302 if may else 403, may, int(may))


def test_a_booking_is_revealed_alone(asked: BookingRequest, as_role: Browsers) -> None:
    browser, other = as_role(Role.FRONT_DESK), booking(hours=72)
    reveal(browser, asked, "booking", "she called")
    page = browser.get(reverse("console:bookings")).content.decode()
    assert ('href="tel:+16045550123"' in page, page.count("Ana Example"), page.count("A•• E••••••")) == (True, 2, 1)
    assert events() == [("front_desk", str(asked.pk), "To arrange their booking: she called")]
    assert other.pk != asked.pk


def test_it_is_masked_again_after_a_quarter_of_an_hour(
    told: Conversation, as_role: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, browser = Clock(), as_role(Role.CLINICIAN)
    monkeypatch.setattr(reveals, "time", clock)
    reveal(browser, told)
    clock.now += 899
    assert "604-555-0123" in transcript(browser, told)
    clock.now += 1
    assert "604-555-0123" not in transcript(browser, told)


def test_it_can_be_masked_again_at_once(told: Conversation, as_role: Browsers) -> None:
    browser = as_role(Role.CLINICIAN)
    reveal(browser, told)
    browser.post(reverse("trust:hide", args=[reveals.key_of(told)]))
    assert "604-555-0123" not in transcript(browser, told)


def test_what_one_person_reveals_stays_masked_for_others(told: Conversation, as_role: Browsers) -> None:
    reveal(as_role(Role.ADMIN), told)
    assert "604-555-0123" not in transcript(as_role(Role.CLINICIAN), told)


@pytest.mark.parametrize(("reason", "words"), [("", ""), ("because", ""), ("other", ""), ("other", " a  ")])
def test_without_a_reason_nothing_is_revealed(reason: str, words: str, told: Conversation, as_role: Browsers) -> None:
    browser = as_role(Role.ADMIN)
    reveal(browser, told, reason, words)
    page = transcript(browser, told)
    assert ("please say why" in page, "604-555-0123" in page, events()) == (True, False, [])


@pytest.mark.parametrize(
    "key", ["conversation-1", "bookingrequest-99", "bookingrequest-x", "user-1", "x", "bookingrequest-" + "9" * 40]
)
def test_a_key_that_was_made_up_is_not_found(key: str, as_role: Browsers, told: Conversation) -> None:
    assert as_role(Role.ADMIN).post(reverse("trust:reveal", args=[key]), {"reason": "call"}).status_code == 404


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example/console/", "/chat/", "javascript:alert(1)", ""]
)
def test_nobody_is_led_to_another_site(next: str, told: Conversation, as_role: Browsers) -> None:
    assert reveal(as_role(Role.ADMIN), told, next=next)["Location"] == "/console/"
