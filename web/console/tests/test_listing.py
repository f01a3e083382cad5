"""The list shows each conversation once, in the order that staff chose, page by page, whatever the filters are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case, SavedFilter
from cases.refresh import refresh
from chat.models import Conversation, Disposition
from console.listing import PAGE, Filters, count_up_to, page_of, place_of
from console.tests.conftest import alarm, booking, talk

pytestmark = pytest.mark.django_db


def case(*args: Any, **more: Any) -> Case:
    """Store a conversation and give its case."""
    found = refresh(talk(*args, **more).pk)
    assert found is not None
    return found


def all_pages(asked: dict[str, str]) -> list[Case]:
    """Walk through all pages as a browser does."""
    found: list[Case] = []
    after = ""
    while True:
        page = page_of(Filters.read(asked), place_of(after))
        found += page.rows
        if not page.next:
            return found
        after = page.next


def many() -> list[Case]:
    """Store more cases than fit on two pages, some of which wait."""
    worries: list[dict[str, Any]] = [
        {},
        {"needs_call_back": True, "call_back_reason": "emergency"},
        {"level": Disposition.SOON},
    ]
    return [case(f"message {n}", **worries[n % 3]) for n in range(3 * PAGE + 7)]


def test_everything_newest_first_shows_each_once() -> None:
    stored = many()
    assert all_pages({"view": "all"}) == stored[::-1]


def test_the_queue_shows_what_waits_the_worst_first() -> None:
    waiting = [one for one in many() if one.risk]
    assert all_pages({}) == sorted(waiting, key=lambda one: (one.risk, one.pk), reverse=True)


def test_a_search_looks_everywhere_unless_told_otherwise() -> None:
    assert [Filters.read(asked).view for asked in ({}, {"q": "x"}, {"q": "x", "view": "queue"}, {"view": "?"})] == [
        "queue", "all", "queue", "queue",
    ]  # fmt: skip


def test_each_filter_narrows() -> None:
    soon, waits = case(level=Disposition.SOON), case(needs_call_back=True, call_back_reason="emergency")
    assert all_pages({"level": "soon"}) == [soon]
    assert all_pages({"level": "none"}) == [waits]
    assert all_pages({"need": "call_back", "view": "queue"}) == [waits]
    assert all_pages({"concern": "soon"}) == [soon]
    assert all_pages({"concern": "soon", "level": "none"}) == []
    assert all_pages({"outcome": "silent"}) == [waits, soon]
    assert all_pages({"assigned": "nobody", "state": "new"}) == [waits, soon]
    assert all_pages({"tag": "none has it"}) == []


def test_what_is_in_the_messages_is_found() -> None:
    conversation, _ = alarm()
    refresh(conversation.pk)
    for asked in (
        {"q": "swollen eyelids"},
        {"flag": "E02"},
        {"intent": "report_red_flag"},
        {"sure": "high", "q": "shut"},
    ):
        assert [one.conversation_id for one in all_pages(asked)] == [conversation.pk], asked
    assert all_pages({"q": "swollen knee"}) == []


def test_days_are_days_in_vancouver() -> None:
    early, late = case(minute=0), case(minute=24 * 60)
    assert all_pages({"from": "2026-11-20", "to": "2026-11-20"}) == [early]
    assert all_pages({"from": "2026-11-21"}) == [late]
    assert all_pages({"to": "2026-11-19"}) == []
    assert all_pages({"from": "2026-13-45", "view": "all"}) == [late, early]


def test_numbers_are_found() -> None:
    first = case("My EYELID hurts")
    request = booking()
    booked = refresh(request.handoff.conversation_id) if request.handoff.conversation_id else None
    assert all_pages({"q": request.reference.lower()}) == [booked]
    assert all_pages({"q": f"#{str(first.conversation_id)[:13]}"}) == [first]
    assert all_pages({"q": "100%_'\"\\"}) == []


@pytest.mark.parametrize("text", ["", "x", "1_2", "9-", "-1", "1-" + "9" * 30])
def test_a_place_that_nobody_wrote_means_the_first_page(text: str) -> None:
    assert place_of(text) is None


@pytest.mark.parametrize(("stored", "said"), [(0, "0"), (3, "3"), (4, "3+")])
def test_counts_only_a_little(stored: int, said: str) -> None:
    for _ in range(stored):
        talk()
    assert count_up_to(Conversation.objects.all(), 3) == said


def test_no_page_counts_or_skips_rows_or_reads_messages(desk: Client) -> None:
    many()
    with CaptureQueriesContext(connection) as done:
        for query in ("", "?view=all", "?level=soon&view=queue", "?q=message", "?from=2026-11-01"):
            assert desk.get(reverse("console:conversations") + query).status_code == 200
    sql = " ".join(query["sql"].upper() for query in done.captured_queries)
    assert [word for word in ("COUNT(", "OFFSET", "CHAT_MESSAGE") if word in sql] == []


@pytest.mark.parametrize(("asked", "index"), [({}, "case_queue"), ({"view": "all"}, "PRIMARY KEY")])
def test_an_index_answers_each_list(asked: dict[str, str], index: str) -> None:
    if connection.vendor != "sqlite":
        return  # the plan of another database depends on its statistics
    with CaptureQueriesContext(connection) as done:
        page_of(Filters.read(asked), place_of("3-9"))
    with connection.cursor() as cursor:
        plan = str(cursor.execute(f"EXPLAIN QUERY PLAN {done.captured_queries[-1]['sql']}").fetchall())
    assert (index in plan, "TEMP B-TREE" in plan) == (True, False), plan


def test_the_page_shows_who_waits_and_why(desk: Client) -> None:
    case("please help", Disposition.EMERGENCY, needs_call_back=True, call_back_reason="self_harm")
    page = desk.get(reverse("console:conversations")).content.decode()
    assert [word in page for word in ("1 needs a call back", "Speaks of self-harm")] == [True, True]


def test_a_search_can_be_kept_shared_and_forgotten(desk: Client, nurse: Any) -> None:
    desk.post(reverse("console:save_filter"), {"name": "Eyes <b>", "query": "q=eye&level=soon", "shared": "on"})
    kept = SavedFilter.objects.get()
    page = desk.get(reverse("console:conversations")).content.decode()
    assert (kept.shared, "?q=eye&amp;level=soon" in page, "Eyes <b>" in page) == (True, True, False)
    desk.post(reverse("console:delete_filter", args=[kept.pk]))
    assert not SavedFilter.objects.exists()


def test_old_conversations_stay_where_they_are(desk: Client) -> None:
    old = case("old")
    Conversation.objects.filter(pk=old.conversation_id).update(last_message_at=old.last_message_at + timedelta(days=9))
    new = case("new")
    assert all_pages({"view": "all"}) == [new, old]
