"""Typing slips go to the nearest known word; words that exist stay as they are."""

import pytest

from components.plain_english import PlainEnglish
from understanding.spelling import english_words

EXAMPLES = [
    ["does", "removal", "hurt"],
    ["removal", "near", "the", "cheek"],
    ["what", "does", "it", "cost"],
    ["what", "about", "the", "cheek"],
    *[["syringoma"]] * 4,
]
PLAIN = PlainEnglish.learn(EXAMPLES, english_words(), {"u": "you", "gonna": "going to"})


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("removal", "removal"),
        ("Removal", "removal"),
        ("remvoal", "removal"),  # swapped letters
        ("chek", "cheek"),
        ("whaaaat", "what"),
        ("u", "you"),
        ("gonna", "going to"),
        ("milla", "milia"),
        ("mileas", "milia"),
        ("millium", "milium"),
        ("don’t", "don't"),
    ],
)
def test_a_slip_is_mended(typed: str, plain: str) -> None:
    """What was meant comes out."""
    assert PLAIN.plain(typed) == plain


@pytest.mark.parametrize("word", ["host", "hunt", "crocodile", "syringoma", "42", "ok", "天气", "xqzvbk"])
def test_other_words_stay(word: str) -> None:
    """A word of English, of another language or of no language is not turned into one we know."""
    assert PLAIN.plain(word) == word


def test_a_slip_seen_once_is_not_learnt() -> None:
    """An example with a slip does not make the slip a word."""
    plain = PlainEnglish.learn([*EXAMPLES, ["remvoal"]], english_words(), {})
    assert plain.to_dict() == {"seen": {"does": 2, "removal": 2, "cheek": 2, "what": 2, "the": 2, "syringoma": 4}}
