"""The three servers as one thing that can be started, hurt and stopped: for tests, the bench and screenshots.

As a command, `python3 scripts/stack.py -- COMMAND` runs COMMAND against a stack of its own, with STACK_URL set.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from scripts import training, website
from scripts.project import PORTS, ROOT, SECRETS, Problem, environment

HEALTH = {
    "web": ("WEB_PORT", "/healthz"),
    "rasa": ("RASA_PORT", "/webhooks/website/ready"),
    "actions": ("ACTIONS_PORT", "/health"),
}
DERIVED = (
    "RASA_URL",
    "BOOKING_URL",
    "SITE_URL",
    "ACTIONS_URL",
    "DATABASE_URL",
    "RASA_DATABASE_URL",
    "VAR_DIR",
    "ENDPOINTS",
    "MODEL",
    "MODELS_DIR",
)
OURS = (*PORTS, *SECRETS, *DERIVED)
READY_WITHIN = 180.0  # seconds; a cold start on a busy machine
STOPPED_WITHIN = 10.0


def commands() -> dict[str, str]:
    """Read the Procfile: the one place that says how a server is started."""
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def url_of(server: str, env: dict[str, str]) -> str:
    """Give the address that answers once the server is ready."""
    port, path = HEALTH[server]
    return f"http://127.0.0.1:{env[port]}{path}"


def answers(url: str) -> bool:
    """Tell whether a GET of this address succeeds now."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 (our own address)
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def write_endpoints(var: Path, env: dict[str, str]) -> Path:
    """Write endpoints.yml with this stack's port and folder: Rasa's file holds the plain defaults for `rasa shell`."""
    words = (ROOT / "endpoints.yml").read_text(encoding="utf-8")
    words = words.replace(f"127.0.0.1:{PORTS['ACTIONS_PORT']}", f"127.0.0.1:{env['ACTIONS_PORT']}")
    path = var / "endpoints.yml"
    path.write_text(words.replace("var/", f"{var}/"), encoding="utf-8")
    return path


def copy_of(model: Path, folder: Path) -> Path:
    """Give this stack a folder of models of its own: what a test promotes must not serve anywhere else."""
    folder.mkdir()
    if model.exists():
        shutil.copy2(str(model), str(folder))
    return folder


def free_ports(count: int) -> list[int]:
    """Find ports that nobody listens to."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Stack:
    """Web, Rasa and action server on free ports with a folder of their own."""

    def __init__(
        self, servers: Sequence[str] = tuple(HEALTH), model: Path = training.MODEL, beside: Stack | None = None
    ) -> None:
        """Choose the servers; with `beside`, share the other servers and the secrets of that stack."""
        self.servers = tuple(servers)
        self.var = Path(tempfile.mkdtemp(prefix="milia-stack-"))
        self.env = environment(self.var, {**self.outside(beside), "MODEL": str(model)})
        self.env["STACK_URL"] = self.url = self.env["BOOKING_URL"]
        self.env["ENDPOINTS"] = str(write_endpoints(self.var, self.env))
        self.env["MODELS_DIR"] = str(copy_of(model, self.var / "models"))
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def outside(self, beside: Stack | None) -> dict[str, str]:
        """Give what this stack takes from outside: ports that are free, and what it shares with another stack."""
        ports = {name: str(port) for name, port in zip(PORTS, free_ports(len(PORTS)))}  # noqa: B905 (runs on 3.8)
        plain = {name: value for name, value in os.environ.items() if name not in OURS}
        own = {HEALTH[server][0] for server in self.servers}
        shared = {name: beside.env[name] for name in (*PORTS, *SECRETS) if name not in own} if beside else {}
        return {"STAFF_PASSWORD": secrets.token_urlsafe(12), **plain, **ports, **shared}

    def __enter__(self) -> Stack:
        try:
            if "web" in self.servers:
                website.prepare(self.var, self.env)
            for server in self.servers:
                self.start(server)
            self.wait()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self, server: str) -> None:
        """Start one server in a process group of its own; its words go to a file in the stack's folder."""
        with (self.var / f"{server}.log").open("ab") as log:
            self.running[server] = subprocess.Popen(
                ["/bin/sh", "-c", commands()[server]],
                cwd=str(ROOT),
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self, *servers: str, within: float = READY_WITHIN) -> None:
        """Wait until these servers (or all) answer; raise Problem with the server's last words when one does not."""
        end = time.monotonic() + within
        for server in servers or self.servers:
            while not answers(url_of(server, self.env)):
                if self.running[server].poll() is not None or time.monotonic() > end:
                    raise Problem(f"the {server} server did not start. Its last words:\n{self.last_words(server)}")
                time.sleep(0.1)

    def last_words(self, server: str) -> str:
        """Give the end of what the server has written."""
        log = self.var / f"{server}.log"
        return log.read_text(encoding="utf-8", errors="replace")[-3000:] if log.exists() else ""

    def stop(self, server: str, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop one server and all that it started; SIGKILL is an outage."""
        process = self.running.pop(server)
        with contextlib.suppress(subprocess.TimeoutExpired, ProcessLookupError):
            os.killpg(process.pid, how)
            process.wait(STOPPED_WITHIN)
        self.end_group(process)

    @staticmethod
    def end_group(process: subprocess.Popen[bytes]) -> None:
        """Leave nothing of a process group behind."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill(self, server: str) -> None:
        """Make an outage: the server is gone in an instant."""
        self.stop(server, signal.SIGKILL)

    def restart(self, server: str) -> None:
        """Start a server again and wait until it answers."""
        self.start(server)
        self.wait(server)

    def close(self) -> None:
        """Stop every server and remove the folder."""
        for server in list(self.running):
            self.stop(server)
        shutil.rmtree(self.var, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run a command against a stack of its own and give its exit code."""
    with Stack() as stack:
        return subprocess.run(command, env=stack.env, check=False).returncode


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]))
    except Problem as problem:
        sys.exit(f"Cannot go on: {problem}")
