"""Where things are and how to say what is wrong: shared by the scripts, which run before anything is installed."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
VAR = ROOT / "var"
PYTHON = ROOT / ".venv" / "bin" / "python"
WEB_PYTHON = WEB / ".venv" / "bin" / "python"
PORTS = {"WEB_PORT": 8000, "RASA_PORT": 5005, "ACTIONS_PORT": 5055}
SECRETS = ("CHANNEL_TOKEN", "BOOKING_TOKEN", "DJANGO_SECRET_KEY")
QUIET = {
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "RASA_TELEMETRY_ENABLED": "false",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
    "DJANGO_HTTPS": "0",  # the browser is on this machine; deploy/ sets its own environment
}


class Problem(Exception):  # noqa: N818 (it is the person's, not the program's)
    """Something that a person can mend; the message says where, what, and what to do."""


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(sentence, flush=True)


def stop_with(problem: Problem) -> NoReturn:
    """Print the problem and end with an error."""
    sys.exit(f"\nCannot go on: {problem}\n")


def run(command: Sequence[object], cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> None:
    """Run a command that shows its own output; raise Problem when it fails."""
    words = [str(word) for word in command]
    if subprocess.run(words, cwd=str(cwd), env=dict(env or os.environ), check=False).returncode:
        raise Problem(f"'{' '.join(words)}' failed in {cwd}. Its message is above.")


def output_of(command: Sequence[object], cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run a command silently; give its exit code and all that it said."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=str(cwd), env=dict(env or os.environ), check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.returncode, done.stdout.decode(errors="replace").strip()


def environment(var: Path = VAR, already: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give an environment with our ports, secrets and quiet settings; what is already set wins."""
    ours = {name: str(port) for name, port in PORTS.items()}
    found = {**QUIET, **ours, **secrets_in(var / "env"), "VAR_DIR": str(var), **(already or os.environ)}
    found.setdefault("RASA_URL", f"http://127.0.0.1:{found['RASA_PORT']}")
    found.setdefault("BOOKING_URL", f"http://127.0.0.1:{found['WEB_PORT']}")
    found.setdefault("SITE_URL", found["BOOKING_URL"])
    found.setdefault("ACTIONS_URL", f"http://127.0.0.1:{found['ACTIONS_PORT']}/webhook")
    found.setdefault("SANIC_HOST", "127.0.0.1")  # else the action server listens to the whole network
    return found


def secrets_in(path: Path) -> dict[str, str]:
    """Read the secrets, after they were drawn by chance and written when the file is not there yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("".join(f"{name}={secrets.token_urlsafe(48)}\n" for name in SECRETS), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def fingerprint(paths: Iterable[Path]) -> str:
    """Give one sum of the names and contents of all files at and below these paths."""
    total = hashlib.sha256()
    for file in sorted(file for path in paths for file in files_below(path)):
        total.update(f"{file.relative_to(ROOT)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def files_below(path: Path) -> list[Path]:
    """List the files at or below a path, without what Python leaves behind."""
    if path.is_file():
        return [path]
    return [file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts]


def is_stamped(stamp: Path, value: str) -> bool:
    """Tell whether the work that this stamp stands for was done for this very value."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == value


def require_space(gigabytes: float) -> None:
    """Raise Problem when the disk is too full for what comes next."""
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < gigabytes:
        raise Problem(
            f"the disk that holds {ROOT} has {free:.1f} GB free, and setting up needs {gigabytes:g} GB. "
            "Make room or move the project to a larger disk, and run the same command again."
        )
