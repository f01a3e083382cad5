"""Nothing that a visitor wrote is lost or said twice: network, reload, tabs, restart, old cookies, wrong clock."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import axe_violations
from tests.e2e.servers import Website
from tests.e2e.visitor import ANSWER_WITHIN, Chat

MESSAGES = "**/chat/messages/"
SOON = 20_000  # milliseconds: a try again is due, and a busy machine is slow


def sent_ids(page: Page) -> list[str]:
    """Collect the client id of every attempt to send from now on."""
    seen: list[str] = []
    page.on(
        "request", lambda one: seen.append(json.loads(one.post_data or "{}")["client_id"]) if is_message(one) else None
    )
    return seen


def is_message(request: Any) -> bool:
    """Tell whether a request sends a message."""
    return bool(request.method == "POST" and request.url.endswith("/chat/messages/"))


def kept(page: Page) -> list[tuple[str, str]]:
    """Give the log as the server has it: (author, text) of each message."""
    messages = page.evaluate("fetch('/chat/conversation/').then((answer) => answer.json())")["messages"]
    return [(one["author"], one["text"]) for one in messages]


def said(page: Page) -> list[str]:
    """Give what the server has from the visitor."""
    return [text for author, text in kept(page) if author == "visitor"]


def shown(chat: Chat) -> list[str]:
    """Give what the widget shows of the visitor's words."""
    return chat.log.locator(".visitor .said").all_inner_texts()


def test_without_a_network_the_words_wait_and_go_out_once_in_their_order(chat: Chat) -> None:
    page = chat.open().page
    page.context.set_offline(True)
    for text in ("what are milia?", "how are milia removed?"):
        chat.box.fill(text)
        page.keyboard.press("Enter")
    expect(chat.log.locator(".visitor .state")).to_have_text(["Not sent yet"] * 2)
    note = chat.log.locator(".system")
    expect(note).to_contain_text("goes out by itself once the connection is back")
    expect(note.locator("a[href='tel:911']")).to_be_visible()
    assert axe_violations(page) == []
    page.context.set_offline(False)
    expect(chat.log.locator(".assistant:not(.notice)")).to_have_count(2, timeout=SOON)
    expect(chat.log.locator(".state, .system")).to_have_count(0)
    assert shown(chat) == said(page) == ["what are milia?", "how are milia removed?"]
    assert [author for author, _ in kept(page)] == ["visitor", "assistant"] * 2
    order = chat.log.locator(".message:not(.notice)").evaluate_all("(all) => all.map((one) => one.classList[1])")
    assert order == ["visitor", "assistant"] * 2


def test_the_visitor_can_send_again_by_hand_and_keeps_the_focus(chat: Chat) -> None:
    page = chat.open().page
    page.context.set_offline(True)
    chat.box.fill("what are milia?")
    page.keyboard.press("Enter")
    again = chat.log.get_by_role("button", name="Try again")
    again.focus()
    page.context.set_offline(False)
    expect(chat.log.locator(".assistant:not(.notice)")).to_have_count(1, timeout=SOON)
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.className") == "log"


