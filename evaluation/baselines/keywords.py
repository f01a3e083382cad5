"""The plain keyword list: a phrase in the message decides, whatever stands around it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from evaluation.safety import Answer

LIST = Path(__file__).parent / "keywords.yml"


@lru_cache(maxsize=1)
def phrases() -> list[tuple[str, str]]:
    """Read the list: pairs of level and phrase, most urgent first."""
    levels: dict[str, list[str]] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return [(level, phrase) for level, some in levels.items() for phrase in some]


def answer(text: str) -> Answer:
    """Give the level of the first phrase that stands in the text."""
    plain = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for level, phrase in phrases():
        if phrase in plain:
            return Answer(level, flags=(phrase,))
    return Answer(None)
