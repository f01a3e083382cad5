"""Tell for each sentence whether it is told in the past: by the forms of its verbs, without a grammar."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.segments import Segments
from understanding.text import Word, fold

# Irregular past forms; not here: those that are the present, too (hurt, cut, put).
_PAST = frozenset(
    """
    ate became began bit bled blew broke brought burnt came caught dealt did didnot drank drove fell felt flew forgot
    found fought froze gave got grew had heard held kept knew laughed left lost made meant met paid ran said saw
    sent shook showed shrank slept spent spoke stank stood stung swelled swore taught thought threw told took
    turned was wasnot went were woke wore wrote
    """.split()
)
_NO_PAST = frozenset("need needed bleed speed indeed feed seed weed exceed red bed tired".split())
_PRESENT = frozenset(
    """
    am are do does feels has have havenot hurts is isnot itches keep keeps looks now seems today tonight
    """.split()
)
_TIMES = frozenset("morning afternoon evening week weekend month year spring summer fall autumn winter".split())
_PERFECT = frozenset(("has", "have", "havenot"))
_BY_TYPING = {"donot": "did", "cannot": "could", "willnot": "would", "havenot": "had"}
_SUBJECTS = frozenset("i he she it they we you that which who and".split())


def is_past_form(tokens: Sequence[Word], place: int) -> bool:
    """Tell whether the word is a verb in the past: 'swelled', "didn't", 'it oozed'."""
    word = tokens[place]
    if place and tokens[place - 1].lower in _PERFECT:
        return False  # "I've got blisters"
    if word.lower in _BY_TYPING:
        return fold(word.text)[0].startswith(_BY_TYPING[word.lower])
    if word.lower in _PAST:
        return True
    regular = word.lower.endswith("ed") and len(word.lower) > 3 and word.lower not in _NO_PAST
    return regular and place > 0 and tokens[place - 1].lower in _SUBJECTS


def is_present_form(tokens: Sequence[Word], place: int) -> bool:
    """Tell whether the word is a verb or a time of the present: 'is', "don't", 'keeps', 'today'."""
    word = tokens[place]
    if word.lower in _BY_TYPING:
        return not fold(word.text)[0].startswith(_BY_TYPING[word.lower])
    dated = word.lower == "this" and place + 1 < len(tokens) and tokens[place + 1].lower in _TIMES
    return dated or word.lower in _PRESENT


def of_sentences(tokens: Sequence[Word], segments: Segments) -> tuple[tuple[bool, bool], ...]:
    """Give for each sentence whether it has a verb in the past, and whether it has one in the present."""
    found = []
    for start, end in segments.sentences:
        places = range(start, end)
        found.append(
            (any(is_past_form(tokens, one) for one in places), any(is_present_form(tokens, one) for one in places))
        )
    return tuple(found)
