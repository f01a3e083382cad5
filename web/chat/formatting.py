"""How a text of the assistant is shown: paragraphs, "- " lists, **bold**, links, and numbers that can be tapped.

The one place for it: the widget builds elements from `blocks`, pages without JavaScript take `html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

type Node = str | list[Any]  # a text, or [tag, attributes, *nodes]

PHONE = r"(?<![\d.-])(?:911|9-1-1|8-1-1|811|9-8-8|988|7-1-1|(?:1-)?\d{3}-\d{3}-\d{4}|1-800-SUICIDE)(?![\d-])"
MARKS = re.compile(rf"\*\*(?P<bold>.+?)\*\*|(?P<phone>{PHONE})|(?P<link>https://[^\s)]+[^\s).,;])")
ITEM = re.compile(r"[-*•]\s+(.*)")
CALL = re.compile(rf"Call\b.*?(?P<phone>{PHONE})", re.IGNORECASE)
AWAY = {"rel": "noopener noreferrer", "target": "_blank"}  # a new tab, and the other site is told nothing


def blocks(text: str) -> list[Node]:
    """Turn a text into paragraphs and lists."""
    made: list[Node] = []
    for line in (one.strip() for one in text.splitlines() if one.strip()):
        item = ITEM.fullmatch(line)
        if item is None:
            made.append(["p", {}, *inline(line)])
        else:
            if not made or made[-1][0] != "ul":
                made.append(["ul", {}])
            made[-1] += [["li", {}, *inline(item[1])]]  # type: ignore[operator]
    return made


def inline(text: str) -> Iterator[Node]:
    """Find bold words, telephone numbers and links in a line."""
    end = 0
    for found in MARKS.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield marked(found)
        end = found.end()
    if end < len(text):
        yield text[end:]


def marked(found: re.Match[str]) -> Node:
    """Make the node of one mark."""
    if found["bold"]:
        return ["strong", {}, *inline(found["bold"])]
    if found["phone"]:
        return ["a", {"href": telephone(found["phone"])}, found["phone"]]
    return ["a", {"href": found["link"], **AWAY}, found["link"]]


def telephone(number: str) -> str:
    """Give the address of a number as people write it ("8-1-1", "1-800-SUICIDE")."""
    return f"tel:{number.replace('SUICIDE', '7842433').replace('-', '')}"


def number_to_call(title: str) -> str:
    """Give the address of the number in a button's title like "Call 8-1-1"; empty when there is none."""
    found = CALL.match(title)
    return telephone(found["phone"]) if found else ""


def html(nodes: list[Node]) -> SafeString:
    """Write nodes as HTML; every text and attribute is escaped."""
    return format_html_join("", "{}", ((element(one),) for one in nodes))


def element(node: Node) -> SafeString | str:
    """Write one node."""
    if isinstance(node, str):
        return node
    tag, attributes, *inner = node
    written = format_html_join("", ' {}="{}"', attributes.items())
    return format_html("<{}{}>{}</{}>", tag, written, html(inner), tag)
