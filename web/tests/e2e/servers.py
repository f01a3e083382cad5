"""A website of a test's own beside the stack's Rasa: it can be stopped, and it knows a page on another site."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from config.testing import OUTSIDE

WEB = Path(__file__).resolve().parents[2]
CLINIC = "https://www.clinic.example"
GRANIAN = """
.venv/bin/granian --interface wsgi --host 127.0.0.1 --workers 1 --no-ws --log-level error config.wsgi:application --port
""".split()


class Website:
    """Shares database, secrets and Rasa with the stack, and has a port of its own."""

    def __init__(self) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = str(one.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        env = {**OUTSIDE, "WIDGET_ORIGINS": CLINIC}
        self.process = subprocess.Popen([*GRANIAN, self.port], cwd=WEB, env=env, start_new_session=True)  # noqa: S603 - our own
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/chat/embed.js", timeout=2):  # noqa: S310 - our own
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the website of this test did not start")

    def stop(self) -> None:
        """End it at once, as an outage would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
