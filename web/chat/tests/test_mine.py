"""A visitor's own data: see it, erase it, look the receipt up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from booking.models import BookingRequest, Handoff, Slot
from chat import erasure, rasa
from chat.models import Erasure, Message
from conftest import FakeRasa, Visitor
from trust.models import LegalHold

PAGE = {"Accept": "text/html"}


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A Rasa that erases what it is told to, and remembers whose it was."""
    known: list[str] = []
    monkeypatch.setattr(rasa, "forget", known.append)
    return known


def request_of(visitor: Visitor, ahead: int = 2, **more: Any) -> BookingRequest:
    """A request for a consultation that came from the visitor's conversation."""
    handoff = Handoff.objects.create(conversation=visitor.conversation, summary={"facts": {"site": "eyelid"}})
    slot = Slot.objects.create(starts_at=timezone.now() + timedelta(days=ahead))
    details = {"name": "Ada", "phone": "+16045550123", "consent_at": timezone.now(), **more}
    return BookingRequest.objects.create(handoff=handoff, slot=slot, **details)


def test_the_page_shows_all_that_is_kept(visitor: Visitor, fake_rasa: FakeRasa) -> None:
    visitor.say("i have <b>bumps</b>")
    booked = request_of(visitor, note="mornings")
    page = visitor.browser.get("/chat/mine/").content.decode()
    shown = ["i have &lt;b&gt;bumps&lt;/b&gt;", "Milia are small white bumps.", booked.reference, "Ada", "mornings"]
    assert [one for one in shown if one in page] == shown


def test_the_page_of_somebody_new_says_that_nothing_is_kept(visitor: Visitor) -> None:
    assert "Nothing: no conversation of this browser" in visitor.browser.get("/chat/mine/").content.decode()


def test_erasing_gives_a_receipt_that_can_be_looked_up(
    visitor: Visitor, another_visitor: Visitor, fake_rasa: FakeRasa, forgotten: list[str]
) -> None:
    visitor.say("hello")
    known = str(visitor.conversation.pk)
    said = visitor.post("/chat/delete/", {}).json()
    assert (said["complete"], said["kept"], forgotten) == (True, [], [known])
    found = another_visitor.browser.get(f"/chat/erased/{said['receipt'].lower()}/").json()
    assert (found["receipt"], found["complete"]) == (said["receipt"], True)
    assert another_visitor.browser.get("/chat/erased/ER-AAAAAAAA/").status_code == 404


def test_a_receipt_says_that_rasa_still_has_a_copy(
    visitor: Visitor, fake_rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise rasa.RasaUnavailable("down")

    monkeypatch.setattr(rasa, "forget", fail)
    visitor.say("hello")
    said = visitor.post("/chat/delete/", {}).json()
    assert (said["complete"], "One copy is out of reach" in said["message"]) == (False, True)
    monkeypatch.setattr(rasa, "forget", lambda _: None)
    erasure.finish_all()
    assert visitor.browser.get(said["look_up"]).json()["complete"] is True


def test_erasing_says_which_requests_stay_and_empties_them(
    visitor: Visitor, fake_rasa: FakeRasa, forgotten: list[str]
) -> None:
    visitor.say("hello")
    gone, kept = request_of(visitor, state="cancelled"), request_of(visitor, ahead=3)
    said = visitor.post("/chat/delete/", {}).json()
    assert [kept.reference in sentence for sentence in said["kept"]] == [True]
    left = BookingRequest.objects.get()
    assert (left.pk, left.handoff.summary, left.handoff.conversation) == (kept.pk, {}, None)
    assert BookingRequest.objects.filter(pk=gone.pk).count() == 0


def test_the_page_after_erasing_shows_receipt_and_what_stays(
    visitor: Visitor, fake_rasa: FakeRasa, forgotten: list[str]
) -> None:
    visitor.say("hello")
    booked = request_of(visitor)
    token = visitor.browser.get("/chat/begin/").json()["csrf"]
    page = visitor.browser.post("/chat/delete/", {"csrfmiddlewaretoken": token}, headers=PAGE).content.decode()
    assert (Erasure.objects.get().receipt in page, booked.reference in page) == (True, True)


def test_a_legal_hold_is_said_and_nothing_is_erased(
    visitor: Visitor, fake_rasa: FakeRasa, forgotten: list[str]
) -> None:
    visitor.say("hello")
    nurse = User.objects.create_user("nurse")
    LegalHold.objects.create(conversation=visitor.conversation, reason="court", staff=nurse)
    answer = visitor.post("/chat/delete/", {})
    assert (answer.status_code, answer.json()["error"], forgotten) == (409, "held", [])
    assert (Message.objects.count(), Erasure.objects.count()) == (2, 0)


@pytest.mark.parametrize("address", ["/chat/", "/chat/embed.js"])
def test_the_notice_before_the_first_message_says_what_the_law_asks_for(visitor: Visitor, address: str) -> None:
    page = visitor.browser.get(address).content.decode()
    told = ["automated", "diagnose", "911", "Only the clinic", "365 days", "health number", "/privacy/"]
    assert [one for one in told if one in page] == told
