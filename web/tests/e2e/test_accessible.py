"""For everyone: axe in each state, light and dark; the keyboard alone; what a screen reader hears; zoom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.conftest import axe_violations, scrolls_sideways, visit
from tests.e2e.visitor import Chat

BUMPS = "hi, i have these tiny white hard bumps under both eyes for like a year, dont hurt. are they milia?"
LEVELS = ("emergency", "urgent", "soon", "routine", "self_care")
TABLE = {
    "type": "comparison",
    "title": "Milia or whiteheads?",
    "columns": ["", "Milia", "Whiteheads"],
    "rows": [["Opening", "None: the skin over it is closed", "A clogged pore"], ["Feel", "Hard like a bead", "Softer"]],
}
DRAWING = {
    "type": "answer",
    "drawing": {"name": "milium", "alt": "A cut through the skin."},
    "sources": [{"title": "A source", "url": "https://example.org"}],
}
PLACE = {"type": "question", "question": "place"}
LISTEN = """() => {
  const heard = (window.heard = []);
  const { shadowRoot } = document.querySelector("triage-chat");
  for (const region of shadowRoot.querySelectorAll("[aria-live=polite], [aria-live=assertive]")) {
    const hear = (node) => heard.push([region.getAttribute("aria-live"), node.textContent]);
    const watch = new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(hear)));
    watch.observe(region, { childList: true, subtree: true });
  }
}"""
FOCUSED = """() => {
  const inner = document.activeElement.shadowRoot?.activeElement;
  return (inner ?? document.activeElement).outerHTML.slice(0, 80);
}"""


def reply(
    text: str, metadata: dict[str, Any] | None = None, buttons: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """Make a message of the assistant as the server sends it."""
    shown = [["p", {}, *([["strong", {}, text]] if metadata else [text])]]
    return {
        "author": "assistant",
        "text": text,
        "shown": shown,
        "buttons": buttons or [],
        "custom": None,
        "metadata": metadata or {},
    }


def advice(level: str) -> dict[str, Any]:
    """Make an advice with its reasons, sources and calls."""
    reasons = [{"because": "Because it hurts.", "words": ["it hurts"]}]
    metadata = {
        "type": "advice",
        "level": level,
        "reasons": reasons,
        "sources": [{"title": "A source", "url": "https://example.org"}],
    }
    return reply(
        f"Advice for {level}.",
        metadata,
        [{"title": "Call 911", "href": "tel:911"}, {"title": "It's not happening now"}],
    )


def answer_with(page: Page, *replies: dict[str, Any]) -> None:
    """Answer the next messages with these replies, whatever is asked."""
    ids = count(1)

    def answer(route: Route) -> None:
        sent = json.loads(route.request.post_data or "{}")
        mine = {"author": "visitor", "text": sent["text"], "client_id": sent["client_id"], "buttons": []}
        message, *numbered = ({**one, "id": next(ids)} for one in (mine, *replies))
        first = message["id"] == 1
        body = {"status": "answered", "first": first, "message": message, "replies": numbered, "assessment": None}
        route.fulfill(json=body)

    page.route("**/chat/messages/", answer)


@pytest.fixture(params=["light", "dark"])
def scheme(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A visitor in light and in dark mode, on a phone of 320 points, who wants no motion."""
    size = {"width": 320, "height": 640}
    yield from visit(browser, url, viewport=size, color_scheme=request.param, reduced_motion="reduce", has_touch=True)


def test_every_state_is_clean_in_light_and_in_dark(scheme: Page) -> None:
    chat = Chat(scheme).open()
    problems = {"first words": axe_violations(scheme)}
    everything = [advice(level) for level in LEVELS] + [
        reply("plain", TABLE),
        reply("Look.", DRAWING),
        reply("Where?", PLACE, [{"title": "Elsewhere"}]),
    ]
    answer_with(scheme, *everything)
    chat.say("show me everything")
    expect(chat.log.locator(".choices svg a").first).to_be_visible()
    for summary in chat.log.locator("summary").all():
        summary.click()
    problems["every kind of message"] = axe_violations(scheme)
    chat.box.fill("x" * 2005)
    problems["too long"] = axe_violations(scheme)
    assert ({name: found for name, found in problems.items() if found}, scrolls_sideways(scheme)) == ({}, False)


