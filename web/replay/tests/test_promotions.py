"""A model serves only after a replay, when nothing is unsigned; all Rasas load it before any of them switches."""

from __future__ import annotations

from pathlib import Path

from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.urls import reverse

from chat.models import Message
from replay.models import Change, Promotion
from replay.tests.conftest import URLS, FakeRasas, browser, replayed, sum_of

BOTH = [("stage", URLS[0]), ("stage", URLS[1]), ("switch", URLS[0]), ("switch", URLS[1])]


def promote(user: User, name: str = "new") -> str:
    """Press the button and give the page."""
    address = reverse("console:replay:promote")
    page = browser(user).post(address, {"model": f"{name}.tar.gz"}, follow=True).content.decode()
    return " ".join(page.split())


def test_a_replayed_model_serves_and_who_did_it_is_logged(rasas: FakeRasas, developer: User) -> None:
    replayed("new")
    assert "new.tar.gz serves from now on" in promote(developer)
    assert [(what, url) for what, _, url in rasas.told] == BOTH
    kept = Promotion.objects.get()
    assert (kept.model, kept.previous, kept.promoted_by) == ("new.tar.gz", "old.tar.gz", developer)
    assert (kept.sha256, kept.previous_sha256) == (sum_of("new"), sum_of("old"))
    entry = LogEntry.objects.get(action=LogEntry.Action.UPDATE)
    assert (entry.actor, entry.changes["serving"][0]) == (developer, "old.tar.gz")


def test_without_a_replay_nothing_is_promoted(rasas: FakeRasas, developer: User) -> None:
    assert "It was not replayed since it was trained." in promote(developer)
    assert (rasas.told, Promotion.objects.count()) == ([], 0)


def test_a_file_that_was_trained_again_must_be_replayed_again(rasas: FakeRasas, models: Path, developer: User) -> None:
    replayed("new")
    (models / "new.tar.gz").write_text("trained again", encoding="utf-8")
    assert "It was not replayed since it was trained." in promote(developer)
    assert rasas.told == []


def test_a_level_that_goes_down_blocks_until_a_clinician_signs(
    rasas: FakeRasas, said: Message, developer: User, clinician: User
) -> None:
    run = replayed("new", said)
    assert "1 change of its replay must be signed first." in promote(developer)
    address = reverse("console:replay:sign", args=[run.changes.get().pk])
    assert browser(developer).post(address, {"reason": "fine"}).status_code == 403
    assert "please say why" in browser(clinician).post(address, {"reason": " "}, follow=True).content.decode()
    assert rasas.told == []
    browser(clinician).post(address, {"reason": "The lid was only tired."})
    assert (
        "somebody has signed" in browser(clinician).post(address, {"reason": "x"}, follow=True).content.decode().lower()
    )
    signed = Change.objects.get()
    assert (signed.signed_by, signed.reason) == (clinician, "The lid was only tired.")
    assert "serves from now on" in promote(developer)


def test_other_changes_do_not_block(rasas: FakeRasas, said: Message, developer: User) -> None:
    replayed("new", said, kind="up")
    assert "serves from now on" in promote(developer)


def test_when_one_rasa_cannot_load_it_none_switches(rasas: FakeRasas, developer: User) -> None:
    replayed("new")
    rasas.broken = URLS[1]
    assert "The model before goes on serving." in promote(developer)
    assert [what for what, _, _ in rasas.told] == ["stage", "stage"]
    assert Promotion.objects.count() == 0


def test_going_back_needs_no_replay(rasas: FakeRasas, models: Path, developer: User) -> None:
    replayed("new")
    promote(developer)
    (models / "old.tar.gz").rename(models / "kept.tar.gz")  # the content counts, not the name
    rasas.told.clear()
    page = browser(developer).post(reverse("console:replay:roll_back"), follow=True).content.decode()
    assert "kept.tar.gz serves from now on" in page
    assert {name for _, name, _ in rasas.told} == {"kept.tar.gz"}
    back = Promotion.objects.first()
    assert back is not None
    assert (back.is_rollback, back.previous) == (True, "new.tar.gz")


def test_there_may_be_nothing_to_go_back_to(rasas: FakeRasas, models: Path, developer: User) -> None:
    address = reverse("console:replay:roll_back")
    assert "none to go back to" in browser(developer).post(address, follow=True).content.decode()
    replayed("new")
    promote(developer)
    (models / "old.tar.gz").unlink()
    assert "old.tar.gz is gone" in browser(developer).post(address, follow=True).content.decode()


def test_the_pages_show_what_changes_with_masked_words(rasas: FakeRasas, said: Message, developer: User) -> None:
    run = replayed("new", said)
    desk = browser(developer)
    overview = desk.get(reverse("console:replay:overview")).content.decode()
    page = desk.get(reverse("console:replay:replay", args=[run.pk])).content.decode()
    assert ("old.tar.gz" in overview, "must be signed first" in overview) == (True, True)
    assert ("Go today, [name]." in page, "Emma" in page, "Level goes down (1)" in page) == (True, False, True)
