"""Mutants of the assessment's overrides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.mutants import Mutant


def override_mutants() -> Iterator[Mutant]:
    """Leave out each override."""
    yield from ()
