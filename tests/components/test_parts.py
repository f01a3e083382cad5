"""Where one question of a message ends and the next begins."""

from __future__ import annotations

import doctest

import pytest

from components import parts


def test_the_examples_hold() -> None:
    assert doctest.testmod(parts).failed == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what are milia? why do i get them", ["what are milia?", "why do i get them"]),
        ("price? hours?", ["price?", "hours?"]),
        ("do you take msp and do i need a referral", ["do you take msp", "do i need a referral"]),
        ("white dots on my nose, how do i remove them?", ["how do i remove them?"]),
        ("can I pop it or is it dangerous", []),
        ("i have milia", []),
        ("how? why? when? where? who?", []),  # more than can be answered at once
        ("why " * 100 + "? how?", []),
    ],
)
def test_questions_are_parted(text: str, found: list[str]) -> None:
    assert parts.parts_of(text) == found
