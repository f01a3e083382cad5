"""Prepare the website: tables, a staff account, open appointments."""

from __future__ import annotations

from pathlib import Path

from scripts.project import (
    ROOT,
    VAR,
    WEB,
    WEB_PYTHON,
    Problem,
    environment,
    fingerprint,
    is_stamped,
    output_of,
    say,
    stop_with,
)


def prepare(var: Path, env: dict[str, str]) -> str:
    """Bring the database up to date, put in what a demonstration needs, and give what a person should read."""
    database = env.get("DATABASE_URL", str(var / "web.sqlite3"))
    wanted = fingerprint([*WEB.glob("*/migrations"), WEB / "uv.lock", WEB / "config"]) + database
    stamp = var / "migrated"
    told = ""
    if not (is_stamped(stamp, wanted) and ("://" in database or Path(database).exists())):
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "refresh_cases", "--missing")
        told = manage(env, "create_staff", "--print-once")
        stamp.write_text(wanted, encoding="utf-8")
    manage(env, "make_slots")
    return told


def ready() -> dict[str, str]:
    """Prepare the website of this machine, say what a person should read, and give its environment."""
    env = environment()
    if told := prepare(VAR, env):  # the password of the first staff account is shown once
        say(told)
    return env


def manage(env: dict[str, str], *words: str) -> str:
    """Run one of Django's commands and give what it said; raise Problem when it fails."""
    failed, said = output_of([WEB_PYTHON, WEB / "manage.py", *words], cwd=ROOT, env=env)
    if failed:
        raise Problem(f"'manage.py {' '.join(words)}' failed:\n{said[-3000:]}")
    return said


if __name__ == "__main__":
    try:
        ready()
    except Problem as problem:
        stop_with(problem)
