"""Staff correct a turn."""

from __future__ import annotations

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from chat.models import Disposition, Message
from console.models import Review
from teaching.agreement import between
from teaching.models import Correction
from teaching.tests.conftest import correction, decide


def add(desk: Client, said: Message, **fields: str) -> int:
    """Send one correction."""
    return desk.post(reverse("console:teaching:add", args=[said.pk]), fields).status_code


def stored() -> list[tuple[str, str, str]]:
    """Give kind, target and reason of all corrections."""
    return list(Correction.objects.order_by("pk").values_list("kind", "target", "reason"))


def test_each_kind_of_correction_is_kept(desk: Client, said: Message) -> None:
    sent = [
        ("intent", "ask_pain", ""),
        ("missed", "E02", "puffy lid"),
        ("missed", "fever", ""),
        ("wrong", "E02", ""),
        ("level", "soon", "no sign of infection"),
        ("answer", "utter_ask_pain", ""),
    ]
    assert [add(desk, said, kind=kind, target=target, reason=why) for kind, target, why in sent] == [302] * 6
    assert stored() == sent


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "intent", "target": "no_intent"},
        {"kind": "intent"},
        {"kind": "level", "target": "soon"},  # no reason
        {"kind": "nonsense", "target": "soon"},
        {},
    ],
)
def test_what_says_nothing_is_sent_back(desk: Client, said: Message, fields: dict[str, str]) -> None:
    assert (add(desk, said, **fields), stored()) == (400, [])


def test_of_an_intent_the_newest_of_a_person_counts(desk: Client, said: Message) -> None:
    Message.objects.update(intent="greet")
    add(desk, said, kind="intent", target="ask_cost")
    add(desk, said, kind="intent", target="ask_pain")
    add(desk, said, kind="intent", target="ask_pain", reason="it stings")
    assert stored() == [("intent", "ask_pain", "it stings")]


@pytest.mark.parametrize(("kind", "target"), [("intent", "ask_cost"), ("level", "soon")])
def test_what_the_assistant_did_already_corrects_nothing(desk: Client, said: Message, kind: str, target: str) -> None:
    decide(said, Disposition.SOON)
    assert (add(desk, said, kind=kind, target=target, reason="so"), stored()) == (400, [])


def test_another_level_counts_as_a_review_until_it_is_withdrawn(desk: Client, said: Message) -> None:
    decide(said, Disposition.SOON)
    add(desk, said, kind="level", target="urgent", reason="since lunch")
    assert dict(between().pairs) == {("soon", "urgent"): 1}
    desk.post(reverse("console:teaching:withdraw", args=[Correction.objects.get().pk]))
    assert (between().judged, stored()) == (0, [])


def test_what_was_dismissed_and_is_said_again_waits_again(desk: Client, said: Message, developer: User) -> None:
    one = correction(said, developer, "missed", "E02")
    Correction.objects.update(state="dismissed")
    add(desk, said, kind="missed", target="E02")
    one.refresh_from_db()
    assert one.state == "new"


def test_several_signs_can_be_missing(desk: Client, said: Message) -> None:
    add(desk, said, kind="missed", target="E02")
    add(desk, said, kind="missed", target="fever")
    assert len(stored()) == 2


def test_the_page_shows_no_personal_data(desk: Client, said: Message) -> None:
    page = desk.get(reverse("console:teaching:correct", args=[said.pk])).content.decode()
    assert ("Emma" in page, "555 0199" in page, "my name is [name]" in page) == (False, False, True)


def test_only_ones_own_new_correction_can_be_withdrawn(desk: Client, said: Message, developer: User) -> None:
    other = User.objects.create_user("other")
    mine, theirs = correction(said, developer), correction(said, other)
    done = correction(said, developer, "missed", "E02")
    Correction.objects.filter(pk=done.pk).update(state="approved")
    answers = [
        desk.post(reverse("console:teaching:withdraw", args=[one.pk])).status_code for one in (mine, theirs, done)
    ]
    assert answers == [302, 404, 302]
    assert set(Correction.objects.values_list("pk", flat=True)) == {theirs.pk, done.pk}


def test_a_correction_is_written_into_the_audit_log_without_words(desk: Client, said: Message) -> None:
    add(desk, said, kind="level", target="soon", reason="Emma is fine")
    entry = LogEntry.objects.filter(action=LogEntry.Action.UPDATE).get()
    assert (entry.changes, "Emma" in str(entry.__dict__)) == ({"level": ["", "soon"]}, False)


def test_a_review_that_names_a_level_comes_into_the_inbox_and_leaves_it(said: Message, developer: User) -> None:
    review = Review(message=said, reviewer=developer, verdict="disagree", understood="no fever", level="soon")
    review.save()
    assert stored() == [("level", "soon", "no fever")]
    review.level = "urgent"
    review.save()
    assert stored() == [("level", "urgent", "no fever")]
    review.verdict, review.level = "agree", ""
    review.save()
    assert stored() == []
