"""Staff pages in a real browser: accessible, and usable on a small phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe_violations, scrolls_sideways
from tests.e2e.visitor import Chat, newest, sign_in

PAGES = [
    "",
    "bookings/",
    "reviews/",
    "teaching/",
    "teaching/agreement/",
    "audit/",
    "?q=nobody+wrote+this",
    "?view=queue&need=call_back",
    "?view=all&level=routine&from=2026-01-01",
]


@pytest.mark.parametrize("address", PAGES)
def test_each_page_is_accessible_and_fits_a_small_phone(phone: Page, address: str) -> None:
    sign_in(phone)
    phone.goto(f"/console/{address}")
    assert (scrolls_sideways(phone), axe_violations(phone)) == (False, [])


def test_a_transcript_is_accessible_and_fits_a_small_phone(phone: Page) -> None:
    Chat(phone).open().say("does it hurt to have milia removed?")
    sign_in(phone)
    newest(phone).click()
    expect(phone.locator(".turn")).to_contain_text("does it hurt to have milia removed?")
    assert (scrolls_sideways(phone), axe_violations(phone)) == (False, [])


def test_staff_reach_a_transcript_with_the_keyboard_alone(page: Page) -> None:
    Chat(page).open().say("what are milia?")
    sign_in(page)
    newest(page).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Conversation #")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


def test_a_wrong_password_is_explained(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("User name").fill("staff")
    page.get_by_label("Password").fill("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).not_to_be_empty()
    assert axe_violations(page) == []
