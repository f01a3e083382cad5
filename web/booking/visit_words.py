"""What a visitor should tell the clinic before a procedure: read from `knowledge/visit.yml`."""

from __future__ import annotations

from functools import cache

import yaml
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@cache
def tell_the_clinic() -> tuple[str, ...]:
    """Give the list; a file without it is an error that names the file and the key."""
    path = settings.KNOWLEDGE_DIR / "visit.yml"
    try:
        return tuple(map(str, yaml.safe_load(path.read_text(encoding="utf-8"))["tell_the_clinic"]["items"]))
    except (OSError, KeyError, TypeError, yaml.YAMLError) as problem:
        said = f"{path}: it needs the key 'tell_the_clinic' with 'items', a list ({problem!r})."
        raise ImproperlyConfigured(said) from problem


@cache
def booking_page() -> str:
    """Give the address of the clinic's own booking page (`booking_link` in `knowledge/clinic.yml`), or ""."""
    path = settings.KNOWLEDGE_DIR / "clinic.yml"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8")).get("booking_link") or ""
    except (OSError, AttributeError, yaml.YAMLError) as problem:
        raise ImproperlyConfigured(f"{path}: it cannot be read ({problem!r}).") from problem
    if raw and not str(raw).startswith("https://"):
        raise ImproperlyConfigured(f"{path}: 'booking_link' must begin with https://, or be empty.")
    return str(raw)
