"""`make replay MODEL=...`: hold past conversations of this machine's website again with a candidate model."""

from __future__ import annotations

import subprocess
import sys

from scripts.project import ROOT, WEB, WEB_PYTHON, Problem, stop_with
from scripts.training import MODEL
from scripts.website import ready


def main(words: list[str]) -> int:
    """Run the website's command; without MODEL, the candidate is what `make train` wrote last."""
    if "--model" not in words:
        words = [*words, "--model", str(MODEL)]
    command = [str(WEB_PYTHON), str(WEB / "manage.py"), "replay", *words]
    return subprocess.run(command, cwd=str(ROOT), env=ready(), check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Problem as problem:
        stop_with(problem)