def test_the_level_is_told_by_words_and_by_a_shape_of_its_own(chat: Chat) -> None:
    chat.open()
    answer_with(chat.page, *(advice(level) for level in LEVELS))
    chat.say("everything")
    names = ["Get help now", "See someone today", "See someone soon", "Not urgent", "Care at home"]
    expect(chat.log.locator(".level")).to_have_text(names)
    shapes = chat.log.locator(".level path").evaluate_all("(all) => all.map((one) => one.getAttribute('d'))")
    assert len(set(shapes)) == len(LEVELS)


def test_news_is_said_once_and_in_order_and_an_emergency_at_once(chat: Chat) -> None:
    page = chat.open().page
    page.evaluate(LISTEN)
    answer_with(page, reply("First.", None, [{"title": "Yes"}]), reply("Second."), advice("emergency"))
    chat.say("hello")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # looking again is no news
    page.wait_for_load_state("networkidle")
    heard = page.evaluate("window.heard")
    polite = [text for live, text in heard if live == "polite"]
    assert [one.split("\n")[0] for one in polite] == ["First.", "Second."]
    assert [text.split("\n")[:2] for live, text in heard if live == "assertive"] == [
        ["Get help now", "Advice for emergency."]
    ]
    assert "Yes" in polite[0]


def test_an_old_conversation_is_no_news(chat: Chat) -> None:
    page = chat.open().page
    chat.say("what are milia?")
    page.reload()
    page.evaluate(LISTEN)
    expect(chat.log.locator(".visitor")).to_have_count(1)
    assert page.evaluate("window.heard") == []


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Press Tab until the focus is there; it must never get lost on the way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("(node) => node.getRootNode().activeElement === node"):
            return
    raise AssertionError(f"{most} times Tab did not lead to {wanted}; the focus is on {page.evaluate(FOCUSED)}")


def press_with_keyboard(chat: Chat, title: str) -> None:
    """Go to an answer with Tab and press it with Enter; afterwards the focus is still in the chat."""
    button = chat.log.get_by_role("button", name=title, exact=True).last
    tab_to(chat.page, button)
    chat.answer_to(lambda: chat.page.keyboard.press("Enter"))
    assert 'class="log"' in chat.page.evaluate(FOCUSED)


