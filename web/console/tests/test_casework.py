"""Staff work with a conversation through the pages: state, notes, tags, undo, conflicts; and what must not work."""

from __future__ import annotations

from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases.models import Case, Change
from cases.refresh import refresh
from chat.models import Message
from console.casework import tags_in
from console.tests.conftest import alarm

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    """The case of a conversation with an alarm."""
    found = refresh(alarm()[0].pk)
    assert found is not None
    return found


def post(browser: Client, page: str, pk: int, **values: Any) -> str:
    """Send a form and give the page that follows."""
    return browser.post(reverse(f"console:{page}", args=[pk]), values, follow=True).content.decode()


def version(case: Case) -> dict[str, int]:
    """Give what the page of somebody who opens it now sends along."""
    now = Case.objects.get(pk=case.pk)
    return {"version": now.version, "seen": now.newest_message}


def test_reviewed_leaves_the_queue_and_undo_brings_it_back(desk: Client, case: Case) -> None:
    page = post(desk, "change", case.pk, state="reviewed", **version(case))
    assert "you set it to “reviewed”" in page
    assert "Nothing waits for you" in desk.get(reverse("console:conversations")).content.decode()
    assert "Undone." in post(desk, "undo", Change.objects.get().pk)
    assert Case.objects.get().state == "new"


def test_the_second_of_two_people_sees_what_the_first_did(desk: Client, case: Case) -> None:
    opened = version(case)
    post(desk, "change", case.pk, tags="Eyelid, call <again>", **opened)
    page = post(desk, "change", case.pk, state="closed", **opened)
    assert "Not changed. Meanwhile nurse set the tags to eyelid, call again." in page
    assert Case.objects.get().state == "new"


def test_assigning_and_taking_back(desk: Client, nurse: User, case: Case) -> None:
    post(desk, "change", case.pk, assigned_to=nurse.pk, **version(case))
    assert Case.objects.get().assigned_to == nurse
    assert "with nurse" in desk.get(reverse("console:conversations")).content.decode()
    post(desk, "change", case.pk, assigned_to="", **version(case))
    assert Case.objects.get().assigned_to is None


def test_a_note_is_stored_as_text_and_an_empty_one_is_not(desk: Client, case: Case) -> None:
    page = post(desk, "note", case.pk, note="Called.\n<script>alert(1)</script>")
    assert ("&lt;script&gt;alert(1)" in page, "<script>alert(1)" in page) == (True, False)
    assert "nothing was stored" in post(desk, "note", case.pk, note="  ")
    assert case.notes.count() == 1


def test_what_staff_do_is_written_down_without_words(desk: Client, case: Case) -> None:
    post(desk, "note", case.pk, note="a secret")
    entry = LogEntry.objects.filter(action=LogEntry.Action.UPDATE).get()
    assert (entry.actor.get_username(), "secret" in str(entry.changes)) == ("nurse", False)


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example", "/chat/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(desk: Client, case: Case, wish: str) -> None:
    answer = desk.post(reverse("console:change", args=[case.pk]), {"state": "closed", "next": wish, **version(case)})
    assert answer["Location"] == reverse("console:transcript", args=[case.conversation_id])


@pytest.mark.parametrize("values", [{}, {"state": "evil"}, {"version": "x", "state": "closed"}, {"version": "9" * 40}])
def test_nonsense_changes_nothing(desk: Client, case: Case, values: dict[str, str]) -> None:
    assert desk.post(reverse("console:change", args=[case.pk]), values).status_code == 302
    assert Case.objects.get().state == "new"


def test_nobody_undoes_the_change_of_another(desk: Client, case: Case) -> None:
    other = User.objects.create_user("other", is_staff=True)
    made = Change.objects.create(case=case, by=other, before={"state": "new"}, after={}, version=case.version)
    assert "your own last change" in post(desk, "undo", made.pk)


def test_every_form_asks_for_the_token_of_the_page(nurse: User, case: Case) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(nurse)
    for page in ("change", "note"):
        assert browser.post(reverse(f"console:{page}", args=[case.pk]), {"state": "closed"}).status_code == 403


def test_tags_are_few_short_and_plain() -> None:
    assert tags_in("Eye Clinic, eye  clinic ,<b>,é, " + "x" * 50) == ["eye clinic", "b", "x" * 30]
    assert len(tags_in(",".join(f"t{n}" for n in range(20)))) == 10


def test_the_live_part_gives_what_is_new_once(desk: Client, case: Case) -> None:
    url = reverse("console:live", args=[case.conversation_id])
    conversation = case.conversation
    last = conversation.messages.last()
    assert last is not None
    assert desk.get(url, {"after": last.pk}).status_code == 286  # the talk was days ago: the page stops asking
    said = Message.objects.create(conversation=conversation, client_id="n", author="visitor", text="still <i>there</i>")
    page = desk.get(url, {"after": last.pk})
    assert ("still &lt;i&gt;there" in page.content.decode(), f"after={said.pk}" in page.content.decode()) == (
        True,
        True,
    )
    assert page["X-Newest"] == str(said.pk)
    conversation.save()
    assert desk.get(url, {"after": "9" * 30}).status_code in (204, 286)


def test_an_answer_that_comes_later_brings_its_turn_again(desk: Client, case: Case) -> None:
    said = Message.objects.create(conversation=case.conversation, client_id="n", author="visitor", text="hello again")
    Message.objects.create(conversation=case.conversation, author="assistant", text="Hello.", in_reply_to=said)
    page = desk.get(reverse("console:live", args=[case.conversation_id]), {"after": said.pk}).content.decode()
    assert ("hello again" in page, "Hello." in page) == (True, True)


def test_the_summary_tells_level_reason_words_and_what_was_denied(desk: Client, case: Case) -> None:
    page = " ".join(desk.get(reverse("console:summary", args=[case.conversation_id])).content.decode().split())
    for part in ("Emergency", "It can be an infection.", "“swollen”", "Source: NHS", "knowledge version v7"):
        assert part in page, part
    assert "Asked and denied: fever" in page
    said = case.conversation.messages.filter(author="visitor").get()
    said.metadata = {"facts": {"bleeding": "no", "colour": "white"}, "asked": "duration"}
    said.save()
    page = desk.get(reverse("console:summary", args=[case.conversation_id])).content.decode()
    assert ("Asked and denied: bleeding" in page, "Told: colour: white" in page) == (True, True)
    assert "Asked and not answered: Call 911." in page


def test_the_panel_names_the_next_in_the_queue(desk: Client, case: Case) -> None:
    other = refresh(alarm()[0].pk)
    assert other is not None
    page = desk.get(reverse("console:transcript", args=[other.conversation_id])).content.decode()
    assert f'href="{reverse("console:transcript", args=[case.conversation_id])}" data-key="x"' in page
