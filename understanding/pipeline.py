"""From a message to findings: a spaCy pipeline of our tokenizer and one component.

The Doc carries everything: `doc._.words` (folded tokens with offsets into the visitor's text), `doc._.findings`,
and `doc.spans["findings"]`, one labelled span a finding, for spaCy's own tools.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from triage.model import Assertion, Finding
from understanding import lexicon as lexicons
from understanding import names, quantities, segments, series
from understanding.assertion import Context
from understanding.cues import Meant
from understanding.matcher import Match, Matcher
from understanding.spelling import Speller, dictionary_words, english_words
from understanding.text import Word, words

COMPONENT = "lay_findings"
TOKENIZER = "lay_words"
IDIOM = "idiom"
NO_SELF_HARM = "no_self_harm"  # hides what it denies, and is itself a finding
SELF_HARM = "self_harm"
THING_OF_SIZE = "thing_of_size"
BABY, CHILD = 400, 15 * 365  # days
# Never background, whoever has it: "my wife has chest pain".
ACUTE = frozenset(
    """
    airway_danger baby_danger bite collapse_sign confusion eye_alarm head_alarm head_injury heart_sign self_harm
    stroke_sign swallowed
    """.split()
)
# Words that carry no sign: "my skin is dead tired" is masked by "dead tired".
_LIGHT = frozenset(
    """
    a am an and are be been being for had has have he i in is it me my of on really she skin so that the they this to
    very was we were with would
    """.split()
)

for _name in ("words", "findings"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=())


def _is_name(typed: Sequence[Word], place: int) -> bool:
    """A capital inside a sentence marks a name ("LifeLabs"), which is not misspelled."""
    text = typed[place].text
    return place > 0 and text[:1].isupper() and not text.isupper() and typed[place - 1].lower not in ".!?:"


class LayTokenizer:
    """Folds, splits and mends a message; a token's NORM is the stem used for look-ups."""

    def __init__(self, nlp: Language, lexicon: lexicons.Lexicon) -> None:
        self._vocab = nlp.vocab
        self._speller = Speller(lexicon.vocabulary, lexicon.surface, english_words() | dictionary_words())

    def __call__(self, text: str) -> Doc:
        """Give a Doc; a blank message gives an empty one."""
        typed = words(text)
        shouting = text.isupper()
        tokens = [
            one if _is_name(typed, place) and not shouting else replace(one, stem=self._speller.mend(one.lower))
            for place, one in enumerate(typed)
        ]
        doc = Doc(self._vocab, words=[token.lower for token in tokens])
        doc._.words = tuple(tokens)
        doc.user_data["text"] = text
        return doc


@dataclass
class FindingComponent:
    """Sets `doc._.findings`: lexicon matches and quantities with their assertion, in reading order."""

    lexicon: lexicons.Lexicon
    matcher: Matcher

    def __call__(self, doc: Doc) -> Doc:
        """Read one Doc."""
        tokens: Sequence[Word] = doc._.words
        if tokens:
            doc._.findings = tuple(self._read(doc.user_data["text"], tokens))
        return doc

    def _read(self, text: str, tokens: Sequence[Word]) -> list[Finding]:
        matches = self.matcher.find([token.stem for token in tokens], [token.lower for token in tokens])
        cues = [_uncued(match) for match in matches if match.concept.startswith(lexicons.CUE)]
        masks = (match for match in matches if match.concept in (IDIOM, NO_SELF_HARM))
        masked = {place for match in masks for place in range(match.start, match.end)}
        named = names.places(tokens)
        scene = _Message(text, tokens, segments.cut(tokens))
        context = Context(tokens, scene.parts, cues, self._is_acute)
        acute = any(self._is_acute(match.concept) for match in matches)
        found = [
            scene.finding(
                match.concept, match, self._meant(context, match, acute=acute), self.lexicon.values.get(match.concept)
            )
            for match in matches
            if match.concept != IDIOM
            and not match.concept.startswith(lexicons.CUE)
            and (match.concept == NO_SELF_HARM or not (masked and masked.issuperset(_bearing(match, tokens))))
            and not (named and named.issuperset(_bearing(match, tokens)) and not self._is_named(match.concept))
        ]
        found.extend(scene.quantities(context, self._things(matches)))
        return sorted(found, key=lambda one: (one.start, one.end, one.concept))

    def _things(self, matches: Sequence[Match]) -> list[tuple[float, int, int]]:
        """Give things of a known size ("a pea"): millimetres and where they stand."""
        return [
            (self.lexicon.values[match.concept], match.start, match.end)
            for match in matches
            if THING_OF_SIZE in self.lexicon.ancestors(match.concept) and match.concept in self.lexicon.values
        ]

    def _is_acute(self, concept: str) -> bool:
        return not ACUTE.isdisjoint(self.lexicon.ancestors(concept))

    def _is_named(self, concept: str) -> bool:
        """Tell whether things of this kind have names of their own, as products have."""
        return not self.lexicon.named.isdisjoint(self.lexicon.ancestors(concept))

    def _meant(self, context: Context, match: Match, *, acute: bool) -> Meant:
        """What lasts is true although it began in the past; a bare remark about a relative is background.

        A relative in danger (`acute`) never is.
        """
        meant = context.meant(match)
        if meant.assertion is Assertion.PAST and match.concept in self.lexicon.lasting:
            meant = Meant(Assertion.PRESENT)
        if context.persons.fiction and SELF_HARM not in self.lexicon.ancestors(match.concept):
            return Meant(Assertion.OTHER_PERSON, context.persons.fiction)
        relative = ""
        if meant.assertion is Assertion.PRESENT and not acute:
            relative = context.persons.bare_relative or context.persons.remote_relative(match)
        if relative:
            return Meant(Assertion.OTHER_PERSON, relative)
        return meant


