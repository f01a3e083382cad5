"""Texts of the assistant as elements."""

from __future__ import annotations

from typing import Any

import pytest

from chat.formatting import AWAY, blocks, html, number_to_call

SHOWN: list[tuple[str, list[Any]]] = [
    ("One.\n\nTwo.", [["p", {}, "One."], ["p", {}, "Two."]]),
    ("Two kinds:\n- one\n* two", [["p", {}, "Two kinds:"], ["ul", {}, ["li", {}, "one"], ["li", {}, "two"]]]),
    ("**Go now.** Then", [["p", {}, ["strong", {}, "Go now."], " Then"]]),
    ("**Call 911**", [["p", {}, ["strong", {}, "Call ", ["a", {"href": "tel:911"}, "911"]]]]),
    ("Call 8-1-1.", [["p", {}, "Call ", ["a", {"href": "tel:811"}, "8-1-1"], "."]]),
    ("1-800-SUICIDE", [["p", {}, ["a", {"href": "tel:18007842433"}, "1-800-SUICIDE"]]]),
    ("604-682-5050 or 12-911", [["p", {}, ["a", {"href": "tel:6046825050"}, "604-682-5050"], " or 12-911"]]),
    (
        "(https://example.org/a).",
        [["p", {}, "(", ["a", {"href": "https://example.org/a", **AWAY}, "https://example.org/a"], ")."]],
    ),
    ("javascript:alert(1)", [["p", {}, "javascript:alert(1)"]]),
    ("", []),
]


@pytest.mark.parametrize("text, nodes", SHOWN, ids=[text for text, _ in SHOWN])
def test_a_text_becomes_paragraphs_lists_and_links(text: str, nodes: list[Any]) -> None:
    assert blocks(text) == nodes


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '" onmouseover="x', "https://x.org/\"onclick='y'", "**<b>**"]
)
def test_nothing_in_a_text_becomes_markup(hostile: str) -> None:
    written = str(html(blocks(hostile)))
    assert "<script" not in written and "<b>" not in written and '"on' not in written and "'y'" not in written


def test_a_page_shows_the_same_as_the_widget() -> None:
    assert html(blocks("**Now.** Call 911")) == '<p><strong>Now.</strong> Call <a href="tel:911">911</a></p>'


@pytest.mark.parametrize(
    "title, href",
    [("Call 911", "tel:911"), ("Call BC poison control 604-682-5050", "tel:6046825050"), ("I can't call 911", "")],
)
def test_a_button_that_names_a_number_calls_it(title: str, href: str) -> None:
    assert number_to_call(title) == href
