"""Presidio's engine, with recognizers for Canada and for names, and spaCy's tokens without a trained model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import spacy
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    LocalRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from spacy.tokenizer import Tokenizer

from privacy import names

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
STREETS = "street|st|avenue|ave|road|rd|drive|dr|boulevard|blvd|lane|crescent|cres|court|highway|hwy|parkway|terrace"
# Kind (a key of `personal.LABELS`), Presidio's score, form. A surer form wins over another at the same place.
FORMS: tuple[tuple[str, float, str], ...] = (
    ("EMAIL_ADDRESS", 1.0, r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("EMAIL_ADDRESS", 0.9, r"\b[\w.+-]+ (?:at|\(at\)|\[at\]) [\w-]+ (?:dot|\.) (?:com|ca|org|net)\b"),
    ("LINK", 0.7, r"\b(?:https?://|www\.)\S+"),
    ("HEALTH_NUMBER", 0.95, r"\b9\d{3}[ .-]?\d{3}[ .-]?\d{3}\b"),  # British Columbia's has ten digits; the first is 9
    ("CARD_NUMBER", 0.9, r"\b\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{2,4}\b"),
    ("CARD_NUMBER", 0.6, r"\b\d{3}[ -]\d{3}[ -]\d{3}\b"),  # social insurance number
    ("PHONE_NUMBER", 0.5, r"(?<![\d.])\+?\d[\d ().-]{8,16}\d\b"),
    ("PHONE_NUMBER", 0.4, r"(?<![\d.-])\d{3}[ .-]\d{4}\b"),
    ("POSTCODE", 0.8, r"\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d\b"),
    ("STREET", 0.8, rf"\b\d{{1,5}}[a-d]? (?:[a-z'’.]+ |\d+(?:st|nd|rd|th) ){{1,3}}(?:{STREETS})\b\.?"),
    ("BIRTH_DATE", 0.7, r"\b(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}\b"),
    ("BIRTH_DATE", 0.7, r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d{2}\b"),
    ("BIRTH_DATE", 0.7, rf"\b(?:{MONTH} {DAY},?|{DAY}(?: of)? {MONTH},?) (?:19|20)\d{{2}}\b"),
)


class PlainEnglish(SpacyNlpEngine):
    """What Presidio needs of spaCy: tokens, split at spaces. Its rules for English need a second for 2,000 "!"."""

    def __init__(self) -> None:
        super().__init__()
        nlp = spacy.blank("en")
        nlp.tokenizer = Tokenizer(nlp.vocab)
        self.nlp: Any = {"en": nlp}


class NameRecognizer(LocalRecognizer):
    """Names of persons, as `names.py` finds them."""

    def load(self) -> None:
        """Nothing to load: the lists are read at first use."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Give what may be a name."""
        return [RecognizerResult("PERSON", begin, end, 0.85) for begin, end in names.places(text)]


@cache
def engine() -> AnalyzerEngine:
    """Build the engine once."""
    forms = [
        PatternRecognizer(supported_entity=kind, name=f"{kind} {number}", patterns=[Pattern(kind, form, score)])
        for number, (kind, score, form) in enumerate(FORMS)
    ]
    people = NameRecognizer(supported_entities=["PERSON"], name="names", supported_language="en")
    return engine_with([*forms, people])


def engine_with(recognizers: Sequence[EntityRecognizer]) -> AnalyzerEngine:
    """Build Presidio's engine with these recognizers and no others, over tokens alone."""
    registry = RecognizerRegistry(recognizers=list(recognizers), supported_languages=["en"])
    return AnalyzerEngine(registry=registry, nlp_engine=PlainEnglish(), supported_languages=["en"])
