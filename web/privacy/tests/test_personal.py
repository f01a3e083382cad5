"""Personal data is found and taken out; what the triage needs stays."""

from __future__ import annotations

import pytest
import yaml
from django.conf import settings

from privacy.personal import STAND_INS, find, mask

TAKEN_OUT = [
    ("my name is emma smith and my eye hurts", "my name is [name] and my eye hurts"),
    ("i'm Priya and my daughter zoe has milia", "i'm [name] and my daughter [name] has milia"),
    ("Emma Wilson, 604 555 0123, emma.w@mail.example", "[name], [phone number], [e-mail]"),
    ("call me at 6045550123 or 555-0123", "call me at [phone number] or [phone number]"),
    ("PHN 9123 456 789", "PHN [health number]"),
    ("I live at 123 West Main Street V7M 1A1", "I live at [address] [postcode]"),
    ("born 12 March 1980, or 1980-03-12", "born [date], or [date]"),
    ("Dr. Patel said so", "Dr. [name] said so"),
    ("look: https://pictures.example/me.jpg", "look: [link]"),
    ("SIN 046 454 286", "SIN [card number]"),
]
STAYS = [
    "will it hurt in may",
    "it is 38.9 and 2-3 mm, 10-15 of them, since 2019",
    "I'm Punjabi with brown skin, there is a mark on my chin",
    "April showers, my baby Grows, she is 3 weeks",
    "does rose oil or olive oil help",
    "bumps for 12 months, 3 of them since June",
]


@pytest.mark.parametrize(("said", "shown"), TAKEN_OUT)
def test_personal_data_is_taken_out(said: str, shown: str) -> None:
    assert mask(said) == shown


@pytest.mark.parametrize("said", STAYS)
def test_what_the_triage_needs_stays(said: str) -> None:
    assert mask(said) == said


def test_a_stand_in_lets_the_sentence_go_on() -> None:
    assert mask("hi, my name is Emma", STAND_INS) == "hi, my name is Sam"


def test_nothing_personal_is_seen_in_the_examples_of_the_red_flags() -> None:
    """Nobody is named there, so what is found is a false alarm: nearly none may be."""
    files = (settings.KNOWLEDGE_DIR / "red_flags").glob("*.yml")
    flags = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in files]
    examples = [example for flag in flags for example in (*flag["fires"], *flag["does_not_fire"])]
    seen = [example for example in examples if find(example)]
    assert len(examples) > 1000
    assert len(seen) <= len(examples) // 200, seen
