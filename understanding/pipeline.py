"""From a message to findings: the spaCy pipeline with our own components."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from triage.model import Assertion, Finding
from understanding import lexicon as lexicons
from understanding import matcher, quantities, segments
from understanding.assertion import Context, Meant
from understanding.spelling import Speller, english_words
from understanding.text import Word, words

IDIOM = "idiom"
_LIGHT = frozenset(("i", "me", "my", "it", "the", "a"))
FEVER, LOW = 37.95, 36.0
# Never background, whoever has it: "my wife has chest pain".
ACUTE = frozenset(
    (
        "airway_danger",
        "heart_sign",
        "stroke_sign",
        "collapse_sign",
        "self_harm",
        "eye_alarm",
        "baby_danger",
        "swallowed",
        "bite",
    )
)


class FindingPipeline:
    """Text in, findings out. Holds the lexicon; keeps no state between messages."""

    def __init__(self, language_dir: Path) -> None:
        self.lexicon = lexicons.load(language_dir)
        self._speller = Speller(self.lexicon.vocabulary, self.lexicon.surface, english_words())

    def findings(self, text: str, turn: int = 0) -> tuple[Finding, ...]:
        """Give all findings of one message in reading order."""
        tokens = words(text)
        if not tokens:
            return ()
        stems = [self._speller.mend(token.lower) for token in tokens]
        tokens = [Word(t.text, t.start, t.end, t.lower, s) for t, s in zip(tokens, stems, strict=True)]
        parts = segments.cut(tokens)
        matches = matcher.find(self.lexicon, stems, [token.lower for token in tokens])
        cues = [_uncued(match) for match in matches if match.concept.startswith(lexicons.CUE)]
        masked = {place for match in matches if match.concept == IDIOM for place in range(match.start, match.end)}
        signs = [match for match in matches if not match.concept.startswith(lexicons.CUE) and match.concept != IDIOM]
        signs = [match for match in signs if not masked.issuperset(_bearing(match, tokens))]
        context = Context(tokens, parts, cues)
        found = [self._finding(text, match, context, parts, turn) for match in signs]
        found.extend(self._quantities(text, tokens, context, parts, turn))
        return tuple(sorted(found, key=lambda one: (one.start, one.end, one.concept)))

    def _finding(
        self, text: str, match: matcher.Match, context: Context, parts: segments.Segments, turn: int
    ) -> Finding:
        meant = context.meant(match)
        if meant.assertion is Assertion.PAST and match.concept in self.lexicon.lasting:
            meant = Meant(Assertion.PRESENT)
        relative = context.bare_relative() if meant.assertion is Assertion.PRESENT else ""
        if relative and not ACUTE & self.lexicon.ancestors(match.concept):
            meant = Meant(Assertion.OTHER_PERSON, relative)
        start, end = context.tokens[match.start].start, context.tokens[match.end - 1].end
        value = self.lexicon.values.get(match.concept)
        where = (parts.sentence[match.start], parts.clause[match.start])
        return Finding(match.concept, meant.assertion, text[start:end], start, end, meant.evidence, value, *where, turn)

    def _quantities(
        self, text: str, tokens: Sequence[Word], context: Context, parts: segments.Segments, turn: int
    ) -> list[Finding]:
        found = []
        for quantity in quantities.find(tokens):
            match = matcher.Match(quantity.concept, quantity.start, min(quantity.end, len(tokens)))
            meant = context.meant(match)
            if quantity.concept in ("age", "duration", "size") and meant.assertion is not Assertion.HYPOTHETICAL:
                meant = (
                    type(meant)(Assertion.OTHER_PERSON, meant.evidence)
                    if meant.assertion is Assertion.OTHER_PERSON
                    else type(meant)(Assertion.PRESENT)
                )
            start, end = tokens[match.start].start, tokens[match.end - 1].end
            where = (parts.sentence[match.start], parts.clause[match.start])
            found.append(
                Finding(
                    quantity.concept,
                    meant.assertion,
                    text[start:end],
                    start,
                    end,
                    meant.evidence,
                    quantity.value,
                    *where,
                    turn,
                )
            )
            extra = _temperature_concept(quantity)
            if extra:
                found.append(
                    Finding(
                        extra,
                        meant.assertion,
                        text[start:end],
                        start,
                        end,
                        meant.evidence,
                        quantity.value,
                        *where,
                        turn,
                    )
                )
        return found


def _temperature_concept(quantity: quantities.Quantity) -> str | None:
    if quantity.concept != "temperature":
        return None
    if quantity.value >= FEVER:
        return "fever"
    return "low_temperature" if quantity.value < LOW else "temperature_normal"


def _bearing(match: matcher.Match, tokens: Sequence[Word]) -> set[int]:
    """Give the words that carry a sign's meaning: without 'I', 'my', 'it', 'the'."""
    return {place for place in range(match.start, match.end) if tokens[place].lower not in _LIGHT}


def _uncued(match: matcher.Match) -> matcher.Match:
    return matcher.Match(match.concept.removeprefix(lexicons.CUE), match.start, match.end, match.literal)


class FoldingTokenizer:
    """spaCy tokenizer over our folding, so that other spaCy components see the same words."""

    def __init__(self, vocab: spacy.Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Give a Doc whose NORM is the look-up stem; a blank message gives an empty Doc."""
        tokens = words(text)
        doc = Doc(self.vocab, words=[token.lower for token in tokens])
        for word, token in zip(doc, tokens, strict=True):
            word.norm_ = token.stem
        return doc


def blank_pipeline() -> Language:
    """Give spaCy's blank English with our tokenizer."""
    nlp = spacy.blank("en")
    nlp.tokenizer = FoldingTokenizer(nlp.vocab)
    return nlp
