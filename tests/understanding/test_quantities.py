"""Ages and temperatures as people write and say them."""

import pytest

from understanding import quantities
from understanding.text import words

AGES = {
    "my 5 weeks old has spots": 35,
    "3 weeker's got these bubbles": 21,
    "he'll be 11 weeks friday": 77,
    "DOB 26 days ago": 26,
    "born on the 4th, today the 20th": 16,
    "born nov 12, its dec 3": 21,
    "our little man is 17 days": 17,
    "my sons for months old and still has them": 122,
    "Age 19 weeks, 30 white papules": 133,
    "Do you see babies? Mine's 15 weeks, spots all over": 105,
    "9 weeks, 36.8 C, 11 lb, red bumps": 63,
    "kiddo's half a year now": 182,
    "Baby has seven weeks, drinks well": 49,
    "can I bring my newborn? 5 weeks. she woke up with it": 35,
    "wee one's a week and a half": 10,
    "Our grandbaby, not yet 3 weeks, has bumps": 21,
    "twenty six days old": 26,
    "my month-old baby": 30,
    "our son is three, loads of bumps": 1095,
    "she is two now": 730,
}
NO_AGES = [
    "bump on my nose for 6 weeks",
    "she is 2 weeks on accutane",
    "he is two weeks post op",
    "my lid bump, 3 weeks, red",
    "a 3 week old scar",
    "blisters on my lower lid, 24 hrs old",
    "im 9 weeks pregnant",
    "i had a baby 3 weeks ago and now milia",
    "my daughter 3 days vomiting",
    "hubby is 8 weeks into accutane",
]
TEMPERATURES = {
    "he has one hundred point nine fair and height": 38.3,
    "she's 100.9 F under the arm": 38.3,
    "took her temp, thirty eight six": 38.6,
    "a fever of thirty eight point five": 38.5,
    "temp hit a hundred and two": 38.9,
    "fever 38 and half": 38.5,
    "axillary 35.4": 35.4,
    "toddler 39 since last night": 39,
}


def found(text: str, concept: str) -> list[float]:
    return [one.value for one in quantities.find(words(text)) if one.concept == concept]


@pytest.mark.parametrize("text", AGES)
def test_reads_an_age_in_days(text: str) -> None:
    assert found(text, "age") == [pytest.approx(AGES[text], abs=1)]


@pytest.mark.parametrize("text", NO_AGES)
def test_a_duration_is_no_age(text: str) -> None:
    assert not found(text, "age")


@pytest.mark.parametrize("text", TEMPERATURES)
def test_reads_a_temperature(text: str) -> None:
    assert found(text, "temperature") == [TEMPERATURES[text]]


def test_an_age_of_forty_is_no_temperature() -> None:
    assert not found("bumps on the temples, he says, age 40, years old", "temperature")
