"""Contact details and numbers of cards are hidden in the chat; what the triage reads stays."""

from __future__ import annotations

import pytest

from privacy.contacts import Masked, mask

HIDDEN = [
    ("call me at 604-555-0123", "call me at [phone number]", "phone number"),
    ("6045550123 thanks", "[phone number] thanks", "phone number"),
    ("(604) 555 0123 or +44 20 7946 0958", "[phone number] or [phone number]", "phone number"),
    ("text 555-0123", "text [phone number]", "phone number"),
    ("\uff16\uff10\uff14-\uff15\uff15\uff15-\uff10\uff11\uff12\uff13", "[phone number]", "phone number"),
    ("ana.example@mail.example or so", "[e-mail address] or so", "e-mail address"),
    ("ana at mail dot com", "[e-mail address]", "e-mail address"),
    ("phn 9698 658 215", "phn [health number]", "health number"),
    ("9698658215", "[health number]", "health number"),
    ("my health number: 9123 456 780", "my health number: [health number]", "health number"),
    ("4111 1111 1111 1111", "[card number]", "card number"),
    ("3782 822463 10005", "[card number]", "card number"),
]
STAYS = [
    "911, 8-1-1, 9-8-8, 811",
    "they said 604-682-5050 or 1-800-567-8911",
    "2.5 mm, 38.9, since 2026-11-22 10:30, 150/95, 10 x 12 mm, 5000 iu 3 times",
    "born 12 March 1980, my name is Ana, I live in 98765",
    "9111111111 is the lot number of the cream",  # the check digit is wrong, and nobody calls it a health number
    "4111 1111 1111 1112",
    "look at the dot at com",
    "10 12 14 16 18 20 22 bumps",
]
SLOW_FOR_SOME = ["!", "+", "a.", "a@", "1 ", "at dot ", "call ", "health number ", "(604) ", "x at "]


@pytest.mark.parametrize(("said", "stored", "name"), HIDDEN)
def test_contact_details_are_hidden_and_named(said: str, stored: str, name: str) -> None:
    assert mask(said) == Masked(stored, (name,))


@pytest.mark.parametrize("said", STAYS)
def test_what_the_triage_needs_stays(said: str) -> None:
    assert mask(said) == Masked(said)


def test_several_kinds_are_named_once_each_in_their_order() -> None:
    masked = mask("a@b.ca, 604 555 0123, c@d.ca")
    assert masked == Masked("[e-mail address], [phone number], [e-mail address]", ("e-mail address", "phone number"))


@pytest.mark.parametrize("piece", SLOW_FOR_SOME)
def test_no_text_makes_a_pattern_look_too_long(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Presidio gives a pattern up, with an error in its log, after this time."""
    monkeypatch.setattr("presidio_analyzer.pattern_recognizer.REGEX_TIMEOUT_SECONDS", 1)
    text = "@dot1234567" + piece * (1900 // len(piece))
    assert mask(text[:2000]).text
