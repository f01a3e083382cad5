"""The table of rights, cell by cell: as written for people, as it is in code, and as each page behaves."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from trust.rights import TABLE, Right, Role, role_of
from trust.tests.conftest import Browsers, person

ROLES = [*Role, None]
DOCUMENT = settings.BASE_DIR.parent / "docs" / "rights.md"
EXAMPLES = {"uuid": str(uuid.UUID(int=1)), "int": "1", "str": "x", "slug": "x", "path": "x"}


def pages() -> Iterator[tuple[str, str, Right | None]]:
    """Give name, address and right of each page of the console."""
    for one in get_resolver().url_patterns:
        if isinstance(one, URLResolver) and str(one.pattern).startswith("console/"):
            yield from walk(one, str(one.namespace or ""))


def walk(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, str, Right | None]]:
    """Walk the addresses below one."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from walk(one, ":".join(filter(None, [namespace, one.namespace])))
        elif isinstance(one, URLPattern):
            name = f"{namespace}:{one.name}"
            kinds = [type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
                     for converter in one.pattern.converters.values()]  # fmt: skip
            address = reverse(name, args=[EXAMPLES[kind] for kind in kinds])
            yield name, address, getattr(one.callback, "right", None)


PAGES = list(pages())


def test_each_page_of_the_console_names_the_right_that_it_needs() -> None:
    without = [name for name, _, right in PAGES if right is None]
    assert without == [], "decorate these views with @needs(Right....), see trust/rights.py"


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("role", ROLES)
def test_a_cell_of_the_table(role: Role | None, right: Right, db: None) -> None:
    user = person(role)
    documented = role is not None and (role.label, right.label) in documented_cells()
    assert (role in TABLE[right], user.has_perm(right.permission)) == (documented, documented)


def documented_cells() -> set[tuple[str, str]]:
    """Read the table that people read."""
    rows = [line.strip("| ").split(" | ") for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if "|" in line]
    header, cells = rows[0], rows[2:]
    return {(header[place], row[0]) for row in cells for place in range(1, len(header)) if row[place].strip() == "yes"}


def test_the_table_for_people_has_a_row_for_each_right() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [right.label for right in Right if f"| {right.label} |" not in text] == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ROLES)
def test_each_page_turns_away_whoever_lacks_its_right(role: Role | None, method: str, as_role: Browsers) -> None:
    browser = as_role(role)
    browser.raise_request_exception = False
    for name, address, right in PAGES:
        status = getattr(browser, method)(address).status_code
        allowed = right is not None and role in TABLE[right]
        assert (status == 403) == (not allowed), f"{method} {name} as {role}: {status}"


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_sent_to_the_login_by_each_page(method: str, client: Client, db: None) -> None:
    answers = [getattr(client, method)(address) for _, address, _ in PAGES]
    assert {(one.status_code, one["Location"].split("?")[0]) for one in answers} == {(302, "/accounts/login/")}


def test_a_post_without_the_token_is_refused_by_each_page(db: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person(Role.ADMIN))
    answers = [browser.post(address) for _, address, _ in PAGES]
    assert {(one.status_code, b"Please reload the page" in one.content) for one in answers} == {(403, True)}


def test_a_closed_account_has_no_role(db: None) -> None:
    user = person(Role.ADMIN)
    user.is_active = False
    assert (role_of(user), user.has_perm(Right.READ.permission)) == (None, False)


def test_who_is_turned_away_reads_why(as_role: Browsers) -> None:
    page = as_role(Role.VIEWER).get("/console/audit/").content.decode()
    assert "Your role is viewer; this page needs the right to read and check the audit log." in page
