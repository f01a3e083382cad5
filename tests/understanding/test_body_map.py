"""The map of the body sends words: each of them must be understood as its place."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import understanding
from triage import knowledge

MAP = Path(__file__).resolve().parents[2] / "web" / "chat" / "static" / "chat" / "drawings" / "body.svg"
SVG = "{http://www.w3.org/2000/svg}"
PLACES = list(ET.parse(MAP).getroot().iter(f"{SVG}a"))  # noqa: S314 - our own file


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.get("data-say"))
def test_a_place_on_the_map_is_understood(place: ET.Element) -> None:
    reading = understanding.load().read(str(place.get("data-say")))
    assert reading.facts.get("location") == [place.get("data-place")]


def test_the_map_can_be_used_with_the_keyboard_and_names_every_place() -> None:
    assert len({place.get("data-say") for place in PLACES}) == len(PLACES) > 12
    assert [place.get("tabindex") for place in PLACES] == ["0"] + ["-1"] * (len(PLACES) - 1)
    assert all(place.findtext(f"{SVG}title") and place.get("role") == "button" for place in PLACES)


def test_the_list_below_the_map_offers_every_kind_of_place_that_is_on_it() -> None:
    question = next(one for one in knowledge.load().questions if one.id == "place")
    offered = {place for facts in question.choices.values() for place in facts.get("location", [])}
    on_map = {place.get("data-place") for place in PLACES}
    # the list says "on the face", "under the eye or on the eyelid" and "body, arms, legs or scalp" in one answer each
    assert on_map - {"scalp", "hands", "behind_ear"} <= offered
