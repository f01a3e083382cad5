"""Train, start and talk to our pipeline and Rasa's starter pipeline, compare them, and fail on a missed bar."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks import report
from benchmarks.measure import Measured, talk, time_to_ready, train
from scripts.project import ROOT, Problem
from scripts.stack import Stack

CONFIGS = {"ours": ROOT / "config.yml", "starter": ROOT / "benchmarks" / "starter.yml"}


def main() -> int:
    """Measure both pipelines; give 1 when a bar of the design is missed."""
    try:
        return report.finish(measure())
    except Problem as problem:
        print(f"Cannot go on: {problem}", file=sys.stderr)
        return 2


def measure() -> dict[str, Measured]:
    """Train both, start both beside one website and one action server, and talk to both in turn."""
    with tempfile.TemporaryDirectory(prefix="milia-bench-") as folder, Stack(("web", "actions")) as shared:
        found = {}
        models = {}
        for name, config in CONFIGS.items():
            print(f"Training the {name} pipeline", flush=True)
            models[name] = Path(folder) / f"{name}.tar.gz"
            found[name] = Measured(training=train(config, models[name]))
        servers = {name: Stack(("rasa",), model, beside=shared) for name, model in models.items()}
        try:
            for name, server in servers.items():
                print(f"Starting Rasa with the {name} model", flush=True)
                found[name].ready = time_to_ready(server)
            print("Talking to both in turn", flush=True)
            talk(servers, found)
        finally:
            for server in servers.values():
                server.close()
        return found


if __name__ == "__main__":
    sys.exit(main())
