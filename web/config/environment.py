"""Settings that differ between machines come from the environment, read here and checked here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})


def load_file(path: Path) -> None:
    """Take the variables of a KEY=value file that the environment does not set already."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        key, separator, value = line.strip().removeprefix("export ").partition("=")
        if separator and not key.startswith("#"):
            os.environ.setdefault(key.strip(), value.strip().strip("\"'"))


def flag(name: str, default: bool = False) -> bool:
    """Read a yes/no variable."""
    value = os.environ.get(name, "")
    return value.lower() in TRUE if value else default


def words(name: str, default: str = "") -> list[str]:
    """Read a list that is separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret(name: str) -> str:
    """Read a secret that has no safe default; says how to make one if it is missing."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set. `make run` writes it to var/env; "
            f"or set it yourself: export {name}=$(python3 -c 'import secrets; print(secrets.token_urlsafe(48))')"
        )
    return value


def database(url: str, var: Path) -> dict[str, Any]:
    """Turn DATABASE_URL into Django's dictionary; without one, use a SQLite file in `var`."""
    if not url or url.startswith("sqlite:///"):
        return sqlite(Path(url.removeprefix("sqlite:///") or var / "web.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL starts with '{parts.scheme}:'. Use postgresql://user:password@host:5432/name or sqlite:///path."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 20, "timeout": 5}, **dict(parse_qsl(parts.query))},
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Set SQLite up so that readers never wait for writers, and writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            # NORMAL: a stored message survives a killed website; to survive a power cut too, use PostgreSQL.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        },
    }
