"""Words lead to topics and bumps, also misspelled ones, and tell languages apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.bumps import bumps_in
from actions.languages import language_of
from actions.topics import topic_of
from actions.words import is_in, plain, same

RESPONSES = Path(__file__).resolve().parents[2] / "data" / "responses"
FACTS_OF_CLINIC = "clinic_says"

COMPARED = [  # FAQ 26 to 33
    ("whiteheads", "D-01"),
    ("is it milia or siringoma", "D-03"),
    ("xanthelasma", "D-04"),
    ("sebaceous hyperplasia", "D-02"),
    ("molluscum", "D-05"),
    ("a stye", "D-09"),
    ("chalazion", "D-10"),
    ("skin cancer", "D-13"),
    ("flat wart", "D-06"),
    ("skin tag", "D-07"),
    ("fordyce spots", "D-12"),
    ("keratosis pilaris", "D-11"),
]


@pytest.mark.parametrize(("said", "condition"), COMPARED)
def test_a_named_bump_is_compared(said: str, condition: str) -> None:
    assert bumps_in(said) == (condition,)


def test_a_young_patient_comes_first() -> None:
    assert topic_of("ask_skincare", "does retinol help", {"who": "baby"}) == "newborn"


@pytest.mark.parametrize(
    ("word", "said", "alike"),
    [
        ("bleed*", "bleeding", True),
        ("retinol", "retinal", True),
        ("vaseline", "vasaline", True),
        ("sun", "son", False),
        ("sunscreen*", "sunscreens", True),
        ("cream*", "dream", False),
    ],
)
def test_words_are_compared_with_one_slip_in_long_ones(word: str, said: str, alike: bool) -> None:
    assert same(word, said) is alike


def test_a_phrase_must_stand_in_a_row() -> None:
    assert is_in("eye cream", plain("My EYE-CREAM, eye cream!"))
    assert not is_in("eye cream", plain("cream for the eye"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我脸上有白色小疙瘩", "zh"),
        ("目の下に白いぶつぶつがあります", "ja"),
        ("눈 밑에 하얀 알갱이가 있어요", "ko"),
        ("زیر چشمم دانه های سفید دارم", "fa"),
        ("ਮੇਰੀ ਅੱਖ ਹੇਠਾਂ ਚਿੱਟੇ ਦਾਣੇ ਹਨ", "pa"),
        ("У меня белые точки под глазом", "ru"),
        ("Bonjour, j'ai des petits boutons blancs sous les yeux", "fr"),
        ("Hola, tengo unos puntos blancos en los ojos", "es"),
        ("Cuánto cuesta", "es"),
        ("combien ça coûte?", "fr"),
        ("Magkano po ang pagtanggal ng milia?", "tl"),
        ("May mga puting bukol ako sa mata", "tl"),
        ("Wie viel kostet das?", "other"),
        ("how much for a consultation", None),
        ("merci", None),
        ("I have milia and my doctor said c'est la vie", None),
        ("", None),
        ("😂😂", None),
        ("hi", None),
        ("I use La Roche Posay on my face", None),
    ],
)
def test_other_languages_are_noticed(text: str, language: str | None) -> None:
    assert language_of(text) == language