@dataclass(frozen=True)
class _Message:
    """A message while it is read: text, tokens, sentences and clauses."""

    text: str
    tokens: Sequence[Word]
    parts: segments.Segments

    def finding(self, concept: str, match: Match, meant: Meant, value: float | None) -> Finding:
        """Make a finding of the words of a match."""
        start, end = self.tokens[match.start].start, self.tokens[match.end - 1].end
        sentence, clause = self.parts.sentence[match.start], self.parts.clause[match.start]
        words_said = self.text[start:end]
        return Finding(concept, meant.assertion, words_said, start, end, meant.evidence, value, sentence, clause)

    def quantities(self, context: Context, things: Sequence[tuple[float, int, int]]) -> list[Finding]:
        """Give numbers with a unit; an age or a size is a fact, whether the sentence denies something or not."""
        found = []
        measured = quantities.find(self.tokens)
        for quantity in (*measured, *series.find(self.tokens, measured, things)):
            end = min(quantity.end, len(self.tokens))
            match = Match(quantity.concept, quantity.start, end, frozenset(range(quantity.start, end)))
            meant = context.meant(match)
            plain = quantity.concept in ("age", "duration", "size", series.GROWS, series.MULTIPLIES)
            if plain and meant.assertion not in (Assertion.HYPOTHETICAL, Assertion.OTHER_PERSON):
                meant = Meant(Assertion.PRESENT)
            for concept in (quantity.concept, *_reading_of(quantity)):
                found.append(self.finding(concept, match, meant, quantity.value))
        return found


def _reading_of(quantity: quantities.Quantity) -> tuple[str, ...]:
    """Give what a temperature says (fever, low or normal) and whose age it is (a baby's, a child's)."""
    if quantity.concept == "age":
        return ("baby",) if quantity.value < BABY else ("child",) if quantity.value < CHILD else ()
    if quantity.concept != "temperature":
        return ()
    if quantity.value >= quantities.FEVER:
        return ("fever",)
    return ("low_temperature",) if quantity.value < quantities.LOW else ("temperature_normal",)


def _bearing(match: Match, tokens: Sequence[Word]) -> set[int]:
    """Give the words that carry a sign's meaning: without 'I', 'my', 'is', 'the'."""
    places = set(range(match.start, match.end))
    return {place for place in places if tokens[place].lower not in _LIGHT} or places


def _uncued(match: Match) -> Match:
    return Match(match.concept.removeprefix(lexicons.CUE), match.start, match.end, match.gaps)


# This module has no `from __future__ import annotations`: spaCy reads the annotations of factories as they stand.
@Language.factory(COMPONENT)  # type: ignore[untyped-decorator]
def _make_component(nlp: Language, name: str, folder: str) -> FindingComponent:
    lexicon = _lexicon(Path(folder))
    return FindingComponent(lexicon, Matcher(lexicon.phrases))


@spacy.registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def _make_tokenizer(folder: str) -> Callable[[Language], LayTokenizer]:
    return lambda nlp: LayTokenizer(nlp, _lexicon(Path(folder)))


@lru_cache(maxsize=4)
def _lexicon(folder: Path) -> lexicons.Lexicon:
    """Read a lexicon once: tokenizer and component share it."""
    return lexicons.load(folder)


class FindingPipeline:
    """Text in, findings out: spaCy's blank English with our tokenizer and component. Keeps no state."""

    def __init__(self, language_dir: Path) -> None:
        _lexicon.cache_clear()  # an edited lexicon is read anew
        self.lexicon = _lexicon(language_dir)
        folder = str(language_dir)
        self.nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER, "folder": folder}}})
        component: FindingComponent = self.nlp.add_pipe(COMPONENT, config={"folder": folder})
        self.matcher = component.matcher

    def findings(self, text: str, turn: int = 0) -> tuple[Finding, ...]:
        """Give all findings of one message in reading order."""
        found: tuple[Finding, ...] = self.nlp(text)._.findings
        return tuple(one.at_turn(turn) for one in found) if turn else found

    def forms(self, text: str) -> list[str]:
        """Give the folded words of a text as they were typed."""
        return [word.lower for word in words(text)]

    def stems(self, text: str) -> frozenset[str]:
        """Give the stems of a text, as the matcher sees them."""
        return frozenset(word.stem for word in self.nlp(text)._.words)

    def doc(self, text: str) -> Doc:
        """Give the Doc with one labelled span a finding in `doc.spans["findings"]`, for displaCy and scorers."""
        doc = self.nlp(text)
        starts = {word.start: place for place, word in enumerate(doc._.words)}
        ends = {word.end: place + 1 for place, word in enumerate(doc._.words)}
        doc.spans["findings"] = [Span(doc, starts[one.start], ends[one.end], one.concept) for one in doc._.findings]
        return doc
