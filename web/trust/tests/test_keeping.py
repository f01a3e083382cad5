"""What is too old is deleted in both stores, what is held is not; each deletion is reported and written down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from booking.models import BookingRequest, Handoff, Slot
from chat import rasa
from chat.models import Conversation, Erasure, Message
from console.tests.conftest import booking, talk
from trust.models import Deletion, LegalHold
from trust.reveals import key_of
from trust.rights import Role
from trust.tests.conftest import Browsers, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what Rasa is asked to forget."""
    asked: list[str] = []
    monkeypatch.setattr(rasa, "forget", asked.append)
    return asked


def old(days: int = 400) -> Conversation:
    """Store a conversation whose last message is some days old."""
    conversation = talk("old words")
    Message.objects.create(conversation=conversation, author="visitor", text="old words")
    Conversation.objects.filter(pk=conversation.pk).update(last_message_at=timezone.now() - timedelta(days=days))
    return conversation


def old_booking(days: int = 800) -> BookingRequest:
    """Store a booking whose time is some days over."""
    request = booking()
    Slot.objects.filter(pk=request.slot_id).update(starts_at=timezone.now() - timedelta(days=days))
    return request


def hold(what: Conversation | BookingRequest) -> None:
    """Put a legal hold on something."""
    kind = "booking" if isinstance(what, BookingRequest) else "conversation"
    LegalHold.objects.create(**{kind: what}, reason="a complaint", staff=person(Role.CLINICIAN, f"judge {what.pk}"))


def deleted() -> list[tuple[str, str, Any]]:
    """List the deletions in the audit log: what kind, which, why."""
    rows = LogEntry.objects.filter(additional_data__event="deleted").select_related("content_type")
    return sorted((one.content_type.model, one.object_pk, (one.additional_data or {})["reason"]) for one in rows)


def test_old_conversations_and_bookings_go_each_after_its_own_time(forgotten: list[str], settings: Any) -> None:
    settings.CHAT_KEEP_DAYS, settings.BOOKING_KEEP_DAYS = 365, 730
    gone, young, done, coming = old(366), old(364), old_booking(731), old_booking(729)
    call_command("tidy")
    report = Deletion.objects.get()
    assert (report.cause, report.conversations, report.bookings) == ("age", [str(gone.pk)], [done.reference])
    assert (Conversation.objects.filter(pk=young.pk).count(), forgotten) == (1, [str(gone.pk)])
    assert list(BookingRequest.objects.all()) == [coming]
    assert not Handoff.objects.filter(pk=done.handoff_id).exists()
    assert deleted() == [("bookingrequest", str(done.pk), "age"), ("conversation", str(gone.pk), "age")]


def test_bookings_stay_when_no_time_is_set(settings: Any) -> None:
    settings.BOOKING_KEEP_DAYS = 0
    kept = old_booking(9999)
    call_command("tidy")
    assert list(BookingRequest.objects.all()) == [kept]


def test_a_hold_outlasts_the_clock_and_the_visitor(forgotten: list[str]) -> None:
    conversation, request = old(), old_booking()
    hold(conversation)
    hold(request)
    call_command("tidy")
    report = Deletion.objects.get()
    assert (report.conversations, report.bookings, report.held, forgotten) == ([], [], 2, [])
    with pytest.raises(ProtectedError):
        conversation.delete()
    with pytest.raises(ProtectedError):
        request.delete()
    assert Erasure.objects.count() == 0


def test_a_deletion_that_rasa_does_not_confirm_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_: str) -> None:
        raise rasa.RasaUnavailable("down")

    monkeypatch.setattr(rasa, "forget", down)
    old()
    call_command("tidy")
    assert (Deletion.objects.get().waiting_in_rasa, Erasure.objects.filter(done_at=None).count()) == (1, 1)


def test_an_admin_deletes_one_conversation_with_a_reason(as_role: Browsers, forgotten: list[str]) -> None:
    conversation, browser = old(), as_role(Role.ADMIN)
    address = reverse("trust:delete", args=[key_of(conversation)])
    assert "please write the reason" in browser.post(address, {"reason": " "}, follow=True).content.decode()
    page = browser.post(address, {"reason": "She asked us to."}, follow=True).content.decode()
    assert ("1 conversations and 0 bookings are deleted" in page, Conversation.objects.count()) == (True, 0)
    report = Deletion.objects.get()
    assert (report.staff and report.staff.username, report.reason) == ("admin", "She asked us to.")
    assert deleted() == [("conversation", str(conversation.pk), "She asked us to.")]
    assert forgotten == [str(conversation.pk)]


