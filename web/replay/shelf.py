"""The models on this machine: files in `MODELS_DIR`, each known by the SHA-256 of its content."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[\w][\w.-]*\.tar\.gz")  # as Rasa's side takes it: components/serving.py


@dataclass(frozen=True)
class Model:
    """A trained model."""

    path: Path
    sha256: str
    trained_at: datetime

    @property
    def name(self) -> str:
        """Give the name of the file."""
        return self.path.name


def models() -> list[Model]:
    """List the models, newest first."""
    found = [one for one in settings.MODELS_DIR.glob("*.tar.gz") if NAME.fullmatch(one.name)]
    return sorted(map(read, found), key=lambda one: one.trained_at, reverse=True)


def read(path: Path) -> Model:
    """Look at a model; raises OSError when the file is gone."""
    facts = path.stat()
    return Model(path, sum_of(path, facts.st_mtime_ns, facts.st_size), datetime.fromtimestamp(facts.st_mtime, UTC))


def find(name: str) -> Model | None:
    """Find a model by name."""
    return next((one for one in models() if one.name == name), None)


def find_sum(sha256: str) -> Model | None:
    """Find a model by its content."""
    return next((one for one in models() if one.sha256 == sha256), None)


@lru_cache(maxsize=64)
def sum_of(path: Path, changed: int, size: int) -> str:
    """Give the SHA-256 of a file; `changed` and `size` only say that it is still the same."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
