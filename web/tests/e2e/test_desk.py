"""The front desk at work, with conversations that were really held: find, follow up, close, undo; two people; live."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import axe_violations, scrolls_sideways, visit
from tests.e2e.visitor import Chat, sign_in

WORDS = "my son has a marzipan coloured bump on his chin, should someone look at it"
PAGE_LIMIT = 300_000  # bytes of one page with its styles and scripts


@pytest.fixture
def colleague(browser: Browser, url: str) -> Iterator[Page]:
    """A second member of staff at a small screen of 390 by 844."""
    yield from visit(browser, url, viewport={"width": 390, "height": 844})


def open_list(page: Page, query: str = "") -> None:
    """Open a list of conversations."""
    page.goto(f"/console/?{query}")


def test_a_front_desk_person_finds_follows_up_and_closes(page: Page) -> None:
    Chat(page).open().say(WORDS)
    sign_in(page)
    page.get_by_label("Find by words").fill("marzipan bump")
    page.get_by_role("button", name="Show").click()
    page.locator(".rows a").filter(has_text="marzipan").first.click()
    page.get_by_role("button", name="Needs follow-up").click()
    expect(page.get_by_role("status").first).to_contain_text("you set it to “needs follow-up”")
    page.get_by_label("Note for colleagues").fill("The mother calls again on Tuesday.")
    page.get_by_role("button", name="Add the note").click()
    expect(page.locator(".note")).to_contain_text("calls again on Tuesday")
    assert (axe_violations(page), scrolls_sideways(page)) == ([], False)
    page.get_by_role("link", name="All conversations").click()
    page.get_by_role("link", name="Follow-ups").click()
    page.locator(".rows a").filter(has_text="marzipan").first.click()
    page.get_by_role("button", name="Close", exact=True).first.click()
    expect(page.locator(".work")).to_contain_text("Closed")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".work strong")).to_have_text("Needs follow-up")


def test_the_queue_is_worked_through_with_the_keyboard(page: Page) -> None:
    Chat(page).open().say("zxqv blorf wug marzipan")
    sign_in(page)
    open_list(page, "q=blorf")
    keys = page.keyboard
    keys.press("j")
    expect(page.locator(".rows a").first).to_be_focused()
    keys.press("r")
    expect(page.get_by_role("status")).to_contain_text("reviewed")
    keys.press("u")
    expect(page.get_by_role("status")).to_contain_text("Undone")
    keys.press("j")
    keys.press("o")
    expect(page.get_by_role("heading", name="Conversation #")).to_be_visible()
    keys.press("n")
    expect(page.get_by_label("Note for colleagues")).to_be_focused()
    page.keyboard.type("jkrfc are letters here")
    expect(page.get_by_label("Note for colleagues")).to_have_value("jkrfc are letters here")
    page.locator("h1").click()
    keys.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_label("Use these shortcuts").uncheck()
    keys.press("Escape")
    keys.press("c")
    expect(page.locator(".work strong")).to_have_text("New")


def test_two_people_at_once_and_a_clear_message(page: Page, colleague: Page) -> None:
    Chat(page).open().say("persimmon bumps on my cheek")
    sign_in(page)
    sign_in(colleague)
    for one in (page, colleague):
        open_list(one, "q=persimmon")
        one.locator(".rows a").first.click()
    page.get_by_role("button", name="Reviewed").click()
    colleague.get_by_role("button", name="Close", exact=True).click()
    expect(colleague.get_by_role("status").first).to_contain_text("Not changed. Meanwhile staff set it to “reviewed”")
    expect(colleague.locator(".work")).to_contain_text("Reviewed")
    assert (axe_violations(colleague), scrolls_sideways(colleague)) == ([], False)


def test_staff_see_what_a_visitor_writes_while_they_write(page: Page, colleague: Page) -> None:
    chat = Chat(page).open()
    chat.say("quince bump on my nose")
    sign_in(colleague)
    open_list(colleague, "q=quince")
    colleague.locator(".rows a").first.click()
    chat.say("does it hurt to remove it?")
    expect(colleague.locator(".turn").last).to_contain_text("does it hurt to remove it?", timeout=15_000)
    expect(colleague.locator("#live-status")).to_have_text("A new message has come.")
    colleague.get_by_role("button", name="Reviewed").click()  # what came live counts as seen
    expect(colleague.locator(".work strong")).to_have_text("Reviewed")


def test_what_a_visitor_typed_runs_nowhere_in_the_console(page: Page) -> None:
    Chat(page).open().say(
        "<img src=x onerror=\"document.title='owned'\"> <script>document.title='owned'</script> tamarind"
    )
    sign_in(page)
    open_list(page, "q=tamarind")
    page.locator(".rows a").first.click()
    expect(page.locator(".said .words").first).to_contain_text("<img src=x onerror")
    page.get_by_text("Summary for the clinician").click()
    page.get_by_role("link", name="Open it alone").click()
    expect(page.locator(".card").first).to_contain_text("<img src=x")
    assert "owned" not in page.title()


def test_the_summary_can_be_copied(page: Page) -> None:
    Chat(page).open().say("my eyelid is swollen shut and I have a fever")
    sign_in(page)
    page.locator("a.alert").click()
    page.locator(".rows a").first.click()
    page.get_by_text("Summary for the clinician").click()
    text = page.locator("#summary-text").input_value()
    assert ("Level: Emergency" in text, "Not a diagnosis" in text) == (True, True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy as text").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert axe_violations(page) == []


@pytest.mark.parametrize("address", ["", "?view=all", "bookings/"])
def test_no_page_is_heavy_or_asks_another_site(page: Page, url: str, address: str) -> None:
    sign_in(page)
    loaded: dict[str, int] = {}
    page.on("response", lambda answer: loaded.update({answer.url: len(answer.body())}))
    page.goto(f"/console/{address}")
    page.wait_for_load_state("networkidle")
    assert [one for one in loaded if not one.startswith(url)] == []
    assert sum(loaded.values()) < PAGE_LIMIT, loaded
    headers = page.request.get(f"{url}/console/{address}").headers
    assert ("unsafe-inline" in headers["content-security-policy"], os.environ.get("DJANGO_DEBUG", "")) == (False, "")
