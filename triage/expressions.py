"""The language of `when:` in a red flag: Python's own grammar, a few names.

`swelling @ eyelid` binds a sign to a place, `fever or age < 90` are concepts and numbers, `near(a, b)` asks for one
sentence, `absent(a)`, `past(a)`, `relative(a)` ask for another assertion. A concept counts with all its kinds.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from triage.errors import KnowledgeError
from triage.model import Assertion, Finding

Evidence = tuple[Finding, ...]
Test = Callable[["Scene"], "Evidence | None"]
Needs = tuple[frozenset[str], ...]
_COMPARE = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}
_MEANT = {
    "absent": Assertion.ABSENT,
    "past": Assertion.PAST,
    "relative": Assertion.OTHER_PERSON,
    "asked": Assertion.HYPOTHETICAL,
}
_FUNCTIONS = {"near", *_MEANT}
_CLOSE = 120  # characters between two signs of one problem


@dataclass(frozen=True)
class Scene:
    """The findings a rule looks at, indexed by every concept they are a kind of."""

    findings: tuple[Finding, ...]
    by_concept: Mapping[str, tuple[Finding, ...]]
    held: Mapping[str, tuple[Finding, ...]]
    background: Callable[[str], bool] = lambda concept: False
    whole: Scene | None = None

    @classmethod
    def of(
        cls,
        findings: Sequence[Finding],
        ancestors: Callable[[str], frozenset[str]],
        background: Callable[[str], bool] = lambda concept: False,
        whole: Scene | None = None,
    ) -> Scene:
        """Index findings under their concept and all its ancestors; `background` concepts combine at any distance.

        `whole` is what a `not` looks at, when that is more: what keeps an alarm quiet may have been told earlier.
        """
        everything: dict[str, list[Finding]] = {}
        held: dict[str, list[Finding]] = {}
        for finding in findings:
            indexes = (everything, held) if finding.holds else (everything,)
            for concept in ancestors(finding.concept):
                for index in indexes:
                    index.setdefault(concept, []).append(finding)
        return cls(tuple(findings), _fixed(everything), _fixed(held), background, whole)

    def has(self, needs: Needs) -> bool:
        """Tell whether of each set of concepts one holds."""
        return not any(map(self.held.keys().isdisjoint, needs))

    @cached_property
    def _places(self) -> dict[tuple[int, int], set[str]]:
        """The places that each clause of each turn names."""
        named: dict[tuple[int, int], set[str]] = {}
        for one in self.by_concept.get("site", ()):
            if one.assertion is not Assertion.HYPOTHETICAL:
                named.setdefault((one.turn, one.clause), set()).add(one.concept)
        return named

    @cached_property
    def _placed(self) -> frozenset[int]:
        """The turns that name a place."""
        return frozenset(turn for turn, _ in self._places)

    def belong(self, sign: Finding, place: Finding) -> bool:
        """Tell whether a sign is at a place: same clause, else nearby when the sign has no place of its own."""
        if sign.turn == place.turn and (
            sign.clause == place.clause or place.start <= sign.start < place.end or sign.start <= place.start < sign.end
        ):
            return True
        if self._places.get((sign.turn, sign.clause), set()) - {place.concept}:
            return False
        if sign.turn != place.turn:
            return sign.turn not in self._placed
        return abs(sign.sentence - place.sentence) <= 1

    def holding(self, concept: str) -> Evidence:
        """Give the findings of a concept that count as the patient's, now."""
        return self.held.get(concept, ())


def _fixed(index: Mapping[str, list[Finding]]) -> dict[str, Evidence]:
    return {concept: tuple(found) for concept, found in index.items()}


def parse(expression: str, concepts: frozenset[str], where: str) -> Test:
    """Compile one line of `when:`; raises KnowledgeError for bad grammar or an unknown concept."""
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except SyntaxError as error:
        raise KnowledgeError(
            f"{where}: '{expression}' cannot be read ({error.msg}). Use names, 'and', 'or', 'not', '@', brackets."
        ) from error
    return _compile(tree, concepts, f"{where}: '{expression}'")


def needs(expression: str) -> Needs:
    """Give sets of concepts of which one each must hold, so that most lines are passed over without a look."""
    return _needs(ast.parse(expression.strip(), mode="eval").body)


def _needs(node: ast.expr) -> Needs:
    """Give what this part needs; nothing when that cannot be said."""
    if isinstance(node, ast.Name):
        return (frozenset({node.id}),)
    if isinstance(node, ast.Compare):
        return _needs(node.left)
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        found = [_needs(value) for value in node.values]
        return (frozenset().union(*(one[0] for one in found)),) if all(found) else ()
    return tuple(need for part in _parts(node) for need in _needs(part))


def _parts(node: ast.expr) -> Sequence[ast.expr]:
    """Give the parts that must all be found for this one to be found."""
    if isinstance(node, ast.BinOp):
        return node.left, node.right
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "near":
        return node.args
    return ()


def concepts_in(expression: str) -> frozenset[str]:
    """Give the concept names an expression speaks about."""
    tree = ast.parse(expression.strip(), mode="eval")
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)) - _FUNCTIONS


def _compile(node: ast.expr, concepts: frozenset[str], where: str) -> Test:
    if isinstance(node, ast.Name):
        return _concept(_known(node.id, concepts, where))
    if isinstance(node, ast.BoolOp):
        tests = [_compile(value, concepts, where) for value in node.values]
        return _all(tests) if isinstance(node.op, ast.And) else _any(tests)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _not(_compile(node.operand, concepts, where))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return _at(_compile(node.left, concepts, where), _compile(node.right, concepts, where))
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARE:
        return _compare(node, concepts, where)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS and node.args:
        return _call(node.func.id, node.args, concepts, where)
    raise KnowledgeError(
        f"{where} uses '{ast.unparse(node)}', which is not part of the rule language. See knowledge/README.md."
    )


