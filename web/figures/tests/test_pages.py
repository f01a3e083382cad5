"""The page of figures and its files: safe to open, without a visitor's words, and written down."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from chat.models import Conversation, Disposition
from figures.all import FIGURES
from figures.files import safe_cell
from figures.tests.test_figures import decide, say, talk
from trust import chain
from trust.rights import Role
from trust.tests.conftest import (
    Browsers,
    as_role,  # noqa: F401 - a fixture
)

pytestmark = pytest.mark.django_db
TIME = {"since": "2026-11-16", "until": "2026-11-22"}


@pytest.fixture
def clinician(as_role: Browsers) -> Client:  # noqa: F811
    """The browser of a clinician."""
    return as_role(Role.CLINICIAN)


def body(answer: Any) -> str:
    """Read a file that comes in pieces."""
    return b"".join(answer.streaming_content).decode()


def rows(clinician: Client, form: str = "csv") -> str:
    """Take one row a conversation."""
    return body(clinician.post(reverse("figures:conversations"), {**TIME, "form": form}))


def exported() -> list[Any]:
    """List what the audit log says about exports."""
    found = LogEntry.objects.filter(additional_data__event="exported").order_by("pk")
    return [(one.actor and one.actor.get_username(), one.additional_data) for one in found]


def test_each_figure_is_on_the_page_with_its_table_and_file(clinician: Client) -> None:
    say(talk(level=Disposition.SOON), "ask_pain", "alarm")
    page = clinician.get(reverse("figures:index"), TIME).content.decode()
    for name in FIGURES:
        assert f'id="{name}"' in page and f"/console/figures/{name}.csv?since=2026-11-16" in page, name
    assert page.count("data-chart=") == page.count("<table id=") >= 6


def test_an_empty_time_says_so(clinician: Client) -> None:
    page = clinician.get(reverse("figures:index"), TIME).content.decode()
    assert (page.count("Nothing in this time."), "data-chart=" in page) == (len(FIGURES), False)


def test_a_figure_as_a_file_is_written_down(clinician: Client) -> None:
    say(talk(), "ask_pain")
    answer = clinician.get(reverse("figures:table", args=["topics"]), TIME)
    assert body(answer) == "\ufeffTopic,Conversations\r\nask pain,1\r\n"
    assert answer["Content-Disposition"] == 'attachment; filename="topics-2026-11-16-2026-11-22.csv"'
    period = {"event": "exported", "figure": "topics", "period": "2026-11-16 to 2026-11-22"}
    assert exported() == [("clinician", period)]


def test_a_figure_that_nobody_made_is_not_found(clinician: Client) -> None:
    assert clinician.get(reverse("figures:table", args=["secrets"])).status_code == 404


def test_one_row_a_conversation(clinician: Client) -> None:
    conversation = talk(level=Disposition.ROUTINE, opening="call 604-555-0123, white bumps")
    say(conversation, "describe_symptoms", "alarm")
    decide(say(conversation, "deny"))
    (row,) = csv.DictReader(io.StringIO(rows(clinician).removeprefix("\ufeff")))
    expected = {
        "conversation": str(conversation.pk), "level": "routine", "messages": "2", "questions_asked": "1",
        "topics": "describe_symptoms deny", "opening": "call ••••••••••••, white bumps", "booking": "",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    (same,) = [json.loads(line) for line in rows(clinician, "jsonl").splitlines()]
    assert (same["messages"], list(same)) == (2, list(row))
    assert [details["form"] for _, details in exported()] == ["csv", "jsonl"]
    assert "words" not in rows(clinician)


ATTACKS = [
    '=HYPERLINK("x","y")', "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1", "\uff1d1+1", "\n@x",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_runs_in_a_spreadsheet(attack: str, clinician: Client) -> None:
    Conversation.objects.filter(pk=talk().pk).update(opening=attack)
    (row,) = csv.DictReader(io.StringIO(rows(clinician).removeprefix("\ufeff"), newline=""))
    assert row["opening"] == f"'{attack}"


def test_quotes_and_lines_cannot_make_another_cell(clinician: Client) -> None:
    attack = 'a",=1+1,"b\r\n=2+2,x'
    Conversation.objects.filter(pk=talk().pk).update(opening=attack)
    (row,) = csv.DictReader(io.StringIO(rows(clinician).removeprefix("\ufeff"), newline=""))
    assert row["opening"] == attack


def test_numbers_stay_numbers() -> None:
    assert [safe_cell(one) for one in (-1, 0.5, None, "a\x00b")] == [-1, 0.5, None, "ab"]


def test_an_opening_stays_text_on_every_page(clinician: Client) -> None:
    say(talk(opening="<script>alert(1)</script>"), '<img src=x onerror="alert(1)">')
    page = clinician.get(reverse("figures:index"), TIME).content.decode()
    assert ("<script>alert" in page, "<img" in page, "&lt;img src=x" in page) == (False, False, True)


def test_an_unknown_form_is_not_found_and_a_get_takes_nothing(clinician: Client) -> None:
    address = reverse("figures:conversations")
    assert clinician.post(address, {"form": "xls"}).status_code == 404
    assert (clinician.get(address, {"form": "csv"}).status_code, exported()) == (405, [])


def test_many_conversations_come_in_portions(clinician: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("figures.rows.TOGETHER", 2)
    ids = {str(talk().pk) for _ in range(5)}
    found = [row["conversation"] for row in csv.DictReader(io.StringIO(rows(clinician).removeprefix("\ufeff")))]
    assert (len(found), set(found)) == (5, ids)


def test_the_week_report_is_sent(settings: Any) -> None:
    settings.WEEK_REPORT_TO, settings.EMAIL_BACKEND = (
        ["lead@example.ca"],
        "django.core.mail.backends.locmem.EmailBackend",
    )
    settings.CONSOLE_ADDRESS = "https://chat.example.ca"
    say(talk(level=Disposition.SOON), "ask_pain", "alarm")
    call_command("week_report", day="2026-11-25")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["lead@example.ca"], "DERM Lab assistant, 2026-11-16 to 2026-11-22")
    for part in ("The week from Monday, 16 November 2026", "TOPICS", "ask pain", f"--noted {chain.head()}",
                 "https://chat.example.ca/console/figures/?since=2026-11-16&until=2026-11-22"):  # fmt: skip
        assert part in letter.body, part
    assert "white bumps" not in letter.body


def test_the_week_report_says_what_is_missing(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(CommandError, match="set WEEK_REPORT_TO"):
        call_command("week_report")
    call_command("week_report", only_print=True, day=str(date(2026, 11, 25)))
    assert "The week from Monday, 16 November 2026 to Sunday, 22 November 2026." in capsys.readouterr().out
