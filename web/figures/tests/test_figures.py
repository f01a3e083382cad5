"""Each figure counts what was stored, in the steps of the clinic's calendar; nothing else."""

from __future__ import annotations

import doctest
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from booking.models import BookingRequest
from chat.models import Assessment, Conversation, Disposition, Message
from console.models import Review
from console.tests.conftest import booking
from figures import files, quality, table
from figures.all import FIGURES, every, headline
from figures.period import Period
from figures.table import Table
from trust.rights import Role
from trust.tests.conftest import person

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 11, 20, 12))
WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))


def talk(when: datetime = NOON, level: Disposition | None = None, opening: str = "white bumps") -> Conversation:
    """Store a conversation."""
    urgency = level.urgency if level else 0
    return Conversation.objects.create(
        created_at=when, last_message_at=when, disposition=level, urgency=urgency, opening=opening
    )


def say(conversation: Conversation, intent: str, asked: str | None = None, **more: Any) -> Message:
    """Store a message of the visitor and its answer, two seconds later."""
    said = Message.objects.create(
        conversation=conversation, author="visitor", text="words", status="answered", intent=intent,
        metadata={"asked": asked, "classified_intent": intent}, created_at=conversation.created_at, **more,
    )  # fmt: skip
    Message.objects.create(
        conversation=conversation, author="assistant", text="answer", in_reply_to=said,
        created_at=said.created_at + timedelta(seconds=2),
    )  # fmt: skip
    return said


def decide(said: Message, level: str = "routine") -> None:
    """Store an assessment."""
    Assessment.objects.create(message=said, disposition=level)


def filled(found: Table) -> list[Any]:
    """Give the rows in which something is counted."""
    return [row for row in found.rows if any(row[1:])]


def test_the_examples_are_true() -> None:
    assert [doctest.testmod(module).failed for module in (table, quality, files)] == [0, 0, 0]


def test_visitors_by_how_far_they_came() -> None:
    talk(opening="")
    talk(level=Disposition.SOON)
    booking()
    Conversation.objects.exclude(handoffs=None).update(created_at=NOON, last_message_at=NOON)
    assert filled(FIGURES["visitors"](WEEK)) == [("2026-11-20", 3, 2, 1, 1)]


def test_dispositions_by_level() -> None:
    for level in (Disposition.EMERGENCY, Disposition.ROUTINE, Disposition.ROUTINE, None):
        talk(level=level)
    assert filled(FIGURES["dispositions"](WEEK)) == [("2026-11-20", 1, 0, 0, 2, 0)]


def test_a_day_is_the_clinics_day() -> None:
    talk(timezone.make_aware(datetime(2026, 11, 20, 23, 59)))
    talk(timezone.make_aware(datetime(2026, 11, 21, 0, 1)))
    assert [row[:2] for row in filled(FIGURES["visitors"](WEEK))] == [("2026-11-20", 1), ("2026-11-21", 1)]


def test_what_lies_outside_is_not_counted() -> None:
    talk(timezone.make_aware(datetime(2026, 11, 15, 23, 59)), Disposition.SOON)
    say(talk(timezone.make_aware(datetime(2026, 11, 23, 0, 0)), Disposition.SOON), "ask_pain", "age")
    assert [found.name for found in every(WEEK) if filled(found)] == []


def test_topics_count_conversations_not_messages() -> None:
    one, other = talk(), talk()
    for intent in ("ask_pain", "ask_pain", "deny", "out_of_scope"):
        say(one, intent)
    say(other, "ask_pain")
    say(other, "ask_cost")
    assert FIGURES["topics"](WEEK).rows == [("ask pain", 2), ("ask cost", 1)]


def test_fallback_counts_what_was_typed_and_led_nowhere() -> None:
    conversation = talk()
    say(conversation, "out_of_scope")
    say(conversation, "nlu_fallback")
    say(conversation, "out_of_scope", "age")  # an answer to a question: the next one was asked
    decide(say(conversation, "out_of_scope"))  # the last answer: an advice followed
    say(conversation, "out_of_scope", payload="19 to 49")  # a button
    say(conversation, "ask_pain")
    assert filled(FIGURES["fallback"](WEEK)) == [("2026-11-20", 40.0, 2, 5)]


