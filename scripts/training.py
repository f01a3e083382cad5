"""Train the assistant, only when the model is older than what it is made from."""

from __future__ import annotations

import sys
import time

from scripts.project import (
    PYTHON,
    ROOT,
    Problem,
    environment,
    fingerprint,
    is_stamped,
    require_space,
    run,
    say,
    stop_with,
)

MODEL = ROOT / "models" / "assistant.tar.gz"
STAMP = ROOT / "models" / "trained-from"
INPUTS = ("config.yml", "domain.yml", "data", "knowledge", "components", "understanding", "triage", "uv.lock")


def main(even_if_current: bool = False) -> None:
    """Train when anything that the model is made from has changed."""
    inputs = fingerprint(ROOT / name for name in INPUTS)
    if not even_if_current and MODEL.exists() and is_stamped(STAMP, inputs):
        return
    require_space(1)
    say("Training the assistant")
    began = time.monotonic()
    STAMP.unlink(missing_ok=True)
    # --force: Rasa's cache sees neither knowledge/ nor the code of understanding/
    run(
        [PYTHON, "-m", "rasa", "train", "--force", "--out", MODEL.parent, "--fixed-model-name", MODEL.name[:-7]],
        env=environment(),
    )
    STAMP.write_text(inputs, encoding="utf-8")
    say(f"Trained in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    try:
        main(even_if_current="--force" in sys.argv)
    except Problem as problem:
        stop_with(problem)
