"""Set up both Python environments from their locks, starting from a bare python3."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

from scripts.project import PYTHON, ROOT, WEB, Problem, is_stamped, output_of, require_space, run, say, stop_with

UV_VERSION = "0.13.9"
UV = ROOT / ".uv" / "bin" / "uv"
ROOM = 6.0  # GB: both environments with their bytecode, and the download cache
TIES = ("PYENV_VERSION", "PYENV_DIR", "VIRTUAL_ENV")
WANTED = {ROOT: "3.10", WEB: "3.13"}
WHY = {ROOT: "Rasa 3.6 runs on no newer one", WEB: "the website is written for it"}


def main() -> None:
    """Set up what is missing or out of date; do nothing when all is up to date."""
    for folder in (ROOT, WEB):
        if not is_current(folder):
            require_space(ROOM)
            install_uv()
            check_lock(folder)
            sync(folder)


def is_current(folder: Path) -> bool:
    """Tell whether the environment in this folder was made from today's lock."""
    return (folder / ".venv" / "bin" / "python").exists() and is_stamped(folder / ".venv" / "synced", sum_of(folder))


def sum_of(folder: Path) -> str:
    """Give one sum of what an environment is made from; it includes the place, since environments cannot be moved."""
    parts = [folder / "pyproject.toml", folder / "uv.lock", folder / ".python-version"]
    return hashlib.sha256(b"\0".join([str(folder).encode(), *(part.read_bytes() for part in parts)])).hexdigest()


def install_uv() -> None:
    """Install the pinned uv in its own small environment."""
    if UV.exists() and output_of([UV, "--version"])[1].startswith(f"uv {UV_VERSION}"):
        return
    say(f"Installing uv {UV_VERSION} in .uv")
    shutil.rmtree(ROOT / ".uv", ignore_errors=True)
    failed, words = output_of([sys.executable, "-m", "venv", ROOT / ".uv"])
    if failed:
        raise Problem(
            f"{sys.executable} cannot make a virtual environment: {last_line(words)} "
            "On Debian and Ubuntu, install the package python3-venv; then run the same command again."
        )
    failed, words = output_of([ROOT / ".uv" / "bin" / "python", "-m", "pip", "install", "-q", f"uv=={UV_VERSION}"])
    if failed:
        raise Problem(f"uv {UV_VERSION} could not be installed from PyPI: {last_line(words)} Is the network there?")


def check_lock(folder: Path) -> None:
    """Raise Problem when the lock no longer fits the project file."""
    failed, words = output_of([UV, "lock", "--check"], cwd=folder)
    if failed and "needs to be updated" in words:
        where = folder.relative_to(ROOT) / "uv.lock"
        raise Problem(
            f"{where} is stale: pyproject.toml beside it has changed. Run '.uv/bin/uv --directory "
            f"{folder.relative_to(ROOT)} lock', look at the difference, and commit both files together."
        )


def sync(folder: Path) -> None:
    """Install exactly what the lock says."""
    require_python(folder)
    say(f"Installing the packages of {folder} (a few minutes the first time)")
    stamp = folder / ".venv" / "synced"
    stamp.unlink(missing_ok=True)
    run([UV, "sync", "--frozen"], cwd=folder, env={**plain_environment(), "UV_COMPILE_BYTECODE": "1"})
    if folder == ROOT:
        verify_sentence_model()
    stamp.write_text(sum_of(folder), encoding="utf-8")


def plain_environment() -> dict[str, str]:
    """Give the environment without what ties it to one Python: pyenv's shims hand their own choice down."""
    return {name: value for name, value in os.environ.items() if name not in TIES}


def require_python(folder: Path) -> None:
    """Find the Python that this environment needs, or let uv download it; raise Problem when it cannot be had."""
    version = WANTED[folder]
    env = plain_environment()
    if not output_of([UV, "python", "find", "--no-python-downloads", version], cwd=folder, env=env)[0]:
        return
    say(f"Python {version} is not installed; downloading it with uv")
    failed, words = output_of([UV, "python", "install", "--no-bin", version], cwd=folder, env=env)
    if failed:
        raise Problem(
            f"Python {version} is not on this machine and could not be downloaded: {last_line(words)} "
            f"It is needed because {WHY[folder]}. Install it ('pyenv install {version}', or your system's package "
            f"python{version}) and run the same command again."
        )


def verify_sentence_model() -> None:
    """Compare the sentence model with the checksums of the reviewed files."""
    code = "from understanding import sentences as s; s.WEIGHTS.verified(); s.TOKENIZER.verified()"
    failed, words = output_of([PYTHON, "-c", code])
    if failed:
        raise Problem(last_line(words))
    say("The sentence model is the reviewed one (checksums compared)")


def last_line(words: str) -> str:
    """Give the last line of a program's output: the one that says what was wrong."""
    line = words.splitlines()[-1].strip() if words else "no message."
    return line if line.endswith((".", "?", "!")) else line + "."


if __name__ == "__main__":
    try:
        main()
    except Problem as problem:
        stop_with(problem)