def test_questions_to_the_first_advice() -> None:
    slow, quick = talk(level=Disposition.ROUTINE), talk(level=Disposition.EMERGENCY)
    for asked in ("alarm", "age"):
        say(slow, "describe_symptoms", asked)
    decide(say(slow, "deny"))
    say(slow, "describe_symptoms", "top")  # after the advice
    decide(say(quick, "report_red_flag"), "emergency")
    say(talk(), "describe_symptoms", "alarm")  # never came to an advice
    assert FIGURES["questions"](WEEK).rows == [("0", 1), ("1", 0), ("2", 1)]


def test_drop_off_by_question() -> None:
    stayed, left, left_later = talk(), talk(), talk()
    say(stayed, "describe_symptoms", "alarm")
    say(stayed, "deny")
    say(left, "describe_symptoms", "alarm")
    say(left_later, "describe_symptoms", "alarm")
    say(left_later, "deny", "age")
    assert FIGURES["drop_off"](WEEK).rows == [("alarm", 33.3, 1, 3), ("age", 100.0, 1, 1)]


def test_bookings_by_state() -> None:
    for number, state in enumerate(("requested", "confirmed", "confirmed")):
        BookingRequest.objects.filter(pk=booking(state, 40 + number).pk).update(created_at=NOON)
    found = FIGURES["bookings"](WEEK)
    counted = dict(zip(found.columns, filled(found)[0], strict=True))
    assert (counted["New"], counted["Confirmed"], counted["Day"]) == (1, 2, "2026-11-20")
    assert found.note.startswith("3 requests")


def test_response_time() -> None:
    conversation = talk()
    for _ in range(3):
        say(conversation, "ask_pain")
    slow = say(conversation, "ask_pain")
    slow.replies.update(created_at=slow.created_at + timedelta(seconds=7))
    assert filled(FIGURES["response_time"](WEEK)) == [("2026-11-20", 2.0, 7.0, 4)]


def test_agreement_with_its_interval() -> None:
    said = say(talk(), "ask_pain")
    decide(said)
    for name, verdict, level in (("a", "agree", ""), ("b", "agree", ""), ("c", "disagree", "soon")):
        reviewer = person(Role.CLINICIAN, name)
        Review.objects.create(message=said, reviewer=reviewer, verdict=verdict, level=level, created_at=NOON)
    found = FIGURES["agreement"](WEEK)
    assert filled(found) == [("2026-11-20", 66.7, 2, 1)]
    assert found.note.startswith("2 of 3 reviews agree with the level: 66.7% (95 % interval 9.4% to 99.2%).")
    assert "Level too low 1, too high 0." in found.note


def test_the_numbers_on_top_sum_the_tables_up() -> None:
    say(talk(level=Disposition.EMERGENCY), "out_of_scope")
    talk(opening="")
    assert [number for _, number in headline(every(WEEK))] == ["2", "1", "1", "1", "0", "100.0 %"]


@pytest.mark.parametrize(
    ("asked", "step", "steps", "first"),
    [
        ({"since": "2026-11-01", "until": "2026-11-30"}, "day", 30, "2026-11-01"),
        ({"since": "2026-08-05", "until": "2026-11-30"}, "week", 18, "2026-08-03"),
        ({"since": "2025-12-15", "until": "2026-11-30"}, "month", 12, "2025-12-01"),
        ({"since": "2026-12-05", "until": "2026-11-30"}, "day", 1, "2026-11-30"),
        ({"since": "0001-01-01", "until": "2026-11-30"}, "month", 121, "2016-11-01"),
    ],
)
def test_the_steps_of_a_period(asked: dict[str, str], step: str, steps: int, first: str) -> None:
    period = Period.read(asked)
    assert (period.step, len(period.steps()), period.steps()[0].isoformat()) == (step, steps, first)
    assert len(every(period)) == len(FIGURES)


@pytest.mark.parametrize("asked", [{}, {"since": "x", "until": "2026-02-31"}, {"until": "9999-12-31"}])
def test_a_wrong_period_is_the_last_month(asked: dict[str, str]) -> None:
    period = Period.read(asked)
    assert (period.last - period.first).days == 29


def test_the_last_week_is_a_whole_one() -> None:
    assert Period.last_week(date(2026, 11, 23)) == WEEK == Period.last_week(date(2026, 11, 29))
