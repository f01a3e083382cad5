"""Corrections become examples without personal data, and leave only after somebody approved them."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from chat.models import Disposition, Message
from teaching.examples import draft, kinds
from teaching.models import Correction, Example
from teaching.tests.conftest import correction, decide

CLEAN = "the lid is puffy and does it sting"


def approve(desk: Client, one: Correction, **fields: str) -> int:
    """Send the approval of a sentence."""
    start = {"form": "sentence", "kind": "nlu", "target": one.target, "text": CLEAN, "checked": "on"}
    return desk.post(reverse("console:teaching:approve", args=[one.pk]), {**start, **fields}).status_code


def test_the_draft_holds_nothing_personal(said: Message) -> None:
    assert draft(said.text) == "my name is Sam, lid is puffy and does it sting? call 604-555-0123"


@pytest.mark.parametrize(
    ("kind", "target", "given", "possible"),
    [
        ("intent", "ask_pain", None, ["nlu"]),
        ("missed", "E02", None, ["fires"]),
        ("wrong", "E02", None, ["does_not_fire"]),
        ("missed", "fever", None, ["finding"]),
        ("level", "urgent", "soon", ["fires", "does_not_fire"]),
        ("level", "self_care", None, ["fires", "does_not_fire"]),
        ("level", "soon", "urgent", ["does_not_fire", "fires"]),
        ("answer", "utter_ask_pain", None, []),
    ],
)
def test_what_a_correction_can_become(
    said: Message, developer: User, kind: str, target: str, given: str | None, possible: list[str]
) -> None:
    if given:
        decide(said, Disposition(given))
    assert kinds(correction(said, developer, kind, target)) == possible


def test_an_approved_sentence_waits_and_is_exported_once(desk: Client, said: Message, developer: User) -> None:
    one = correction(said, developer)
    assert approve(desk, one) == 302
    one.refresh_from_db()
    assert one.state == "approved"
    address = reverse("console:teaching:export")
    first, second = desk.post(address).content.decode(), desk.post(address).content.decode()
    one.refresh_from_db()
    assert [json.loads(line) for line in first.splitlines()] == [
        {"id": Example.objects.get().pk, "kind": "nlu", "intent": "ask_pain", "text": CLEAN}
    ]
    assert (second, one.state) == ("", "exported")
    assert LogEntry.objects.filter(additional_data__event="exported").count() == 1


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"text": "emma smith asks if it stings"}, "This looks personal: “emma” (name)"),
        ({"text": "call 604 555 0199 for me"}, "604 555 0199"),
        ({"checked": ""}, "Please read it"),
        ({"text": ""}, "This field is required"),
        ({"target": "ask_nothing"}, "Select a valid choice"),
        ({"kind": "fires"}, "Select a valid choice"),
    ],
)
def test_an_approval_is_refused(
    desk: Client, said: Message, developer: User, fields: dict[str, str], refusal: str
) -> None:
    one = correction(said, developer)
    start = {"form": "sentence", "kind": "nlu", "target": one.target, "text": CLEAN, "checked": "on"}
    answer = desk.post(reverse("console:teaching:approve", args=[one.pk]), {**start, **fields})
    assert (answer.status_code, refusal in answer.content.decode(), Example.objects.count()) == (400, True, 0)


def test_a_word_that_only_looks_like_a_name_can_be_kept(desk: Client, said: Message, developer: User) -> None:
    assert approve(desk, correction(said, developer), text="is it Paula's Choice", no_person="on") == 302


def test_a_story_holds_each_message_and_the_corrected_intent(desk: Client, said: Message, developer: User) -> None:
    one = correction(said, developer)
    fields = {"form": "story", "title": "asks about pain", f"said-{said.pk}": CLEAN, "checked": "on"}
    assert desk.post(reverse("console:teaching:approve", args=[one.pk]), fields).status_code == 302
    assert Example.objects.get().content == {
        "title": "asks about pain",
        "turns": [{"payload": "/describe_symptoms"}, {"text": CLEAN, "intent": "ask_pain"}],
    }


def test_a_better_answer_becomes_a_story(desk: Client, said: Message, developer: User) -> None:
    one = correction(said, developer, "answer", "utter_ask_pain")
    fields = {"form": "story", "title": "asks about pain", f"said-{said.pk}": CLEAN, "checked": "on"}
    desk.post(reverse("console:teaching:approve", args=[one.pk]), fields)
    content = Example.objects.get().content
    assert (content["answer"], content["turns"][1]) == ("utter_ask_pain", {"text": CLEAN})


def test_a_story_with_somebodys_name_is_refused(desk: Client, said: Message, developer: User) -> None:
    one = correction(said, developer)
    fields = {"form": "story", "title": "asks about pain", f"said-{said.pk}": "i am Emma", "checked": "on"}
    answer = desk.post(reverse("console:teaching:approve", args=[one.pk]), fields)
    assert (answer.status_code, Example.objects.count()) == (400, 0)


def test_dismissing_takes_the_example_away_and_can_be_undone(desk: Client, said: Message, developer: User) -> None:
    one = correction(said, developer)
    approve(desk, one)
    states = []
    for _ in range(2):
        desk.post(reverse("console:teaching:dismiss", args=[one.pk]))
        one.refresh_from_db()
        states.append(one.state)
    assert (states, Example.objects.count()) == (["dismissed", "new"], 0)


@pytest.mark.parametrize("address", ["inbox", "prepare"])
def test_no_page_shows_personal_data(desk: Client, said: Message, developer: User, address: str) -> None:
    one = correction(said, developer)
    page = desk.get(reverse(f"console:teaching:{address}", args=[one.pk] if address == "prepare" else []))
    text = page.content.decode()
    assert ("Emma" in text, "0199" in text, "lid is puffy" in text) == (False, False, True)


def test_erasing_the_conversation_erases_what_came_of_it(desk: Client, said: Message, developer: User) -> None:
    approve(desk, correction(said, developer))
    said.conversation.delete()
    assert (Correction.objects.count(), Example.objects.count()) == (0, 0)


def test_the_command_prints_what_waits_and_marks_what_was_written(desk: Client, said: Message, developer: User) -> None:
    one = correction(said, developer)
    approve(desk, one)
    printed = StringIO()
    call_command("approved_examples", stdout=printed)
    known = json.loads(printed.getvalue())["id"]
    call_command("approved_examples", "--written", str(known))
    one.refresh_from_db()
    assert one.state == "exported"
    again = StringIO()
    call_command("approved_examples", stdout=again)
    assert again.getvalue() == ""
