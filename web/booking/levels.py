"""What each level says, and whether it leaves room for a booking: read from `knowledge/levels.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from chat.models import Disposition


@dataclass(frozen=True)
class LevelWords:
    """The words of one level."""

    advice: str
    care_first: bool


@cache
def words_of(level: Disposition) -> LevelWords:
    """Give the words of a level; a knowledge file without them is an error that names the file and the key."""
    path: Path = settings.KNOWLEDGE_DIR / "levels.yml"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))["levels"][level.value]
        return LevelWords(" ".join([raw["headline"], *raw["then"]]), raw["booking"] is False)
    except (OSError, KeyError, TypeError, yaml.YAMLError) as problem:
        raise ImproperlyConfigured(
            f"{path}: the level '{level.value}' needs the keys headline, then and booking ({problem!r}). "
            "Write them as the other levels do, or set KNOWLEDGE_DIR to the folder that holds the file."
        ) from problem
