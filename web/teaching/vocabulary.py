"""The names that a correction can choose from: intents, answers, red flags and signs of this assistant's own files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import structlog
import yaml
from django.conf import settings

from console.findings import names

log = structlog.get_logger(__name__)

type Choices = list[tuple[str, str]]


def read(path: Path) -> dict[str, Any]:
    """Read a YAML file of the assistant; one that is not there is logged and offers nothing."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
        return loaded if isinstance(loaded, dict) else {}
    except (OSError, yaml.YAMLError) as problem:
        log.warning("assistant_file_unreadable", path=str(path), why=repr(problem), cure="set ASSISTANT_DIR")
        return {}


@cache
def intents() -> tuple[str, ...]:
    """List the intents of domain.yml in their order."""
    listed = read(settings.ASSISTANT_DIR / "domain.yml").get("intents") or []
    return tuple(next(iter(one)) if isinstance(one, dict) else str(one) for one in listed)


@cache
def answers() -> dict[str, str]:
    """Give each response with the beginning of its first text."""
    files = sorted((settings.ASSISTANT_DIR / "data" / "responses").glob("*.yml"))
    found = {name: texts for file in files for name, texts in (read(file).get("responses") or {}).items()}
    return {name: str((texts or [{}])[0].get("text") or "") for name, texts in found.items()}


@cache
def flags() -> dict[str, str]:
    """Give each red flag with its title and level."""
    files = sorted((settings.KNOWLEDGE_DIR / "red_flags").glob("*.yml"))
    return {str(flag["id"]): f"{flag['title']} ({flag['level']})" for flag in map(read, files) if flag}


def signs() -> dict[str, str]:
    """Give each concept that the triage goes by, with the fact that it stands for."""
    return dict(sorted(names().items(), key=lambda pair: (pair[1], pair[0])))


def intent_choices() -> Choices:
    """Give the intents as choices of a form."""
    return [(name, name.replace("_", " ")) for name in intents()]


def answer_choices() -> Choices:
    """Give the answers as choices of a form, with their first words."""
    return [(name, f"{name.removeprefix('utter_').replace('_', ' ')}: {text[:70]}") for name, text in answers().items()]


def sign_choices() -> list[tuple[str, Choices]]:
    """Give red flags and signs as two groups of choices."""
    known = [
        (concept, f"{fact} ({concept})" if fact != concept else concept.replace("_", " "))
        for concept, fact in signs().items()
    ]
    return [("Red flags", [(flag, f"{flag}: {title}") for flag, title in flags().items()]), ("Signs", known)]


def is_flag(target: str) -> bool:
    """Tell whether a sign is a red flag, by its id."""
    return target in flags()
