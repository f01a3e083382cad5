"""The main journey: a visitor asks, describes a bump, books; an alarm stops everything; staff read it all."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe_violations
from tests.e2e.visitor import Chat, sign_in

BUMPS = "hi, i have these tiny white hard bumps under both eyes for like a year, dont hurt. are they milia?"
ALARM = "also my left eyelid blew up overnight and i cant open it, got a temp of 38.9"


def test_from_a_question_to_a_booking_that_staff_confirm(chat: Chat) -> None:
    page = chat.page
    chat.open()
    assert "milia" in chat.say("what are milia?").lower()
    chat.log.locator("summary").last.click()
    expect(chat.log.locator("details[open] a").first).to_have_attribute("rel", "noopener noreferrer")

    chat.say(BUMPS)
    advice = chat.answer_harmlessly()
    expect(advice).to_have_attribute("data-level", "routine")
    expect(advice).to_contain_text("milia")
    advice.get_by_text("Why this answer?").click()
    expect(advice.locator("details[open]")).to_contain_text("Sources")
    assert axe_violations(page) == []

    chat.press("Book a consultation")
    reference = book(page)
    page.reload()
    expect(chat.log).to_contain_text(reference)

    sign_in(page)
    page.get_by_label("Find by").fill(reference)
    page.get_by_role("button", name="Show").click()
    page.locator(".rows a").click()
    expect(page.locator(".turn").filter(has_text=BUMPS)).to_contain_text("Understood as")
    expect(page.locator(".decision").last).to_contain_text("Routine")
    assert axe_violations(page) == []
    page.get_by_role("link", name=reference).click()
    page.get_by_role("button", name=f"Confirm {reference}").click()
    expect(page.get_by_role("status")).to_contain_text(f"{reference} is confirmed")


def book(page: Page) -> str:
    """Fill in the booking form, wrong first; give the reference number."""
    send = page.get_by_role("button", name="Ask for this time")
    send.click()
    expect(page.locator("#error-slot")).not_to_be_empty()
    expect(page.locator(".time input").first).to_be_focused()
    page.locator(".time input[type=radio]").first.check()
    page.get_by_label("Your name").fill("Ana Example")
    page.get_by_label("E-mail").fill("ana@example.org")
    page.locator("#booking-consent").check()
    assert axe_violations(page) == []
    send.click()
    expect(page.locator(".reference")).to_have_text(re.compile(r"^DL-\w{6}$"))
    return page.locator(".reference").inner_text()


def test_an_alarm_in_the_middle_of_a_booking_comes_first(chat: Chat) -> None:
    page = chat.page
    chat.open().say("I would like to book a consultation")
    chat.say(ALARM)
    advice = chat.log.locator("[data-level]").last
    expect(advice).to_have_attribute("data-level", "emergency")
    expect(advice.locator("a[href='tel:911']").first).to_be_visible()
    assert axe_violations(page) == []

    sign_in(page)
    page.locator("a.alert").click()
    page.locator(".rows a").first.click()
    expect(page.get_by_role("heading", name="Needs a call back")).to_be_visible()
    expect(page.locator("main")).to_contain_text(ALARM)
    page.get_by_label("What did you do?").fill("Spoke to the visitor.")
    page.get_by_role("button", name="Mark as called back").click()
    expect(page.locator(".done")).to_contain_text("Spoke to the visitor.")
    page.locator(".review summary").last.click()
    page.get_by_label("What should it have understood?").last.fill("Exactly this.")
    page.get_by_role("button", name="Store my review").last.click()
    expect(page.get_by_role("status")).to_contain_text("Your review is stored")