def test_an_answer_that_was_lost_on_its_way_is_fetched_once(chat: Chat) -> None:
    page = chat.open().page
    seen = sent_ids(page)

    def lose_the_first(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(MESSAGES, lose_the_first, times=1)
    chat.say("what are milia?")
    assert (len(seen), len(set(seen))) == (2, 1)
    assert [author for author, _ in kept(page)] == ["visitor", "assistant"]


def test_a_reload_in_the_middle_of_sending_loses_nothing(chat: Chat) -> None:
    page = chat.open().page
    seen = sent_ids(page)
    page.route(MESSAGES, lambda _: None)  # it never leaves
    with page.expect_request(MESSAGES):
        chat.box.fill("what are milia?")
        page.keyboard.press("Enter")
    chat.box.fill("half a thou")
    page.unroute(MESSAGES)
    page.reload()
    expect(chat.log.locator(".assistant:not(.notice)")).to_have_count(1, timeout=SOON)
    expect(chat.box).to_have_value("half a thou")
    assert (shown(chat), said(page), len(set(seen))) == (["what are milia?"], ["what are milia?"], 1)


def test_a_reload_before_the_answer_arrives_shows_it_once_below_the_question(chat: Chat) -> None:
    page = chat.open().page

    def answered_unheard(route: Route) -> None:
        route.fetch()
        page.evaluate("console.log('answered')")

    page.route(MESSAGES, answered_unheard)
    with page.expect_console_message(lambda said: said.text == "answered"):
        chat.box.fill("what are milia?")
        page.keyboard.press("Enter")
    page.unroute(MESSAGES)
    page.reload()
    expect(chat.log.locator(".assistant:not(.notice)")).to_have_count(1, timeout=SOON)
    order = chat.log.locator(".message:not(.notice)").evaluate_all("(all) => all.map((one) => one.classList[1])")
    assert order == ["visitor", "assistant"]
    assert page.evaluate("sessionStorage.getItem('triage-chat-outbox')") in (None, "[]")
    expect(chat.log).not_to_contain_text("has ended")


def test_a_second_tab_shows_the_same_conversation(chat: Chat) -> None:
    chat.open().say("what are milia?")
    second = Chat(chat.page.context.new_page()).open()
    expect(second.log.locator(".visitor .said")).to_have_text("what are milia?")
    second.say("how are milia removed?")
    expect(chat.log.locator(".visitor .said").last).to_have_text("how are milia removed?")
    expect(chat.log.locator(".assistant").last).to_have_text(
        second.log.locator(".assistant").last.inner_text(), use_inner_text=True
    )
    assert shown(chat) == said(chat.page)


def test_erased_elsewhere_is_erased_here(chat: Chat) -> None:
    page = chat.open().page
    chat.say("what are milia?")
    other = page.context.new_page()
    other.goto("/privacy/")
    other.get_by_role("button", name="Erase my conversation").click()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(chat.log).to_contain_text("This conversation was ended in another window.")
    expect(chat.log.locator(".visitor")).to_have_count(0)


def test_the_back_button_leads_back_into_the_conversation(chat: Chat) -> None:
    page = chat.open().page
    chat.say("what are milia?")
    page.goto("/privacy/")
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(chat.log.locator(".visitor .said")).to_have_text("what are milia?")
    chat.say("how are milia removed?")
    assert len(said(page)) == 2


def test_a_server_that_restarts_gets_the_words_once(page: Page, website: Website) -> None:
    page.goto(website.url)
    chat = Chat(page)
    chat.launcher.click()
    chat.say("what are milia?")
    website.stop()
    chat.box.fill("how are milia removed?")
    page.keyboard.press("Enter")
    expect(chat.log.locator(".state")).to_have_text("Not sent yet")
    website.start()
    expect(chat.log.locator(".assistant:not(.notice)")).to_have_count(2, timeout=90_000)
    assert said(page) == ["what are milia?", "how are milia removed?"]


def test_an_expired_session_begins_a_new_conversation_and_says_so(chat: Chat) -> None:
    page = chat.open().page
    chat.say("what are milia?")
    page.context.clear_cookies()
    chat.say("how are milia removed?")
    expect(chat.log).to_contain_text("Your earlier conversation has ended. This is a new one.")
    assert said(page) == ["how are milia removed?"]


def test_an_old_choice_after_an_expired_session_is_explained(chat: Chat) -> None:
    page = chat.open().page
    chat.say("what are milia?")
    page.context.clear_cookies()
    chat.log.locator(".choice").first.click()
    expect(chat.log.locator(".system")).to_contain_text("Please type your answer instead.")
    expect(chat.log.locator(".state")).to_have_count(0)
    chat.say("how are milia removed?")


@pytest.mark.parametrize("year", [1999, 2099])
def test_a_wrong_clock_changes_nothing(page: Page, year: int) -> None:
    page.clock.install(time=f"{year}-01-01T00:00:00Z")
    chat = Chat(page).open()
    chat.say("what are milia?")
    page.reload()
    expect(chat.log.locator(".visitor .said")).to_have_text("what are milia?")


def test_after_a_sleep_what_waited_is_sent_once(page: Page) -> None:
    page.clock.install()
    chat = Chat(page).open()
    seen = sent_ids(page)
    page.context.set_offline(True)
    chat.box.fill("what are milia?")
    page.keyboard.press("Enter")
    expect(chat.log.locator(".state")).to_be_visible()
    page.clock.fast_forward("08:00:00")
    page.context.set_offline(False)
    expect(chat.log.locator(".assistant:not(.notice)")).to_have_count(1, timeout=SOON)
    assert (len(set(seen)), said(page)) == (1, ["what are milia?"])


def test_an_emergency_is_shown_also_to_somebody_who_has_closed_the_chat(chat: Chat) -> None:
    page = chat.open().page
    held: list[Route] = []
    page.route(MESSAGES, lambda route: held.append(route))
    with page.expect_request(MESSAGES):
        chat.box.fill("my eyelid is swollen shut and I have a fever")
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    held[0].continue_()
    expect(chat.log.locator("[data-level=emergency]")).to_be_visible(timeout=ANSWER_WITHIN)


def test_the_sign_of_writing_comes_only_when_the_answer_takes_long(page: Page) -> None:
    page.clock.install(time=0)
    chat = Chat(page).open()
    expect(chat.log.locator(".choice").first).to_be_visible()
    page.clock.pause_at(10**7)
    held: list[Route] = []
    page.route(re.compile("/chat/(begin|messages)/"), lambda route: held.append(route))
    chat.box.fill("what are milia?")
    page.keyboard.press("Enter")
    writing = page.locator(".writing")
    page.clock.run_for(399)
    expect(writing).to_have_text("")
    page.clock.run_for(1)
    expect(writing).to_have_text("The assistant is writing")
