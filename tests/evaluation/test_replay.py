"""A candidate model against the record: only what changes is told, the weightiest thing first."""

from __future__ import annotations

from typing import Any

import pytest

from components.turn import NoAnswer
from evaluation.replay import Seen, kind_of_change, run

ROUTINE = Seen("ask_pain", "routine", ("It stings.",))


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (ROUTINE, None),
        (Seen("ask_pain", "routine", ("It  stings. ",)), None),
        (Seen("ask_pain", "routine", ("It burns.",)), "answer"),
        (Seen("ask_cost", "routine", ("It burns.",)), "intent"),
        (Seen("ask_cost", "urgent", ("Go today.",)), "up"),
        (Seen("ask_cost", "self_care", ("Wait.",)), "down"),
        (Seen("ask_pain", None, ("It stings.",)), "down"),
        (Seen("", None, ()), "silent"),
    ],
)
def test_the_weightiest_change_is_told(after: Seen, kind: str | None) -> None:
    assert kind_of_change(ROUTINE, after, (None, None)) == kind


def test_the_same_pair_of_levels_is_told_once() -> None:
    assert kind_of_change(ROUTINE, Seen("ask_pain", "soon", ("It stings.",)), ("routine", "soon")) is None


class Candidate:
    """Stands in for the assistant: says the level that its words ask for."""

    def say(self, text: str, sender: str, button: bool = False) -> Any:
        """Answer with the last word of the text as level; "silence" gives no answer."""
        level = text.split()[-1]
        if level == "silence":
            raise NoAnswer("nothing came out")

        class Turn:
            intent, disposition, texts = "button" if button else "typed", None if level == "none" else level, ("ok",)

        return Turn()


def turn(number: int, text: str, level: str | None, payload: str = "") -> dict[str, Any]:
    """Give a recorded turn."""
    intent = "button" if payload else "typed"
    return {"message": number, "text": text, "payload": payload, "intent": intent, "level": level, "answers": ["ok"]}


def test_a_talk_is_held_again_turn_by_turn() -> None:
    talk = {
        "conversation": "c",
        "turns": [
            turn(1, "hello none", None),
            turn(2, "it bleeds soon", "urgent"),
            turn(3, "and then soon", "urgent"),
            turn(4, "Yes", "soon", payload="/affirm soon"),
            turn(5, "say silence", "soon"),
        ],
    }
    lines = list(run(Candidate(), [talk]))  # type: ignore[arg-type]
    told = [(line["message"], line["kind"]) for line in lines if "kind" in line]
    assert told == [(2, "down"), (5, "silent")]
    assert lines[-1] == {"done": {"conversations": 1, "turns": 5}}
