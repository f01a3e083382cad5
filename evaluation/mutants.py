"""The mutants of the knowledge, each with the examples that could notice it. All happens in memory."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from pathlib import Path

import yaml

import understanding
from evaluation import cases, override_mutants
from triage.expressions import Scene, needs, parse
from triage.flags import RedFlag
from triage.model import Level
from understanding.lexicon import CUE, Phrase
from understanding.matcher import EXACT, Entry

ROOT = Path(__file__).parent.parent
FLAGS = ROOT / "knowledge" / "red_flags"
LANGUAGE = ROOT / "knowledge" / "language"
MEANT = ROOT / "tests" / "understanding" / "meant.yml"


@dataclass(frozen=True)
class Mutant:
    """One thing changed: in which file, what, how to mend its survival, and the test that may notice."""

    file: str
    change: str
    cure: str
    noticed: Callable[[], bool]


@dataclass(frozen=True)
class Example:
    """A text that must or must not fire: one flag, or any flag of at least a level."""

    text: str
    fires: bool
    flag: str = ""
    level: Level = Level.SOON


@dataclass(frozen=True)
class Meaning:
    """A text in which every finding of a concept must have one assertion; without one there must be no finding."""

    text: str
    concept: str
    assertion: str


def made(deep: bool = False) -> Iterator[Mutant]:
    """Make every mutant: flags, their lines, cues, overrides; with `deep`, the parts of lines."""
    for path in sorted(FLAGS.glob("*.yml")):
        yield from flag_mutants(path, deep)
    for path in sorted(LANGUAGE.glob("*.yml")):
        yield from cue_mutants(path)
    for change, noticed in override_mutants.all_tests():
        yield Mutant(override_mutants.FILE, change, override_mutants.CURE, noticed)


@lru_cache(maxsize=1)
def reader() -> understanding.Understanding:
    """Load the understanding once; cue mutants take phrases out of it and put them back."""
    return understanding.load()


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """Collect what the tests know: the examples in the flags, and the develop cases of the safety gate."""
    own = [Example(text, True, flag.id) for flag in reader().flags for text in flag.fires]
    own += [Example(text, False, flag.id) for flag in reader().flags for text in flag.does_not_fire]
    for path in cases.own_files("safety"):
        if path.stem.endswith("-develop"):
            own += [example_of(case) for case in cases.read(path, "safety")]
    return tuple(own)


def example_of(case: cases.Case) -> Example:
    """Turn a case into an example: its level is reached, or no alarm is raised."""
    harmless = case["level"] in (cases.NONE, Level.ROUTINE.value, Level.SELF_CARE.value)
    return Example(case["text"], not harmless, level=Level.SOON if harmless else Level(case["level"]))


@cache
def scene_of(text: str) -> Scene:
    """Read a text once: a change of a flag does not change what is found."""
    return fresh_scene(text)


def right(example: Example, scene: Scene, flags: tuple[RedFlag, ...]) -> bool:
    """Tell whether an example behaves."""
    concerned = (one for one in flags if concerns(one, example))
    return any(flag.evidence(scene, 1) is not None for flag in concerned) is example.fires


def concerns(flag: RedFlag, example: Example) -> bool:
    """Tell whether an example is about this flag: it names it, or it is about every flag from its level up."""
    return flag.id == example.flag if example.flag else flag.level.rank >= example.level.rank


@lru_cache(maxsize=1)
def behaving() -> tuple[Example, ...]:
    """Give the examples that behave today: only they can notice a change."""
    return tuple(one for one in examples() if right(one, scene_of(one.text), reader().flags))


def flag_mutants(path: Path, deep: bool) -> Iterator[Mutant]:
    """Leave out the whole flag, then each line; with `deep`, each part of each line."""
    name = path.stem.split("_")[0]
    flag = next(one for one in reader().flags if one.id == name)
    file = str(path.relative_to(ROOT))
    yield Mutant(file, "the whole flag is left out", "Add examples under 'fires'.", lambda: flag_noticed(flag, ()))
    for line in flag.when:
        kept = tuple(one for one in flag.when if one != line)
        cure = "Add an example that only this line fires, or remove the line."
        yield Mutant(file, f"the line '{line}' is left out", cure, noticing(flag, kept))
        for weaker in weakened(line) if deep else ():
            changed = tuple(weaker if one == line else one for one in flag.when)
            cure = "Add an example that tells the two apart, or keep the simpler one."
            yield Mutant(file, f"'{line}' became '{weaker}'", cure, noticing(flag, changed))


def noticing(flag: RedFlag, when: tuple[str, ...]) -> Callable[[], bool]:
    """Bind a changed flag to its test."""
    return lambda: flag_noticed(flag, when)


def flag_noticed(flag: RedFlag, when: tuple[str, ...]) -> bool:
    """Tell whether an example behaves otherwise when the flag has these lines."""
    tests = tuple(parse(line, reader().concepts, flag.id) for line in when)
    changed = replace(flag, tests=tests, needs=tuple(map(needs, when)))
    flags = tuple(changed if one is flag else one for one in reader().flags)
    concerned = (one for one in behaving() if one.flag in ("", flag.id) and differs(flag, changed, scene_of(one.text)))
    return any(not right(one, scene_of(one.text), flags) for one in concerned)


def differs(flag: RedFlag, changed: RedFlag, scene: Scene) -> bool:
    """Tell whether a change of a flag matters to a scene: asked first, because most scenes it does not touch."""
    return (flag.evidence(scene, 1) is None) is not (changed.evidence(scene, 1) is None)


def weakened(line: str) -> Iterator[str]:
    """Give the line with one operand less, for each operand of each 'and' and 'or'."""
    places = [node for node in ast.walk(ast.parse(line.strip(), mode="eval")) if isinstance(node, ast.BoolOp)]
    for number, place in enumerate(places):
        for left_out in range(len(place.values)):
            tree = ast.parse(line.strip(), mode="eval")
            node = [one for one in ast.walk(tree) if isinstance(one, ast.BoolOp)][number]
            del node.values[left_out]
            yield ast.unparse(Single().visit(tree))


class Single(ast.NodeTransformer):
    """Turns an 'and' or 'or' of one operand into that operand."""

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """Replace it when only one operand is left."""
        self.generic_visit(node)
        return node.values[0] if len(node.values) == 1 else node


def cue_mutants(path: Path) -> Iterator[Mutant]:
    """Leave out each cue of a language file."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    for cue, entry in (raw.get("cues") or {}).items():
        for written in entry["words"] if isinstance(entry, dict) else entry:
            change = f"the cue '{written}' of {cue} is left out"
            cure = "Add an example that needs it (in a flag or in the tests of understanding), or remove it."
            yield Mutant(str(path.relative_to(ROOT)), change, cure, partial(cue_noticed, CUE + cue, written))


