"""The list shows each conversation once, in the order that staff chose, page by page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chat.models import Conversation, Disposition
from console.listing import PAGE, Filters, Place, count_up_to, page_of
from console.tests.conftest import booking, talk

pytestmark = pytest.mark.django_db
LEVELS = [None, *Disposition]


def all_pages(filters: Filters) -> list[Conversation]:
    """Walk through all pages as a browser does."""
    found: list[Conversation] = []
    place: Place | None = None
    while True:
        page = page_of(filters, place)
        found += page.rows
        if page.next is None:
            return found
        place = Place.read(str(page.next))


def many() -> list[Conversation]:
    """Store more conversations than fit on two pages; some share a minute."""
    return [talk(f"message {n}", LEVELS[n % 6], minute=n // 3) for n in range(2 * PAGE + 7)]


def test_newest_first_shows_each_once() -> None:
    stored = many()
    expected = sorted(stored, key=lambda row: (row.last_message_at, row.pk.hex), reverse=True)
    assert all_pages(Filters()) == expected


def test_most_urgent_first_shows_each_once() -> None:
    stored = many()
    expected = sorted(stored, key=lambda row: (row.urgency, row.last_message_at, row.pk.hex), reverse=True)
    assert all_pages(Filters(order="urgent")) == expected


def test_filters_by_level_and_need() -> None:
    soon, waits, silent = (
        talk(level=Disposition.SOON),
        talk(needs_call_back=True, minute=1),
        talk(outage=True, minute=2),
    )
    assert all_pages(Filters(level="soon")) == [soon]
    assert all_pages(Filters(level="none")) == [silent, waits]
    assert all_pages(Filters(only="call_back", order="urgent")) == [waits]
    assert all_pages(Filters(only="outage")) == [silent]
    assert all_pages(Filters(level="none", only="outage")) == [silent]


def test_search_finds_by_first_words_number_and_reference() -> None:
    eyelid, _ = talk("My EYELID hurts"), talk("Hello")
    request = booking()
    assert page_of(Filters(words="my eyelid"), None).rows == [eyelid]
    assert page_of(Filters(words=f"#{str(eyelid.pk)[:10]}"), None).rows == [eyelid]
    assert page_of(Filters(words=request.reference.lower()), None).rows == [request.handoff.conversation]
    assert page_of(Filters(words="eyelid"), None).rows == []
    assert page_of(Filters(words="100%_'\"\\"), None).rows == []


def test_search_says_when_it_found_too_many() -> None:
    for n in range(2 * PAGE + 1):
        talk("hi there", minute=n)
    page = page_of(Filters(words="hi"), None)
    assert (len(page.rows), page.too_many) == (2 * PAGE, True)


@pytest.mark.parametrize("text", ["", "x", "1_2_3", "9_2026-01-01T00:00:00_zz", "_".join("1" * 9)])
def test_a_place_that_nobody_wrote_means_the_first_page(text: str) -> None:
    assert Place.read(text) is None


@pytest.mark.parametrize(("stored", "said"), [(0, "0"), (3, "3"), (4, "3+")])
def test_counts_only_a_little(stored: int, said: str) -> None:
    for _ in range(stored):
        talk()
    assert count_up_to(Conversation.objects.all(), 3) == said


def test_no_page_counts_or_skips_rows(desk: Client) -> None:
    many()
    with CaptureQueriesContext(
        connection,
    ) as done:
        for query in ("", "?order=urgent", "?level=soon&only=call_back", "?q=message"):
            assert desk.get(reverse("console:conversations") + query).status_code == 200
    sql = " ".join(query["sql"].upper() for query in done.captured_queries)
    assert ("COUNT(" in sql, "OFFSET" in sql) == (False, False)


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        (Filters(), "conversation_newest"),
        (Filters(level="soon"), "conversation_most_urgent"),
        (Filters(level="none"), "conversation_most_urgent"),
        (Filters(only="call_back"), "conversation_call_back"),
        (Filters(only="outage"), "conversation_outage"),
        (Filters(only="call_back", order="urgent"), "conversation_call_back_risk"),
        (Filters(only="outage", level="soon"), "conversation_outage_risk"),
        (Filters(order="urgent"), "conversation_most_urgent"),
        (Filters(words="hi"), "conversation_opening"),
    ],
)
def test_an_index_answers_each_view(filters: Filters, index: str) -> None:
    if connection.vendor != "sqlite":
        return  # the plan of another database depends on its statistics
    place = Place.of(talk(level=Disposition.SOON))
    with CaptureQueriesContext(connection) as done:
        page_of(filters, place)
    with connection.cursor() as cursor:
        plans = [
            str(cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}").fetchall())
            for query in done.captured_queries
            if query["sql"].startswith("SELECT") and "chat_conversation" in query["sql"]
        ]
    assert any(index in plan for plan in plans), plans
    assert not any("SCAN chat_conversation'" in plan for plan in plans), plans


def test_the_page_shows_who_waits(desk: Client) -> None:
    talk("please help", Disposition.EMERGENCY, needs_call_back=True, call_back_reason="self_harm")
    page = desk.get(reverse("console:conversations")).content.decode()
    assert ("1 needs a call back" in page, "Needs a call back: self-harm" in page) == (True, True)