def test_an_admin_deletes_one_booking(as_role: Browsers) -> None:
    request = booking()
    as_role(Role.ADMIN).post(reverse("trust:delete", args=[key_of(request)]), {"reason": "A test of ours"})
    assert (BookingRequest.objects.count(), Deletion.objects.get().bookings) == (0, [request.reference])


def test_what_is_held_cannot_be_deleted_until_the_hold_is_lifted(as_role: Browsers) -> None:
    conversation, clinician, admin = old(), as_role(Role.CLINICIAN), as_role(Role.ADMIN)
    key = [key_of(conversation)]
    clinician.post(reverse("trust:hold", args=key), {"reason": "A complaint came in."})
    page = clinician.get(reverse("console:transcript", args=[conversation.pk])).content.decode()
    assert "A complaint came in." in page
    page = admin.post(reverse("trust:delete", args=key), {"reason": "She asked us to."}, follow=True).content.decode()
    assert ("a legal hold protects them" in page, Conversation.objects.count()) == (True, 1)
    assert (
        "There is a hold already"
        in clinician.post(reverse("trust:hold", args=key), {"reason": "once more"}, follow=True).content.decode()
    )
    clinician.post(reverse("trust:release", args=key), {"reason": "It was settled."})
    admin.post(reverse("trust:delete", args=key), {"reason": "She asked us to."})
    assert (Conversation.objects.count(), LegalHold.objects.count()) == (0, 0)
    told = [(one.additional_data or {})["event"] for one in LogEntry.objects.filter(additional_data__isnull=False)]
    assert sorted(told) == ["deleted", "held", "released"]


@pytest.mark.parametrize("page", ["hold", "release"])
def test_a_hold_needs_a_reason(page: str, as_role: Browsers) -> None:
    conversation = old()
    if page == "release":
        hold(conversation)
    as_role(Role.ADMIN).post(reverse(f"trust:{page}", args=[key_of(conversation)]), {"reason": "no"})
    assert LegalHold.objects.count() == (1 if page == "release" else 0)


def bulk(count: str, **more: str) -> dict[str, str]:
    """Fill in the form for many."""
    before = timezone.localdate() - timedelta(days=100)
    return {"before": before.isoformat(), "level": "", "reason": "Cleaning up tests", "count": count, **more}


def test_many_are_deleted_when_their_number_is_typed(as_role: Browsers) -> None:
    browser, young = as_role(Role.ADMIN), old(50)
    kept = old(200)
    for _ in range(4):
        old(200)
    hold(kept)
    page = browser.get(reverse("trust:deletions"), bulk("")).content.decode()
    assert "<strong>4 conversations</strong> would be deleted" in page
    for wrong in ("", "3", "x"):
        browser.post(reverse("trust:bulk"), bulk(wrong))
    assert Conversation.objects.count() == 6
    page = browser.post(reverse("trust:bulk"), bulk("4"), follow=True).content.decode()
    assert "4 conversations and 0 bookings are deleted" in page
    assert {one.pk for one in Conversation.objects.all()} == {young.pk, kept.pk}
    assert (len(deleted()), len(Deletion.objects.get().conversations)) == (4, 4)


def test_a_level_narrows_what_is_deleted(as_role: Browsers) -> None:
    stays = old(200)
    Conversation.objects.filter(pk=stays.pk).update(disposition="soon", urgency=3)
    old(200)
    as_role(Role.ADMIN).post(reverse("trust:bulk"), bulk("1", level="none"))
    assert list(Conversation.objects.all()) == [stays]


def test_the_page_shows_what_was_deleted_and_what_is_held(as_role: Browsers) -> None:
    conversation = old()
    hold(conversation)
    old()
    call_command("tidy")
    page = as_role(Role.ADMIN).get(reverse("trust:deletions")).content.decode()
    for part in ("Kept long enough", "a complaint", "Nothing waits in Rasa", "old words"):
        assert (part in page) == (part != "old words"), part