def cue_noticed(concept: str, written: str) -> bool:
    """Tell whether an example behaves otherwise without this cue."""
    ways = [one for one in reader().pipeline.lexicon.phrases if is_it(one, concept, written)]
    cases, tests = meanings(), behaving()  # what behaves is known before anything is left out
    with without(concept, written):
        misread = any(not is_meant(one) for one in cases if could_match(ways, one.text))
        return misread or any(
            not right(one, fresh_scene(one.text), reader().flags) for one in tests if could_match(ways, one.text)
        )


def could_match(ways: list[Phrase], text: str) -> bool:
    """Tell whether a text has all words that one way to say it needs; only such texts are read again."""
    said = said_in(text)
    return any(all(not said.isdisjoint(choice) for choice in way.needs) for way in ways)


@cache
def said_in(text: str) -> frozenset[str]:
    """Give the stems of a text and its words as they were typed, marked as the matcher marks them."""
    return stems_of(text) | {EXACT + form for form in reader().pipeline.forms(text)}


@lru_cache(maxsize=1)
def meanings() -> tuple[Meaning, ...]:
    """Collect the cases of how a finding is meant that behave today."""
    written = yaml.safe_load(MEANT.read_text(encoding="utf-8"))
    cases = (
        Meaning(text, concept, assertion)
        for assertion, some in written.items()
        for one in some
        for concept, text in one.items()
    )
    return tuple(one for one in cases if is_meant(one))


def is_meant(meaning: Meaning) -> bool:
    """Tell whether the concept is found with its assertion, and with no other."""
    kinds = reader().pipeline.lexicon.ancestors
    found = reader().pipeline.findings(meaning.text)
    meant = {one.assertion.value for one in found if meaning.concept in kinds(one.concept)}
    return meant == ({meaning.assertion} if meaning.assertion != "none" else set())


@cache
def stems_of(text: str) -> frozenset[str]:
    """Give the stems of a text, as the matcher sees them."""
    return reader().pipeline.stems(text)


def is_it(phrase: Phrase | Entry, concept: str, written: str) -> bool:
    """Tell whether a phrase is this entry of the language."""
    return phrase.concept == concept and phrase.written == written


@contextmanager
def without(concept: str, written: str) -> Iterator[None]:
    """Take an entry out of the lexicon for a while."""
    matcher = reader().pipeline.matcher
    gone = {number for number, entry in enumerate(matcher.entries) if is_it(entry, concept, written)}
    before = {word: some for word, some in matcher.by_rarest.items() if not gone.isdisjoint(some)}
    matcher.by_rarest.update({word: [one for one in some if one not in gone] for word, some in before.items()})
    try:
        yield
    finally:
        matcher.by_rarest.update(before)


def fresh_scene(text: str) -> Scene:
    """Read a text as it is read now, whatever was taken out."""
    return reader().scene(reader().pipeline.findings(text, 1))
