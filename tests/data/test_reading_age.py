"""The measure of the reading age agrees with examples whose age is known."""

from __future__ import annotations

import doctest

import pytest

from tests.data import reading_age


def test_syllables_are_counted() -> None:
    assert doctest.testmod(reading_age).failed == 0


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("The cat sat on the mat. It was warm.", 0, 7),
        ("Wash the spot with warm water. Call the doctor if it gets red, hot or sore within two days.", 5, 10),
        (
            "Contraindications notwithstanding, postprocedural complications necessitate immediate multidisciplinary "
            "evaluation of the affected individual.",
            20,
            60,
        ),
    ],
)
def test_plain_words_are_for_the_young(text: str, least: int, most: int) -> None:
    assert least <= reading_age.years(text) <= most
