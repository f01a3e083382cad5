"""Start web, Rasa and actions under one supervisor (honcho), say when they are ready, and stop all three on Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time

from scripts.project import PORTS, PYTHON, ROOT, VAR, Problem, environment, say, stop_with
from scripts.stack import HEALTH, READY_WITHIN, answers, url_of, write_endpoints

SERVES = {"WEB_PORT": "website", "RASA_PORT": "Rasa server", "ACTIONS_PORT": "action server"}


def main() -> int:
    """Run until Ctrl-C or until one server ends; give the exit code."""
    env = environment()
    for name in PORTS:
        require_port(name, int(env[name]))
    env["ENDPOINTS"] = str(write_endpoints(VAR, env))
    say("Starting the website, Rasa and the action server")
    honcho = [str(PYTHON), "-m", "honcho", "start", "--procfile", str(ROOT / "Procfile")]
    # its own session: Ctrl-C reaches this process only, which passes it on once
    supervisor = subprocess.Popen(honcho, cwd=str(ROOT), env=env, start_new_session=True)
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, lambda *_: supervisor.terminate())
    threading.Thread(target=announce, args=(supervisor, env), daemon=True).start()
    code = supervisor.wait()
    stopped_by_us = code in (130, 143, -signal.SIGTERM)
    say("All three are stopped." if stopped_by_us else "One server ended, so all were stopped. Its message is above.")
    return 0 if stopped_by_us else 1


def require_port(name: str, port: int) -> None:
    """Raise Problem when somebody else listens to this port."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            raise Problem(
                f"port {port} is taken by another program, and the {SERVES[name]} needs it. Stop that program "
                f"('lsof -i :{port}' names it), or choose another port: '{name}={port + 100} make run'."
            ) from None


def announce(supervisor: subprocess.Popen[bytes], env: dict[str, str]) -> None:
    """Wait until every server answers, and say what to do now."""
    end = time.monotonic() + READY_WITHIN
    waiting = list(HEALTH)
    while waiting and supervisor.poll() is None:
        waiting = [server for server in waiting if not answers(url_of(server, env))]
        if waiting and time.monotonic() > end:
            say(f"Not ready after {READY_WITHIN:.0f} s: {', '.join(waiting)}. Look at its messages above.")
            return
        time.sleep(0.3)
    if not waiting:
        say(ready_text(env["BOOKING_URL"]))


def ready_text(url: str) -> str:
    """Give the lines that tell a person where to go."""
    return (
        f"\n  Ready. Chat with the assistant:  {url}/\n"
        f"         Read conversations:       {url}/console/  (the account was printed once, at the first start)\n"
        "         Stop everything:          Ctrl-C\n"
    )


if __name__ == "__main__":
    os.chdir(str(ROOT))
    try:
        sys.exit(main())
    except Problem as problem:
        stop_with(problem)
