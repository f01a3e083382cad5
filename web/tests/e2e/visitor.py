"""The chat and the console as a visitor and staff use them in a browser: for tests and for the README's pictures."""

from __future__ import annotations

import os
import re
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Playwright, expect

FLAGS = """
--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update
--disable-sync --disable-dev-shm-usage --disable-features=LocalNetworkAccessChecks
""".split()
ANSWER_WITHIN = 10_000  # milliseconds: what a visitor may wait
ANSWERED = f"""(done) => {{
  addEventListener("triage-chat-answered", () => done(true), {{ once: true }});
  setTimeout(done, {ANSWER_WITHIN});
}}"""
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


def launch(playwright: Playwright) -> Browser:
    """Start Debian's Chromium (or the one that CHROMIUM names)."""
    return playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)


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
        """Do something and wait until the answer is drawn."""
        self.page.evaluate(f"() => {{ window.answered = new Promise({ANSWERED}) }}")
        action()
        assert self.page.evaluate("window.answered"), f"no answer within {ANSWER_WITHIN} ms"
        return self.last

    @property
    def last(self) -> str:
        """Give all that was said after the visitor's last message."""
        return self.log.locator(".message.visitor ~ .message:not(.visitor)").last.inner_text()

    def choices(self) -> list[str]:
        """List the offered answers."""
        return self.log.locator(".choice").all_inner_texts()

    def harmless(self) -> str:
        """Choose what a person with ordinary milia would say."""
        offered = self.choices()
        fitting = [title for wish in HARMLESS for title in offered if re.search(wish, title, re.IGNORECASE)]
        assert fitting, f"no harmless answer among {offered} to: {self.last}"
        return fitting[0]

    def answer_harmlessly(self, questions: int = 15) -> Locator:
        """Answer the questions of the triage as a person with ordinary milia, until there is an advice."""
        advice = self.log.locator("[data-level]")
        for _ in range(questions):
            if advice.count():
                return advice.last
            self.press(re.compile(f"^{re.escape(self.harmless())}$"))
        raise AssertionError(f"no advice after {questions} questions; the last one was: {self.last}")


def sign_in(page: Page) -> None:
    """Sign in as staff, with the password that the stack was started with."""
    page.goto("/console/")
    page.get_by_label("User name").fill("staff")
    page.get_by_label("Password").fill(os.environ["STAFF_PASSWORD"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Conversations", exact=True)).to_be_visible()


def newest(page: Page) -> Locator:
    """Find the link to the conversation that was held last, whatever the queue puts first."""
    page.goto("/console/?view=all")
    return page.locator(".rows a").first
