"""Every question of the clinical brief has its answer, with the facts that a right answer must hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.asking import asked
from actions.comparing import differences
from actions.memory import knowledge
from actions.responses import response

FAQ: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "faq.yml").read_text(encoding="utf-8"))
IDS = [f"{one['faq']} {one['ask']}" for one in FAQ]


def answer_to(one: dict[str, Any]) -> str:
    """Give the words that answer a question."""
    if one.get("bumps"):
        return differences([each for each in knowledge().look_alikes if each.id in one["bumps"]])
    return response(one["intent"], one.get("topic")).text


def test_all_questions_of_the_brief_are_here() -> None:
    assert sorted({one["faq"] for one in FAQ}) == list(range(1, 89))


@pytest.mark.parametrize("one", FAQ, ids=IDS)
def test_the_words_of_a_question_lead_to_its_topic(one: dict[str, Any]) -> None:
    found = asked(one["ask"], one["intent"], None, {})
    wanted = (one["intent"], one.get("topic"), tuple(one.get("bumps", ())))
    assert (found.intent, found.topic, found.bumps) == wanted


@pytest.mark.parametrize("one", [one for one in FAQ if "holds" in one], ids=lambda one: f"{one['faq']} {one['ask']}")
def test_an_answer_holds_the_facts_of_the_brief(one: dict[str, Any]) -> None:
    said = " ".join(answer_to(one).split())
    assert [words for words in one["holds"] if words not in said] == []
    more = "" if one.get("bumps") else response(one["intent"], one.get("topic")).more
    assert [words for words in one.get("more", ()) if words not in more] == []