def _known(name: str, concepts: frozenset[str], where: str) -> str:
    if name not in concepts:
        from difflib import get_close_matches

        near = ", ".join(get_close_matches(name, concepts, 3)) or "none is similar"
        raise KnowledgeError(
            f"{where} names the concept '{name}', which no file in knowledge/language defines. Close: {near}."
        )
    return name


def _concept(name: str) -> Test:
    def test(scene: Scene) -> Evidence | None:
        found = scene.holding(name)
        return found or None

    return test


def _all(tests: Sequence[Test]) -> Test:
    """All of them, close enough to be said of one problem."""

    def test(scene: Scene) -> Evidence | None:
        parts: list[Evidence] = []
        for one in tests:
            found = one(scene)
            if found is None:
                return None
            parts.append(found)
        behind = [any(scene.background(one.concept) for one in part) for part in parts]
        signs = [part for part, is_behind in zip(parts, behind, strict=True) if part and not is_behind]
        if len(signs) < 2:
            return tuple(finding for part in parts for finding in part[:2])
        others = [Around(part) for part in signs[1:]]
        for anchor in signs[0]:
            chosen = [close for other in others if (close := other.first_close(anchor))]
            if len(chosen) == len(others):
                background = [finding for part in parts if part not in signs for finding in part[:2]]
                return (anchor, *chosen, *background)
        return None

    return test


class Around:
    """Findings by where they stand, so that the first one near another is found without a look at all."""

    def __init__(self, findings: Evidence) -> None:
        self._findings = findings
        self._cells: dict[tuple[int, int], list[int]] = {}
        for number, one in enumerate(findings):
            for cell in range(one.start // _CLOSE, one.end // _CLOSE + 1):
                self._cells.setdefault((one.turn, cell), []).append(number)
        self._of_turn = {one.turn: number for number, one in reversed(tuple(enumerate(findings)))}

    def first_close(self, anchor: Finding) -> Finding | None:
        """Give the first finding that is close."""
        cells = range((anchor.start - _CLOSE) // _CLOSE, (anchor.end + _CLOSE) // _CLOSE + 1)
        near = (self._cells.get((anchor.turn, cell), ()) for cell in cells)
        found = [next((number for number in cell if _close(anchor, self._findings[number])), None) for cell in near]
        other_turns = (number for turn, number in self._of_turn.items() if turn != anchor.turn)
        return self._first(*found, *other_turns)

    def _first(self, *numbers: int | None) -> Finding | None:
        number = min((one for one in numbers if one is not None), default=None)
        return None if number is None else self._findings[number]


def _close(first: Finding, second: Finding) -> bool:
    """In the same or the next sentence and a few words apart, or told in different turns."""
    if first.turn != second.turn:
        return True
    gap = max(second.start - first.end, first.start - second.end)
    return abs(first.sentence - second.sentence) <= 1 and gap <= _CLOSE


def _any(tests: Sequence[Test]) -> Test:
    def test(scene: Scene) -> Evidence | None:
        found = [one for one in (each(scene) for each in tests) if one is not None]
        return tuple(finding for one in found for finding in one) if found else None

    return test


def _not(inner: Test) -> Test:
    def test(scene: Scene) -> Evidence | None:
        return () if inner(scene.whole or scene) is None else None

    return test


def _at(sign: Test, place: Test) -> Test:
    """Bind signs to places: same clause, else same sentence, else the next one when it names no other place."""

    def test(scene: Scene) -> Evidence | None:
        signs, places = sign(scene), place(scene)
        if not signs or not places:
            return None
        for one in signs:
            for other in places:
                if scene.belong(one, other):
                    return (one, other)
        return None

    return test


def _compare(node: ast.Compare, concepts: frozenset[str], where: str) -> Test:
    left, right = node.left, node.comparators[0]
    if (
        not isinstance(left, ast.Name)
        or not isinstance(right, ast.Constant)
        or not isinstance(right.value, int | float)
    ):
        raise KnowledgeError(f"{where}: a comparison is 'concept < number', for example 'age < 90' (days).")
    name, limit, compare = _known(left.id, concepts, where), float(right.value), _COMPARE[type(node.ops[0])]

    def test(scene: Scene) -> Evidence | None:
        found = tuple(one for one in scene.holding(name) if one.value is not None and compare(one.value, limit))
        return found or None

    return test


def _call(name: str, args: Sequence[ast.expr], concepts: frozenset[str], where: str) -> Test:
    if name == "near":
        return _near([_compile(arg, concepts, where) for arg in args])
    wanted = _MEANT[name]
    names = [_known(arg.id, concepts, where) for arg in args if isinstance(arg, ast.Name)]

    def test(scene: Scene) -> Evidence | None:
        found = tuple(one for concept in names for one in scene.by_concept.get(concept, ()) if one.assertion is wanted)
        return found or None

    return test


def _near(tests: Sequence[Test]) -> Test:
    """All in one sentence of one turn."""

    def test(scene: Scene) -> Evidence | None:
        found = [one(scene) for one in tests]
        if any(one is None for one in found):
            return None
        for first in found[0] or ():
            chosen = [first]
            for others in found[1:]:
                close = [one for one in others or () if (one.turn, one.sentence) == (first.turn, first.sentence)]
                chosen.extend(close[:1])
            if len(chosen) == len(found):
                return tuple(chosen)
        return None

    return test
