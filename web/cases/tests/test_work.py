"""Two people never overwrite each other, the visitor is never overlooked, and every change has a way back."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from cases import work
from cases.models import Case, FacetValue
from cases.tests.conftest import case_of, fresh, say
from cases.work import Seen, Stale
from chat.models import Conversation

State = Case.State


def seen(case: Case) -> Seen:
    """What somebody sees who opens the case now."""
    return Seen(case.version, case.newest_message)


def reload(case: Case) -> Case:
    """Read it again."""
    return Case.objects.get(pk=case.pk)


def test_a_change_counts_the_version_up_and_says_what_was_before(sam: User) -> None:
    case = case_of("hello")
    made = work.change(case.pk, seen(case), sam, state=State.REVIEWED)
    assert made is not None
    assert (made.before, made.after, made.version) == ({"state": "new"}, {"state": "reviewed"}, 2)
    assert (reload(case).state, reload(case).version) == ("reviewed", 2)


def test_the_second_of_two_people_is_told_what_the_first_did(sam: User, lee: User) -> None:
    case = case_of("hello")
    work.change(case.pk, seen(case), sam, state=State.CLOSED)
    with pytest.raises(Stale, match="Meanwhile sam set it to “closed”"):
        work.change(case.pk, seen(case), lee, state=State.FOLLOW_UP)
    assert reload(case).state == "closed"


def test_nobody_closes_over_a_new_message(sam: User) -> None:
    case = case_of("hello")
    say(case.conversation, "and now it bleeds")
    fresh(case.conversation)
    with pytest.raises(Stale, match="The visitor has written again"):
        work.change(case.pk, seen(case), sam, state=State.CLOSED)


def test_a_visitor_who_writes_again_makes_it_new_again(sam: User) -> None:
    case = case_of("hello")
    work.change(case.pk, seen(case), sam, state=State.CLOSED)
    assert fresh(case.conversation).state == "closed"
    say(case.conversation, "one more thing")
    again = fresh(case.conversation)
    assert (again.state, again.version, again.changes.first().by) == ("new", 3, None)  # type: ignore[union-attr]


def test_the_same_again_is_no_change(sam: User) -> None:
    case = case_of("hello")
    assert work.change(case.pk, seen(case), sam, state=State.NEW) is None


def test_undo_brings_back_what_was(sam: User) -> None:
    case = case_of("hello")
    work.change(case.pk, seen(case), sam, tags=["eyelid"])
    made = work.change(case.pk, Seen(2, case.newest_message), sam, assigned_to=sam.pk, tags=["eyelid", "call"])
    assert made is not None
    work.undo(made, sam)
    assert (reload(case).tags, reload(case).assigned_to, reload(case).version) == (["eyelid"], None, 4)


def test_undo_takes_a_note_back(sam: User) -> None:
    case = case_of("hello")
    made = work.add_note(case.pk, sam, "Called, no answer.")
    work.undo(made, sam)
    assert list(case.notes.all()) == []


def test_undo_does_not_touch_what_came_after(sam: User, lee: User) -> None:
    case = case_of("hello")
    made = work.change(case.pk, seen(case), sam, state=State.REVIEWED)
    assert made is not None
    work.add_note(case.pk, lee, "I have a question.")
    with pytest.raises(Stale, match="lee wrote a note"):
        work.undo(made, sam)
    assert reload(case).state == "reviewed"


def test_nobody_undoes_for_somebody_else(sam: User, lee: User) -> None:
    case = case_of("hello")
    made = work.change(case.pk, seen(case), sam, state=State.REVIEWED)
    assert made is not None
    with pytest.raises(Stale, match="your own"):
        work.undo(made, lee)


def test_what_is_settled_waits_no_more(sam: User) -> None:
    case = case_of("hello", needs_call_back=True, call_back_reason="emergency", disposition="emergency")
    assert (case.risk, case.concerns) == (10, ["emergency"])
    work.change(case.pk, seen(case), sam, state=State.CLOSED)
    assert reload(case).risk == 0


def test_a_deleted_conversation_takes_everything_along(sam: User) -> None:
    case = case_of("hello")
    work.add_note(case.pk, sam, "x")
    case.conversation.delete()
    assert (Case.objects.count(), Conversation.objects.count()) == (0, 0)


def test_a_value_that_was_rolled_back_is_offered_once_it_is_stored(db: None) -> None:
    conversation = Conversation.objects.create()
    with suppress(InterruptedError), transaction.atomic():
        fresh(conversation)
        raise InterruptedError
    assert not FacetValue.objects.exists()
    fresh(conversation)
    assert FacetValue.objects.filter(token="state:new").exists()
