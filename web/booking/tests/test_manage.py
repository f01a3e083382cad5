"""The signed link: see, change and cancel a request without an account."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from booking import links, visit_words
from booking.models import BookingRequest, Handoff, Slot
from booking.tests.conftest import new_handoff, new_slot
from booking.visits import Visit, visit_of
from chat.models import Conversation
from chat.visitors import COOKIE
from conftest import Visitor


def test_the_page_shows_time_and_what_to_tell_the_clinic(requested: BookingRequest) -> None:
    page = Client().get(links.path_of(requested)).content.decode()
    shown = [requested.reference, "not an appointment yet", "blood thinners", "having milia removed"]
    assert [one for one in shown if one in page] == shown
    assert "Ada" not in page  # whoever gets the link by mistake learns no name


def test_a_request_is_moved_and_its_old_time_is_free_again(requested: BookingRequest) -> None:
    old, new = requested.slot_id, new_slot(3)
    BookingRequest.objects.update(state="confirmed")
    answer = Client().post(links.path_of(requested) + "change/", {"slot": new.pk})
    moved = BookingRequest.objects.get()
    assert (answer.status_code, moved.slot_id, moved.state, moved.sequence) == (302, new.pk, "requested", 1)
    assert list(Slot.objects.filter(taken=True).values_list("pk", flat=True)) == [new.pk]
    assert old != new.pk


def test_a_time_that_is_taken_leaves_the_earlier_one(requested: BookingRequest) -> None:
    gone = new_slot(3)
    Slot.objects.filter(pk=gone.pk).update(taken=True)
    answer = Client().post(links.path_of(requested) + "change/", {"slot": gone.pk})
    assert (answer.status_code, "still yours" in answer.content.decode()) == (409, True)
    assert BookingRequest.objects.get().slot_id == requested.slot_id


@pytest.mark.parametrize("slot", ["", "x", "-1", "٣", "9" * 30, "999999"])
def test_what_is_no_time_is_refused(requested: BookingRequest, slot: str) -> None:
    assert Client().post(links.path_of(requested) + "change/", {"slot": slot}).status_code == 400


def test_cancelling_twice_is_cancelling_once(requested: BookingRequest) -> None:
    for _ in range(2):
        assert Client().post(links.path_of(requested) + "cancel/").status_code == 302
    kept = BookingRequest.objects.get()
    assert (kept.state, kept.sequence, kept.slot.taken) == ("cancelled", 1, False)
    assert "is cancelled" in Client().get(links.path_of(requested)).content.decode()


FORGED = [lambda one: one[:-1], lambda one: "DL-AAAAAA" + one[9:], lambda one: one.split(":")[0]]


@pytest.mark.parametrize("forge", FORGED)
def test_a_forged_link_opens_nothing(requested: BookingRequest, forge: Any) -> None:
    token = forge(links.token_of(requested))
    for path in ("", "appointment.ics"):
        assert Client().get(f"/booking/{token}/{path}").status_code == 404
    assert Client().post(f"/booking/{token}/cancel/").status_code == 404


def test_cancelling_needs_the_page_itself(requested: BookingRequest) -> None:
    answer = Client(enforce_csrf_checks=True).post(links.path_of(requested) + "cancel/")
    assert (answer.status_code, BookingRequest.objects.get().state) == (403, "requested")


def test_the_calendar_file_is_there(requested: BookingRequest) -> None:
    answer = Client().get(links.path_of(requested) + "appointment.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"STATUS:TENTATIVE" in answer.content


@pytest.mark.parametrize(
    ("wish", "visit"),
    [("removal", Visit.REMOVAL), ("check", Visit.CHECK), ("unrelated_cosmetic", Visit.OTHER), ("", Visit.GENERAL)],
)
def test_the_visit_follows_from_the_triage(wish: str, visit: Visit) -> None:
    assert visit_of({"wish": wish}) == visit


def own_form(handoff: Handoff) -> Any:
    """Read the form as the visitor whose talk it is."""
    visitor = Visitor()
    talk = Conversation.objects.create(pk=visitor.browser.cookies[COOKIE].value.split(":")[0])
    Handoff.objects.filter(pk=handoff.pk).update(conversation=talk)
    return visitor.browser.get(f"/chat/booking/{handoff.pk}/", headers={"Accept": "application/json"}).json()


def test_a_clinic_with_its_own_booking_page_gets_no_health_facts(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booking.views.booking_page", lambda: "https://clinic.example/book")
    new_slot()
    shown = own_form(new_handoff())
    assert (shown["external"], shown["slots"]) == ("https://clinic.example/book", [])
    assert "Nothing that you wrote here is sent there" in shown["message"]


def test_a_booking_page_must_be_safe(settings: Any, tmp_path: Any) -> None:
    settings.KNOWLEDGE_DIR = tmp_path
    (tmp_path / "clinic.yml").write_text("booking_link: http://clinic.example/")
    visit_words.booking_page.cache_clear()
    with pytest.raises(Exception, match="must begin with https://"):
        visit_words.booking_page()
    visit_words.booking_page.cache_clear()


def test_for_another_wish_the_form_says_that_care_comes_first(db: None) -> None:
    handoff = new_handoff()
    Handoff.objects.update(summary={"disposition": "soon", "wish": "unrelated_cosmetic"})
    new_slot()
    assert "looked at first" in own_form(handoff)["message"]
