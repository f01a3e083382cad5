"""Take the README's pictures of the chat and the console: `make screenshots` runs this against a stack of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "web"))

from tests.e2e.visitor import Chat, launch, sign_in  # noqa: E402 (it lives in web/)

IMAGES = ROOT / "docs" / "images"
BUMPS = "hi, i have these tiny white hard bumps under both eyes for like a year, dont hurt. are they milia?"
ALARM = "my left eyelid blew up overnight and i cant open it, got a temp of 38.9"
QUESTION = "does it hurt when you take them out?"
SIZES = {"desk": {"width": 1200, "height": 850}, "phone": {"width": 360, "height": 740}}


def main() -> None:
    """Talk to the running stack as three visitors, and look at it as staff."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for words in (QUESTION, ALARM):
            Chat(visitor(browser)).open().say(words)
        picture_of_the_chat(visitor(browser))
        picture_of_the_map(visitor(browser, "phone"))
        picture_of_an_emergency(visitor(browser, "phone", color_scheme="dark"))
        picture_of_a_drawing(visitor(browser, "phone"))
        picture_without_javascript(visitor(browser, "phone", java_script_enabled=False))
        picture_of_the_console(visitor(browser))
        browser.close()


def visitor(browser: Browser, device: str = "desk", **more: Any) -> Page:
    """Open a page as somebody whom the website has never seen."""
    return browser.new_page(base_url=os.environ["STACK_URL"], viewport=SIZES[device], reduced_motion="reduce", **more)


def picture_of_the_chat(page: Page) -> None:
    """Describe a bump and show the advice."""
    chat = Chat(page).open()
    chat.say(BUMPS)
    chat.answer_harmlessly()
    page.screenshot(path=IMAGES / "chat.png")


def picture_of_the_map(page: Page) -> None:
    """Check a bump until the question where it is, with the map of the body."""
    chat = Chat(page).open()
    chat.say("i want to check a bump")
    places = chat.log.locator(".choices svg")
    while not places.count():
        chat.press(chat.harmless())
    page.screenshot(path=IMAGES / "chat-map.png")


def picture_of_an_emergency(page: Page) -> None:
    """Write what needs help now."""
    Chat(page).open().say(ALARM)
    page.screenshot(path=IMAGES / "chat-emergency.png")


def picture_of_a_drawing(page: Page) -> None:
    """Ask what milia are."""
    chat = Chat(page).open()
    chat.say("what are milia?")
    drawing = chat.log.locator("img")
    drawing.scroll_into_view_if_needed()
    drawing.evaluate("(image) => image.decode()")
    page.screenshot(path=IMAGES / "chat-drawing.png")


def picture_without_javascript(page: Page) -> None:
    """Ask on the page that runs no scripts."""
    page.goto("/chat/")
    page.get_by_label("Your message").fill("what are milia?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.screenshot(path=IMAGES / "chat-plain.png")


def picture_of_the_console(page: Page) -> None:
    """Show the transcript of the alarm: what was understood, and the rule with its reasons."""
    sign_in(page)
    page.goto("/console/?order=urgent")
    page.locator(".rows a").first.click()
    page.locator(".turn").first.wait_for()
    page.set_viewport_size({"width": 1200, "height": 1000})
    page.screenshot(path=IMAGES / "console.png")


if __name__ == "__main__":
    main()
