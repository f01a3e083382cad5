"""People, trust and figures in a real browser, with a conversation that was really held."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import axe_violations, scrolls_sideways
from tests.e2e.visitor import Chat, newest, sign_in

PAGES = ["people/", "audit/", "deletions/", "figures/"]
SAID = "my name is Ana Example, does it hurt to have milia removed?"
PASSWORD = "a long enough secret"


@pytest.fixture
def held(page: Page) -> Page:
    """Hold a conversation in which the visitor leaves a name, then sign in as an admin and open it."""
    Chat(page).open().say(SAID)
    sign_in(page)
    newest(page).click()
    return page


@pytest.mark.parametrize("address", PAGES)
def test_each_page_is_accessible_on_a_phone_and_at_a_desk(phone: Page, address: str) -> None:
    sign_in(phone)
    for width in (390, 1280):
        phone.set_viewport_size({"width": width, "height": 850})
        phone.goto(f"/console/{address}")
        assert (scrolls_sideways(phone), axe_violations(phone)) == (False, [])


def test_personal_data_is_revealed_with_a_reason_that_the_audit_log_keeps(held: Page) -> None:
    expect(held.locator(".said")).not_to_contain_text("Example")
    held.get_by_text("Personal data is masked. Reveal").click()
    held.get_by_label("Why do you need to see it?").select_option(label="To judge what care they need")
    held.get_by_role("button", name="Reveal", exact=True).click()
    expect(held.locator(".said").first).to_contain_text("Ana Example")
    assert axe_violations(held) == []
    held.goto("/console/audit/")
    expect(held.locator("tbody tr").first).to_contain_text("read")
    expect(held.locator("tbody")).to_contain_text("revealed personal data")
    held.get_by_role("button", name="Check for tampering").click()
    expect(held.get_by_role("status")).to_contain_text("The audit log is whole")


def test_a_deleted_conversation_is_gone_for_staff_and_visitor(held: Page) -> None:
    address = held.url
    held.get_by_text("Keep or delete").click()
    held.get_by_label(re.compile("^Reason to delete it")).fill("The visitor asked us to.")
    held.get_by_role("button", name="Delete for good").click()
    expect(held.get_by_role("status")).to_contain_text("1 conversations and 0 bookings are deleted.")
    expect(held.locator("main")).to_contain_text("Nothing waits in Rasa.")
    answer = held.goto(address)
    assert answer is not None and answer.status == 404
    assert held.request.get("/chat/conversation/").json()["messages"] == []


def test_a_new_colleague_chooses_a_password_and_sees_what_the_role_allows(held: Page, browser: Browser) -> None:
    held.goto("/console/people/")
    held.get_by_label("User name").fill("frida")
    held.get_by_label("Role", exact=True).select_option(label="Front desk")
    held.get_by_role("button", name="Add", exact=True).click()
    link = held.locator(".secret").inner_text()
    colleague = browser.new_context(locale="en-CA").new_page()
    colleague.goto(link)
    for box in colleague.locator("input[type=password]").all():
        box.fill(PASSWORD)
    assert axe_violations(colleague) == []
    with colleague.expect_navigation():
        colleague.keyboard.press("Enter")
    colleague.goto(link.split("/accounts/")[0] + "/console/")
    colleague.get_by_label("User name").fill("frida")
    colleague.get_by_label("Password").fill(PASSWORD)
    colleague.keyboard.press("Enter")
    menu = colleague.get_by_role("navigation", name="Console")
    expect(menu.get_by_role("link", name="Bookings")).to_be_visible()
    expect(menu.get_by_role("link", name="Audit log")).to_have_count(0)
    answer = colleague.goto(link.split("/accounts/")[0] + "/console/audit/")
    assert answer is not None and answer.status == 403
    colleague.context.close()


def test_figures_are_drawn_and_have_their_tables(held: Page) -> None:
    held.goto("/console/figures/")
    expect(held.locator("#topics")).to_be_visible()
    expect(held.locator(".chart canvas").first).to_be_visible()
    held.get_by_text("Table of topics").click()
    expect(held.locator("#table-topics")).to_contain_text("ask pain")
    with held.expect_download() as file:
        held.get_by_role("button", name="CSV", exact=True).click()
    content = file.value.path().read_text(encoding="utf-8")
    assert ("Ana Example" in content, content.count("\n") >= 2) == (False, True)
