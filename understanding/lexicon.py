"""The lexicon: what people call a concept, read from `knowledge/language/*.yml`.

An entry is a phrase of slots: `word` (any inflection), `=word` (this form only), `a|b` (one of), `any_more` (two words
as one choice), `word?` (may be missing), `*` (up to three words between), `%name` (a word group from `groups:`).
Example: `can't * open * eye`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from triage.errors import KnowledgeError
from triage.files import read_yaml
from understanding.matcher import EXACT, EXCEPT
from understanding.text import words

GAP = 3
CUE = "cue."
QUANTITIES = frozenset(
    "age ago temperature size low_temperature temperature_normal growth_measured count_rising".split()
)
_KEYS = {"is_a", "words", "except", "value", "lasting", "note"}


@dataclass(frozen=True)
class Slot:
    """One place in a phrase: the stems that fit, or a gap of up to `gap` words."""

    stems: frozenset[str]
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True)
class Phrase:
    """One way to say a concept: its slots, never a gap first."""

    concept: str
    slots: tuple[Slot, ...]
    written: str

    @property
    def needs(self) -> list[frozenset[str]]:
        """Give the choices of words of which a message must hold one each."""
        return [slot.stems for slot in self.slots if not slot.optional and not slot.gap]


@dataclass
class Lexicon:
    """All phrases, and the concept hierarchy."""

    phrases: list[Phrase] = field(default_factory=list)
    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)
    surface: set[str] = field(default_factory=set)
    written: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    lasting: set[str] = field(default_factory=set)
    carried: set[str] = field(default_factory=set)
    about_patient: set[str] = field(default_factory=set)
    background: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    _ancestors: dict[str, frozenset[str]] = field(default_factory=dict)

    def ancestors(self, concept: str) -> frozenset[str]:
        """Give the concept and everything it is a kind of."""
        if concept in self._ancestors:
            return self._ancestors[concept]
        found: set[str] = set()
        waiting = [concept]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self.parents.get(current, ()))
        self._ancestors[concept] = frozenset(found)
        return self._ancestors[concept]

    def carries(self, concept: str) -> bool:
        """Tell whether a finding of this concept counts in later turns of the conversation."""
        return not (self.carried | self.about_patient).isdisjoint(self.ancestors(concept))

    def describes_patient(self, concept: str) -> bool:
        """Tell whether a finding says who, where, or with which illness or medicine: true of each later sign, too."""
        return not self.about_patient.isdisjoint(self.ancestors(concept))

    def is_background(self, concept: str) -> bool:
        """Tell whether a concept combines with signs at any distance: who, how old, how long, which medicine."""
        return self.carries(concept) or not self.background.isdisjoint(self.ancestors(concept))

    def add(self, phrase: Phrase) -> None:
        """Take in a phrase and its words."""
        self.phrases.append(phrase)
        for slot in phrase.slots:
            self.vocabulary |= {one for one in slot.stems if one[:1] != EXACT}


def load(folder: Path) -> Lexicon:
    """Read every lexicon file; raises KnowledgeError that names file, concept and cure."""
    lexicon = Lexicon()
    raws = [(path, read_yaml(path) or {}) for path in sorted(folder.glob("*.yml"))]
    groups: dict[str, list[str]] = {}
    for _, raw in raws:
        groups.update(raw.get("groups") or {})
    for path, raw in raws:
        lexicon.carried.update(raw.get("carried") or ())
        lexicon.about_patient.update(raw.get("about_patient") or ())
        lexicon.background.update(raw.get("background") or ())
        lexicon.named.update(raw.get("named") or ())
        for concept, entry in (raw.get("concepts") or {}).items():
            _add_concept(lexicon, path, concept, entry, groups)
        for cue, entry in (raw.get("cues") or {}).items():
            _add_concept(lexicon, path, CUE + cue, entry, groups)
    _check_parents(lexicon, folder)
    _check_lists(lexicon, folder)
    return lexicon


def _add_concept(lexicon: Lexicon, path: Path, concept: str, entry: Any, groups: dict[str, list[str]]) -> None:
    if isinstance(entry, list):
        entry = {"words": entry}
    if not isinstance(entry, dict) or not set(entry) <= _KEYS:
        raise KnowledgeError(
            f"{path.name}: concept '{concept}' must be a list of phrases or have only the keys {sorted(_KEYS)}."
        )
    if entry.get("is_a"):
        parents = entry["is_a"] if isinstance(entry["is_a"], list) else [entry["is_a"]]
        lexicon.parents[concept] = tuple(dict.fromkeys((*lexicon.parents.get(concept, ()), *parents)))
    lexicon.parents.setdefault(concept, ())
    if "value" in entry:
        lexicon.values[concept] = float(entry["value"])
    if entry.get("lasting"):
        lexicon.lasting.add(concept)  # "liver transplant in 2020" is still true today
    for named, key in ((concept, "words"), (EXCEPT + concept, "except")):
        for written in entry.get(key) or []:
            if not isinstance(written, str):
                raise KnowledgeError(f"{path.name}: concept '{concept}': {written!r} is not text. Put it in quotes.")
            for phrase in parse_phrases(named, written, groups, path.name):
                lexicon.add(phrase)
            lexicon.surface.update(re.findall(r"[a-z]{4,}", written.lower()))
            lexicon.written.setdefault(named, []).append(written)


def _check_parents(lexicon: Lexicon, folder: Path) -> None:
    for concept, parents in list(lexicon.parents.items()):
        for parent in parents:
            if parent not in lexicon.parents:
                raise KnowledgeError(
                    f"{folder.name}: concept '{concept}' is_a '{parent}', which is no concept. Add it or correct it."
                )


def _check_lists(lexicon: Lexicon, folder: Path) -> None:
    listed = lexicon.carried | lexicon.about_patient | lexicon.background | lexicon.named
    for concept in listed - set(lexicon.parents) - QUANTITIES:
        raise KnowledgeError(
            f"{folder.name}: 'carried:', 'about_patient:', 'background:' or 'named:' has '{concept}', "
            "which is no concept. Correct or remove it."
        )


def parse_phrases(concept: str, written: str, groups: dict[str, list[str]], where: str) -> list[Phrase]:
    """Parse one entry, one phrase for each way to say a choice of several words ('see-through|clear bump').

    Raises KnowledgeError for an empty phrase, a leading gap or an unknown group.
    """
    ways = [_ways(part, concept, groups, where) for part in written.split()]
    phrases = []
    for chosen in product(*ways):
        slots = tuple(slot for way in chosen for slot in way)
        if not slots or slots[0].gap or all(slot.optional or slot.gap for slot in slots):
            raise KnowledgeError(
                f"{where}: concept '{concept}': '{written}' needs a word at its start. Begin with a word, not with '*'."
            )
        phrases.append(Phrase(concept, slots, written))
    return phrases


def _ways(part: str, concept: str, groups: dict[str, list[str]], where: str) -> list[tuple[Slot, ...]]:
    """Give the ways to fill one place: all single words as one slot, and each choice of several words by itself."""
    if set(part) == {"*"}:
        return [(Slot(frozenset(), gap=GAP * len(part)),)]
    optional = part.endswith("?")
    single: set[str] = set()
    ways: list[tuple[Slot, ...]] = []
    for choice in _choices(part.rstrip("?"), concept, groups, where):
        opened = _stems(choice)
        if choice[:1] == EXACT and len(choice) > 1:
            single.add(choice)
        elif len(opened) > 1:
            ways.append(tuple(Slot(frozenset({stem}), optional) for stem in opened))
        else:
            single.update(opened)
    return [(Slot(frozenset(single), optional),), *ways] if single else ways


@lru_cache(maxsize=20_000)
def _stems(choice: str) -> tuple[str, ...]:
    """Give the stems of one choice; word groups bring the same ones again and again."""
    if choice == "'s":
        return (choice,)  # "mum's 72": alone it is no word to the tokenizer
    return tuple(word.stem for word in words(choice))


def _choices(part: str, concept: str, groups: dict[str, list[str]], where: str) -> Iterator[str]:
    for choice in part.split("|"):
        if not choice.startswith("%"):
            yield choice.replace("_", " ")
        elif choice[1:] in groups:
            yield from groups[choice[1:]]
        else:
            raise KnowledgeError(
                f"{where}: concept '{concept}' uses the unknown group '{choice}'. Known: {sorted(groups)}."
            )