def test_the_journey_to_a_booking_by_keyboard_alone(chat: Chat) -> None:
    page = chat.open().page
    chat.say(BUMPS)
    advice_node = chat.log.locator("[data-level]")
    for _ in range(12):
        if advice_node.count():
            break
        press_with_keyboard(chat, chat.harmless())
    press_with_keyboard(chat, "Book a consultation")
    time = page.locator(".time input").first
    tab_to(page, time)
    page.keyboard.press("Space")
    for label, words in (("Your name", "Ana Example"), ("E-mail", "ana@example.org")):
        tab_to(page, page.get_by_label(label))
        page.keyboard.insert_text(words)
    tab_to(page, page.locator("#booking-consent"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Ask for this time"))
    page.keyboard.press("Enter")
    expect(page.locator(".reference")).to_be_visible()
    assert "booking" in page.evaluate(FOCUSED)


def test_the_map_by_keyboard_and_by_touch(chat: Chat) -> None:
    page = chat.open().page
    answer_with(page, reply("Where are they?", PLACE, [{"title": "Elsewhere on the face"}]))
    chat.say("a bump")
    picture = chat.log.get_by_role("group", name="Tap the place")
    expect(picture).to_be_visible()
    expect(chat.log.get_by_role("button", name="Elsewhere on the face")).to_be_visible()
    tab_to(page, picture.get_by_role("button", name="Scalp"))
    page.keyboard.press("ArrowRight")
    expect(picture.get_by_role("button", name="Forehead")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(picture.get_by_role("button", name="Leg")).to_be_focused()
    chat.answer_to(lambda: page.keyboard.press("Enter"))
    expect(chat.log.locator(".visitor .said").last).to_have_text("On the leg")
    expect(chat.log.locator(".choices svg")).to_have_count(1)  # the answered map is gone, the new question has its own
    chat.answer_to(chat.log.get_by_role("button", name="Nose").click)
    expect(chat.log.locator(".visitor .said").last).to_have_text("On the nose")


def test_a_place_on_the_map_answers_the_question(chat: Chat) -> None:
    question = chat.open().say("i want to check a bump")
    while "Where are they" not in question:
        question = chat.press(chat.harmless())
    place = chat.log.locator(".choices svg").get_by_role("button", name="Nose")
    question = chat.answer_to(place.click)
    assert "Where are they" not in question


def test_the_tree_that_a_screen_reader_reads(chat: Chat) -> None:
    chat.open()
    answer_with(chat.page, advice("urgent"), reply("plain", TABLE))
    chat.say("it hurts")
    expect(chat.page.get_by_role("dialog")).to_match_aria_snapshot(
        """
        - dialog "DERM Lab assistant":
          - heading "DERM Lab assistant" [level=2]
          - button "Close the chat"
          - log "Conversation":
            - paragraph:
              - link "911"
            - text: "You:"
            - paragraph: it hurts
            - text: "Assistant:"
            - paragraph: See someone today
            - paragraph:
              - strong: Advice for urgent.
            - paragraph:
              - link "Call 911"
            - group: Why this answer?
            - button "Print or save"
            - table "Milia or whiteheads?":
              - caption: Milia or whiteheads?
              - rowgroup:
                - row:
                  - cell
                  - columnheader "Milia"
                  - columnheader "Whiteheads"
              - rowgroup:
                - row:
                  - rowheader "Opening"
          - textbox "Your message"
          - button "Send"
        """
    )


def test_the_page_behind_can_be_reached_and_the_chat_left_again(chat: Chat) -> None:
    page = chat.open().page
    tab_to(
        page, page.get_by_role("link", name="Skip to the text"), most=12
    )  # past the end of the chat, round to the page


ZOOMS = [(640, 512), (320, 256), (320, 180)]  # 1280 x 1024 at 200 % and 400 %, and a low screen at 400 %


@pytest.mark.parametrize("width, height", ZOOMS, ids=["200 %", "400 %", "400 % low"])
def test_at_high_zoom_everything_can_be_read_and_used(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    chat = Chat(page).open()
    answer_with(page, advice("emergency"), reply("plain", TABLE))
    chat.say("hello")
    for part in (
        chat.log.locator(".call"),
        chat.log.locator("table"),
        chat.box,
        page.get_by_role("button", name="Close the chat"),
    ):
        part.scroll_into_view_if_needed()
        box = part.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert not scrolls_sideways(page)


def test_zooming_in_while_the_chat_is_open_keeps_the_place(chat: Chat) -> None:
    page = chat.open().page
    chat.box.fill("half a thought")
    page.set_viewport_size({"width": 320, "height": 256})
    expect(chat.box).to_be_focused()
    expect(chat.box).to_have_value("half a thought")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_without_motion_nothing_moves(scheme: Page) -> None:
    Chat(scheme).open()
    moving = scheme.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length")
    assert moving == 0


def test_the_conversation_is_printed_without_buttons(chat: Chat) -> None:
    chat.open()
    answer_with(chat.page, advice("soon"))
    chat.say("hello")
    chat.page.evaluate(
        """Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", { get() {
          const view = this.contentDocument.defaultView;
          view.print = () => { window.printed = this; };
          return view;
        } })"""
    )
    chat.page.get_by_role("button", name="Print the conversation").click()
    printed = "window.printed.contentDocument"
    text = chat.page.evaluate(f"{printed}.body.innerText")
    assert [words for words in ("You:", "hello", "See someone soon", "Because it hurts.") if words not in text] == []
    assert "It's not happening now" not in text
    assert chat.page.evaluate(f"{printed}.querySelector('details a').href") == "https://example.org/"
