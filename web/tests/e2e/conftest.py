"""A real browser against the real stack: `python3 scripts/stack.py -- ...` starts it and sets STACK_URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.servers import Website
from tests.e2e.visitor import Chat, launch


@pytest.fixture(scope="session")
def url() -> str:
    """Give the address of the running stack."""
    if "STACK_URL" not in os.environ:
        pytest.fail("STACK_URL is not set. Run 'python3 scripts/stack.py -- web/.venv/bin/pytest web/tests/e2e'.")
    return os.environ["STACK_URL"].rstrip("/")


@pytest.fixture(scope="session")
def website(url: str) -> Iterator[Website]:
    """A website that a test may stop, and that knows a clinic's page on another site."""
    own = Website()
    yield own
    own.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
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


@pytest.fixture
def chat(page: Page) -> Chat:
    """The chat at a desk."""
    return Chat(page)


def axe_violations(page: Page) -> list[str]:
    """Check the page as it is now for faults of accessibility."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']} {[node['html'][:200] for node in one['nodes']]}" for one in found]


def scrolls_sideways(page: Page) -> bool:
    """Tell whether something is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
