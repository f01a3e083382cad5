"""The one script tag on a clinic's page on another site, under a strict policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import axe_violations, scrolls_sideways
from tests.e2e.servers import CLINIC, Website
from tests.e2e.visitor import Chat

ARTICLE = """<!doctype html><html lang="en"><head><title>Article</title>
<meta name="viewport" content="width=device-width">
<script src="{chat}/chat/embed.js" {attributes} async></script></head><body><main><h1>White bumps</h1>
<p><a href="{chat}/chat/?topic=check" data-triage-chat="check">Is mine milia?</a></p></main></body></html>"""


class Clinic:
    """A page of a clinic at another site than the chat's."""

    def __init__(self, page: Page, chat_at: str) -> None:
        self.page, self.chat_at, self.chat = page, chat_at, Chat(page)
        self.problems: list[str] = []
        page.on("console", lambda one: self.problems.append(one.text) if one.type == "error" else None)

    def visit(self, attributes: str = "") -> Clinic:
        """Open the article, with these attributes of the script tag."""
        policy = f"default-src 'none'; script-src {self.chat_at}; connect-src {self.chat_at}; img-src {self.chat_at}"
        body = ARTICLE.format(chat=self.chat_at, attributes=attributes)
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}

        def answer(route: Route) -> None:
            route.fulfill(body=body if route.request.url == f"{CLINIC}/" else "", headers=headers)

        self.page.route(f"{CLINIC}/**", answer)
        self.page.goto(f"{CLINIC}/")
        expect(self.chat.launcher).to_be_visible()
        return self

    def open(self) -> Clinic:
        """Open the chat with the keyboard."""
        self.chat.launcher.focus()
        self.page.keyboard.press("Enter")
        expect(self.chat.box).to_be_focused()
        return self


@pytest.fixture
def clinic(page: Page, website: Website) -> Clinic:
    """The article on a large screen."""
    return Clinic(page, website.url)


@pytest.fixture
def dark(browser: Browser, website: Website) -> Iterator[Clinic]:
    """The article on a small phone in dark mode."""
    profile = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme="dark", has_touch=True)
    yield Clinic(profile.new_page(), website.url)
    profile.close()


def test_it_works_on_another_site_under_a_strict_policy(clinic: Clinic) -> None:
    clinic.visit().open().chat.say("what are milia?")
    expect(clinic.chat.log.locator(".assistant").last).to_contain_text("keratin")
    clinic.page.reload()
    expect(clinic.chat.log.locator(".visitor .said")).to_have_text("what are milia?")
    assert clinic.problems == []


def test_no_cookie_before_the_first_message_and_then_one_kept_apart_for_this_site(clinic: Clinic) -> None:
    clinic.visit().open()
    assert clinic.page.context.cookies() == []
    clinic.chat.say("what are milia?")
    cookies = clinic.page.context.cookies()
    assert sorted(one["name"] for one in cookies) == ["chat", "csrftoken"]
    assert {(one["sameSite"], one["secure"], one.get("partitionKey")) for one in cookies} == {
        ("None", True, "https://clinic.example")
    }


def test_nothing_is_asked_from_a_third_party(clinic: Clinic) -> None:
    asked: list[str] = []
    clinic.page.on("request", lambda one: asked.append(one.url))
    clinic.visit().open().chat.say("what are milia?")
    assert [one for one in asked if not one.startswith((CLINIC, clinic.chat_at, "data:", "blob:"))] == []


def test_a_button_of_the_article_opens_the_chat_on_its_topic(clinic: Clinic) -> None:
    clinic.visit()
    button = clinic.page.get_by_role("link", name="Is mine milia?")
    button.focus()
    clinic.page.keyboard.press("Enter")
    offer = clinic.chat.log.get_by_role("button", name="Is mine milia?")
    expect(offer).to_be_focused()
    assert clinic.page.context.cookies() == []  # nothing is sent before the visitor does it, below the notice
    clinic.chat.answer_to(lambda: clinic.page.keyboard.press("Enter"))
    expect(clinic.chat.log.locator(".visitor .said")).to_have_text("I have a bump on my skin. Is it milia?")
    assert len(clinic.chat.choices()) > 1


def test_without_the_script_the_button_leads_to_the_page_without_javascript(browser: Browser, website: Website) -> None:
    profile = browser.new_context(java_script_enabled=False)
    page = profile.new_page()
    clinic = Clinic(page, website.url)
    page.route(
        f"{CLINIC}/**",
        lambda route: route.fulfill(body=ARTICLE.format(chat=clinic.chat_at, attributes=""), content_type="text/html"),
    )
    page.goto(f"{CLINIC}/")
    page.get_by_role("link", name="Is mine milia?").click()
    expect(page.get_by_label("Your message")).to_have_value("I have a bump on my skin. Is it milia?")
    profile.close()


def test_attributes_choose_corner_colour_label_greeting_and_topic(clinic: Clinic) -> None:
    clinic.visit(
        'data-position="left" data-color="#ffc0cb" data-label="Questions?" data-topic="removal" '
        'data-greeting="Welcome <b>in</b>."'
    ).open()
    box = clinic.chat.launcher.bounding_box()
    assert box and box["x"] < 100
    expect(clinic.chat.launcher).to_have_text("Questions?")
    expect(clinic.chat.log.locator(".notice p").first).to_have_text("Welcome <b>in</b>.")
    expect(clinic.chat.log.locator(".notice")).to_contain_text("automated assistant")
    expect(clinic.chat.log.locator(".choice").first).to_have_text("How are milia removed?")
    assert axe_violations(clinic.page) == []  # pale pink is made dark enough for white words


def test_pale_and_dark_colours_can_be_read_in_dark_mode(dark: Clinic) -> None:
    dark.visit('data-color="#300040"').open().chat.say("what are milia?")
    assert (scrolls_sideways(dark.page), axe_violations(dark.page)) == (False, [])


def test_a_frame_from_right_to_left(dark: Clinic) -> None:
    dark.visit('data-language="fa"')
    dark.chat.launcher.click()
    panel = dark.page.get_by_role("dialog")
    expect(panel).to_have_attribute("dir", "rtl")
    expect(panel).to_contain_text("8-1-1")
    box = dark.page.locator("#message")
    box.fill("what are milia?")
    dark.chat.answer_to(lambda: box.press("Enter"))
    expect(dark.chat.log.locator(".assistant").last).to_have_attribute("dir", "ltr")
    assert (scrolls_sideways(dark.page), axe_violations(dark.page)) == (False, [])


def test_an_unknown_site_is_refused(page: Page, url: str) -> None:
    clinic = Clinic(page, url).visit()
    clinic.open()
    clinic.chat.box.fill("what are milia?")
    page.keyboard.press("Enter")
    expect(clinic.chat.log.locator(".system")).to_contain_text("8-1-1")
    assert page.context.cookies() == []
