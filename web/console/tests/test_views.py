"""Transcript, call back, reviews and bookings."""

from __future__ import annotations

import json

import pytest
import yaml
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from chat.models import Conversation, Disposition, Message
from console.findings import pairs
from console.models import CallBack, Review
from console.templatetags.console import lines
from console.tests.conftest import alarm, talk
from console.transcript import Piece, cut, turns_of


def read(desk: Client, conversation: Conversation) -> str:
    """Open a transcript."""
    return desk.get(reverse("console:transcript", args=[conversation.pk])).content.decode()


def test_a_transcript_shows_all_that_was_understood_and_decided(desk: Client) -> None:
    conversation, _ = alarm()
    page = " ".join(read(desk, conversation).split())
    for part in (
        "report red flag",
        "93% sure",
        "<strong>fever</strong> is not there",
        "because of “no”",
        "<strong>location: eyelid</strong> is there",
        "Everything that was matched (1 more)",
        "It can be an infection.",
        "In the visitor's words: “swollen”",
        "Source: NHS",
        "Signed by a clinician, good until 2027-11-22",
        "Not signed by a clinician yet",
        "Knowledge version v7",
        "https://source.example/",
        "Needs a call back: emergency",
    ):
        assert part in page, part


def test_the_facts_of_the_knowledge_have_names() -> None:
    names = dict(pairs(yaml.safe_load((settings.KNOWLEDGE_DIR / "facts.yml").read_text(encoding="utf-8"))))
    expected = {"fever": "fever", "colour_white": "colour: white", "duration": "duration_days"}
    assert {concept: names[concept] for concept in expected} == expected


def test_what_a_visitor_wrote_stays_text(desk: Client) -> None:
    conversation, _ = alarm()
    page = read(desk, conversation)
    assert ("<b>shut</b>" in page, "&lt;b&gt;shut&lt;/b&gt;" in page) == (False, True)


def test_a_message_without_answer_is_marked(desk: Client) -> None:
    conversation = talk(outage=True)
    Message.objects.create(conversation=conversation, client_id="c", author="visitor", text="hi", status="undelivered")
    assert "The assistant did not answer this" in read(desk, conversation)


def test_an_empty_conversation_says_so(desk: Client) -> None:
    assert "wrote nothing" in read(desk, talk(""))


@pytest.mark.parametrize(
    ("findings", "pieces"),
    [
        ([], [Piece("my lid hurts")]),
        (
            [{"text": "Lid", "start": 3, "end": 6, "concept": "eyelid"}],
            [Piece("my "), Piece("lid", "location: eyelid"), Piece(" hurts")],
        ),
        ([{"text": "from before", "start": 3, "end": 6, "concept": "eyelid"}], [Piece("my lid hurts")]),
        ([{"concept": "age"}], [Piece("my lid hurts")]),
    ],
)
def test_a_text_is_cut_where_something_was_found(findings: list[dict[str, object]], pieces: list[Piece]) -> None:
    assert cut("my lid hurts", findings) == pieces


def test_answers_stand_under_their_question(db: None) -> None:
    conversation, said = alarm()
    turns, more = turns_of(conversation)
    assert [(turn.said, [answer.text for answer in turn.answers]) for turn in turns] == [(said, ["Call 911."])]
    assert more is None


def call(desk: Client, conversation: Conversation, seen: int) -> str:
    """Mark as called back."""
    answer = desk.post(
        reverse("console:called_back", args=[conversation.pk]), {"seen": seen, "note": "fine"}, follow=True
    )
    return str(answer.content.decode())


def test_marking_as_called_back_keeps_the_note(desk: Client) -> None:
    conversation, said = alarm()
    page = call(desk, conversation, said.pk)
    conversation.refresh_from_db()
    assert (conversation.needs_call_back, conversation.call_back_reason) == (False, "")
    assert [(one.staff.username, one.reason, one.note) for one in CallBack.objects.all()] == [
        ("nurse", "emergency", "fine")
    ]
    assert "nurse called back" in page


def test_a_newer_message_must_be_read_first(desk: Client) -> None:
    conversation, said = alarm()
    Message.objects.create(
        conversation=conversation, client_id="c2", author="visitor", text="it is worse", status="answered"
    )
    page = call(desk, conversation, said.pk)
    conversation.refresh_from_db()
    assert (conversation.needs_call_back, "has written again" in page) == (True, True)


def judge(desk: Client, said: Message, **answer: str) -> int:
    """Send a review."""
    return desk.post(reverse("console:review", args=[said.pk]), answer).status_code


def test_a_second_review_replaces_the_first(desk: Client) -> None:
    _, said = alarm()
    assert judge(desk, said, verdict="agree") == 302
    assert judge(desk, said, verdict="disagree", understood="it was a dream", level="self_care") == 302
    stored = list(Review.objects.values_list("reviewer__username", "verdict", "understood", "level"))
    assert stored == [("nurse", "disagree", "it was a dream", "self_care")]


@pytest.mark.parametrize(
    "answer", [{"verdict": "disagree"}, {"verdict": "maybe"}, {}, {"verdict": "disagree", "level": "x"}]
)
def test_a_review_that_says_nothing_is_sent_back(desk: Client, answer: dict[str, str]) -> None:
    _, said = alarm()
    assert (judge(desk, said, **answer), Review.objects.count()) == (400, 0)


def test_reviews_are_exported_as_json_lines(desk: Client) -> None:
    _, said = alarm()
    judge(desk, said, verdict="disagree", understood="sie \u2028 says no", level="urgent")
    answer = desk.get(reverse("console:export"))
    rows = [json.loads(line) for line in answer.getvalue().decode().strip().split("\n")]
    kept = {
        key: rows[0][key]
        for key in ("text", "intent", "disposition", "knowledge_version", "verdict", "should", "reviewer")
    }
    assert len(rows) == 1
    assert kept == {
        "text": said.text,
        "intent": "report_red_flag",
        "disposition": "emergency",
        "knowledge_version": "v7",
        "verdict": "disagree",
        "should": {"understood": "sie \u2028 says no", "disposition": "urgent"},
        "reviewer": "nurse",
    }


def test_create_staff_prints_a_password_once(
    db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STAFF_PASSWORD", raising=False)
    call_command("create_staff", "--print-once")
    password = capsys.readouterr().out.split()[-1]
    assert User.objects.get(username="staff").check_password(password)
    call_command("create_staff", "--print-once")
    assert (capsys.readouterr().out, User.objects.filter(is_staff=True).count()) == ("", 1)


def test_create_staff_takes_a_given_password(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STAFF_PASSWORD", "given by a test")
    call_command("create_staff", "--print-once")
    assert (User.objects.get().check_password("given by a test"), capsys.readouterr().out) == (True, "")


def test_create_staff_prints_nothing_by_surprise(db: None) -> None:
    with pytest.raises(CommandError, match="--print-once"):
        call_command("create_staff")


def test_levels_of_the_review_are_those_of_the_triage() -> None:
    assert Review._meta.get_field("level").choices == Disposition.choices


def test_an_answer_is_shown_as_the_visitor_saw_it() -> None:
    assert lines("**Call 911.**\n\n<i>now</i>") == "<p><strong>Call 911.</strong></p><p>&lt;i&gt;now&lt;/i&gt;</p>"
