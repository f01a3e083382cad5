"""Prepare the website: tables, a staff account, open appointments."""

from __future__ import annotations

from pathlib import Path

from scripts.project import ROOT, VAR, WEB, WEB_PYTHON, Problem, environment, fingerprint, is_stamped, run, stop_with


def main(var: Path = VAR, env: dict[str, str] | None = None) -> None:
    """Bring the database up to date and put in what a demonstration needs."""
    env = env or environment(var)
    database = env.get("DATABASE_URL", str(var / "web.sqlite3"))
    wanted = fingerprint([*WEB.glob("*/migrations"), WEB / "uv.lock", WEB / "config"]) + database
    stamp = var / "migrated"
    if not (is_stamped(stamp, wanted) and ("://" in database or Path(database).exists())):
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "create_staff", "--print-once")
        stamp.write_text(wanted, encoding="utf-8")
    manage(env, "make_slots")


def manage(env: dict[str, str], *words: str) -> None:
    """Run one of Django's commands."""
    run([WEB_PYTHON, WEB / "manage.py", *words], cwd=ROOT, env=env)


if __name__ == "__main__":
    try:
        main()
    except Problem as problem:
        stop_with(problem)
