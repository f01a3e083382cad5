"""The chat without JavaScript: the same journeys by links and forms alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import visit
from tests.e2e.visitor import HARMLESS

BUMPS = "hi, i have these tiny white hard bumps under both eyes for like a year, dont hurt. are they milia?"


@pytest.fixture
def plain(browser: Browser, url: str) -> Iterator[Page]:
    """A visitor on a small phone whose browser runs no scripts."""
    yield from visit(browser, url, viewport={"width": 360, "height": 740}, java_script_enabled=False)


def say(page: Page, text: str) -> None:
    """Write and send."""
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def test_from_the_clinics_page_to_an_advice_and_a_booking(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("link", name="Is mine milia?").click()
    say(plain, BUMPS)
    advice = plain.locator("[data-level]")
    for _ in range(15):
        if advice.count():
            break
        offered = plain.locator("button[name=choice]").all_inner_texts()
        fitting = [title for wish in HARMLESS for title in offered if re.search(wish, title, re.IGNORECASE)]
        plain.get_by_role("button", name=fitting[0], exact=True).click()
    expect(advice).to_have_attribute("data-level", "routine")
    expect(advice.locator(".level")).to_have_text("Not urgent")
    plain.get_by_role("button", name="Book a consultation").click()
    plain.get_by_role("link", name="See the open times").click()
    plain.get_by_label("Choose a time").select_option(index=1)
    plain.get_by_label("Your name").fill("Ana Example")
    plain.get_by_label("E-mail").fill("ana@example.org")
    plain.get_by_role("checkbox").check()
    plain.get_by_role("button", name="Ask for this time").click()
    expect(plain.locator(".reference")).to_have_text(re.compile(r"^DL-\w{6}$"))


def test_an_emergency_is_told_in_words_with_a_number_to_tap(plain: Page) -> None:
    plain.goto("/chat/")
    say(plain, "my left eyelid blew up overnight and i cant open it, got a temp of 38.9")
    advice = plain.locator("[data-level=emergency]")
    expect(advice.locator(".level")).to_have_text("Get help now")
    expect(advice.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")


def test_it_is_the_same_conversation_as_the_widgets(plain: Page, browser: Browser) -> None:
    plain.goto("/chat/")
    say(plain, "what are milia?")
    expect(plain.locator(".said.visitor")).to_have_text("what are milia?")
    plain.reload()
    expect(plain.locator(".said.visitor")).to_have_count(1)
