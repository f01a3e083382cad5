"""Measures of one thing at different times say whether it grows or multiplies."""

import pytest

from understanding import quantities, series
from understanding.text import words

DOT, PEA = 1.0, 7.0


def found(text: str) -> list[tuple[str, float]]:
    tokens = words(text)
    things = [
        ({"dot": DOT, "pea": PEA}[token.lower], place, place + 1)
        for place, token in enumerate(tokens)
        if token.lower in ("dot", "pea")
    ]
    return [(one.concept, one.value) for one in series.find(tokens, quantities.find(tokens), things)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 mm in May, 3.5 in July, 5 now", [("growth_measured", 3.5)]),
        ("bump 6mm, 4 months ago it was 3", [("growth_measured", 6.0)]),
        ("1.4 cm, was 0.9 in April", [("growth_measured", 14.0)]),
        ("it was a dot, now a pea", [("growth_measured", PEA)]),
        ("counted 12 on may 1, 41 on may 29", [("count_rising", 41.0)]),
        ("had none in spring and now there's like 60 dots", [("count_rising", 60.0)]),
        ("a 2 mm bump at the eye and a 5 mm one on the cheek", []),
        ("was 5 mm in may, 2 now", []),
        ("3 milia removed in may and now i want 12 more gone", []),
        ("i paid 80 in may and now 150 for the same milia", []),
    ],
)
def test_series(text: str, expected: list[tuple[str, float]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [("third month now", 61), ("a month and a half", 46), ("10+ weeks", 70), ("eight long weeks", 56)],
)
def test_durations(text: str, days: int) -> None:
    assert [round(one.value) for one in quantities.find(words(text)) if one.concept == "duration"] == [days]


def test_an_8_mm_bump_is_not_1_mm() -> None:
    assert [one.value for one in quantities.find(words("an 8 mm bump"))] == [8.0]
