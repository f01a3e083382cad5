"""The chain over the audit log shows each way to tamper with it; the database refuses the plain ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from trust import chain, guard
from trust.audit import Event, record_command
from trust.models import Seal
from trust.rights import Role
from trust.tests.conftest import Browsers, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> list[LogEntry]:
    """Write five entries."""
    nurse = person(Role.CLINICIAN, "nurse")
    for number in range(5):
        record_command(nurse, Event.EXPORTED, rows=number, share=0.5, words=("a", "é"))
    return list(LogEntry.objects.order_by("pk"))


def sql(statement: str, *values: str | int) -> None:
    """Do what somebody with the database's password does."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_log_is_whole(log: list[LogEntry]) -> None:
    verdict = chain.verify()
    assert (verdict.checked, verdict.faults, verdict.head) == (5, [], chain.head())


def test_an_empty_log_is_whole() -> None:
    assert chain.verify() == chain.Verdict()


CHANGES: dict[str, Any] = {
    "changes": {"state": ["a", "b"]},
    "additional_data": {"event": "exported", "rows": 99},
    "timestamp": datetime(2026, 1, 1, tzinfo=UTC),
    "object_pk": "77",
    "object_repr": "somebody else",
    "action": 1,
    "remote_addr": "10.9.9.9",
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_entry_shows(column: str, log: list[LogEntry]) -> None:
    LogEntry.objects.filter(pk=log[2].pk).update(**{column: CHANGES[column]})
    assert chain.verify().faults == [
        f"Link 3: entry {log[2].pk} or the link before it was changed, or the key is another."
    ]


def test_an_entry_given_to_another_person_shows(log: list[LogEntry]) -> None:
    sql("UPDATE auditlog_logentry SET actor_id = %s WHERE id = %s", person(Role.ADMIN, "eve").pk, log[4].pk)
    assert len(chain.verify().faults) == 1


def test_a_removed_entry_shows(log: list[LogEntry]) -> None:
    sql("DELETE FROM trust_seal WHERE number = 2")
    sql("DELETE FROM auditlog_logentry WHERE id = %s", log[1].pk)
    assert chain.verify().faults[0] == "Links 2 to 2 are missing: entries were removed."


def test_removed_entries_at_the_beginning_show(log: list[LogEntry]) -> None:
    sql("DELETE FROM trust_seal WHERE number <= 2")
    sql("DELETE FROM auditlog_logentry WHERE id <= %s", log[1].pk)
    assert chain.verify().faults[0] == "Links 1 to 2 are missing: entries were removed."


def test_renumbered_links_show(log: list[LogEntry]) -> None:
    sql("DELETE FROM trust_seal WHERE number = 3")
    sql("UPDATE trust_seal SET number = number - 1 WHERE number > 3")
    assert "Link 3" in chain.verify().faults[0]


def test_an_entry_that_was_slipped_in_shows(log: list[LogEntry]) -> None:
    Seal.objects.filter(number=5).delete()
    assert chain.verify().faults == [f"Entry {log[4].pk} has no seal: it was not written by the application."]


def test_a_seal_made_without_the_key_shows(log: list[LogEntry]) -> None:
    forged = chain.digest_of(Seal.objects.get(number=4).digest, log[4], key="a guess")
    sql("UPDATE trust_seal SET digest = %s WHERE number = 5", forged)
    assert len(chain.verify().faults) == 1


def test_a_cut_off_end_shows_against_a_noted_head(log: list[LogEntry]) -> None:
    noted = chain.head()
    sql("DELETE FROM trust_seal WHERE number > 3")
    sql("DELETE FROM auditlog_logentry WHERE id > %s", log[2].pk)
    assert chain.verify().faults == []
    assert chain.verify(noted).faults == ["The noted head 5 is not in the chain: it was cut off or written anew."]


def test_the_newest_links_can_be_checked_alone(log: list[LogEntry]) -> None:
    verdict = chain.verify(newest=2)
    assert (verdict.checked, verdict.head.number, verdict.faults) == (2, 5, [])
    sql("UPDATE auditlog_logentry SET object_pk = '9' WHERE id = %s", log[3].pk)
    assert len(chain.verify(newest=2).faults) == 1


def test_the_log_stays_readable_after_the_key_changed(log: list[LogEntry], settings: Any) -> None:
    settings.AUDIT_OLD_KEYS, settings.AUDIT_KEY = [settings.AUDIT_KEY], "a new key"
    record_command(person(Role.ADMIN), Event.CHECKED)
    assert chain.verify().faults == []
    settings.AUDIT_OLD_KEYS = []
    assert len(chain.verify().faults) == 5


def test_the_command_says_whether_it_is_whole(log: list[LogEntry], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit", noted=str(chain.head()))
    assert capsys.readouterr().out == f"The audit log is whole: 5 entries.\nHead: {chain.head()}\n"
    sql("UPDATE auditlog_logentry SET object_pk = '9' WHERE id = %s", log[3].pk)
    with pytest.raises(CommandError, match="tampered with:\nLink 4"):
        call_command("verify_audit")
    with pytest.raises(CommandError, match="no head of the chain"):
        call_command("verify_audit", noted="nonsense")


@pytest.fixture
def closed() -> Iterator[None]:
    """Put the triggers on the tables, as every database has them but that of the tests."""
    guard.install(connection)
    yield
    guard.remove(connection)


@pytest.mark.parametrize(
    "attack",
    [
        lambda: LogEntry.objects.update(object_pk="9"),
        lambda: LogEntry.objects.all().delete(),
        lambda: Seal.objects.update(digest=""),
        lambda: sql("DELETE FROM trust_seal"),
        lambda: sql("DELETE FROM auditlog_logentry WHERE id > 0"),
        lambda: LogEntry.objects.first().save(),
    ],
)
def test_the_database_refuses_to_change_the_log(
    attack: Callable[[], object], log: list[LogEntry], closed: None
) -> None:
    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        attack()
    assert (LogEntry.objects.count(), chain.verify().faults) == (5, [])


def test_the_closed_log_takes_new_entries(log: list[LogEntry], closed: None) -> None:
    record_command(User.objects.get(username="nurse"), Event.CHECKED)
    assert (chain.verify().checked, chain.verify().faults) == (6, [])


def test_the_page_checks_the_chain_and_writes_that_down(log: list[LogEntry], as_role: Browsers) -> None:
    browser = as_role(Role.ADMIN)
    page = browser.post(reverse("trust:check"), follow=True).content.decode()
    assert ("The audit log is whole: 5 entries" in page, "checked the audit log" in page) == (True, True)
    sql("UPDATE auditlog_logentry SET object_pk = '9' WHERE id = %s", log[3].pk)
    page = browser.post(reverse("trust:check"), follow=True).content.decode()
    assert "The audit log was tampered with. Link 4" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", 6), ("who=", 6), ("what=exported", 5), ("what=read", 0), ("what=checked", 1), ("since=2999-01-01", 0),
     ("since=2026-02-31", 6), ("of=nurse", 5), ("who=99999999", 0), ("before=1", 0), ("before=x", 6)],
)  # fmt: skip
def test_the_log_can_be_filtered(query: str, shown: int, log: list[LogEntry], as_role: Browsers) -> None:
    browser = as_role(Role.ADMIN)
    browser.post(reverse("trust:check"))
    page = browser.get(f"{reverse('trust:audit')}?{query}").content.decode()
    assert page.count("<tr>") - (1 if shown else 0) == shown
