"""Settings for tests and type checks: secrets of no worth, a database of its own for each run."""

import os
import tempfile
from pathlib import Path

# What stood outside before these settings hide it: tests against a running stack speak as that stack does.
OUTSIDE = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
for name in ("DJANGO_SECRET_KEY", "CHANNEL_TOKEN", "BOOKING_TOKEN"):
    os.environ[name] = f"test-{name.lower()}"
os.environ["VAR_DIR"] = str(Path(tempfile.gettempdir()) / f"milia-triage-tests-{os.getuid()}")
os.environ["DJANGO_HTTPS"] = "0"
os.environ["RASA_URL"] = "http://rasa.test:5005"  # resolves nowhere: a test that forgets its fake fails at once

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, VAR_DIR  # noqa: E402

AUDIT_APPEND_ONLY = False

if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"{os.getpid()}.sqlite3")}  # a file: threads share it
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
