"""A real browser against the real stack: `python3 scripts/stack.py -- ...` starts it and sets STACK_URL."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

FLAGS = """
--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update
--disable-sync --disable-dev-shm-usage
""".split()  # noqa: SIM905 - a list of twelve strings is harder to read
ANSWER_WITHIN = 10_000  # milliseconds: what a visitor may wait
# What a person with ordinary milia says to each question; the first that is offered is pressed.
HARMLESS = (
    r"^none of these",
    r"^none",
    r"^19",
    r"smooth",
    r"^white",
    r"^hard",
    r"pinhead",
    r"^no\b",
    r"same",
    r"year|month",
    r"^me\b|myself",
    r"eye|cheek|face",
    r"few",
    r"removed|gone",
    r"can't tell|not sure",
)


@pytest.fixture(scope="session")
def url() -> str:
    """Give the address of the running stack."""
    if "STACK_URL" not in os.environ:
        pytest.fail("STACK_URL is not set. Run 'python3 scripts/stack.py -- web/.venv/bin/pytest web/tests/e2e'.")
    return os.environ["STACK_URL"].rstrip("/")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        yield chromium
        chromium.close()


def visit(browser: Browser, url: str, **context: Any) -> Iterator[Page]:
    """Open a page in a fresh browser profile; an error in the page's own scripts fails the test."""
    profile = browser.new_context(base_url=url, locale="en-CA", **context)
    page = profile.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    profile.close()
    assert problems == []


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """A visitor at a desk."""
    yield from visit(browser, url, viewport={"width": 1200, "height": 850})


@pytest.fixture
def phone(browser: Browser, url: str) -> Iterator[Page]:
    """A visitor with a small phone in dark mode."""
    yield from visit(browser, url, viewport={"width": 360, "height": 740}, color_scheme="dark", has_touch=True)


class Chat:
    """The widget as a visitor uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log: Locator = page.get_by_role("log")
        self.box: Locator = page.get_by_label("Your message")
        self.launcher: Locator = page.locator("button.launcher")

    def open(self) -> Chat:
        """Open the demo page and the chat with the keyboard alone."""
        self.page.goto("/")
        self.launcher.focus()
        self.page.keyboard.press("Enter")
        expect(self.box).to_be_focused()
        return self

    def say(self, text: str) -> str:
        """Type a message, send it with Enter, and give what came back."""
        self.box.focus()
        self.page.keyboard.insert_text(text)
        return self.answer_to(lambda: self.page.keyboard.press("Enter"))

    def press(self, title: str | re.Pattern[str]) -> str:
        """Press one of the offered answers."""
        return self.answer_to(self.log.locator(".choice").filter(has_text=title).first.click)

    def answer_to(self, action: Any) -> str:
        """Do something and wait for the answer."""
        with self.page.expect_response("**/chat/messages/", timeout=ANSWER_WITHIN):
            action()
        expect(self.page.locator(".writing")).to_have_text("")
        return self.last

    @property
    def last(self) -> str:
        """Give all that was said after the visitor's last message."""
        return self.log.locator(".message.visitor ~ .message:not(.visitor)").last.inner_text()

    def choices(self) -> list[str]:
        """List the offered answers."""
        return self.log.locator(".choice").all_inner_texts()

    def answer_harmlessly(self, questions: int = 15) -> Locator:
        """Answer the questions of the triage as a person with ordinary milia, until there is an advice."""
        advice = self.log.locator("[data-level]")
        for _ in range(questions):
            if advice.count():
                return advice.last
            offered = self.choices()
            fitting = [title for wish in HARMLESS for title in offered if re.search(wish, title, re.IGNORECASE)]
            assert fitting, f"no harmless answer among {offered} to: {self.last}"
            self.press(re.compile(f"^{re.escape(fitting[0])}$"))
        pytest.fail(f"no advice after {questions} questions; the last one was: {self.last}")


@pytest.fixture
def chat(page: Page) -> Chat:
    """The chat at a desk."""
    return Chat(page)


def sign_in(page: Page) -> None:
    """Sign in as staff, with the password that the stack was started with."""
    page.goto("/console/")
    page.get_by_label("User name").fill("staff")
    page.get_by_label("Password").fill(os.environ["STAFF_PASSWORD"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Conversations", exact=True)).to_be_visible()


def axe_violations(page: Page) -> list[str]:
    """Check the page as it is now for faults of accessibility."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']} {[node['html'][:200] for node in one['nodes']]}" for one in found]


def scrolls_sideways(page: Page) -> bool:
    """Tell whether something is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
