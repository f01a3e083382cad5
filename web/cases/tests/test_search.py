"""Words and facets find their cases, page by page, in both orders; nothing typed is an operator."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import search, work
from cases.search import Place, Wanted, find
from cases.tests.conftest import case_of, fresh, say

pytestmark = pytest.mark.django_db


def found(words: str = "", *facets: str, queue: bool = False) -> list[int]:
    """Search."""
    return find(Wanted(words, facets, queue), None, 50)


def test_all_words_must_be_there_in_any_form_and_order() -> None:
    lid, _other = case_of("my eyelid is swollen", "it bled twice"), case_of("white bumps on my eyelids")
    assert found("swollen eyelids") == [lid.pk]
    assert found("EYELID bleeding") == []
    assert found("eyel swol") == [lid.pk]
    assert len(found("eyelid")) == 2


def test_a_phrase_in_quotes_is_one() -> None:
    first, _second = case_of("white bumps under my eyes"), case_of("bumps that are white")
    assert found('"white bumps"') == [first.pk]


def test_notes_and_references_are_found(sam: User) -> None:
    case = case_of("hello")
    work.add_note(case.pk, sam, "prefers mornings")
    assert found("mornings") == [case.pk]


def test_facets_narrow_the_words() -> None:
    case, other = case_of("does it hurt"), case_of("it hurts")
    say(other.conversation, "how much", intent="ask_cost")
    fresh(other.conversation)
    assert found("hurt", "intent:ask_cost") == [other.pk]
    assert found("hurt", "intent:ask_pain") == [other.pk, case.pk]
    assert found("", "intent:ask_cos") == []


def test_the_queue_gives_the_worst_first_and_each_once() -> None:
    alarms = [case_of("bump", needs_call_back=True, call_back_reason="emergency") for _ in range(3)]
    unsure = [case_of("bump", outage=True) for _ in range(3)]
    for case in unsure:
        say(case.conversation, "bump", confidence=0.1)
        fresh(case.conversation)
    case_of("bump")
    expected = [one.pk for one in [*alarms[::-1], *unsure[::-1]]]
    assert found("bump", queue=True) == expected
    walked: list[int] = []
    place = None
    while page := find(Wanted("bump", queue=True), place, 2):
        walked += page
        place = Place(10 if page[-1] in expected[:3] else 3, page[-1])
    assert walked == expected


def test_pages_and_bounds() -> None:
    cases = [case_of("bump").pk for _ in range(5)]
    assert find(Wanted("bump"), Place(0, cases[3]), 2) == [cases[2], cases[1]]
    assert find(Wanted("bump", low=cases[1], high=cases[2]), None, 9) == [cases[2], cases[1]]


def test_what_is_deleted_is_not_found() -> None:
    case = case_of("eyelid")
    case.conversation.delete()
    assert found("eyelid") == []


@given(st.text(max_size=60))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_typed_is_no_error(words: str) -> None:
    words = words.replace("\x00", "")
    if Wanted(words).terms:
        found(words, "tag:o'neil & \\sons")


def test_only_words_count_as_terms() -> None:
    assert [one.text for one in search.terms_of('- "white bumps" it & *')] == ["white bumps", "it"]
