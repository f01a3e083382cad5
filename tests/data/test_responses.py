"""Every answer is short, calm, sourced, and leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from triage.knowledge import load

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
LONGEST = 80  # words: what fits on a phone
WITHOUT_MEDICINE = ("conversation.yml", "booking.yml", "safety.yml")


def answers() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give file, name and each variation of every response."""
    for path in sorted((ROOT / "data" / "responses").glob("*.yml")):
        for name, variations in yaml.safe_load(path.read_text(encoding="utf-8"))["responses"].items():
            for one in variations:
                topic = one["condition"][0]["value"] if "condition" in one else "usual"
                yield path.name, f"{name}:{topic}", one


ANSWERS = list(answers())
IDS = [name for _, name, _ in ANSWERS]


@pytest.mark.parametrize(("file", "name", "answer"), ANSWERS, ids=IDS)
def test_medical_answers_name_known_sources_and_a_review_date(file: str, name: str, answer: dict[str, Any]) -> None:
    metadata = answer.get("metadata") or {}
    assert file in WITHOUT_MEDICINE or metadata.get("sources"), "write `metadata: {sources: [...], reviewed: ...}`"
    assert [tag for tag in metadata.get("sources", []) if tag not in load().sources] == []
    assert not metadata.get("sources") or re.fullmatch(r"20\d\d-\d\d-\d\d", metadata["reviewed"])


@pytest.mark.parametrize(("file", "name", "answer"), ANSWERS, ids=IDS)
def test_answers_are_short_and_calm(file: str, name: str, answer: dict[str, Any]) -> None:
    words = answer["text"].split()
    assert len(words) <= LONGEST
    banned = [
        one for one in load().words["banned"] if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", answer["text"], re.I)
    ]
    assert banned == []


@pytest.mark.parametrize(("file", "name", "answer"), ANSWERS, ids=IDS)
def test_every_button_does_something(file: str, name: str, answer: dict[str, Any]) -> None:
    intents = {one if isinstance(one, str) else next(iter(one)) for one in DOMAIN["intents"]}
    pressed = [re.match(r"/(\w+)", one["payload"]) for one in answer.get("buttons", [])]
    assert [found.group(1) for found in pressed if found and found.group(1) not in intents] == []
    assert all(pressed)


def test_topics_on_buttons_exist() -> None:
    known = {name for _, name, _ in ANSWERS}
    for _, name, answer in ANSWERS:
        for button in answer.get("buttons", []):
            found = re.match(r'/(\w+)\{\{"topic": "(\w+)"\}\}', button["payload"])
            if found and f"utter_{found.group(1)}:usual" in known and found.group(1) != "call_for_help":
                intent, topic = found.groups()
                assert f"utter_{intent}:{topic}" in known, f"{name}: {button['payload']}"


def test_nobody_sells_anything_to_the_parent_of_a_baby() -> None:
    young = [answer for _, name, answer in ANSWERS if name.startswith("utter_ask_babies") or name.endswith(":newborn")]
    payloads = [button["payload"] for answer in young for button in answer.get("buttons", [])]
    assert young != []
    assert "/book_appointment" not in payloads
