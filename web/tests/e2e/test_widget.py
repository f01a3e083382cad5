"""The widget's own promises: keyboard, nothing lost, printing, small screens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe_violations, scrolls_sideways
from tests.e2e.visitor import Chat

WATCH_PRINTING = """Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", { get() {
  const view = this.contentDocument.defaultView;
  view.print = () => { window.printed = this; };
  return view;
} })"""
HOSTILE = "<img src=x onerror=alert(1)> & <b>bold</b>"


def test_escape_closes_and_gives_the_focus_back(chat: Chat) -> None:
    chat.open()
    assert axe_violations(chat.page) == []
    chat.page.keyboard.press("Escape")
    expect(chat.page.get_by_role("dialog")).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_a_link_that_opens_the_chat_gets_the_focus_back(chat: Chat) -> None:
    chat.page.goto("/")
    link = chat.page.get_by_role("link", name="Is mine milia?")
    link.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.log.locator(".choice", has_text="Is mine milia?").last).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_the_first_words_say_what_it_is_and_where_to_get_help(chat: Chat, url: str) -> None:
    chat.open()
    notice = chat.log.locator(".notice")
    expect(notice).to_contain_text("automated assistant")
    expect(notice.locator("a[href='tel:911']")).to_be_visible()
    expect(chat.page.get_by_role("link", name="Privacy and your data")).to_have_attribute("href", f"{url}/privacy/")


def test_what_a_visitor_types_stays_text_also_after_a_reload(chat: Chat) -> None:
    chat.open().say(HOSTILE)
    expect(chat.log.locator(".visitor .said")).to_have_text(HOSTILE)
    chat.page.reload()
    expect(chat.log.locator(".visitor .said")).to_have_text(HOSTILE)


def test_long_messages_are_counted_and_not_cut(chat: Chat) -> None:
    chat.open()
    chat.box.fill("x" * 1990)
    expect(chat.page.locator("#count")).to_have_text("10 characters left")
    chat.box.fill("x" * 2003)
    expect(chat.page.locator("#count")).to_have_text("3 characters too many")
    chat.page.keyboard.press("Enter")
    assert (len(chat.box.input_value()), chat.log.locator(".visitor").count()) == (2003, 0)


def test_an_advice_is_printed_alone(chat: Chat) -> None:
    chat.open().say("my eyelid is swollen shut and I have a fever")
    chat.page.evaluate(WATCH_PRINTING)
    chat.log.get_by_role("button", name="Print or save").click()
    text = chat.page.evaluate("window.printed.contentDocument.body.innerText")
    assert ("911" in text, "What are milia?" in text) == (True, False)


def test_nothing_is_asked_from_other_sites(chat: Chat, url: str) -> None:
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url))
    chat.open().say("what are milia?")
    assert [one for one in asked if not one.startswith((url, "data:", "blob:"))] == []


@pytest.mark.parametrize("address", ["/", "/chat/", "/privacy/", "/accounts/login/"])
def test_pages_fit_a_small_phone_and_are_accessible(phone: Page, address: str) -> None:
    phone.goto(address)
    assert (scrolls_sideways(phone), axe_violations(phone)) == (False, [])


def test_the_chat_fills_a_small_phone(phone: Page) -> None:
    chat = Chat(phone).open()
    chat.say("what are milia?")
    box = phone.get_by_role("dialog").bounding_box()
    assert (box, scrolls_sideways(phone)) == ({"x": 0, "y": 0, "width": 360, "height": 740}, False)
    assert axe_violations(phone) == []
