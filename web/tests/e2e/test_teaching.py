"""Staff correct a turn that was really held; it becomes a test story without the visitor's name."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe_violations, scrolls_sideways
from tests.e2e.visitor import Chat, newest, sign_in


def test_from_a_turn_to_an_approved_story(page: Page) -> None:
    chat = Chat(page).open()
    chat.say("hello, my name is Emma Smith")
    chat.say("what are milia?")
    sign_in(page)
    newest(page).click()
    page.locator(".turn").filter(has_text="what are milia?").get_by_role("link", name="Correct").last.click()
    page.get_by_text("Another intent", exact=True).click()
    page.get_by_label("It should be understood as").select_option("ask_pain")
    page.locator("details[open]").get_by_role("button", name="Store").click()
    expect(page.get_by_role("status")).to_contain_text("training inbox")
    assert axe_violations(page) == []

    page.get_by_role("link", name="Teaching").click()
    page.locator(".rows a").first.click()
    story = page.get_by_role("region", name="As a test story")
    story.get_by_label("What the story shows").fill("greets, then asks what stings")
    said = story.get_by_label("Visitor wrote").first
    expect(said).to_have_value("hello, my name is Sam")
    said.fill("hello, my name is Emma")
    story.get_by_label("I have read it").check()
    story.get_by_role("button", name="Approve this story").click()
    expect(story.get_by_role("alert")).to_contain_text("“Emma” (name)")
    assert (scrolls_sideways(page), axe_violations(page)) == (False, [])
    story.get_by_label("Visitor wrote").first.fill("hello there")
    story.get_by_role("button", name="Approve this story").click()
    expect(page.get_by_role("heading", name="waits for a developer")).to_be_visible()
    page.get_by_role("link", name="Approved").click()
    expect(page.locator(".rows a").first).to_contain_text("test story")


def test_the_page_of_models_is_accessible(page: Page) -> None:
    sign_in(page)
    page.goto("/console/replay/")
    expect(page.get_by_role("button", name="Replay assistant.tar.gz")).to_be_enabled()
    assert (scrolls_sideways(page), axe_violations(page)) == (False, [])
