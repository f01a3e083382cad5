"""Whole conversations with the trained model and the real actions, in this process: tests/dialogues/*.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml

from evaluation.assistant import Assistant, load

FOLDER = Path(__file__).parent.parent / "dialogues"
KEYS = {"say", "level", "asks", "tells", "never"}
DIALOGUES = [
    pytest.param(one["turns"], id=f"{path.stem}: {one['dialogue']}")
    for path in sorted(FOLDER.glob("*.yml"))
    for one in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return load()


@pytest.mark.parametrize("turns", DIALOGUES)
def test_a_dialogue_goes_as_written(assistant: Assistant, turns: list[dict[str, Any]]) -> None:
    sender = uuid4().hex
    for turn in turns:
        assert not set(turn) - KEYS, f"unknown key in {turn}"
        reply = assistant.say(turn["say"], sender)
        words = "\n".join(reply.texts)
        context = f"after '{turn['say']}': {reply.disposition}, {reply.asked}: {words}"
        assert "level" not in turn or reply.disposition == turn["level"], context
        assert "asks" not in turn or reply.asked == turn["asks"], context
        assert turn.get("tells", "").lower() in words.lower(), context
        assert "never" not in turn or turn["never"].lower() not in words.lower(), context


def test_every_level_has_dialogues() -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} == {"emergency", "urgent", "soon", "milia"}
    assert len(DIALOGUES) >= 38
