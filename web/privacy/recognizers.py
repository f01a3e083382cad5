"""Presidio's engine for what has a form and a check: e-mail addresses, phone numbers, cards, health numbers."""

from __future__ import annotations

from functools import cache

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, PhoneRecognizer

from privacy.engine import engine_with

CALLED_HEALTH_NUMBER = r"(?<=\b(?:phn|msp|care\s?card|health\s(?:care\s)?(?:card|number|no|id))\b\D{0,20})"
CALLED_PHONE = r"(?<=\b(?:call|phone|text|reach|cell|mobile|tel|number)\b[^\d.?!]{0,20})"
NAMED_HEALTH_NUMBER = Pattern("named", CALLED_HEALTH_NUMBER + r"\d(?:[ -]?\d){7,11}\b", 0.9)
TEN_DIGITS = Pattern("ten digits", r"(?<!\d)9(?:[ -]?\d){9}(?!\d)", 0.5)
LOCAL_PHONE = Pattern("seven digits", CALLED_PHONE + r"[2-9]\d\d[ .-]?\d{4}\b", 0.5)
# Presidio's own pattern for addresses takes a second for 2,000 signs "+", and then asks the network about the ending.
ADDRESS = Pattern("address", r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@\w+(?:-+\w+)*(?:\.\w+(?:-+\w+)*)+", 0.5)
SPELLED = r"\b[\w.+-]{1,64} ?[(\[]?\bat\b[)\]]? ?\w+ ?[(\[]?\bdot\b[)\]]? ?(?:com|ca|org|net)\b"
SPELLED_ADDRESS = Pattern("spelled", SPELLED, 0.5)
CHECK_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3)


class HealthNumberRecognizer(PatternRecognizer):
    """A PHN that nobody called so: ten digits, the first is 9, and the last is the check digit of those between."""

    def validate_result(self, pattern_text: str) -> bool:
        """Check the last digit: the weighted digits 2 to 9, modulo 11, taken from 11."""
        digits = [int(character) for character in pattern_text if character.isdigit()]
        total = sum(weight * digit for weight, digit in zip(CHECK_WEIGHTS, digits[1:9], strict=True))
        return 11 - total % 11 == digits[9]


@cache
def analyzer() -> AnalyzerEngine:
    """Build Presidio's engine once for each process."""
    recognizers: list[EntityRecognizer] = [
        CreditCardRecognizer(),
        HealthNumberRecognizer("HEALTH_NUMBER", patterns=[TEN_DIGITS]),
        PatternRecognizer("HEALTH_NUMBER", name="named", patterns=[NAMED_HEALTH_NUMBER]),
        PatternRecognizer("EMAIL_ADDRESS", name="address", patterns=[ADDRESS, SPELLED_ADDRESS]),
        PhoneRecognizer(supported_regions=("CA",)),  # numbers of other countries are found by their +
        PatternRecognizer("PHONE_NUMBER", name="local", patterns=[LOCAL_PHONE]),
    ]
    return engine_with(recognizers)
