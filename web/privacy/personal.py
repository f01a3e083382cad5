"""Find personal data in a text and put something else in its place: Presidio, with recognizers for Canada and names.

No statistical model: it finds what has a form (numbers, addresses, codes) and what is told as a name, and it will miss
others. Whatever leaves the clinic is read by a person as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from presidio_analyzer import RecognizerResult

# What is found, and what a text shows in its place. The order of Presidio's scores decides between two at one place.
LABELS: Mapping[str, str] = {
    "PERSON": "[name]",
    "PHONE_NUMBER": "[phone number]",
    "EMAIL_ADDRESS": "[e-mail]",
    "HEALTH_NUMBER": "[health number]",
    "POSTCODE": "[postcode]",
    "STREET": "[address]",
    "BIRTH_DATE": "[date]",
    "LINK": "[link]",
    "CARD_NUMBER": "[card number]",
}
# The same as something that a sentence can go on with, for examples.
STAND_INS: Mapping[str, str] = {
    "PERSON": "Sam",
    "PHONE_NUMBER": "604-555-0123",
    "EMAIL_ADDRESS": "sam@example.org",
    "HEALTH_NUMBER": "9000 000 000",
    "POSTCODE": "V0V 0V0",
    "STREET": "1 Example Street",
    "BIRTH_DATE": "1 January 2000",
    "LINK": "example.org",
    "CARD_NUMBER": "0000 0000 0000 0000",
}


@dataclass(frozen=True)
class Found:
    """One piece of personal data: its kind (a key of `LABELS`) and its place in the text."""

    kind: str
    start: int
    end: int
    text: str

    @property
    def label(self) -> str:
        """Name the kind for a person: "phone number"."""
        return LABELS[self.kind].strip("[]")


def find(text: str) -> list[Found]:
    """Give the personal data in a text, in order and without overlaps."""
    from privacy.engine import engine  # importing Presidio takes seconds: the website starts without it

    found = engine().analyze(text, language="en", score_threshold=0.3)
    kept: list[RecognizerResult] = []
    for one in sorted(found, key=lambda each: (-each.score, each.start - each.end)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return [
        Found(one.entity_type, one.start, one.end, text[one.start : one.end])
        for one in sorted(kept, key=lambda each: each.start)
    ]


def mask(text: str, instead: Mapping[str, str] = LABELS) -> str:
    """Put a label (or what `instead` says) in the place of all personal data."""
    for one in reversed(find(text)):
        text = text[: one.start] + instead[one.kind] + text[one.end :]
    return text
