"""Train the assistant, only when the model is older than what it is made from."""

from __future__ import annotations

import re
import shutil
import sys
import time
from pathlib import Path

from scripts.project import (
    PYTHON,
    ROOT,
    VAR,
    Problem,
    environment,
    files_below,
    fingerprint,
    is_stamped,
    output_of,
    require_space,
    say,
    stop_with,
)

NAME = "assistant"
MODEL = ROOT / "models" / f"{NAME}.tar.gz"
PREVIOUS = MODEL.with_name("previous.tar.gz")  # what served until now can be promoted again
SERVING = MODEL.with_name("serving")  # names a model that was promoted in the console; see components/serving.py
STAMP = ROOT / "models" / "trained-from"
CODE_STAMP = ROOT / "models" / "trained-by"
DATA = ("config.yml", "domain.yml", "data", "knowledge")
# The action server reads these when it starts; the model holds nothing of them.
READ_LATER = (
    *("knowledge/clinic.yml", "knowledge/comparison.yml"),
    *("data/follow_ups.yml", "data/phrases.yml", "data/topics.yml"),
)
CODE = ("components", "understanding", "triage", "uv.lock")
# Of the components these only carry messages to and from the trained model.
CARRIERS = ("action_results", "parts", "reply", "tracker_store", "turn", "website_channel")
LOG = VAR / "train.log"
# `rasa data validate` has its own place among the checks; both policies leave augmented stories out anyway.
QUICKLY = ("--skip-validation", "--augmentation", "0")


def main(even_if_current: bool = False) -> None:
    """Train when anything that the model is made from has changed."""
    code = fingerprint(trained_by())
    inputs = code + fingerprint(trained_from())
    if not even_if_current and MODEL.exists() and is_stamped(STAMP, inputs):
        return
    require_space(1)
    say("Training the assistant (a minute or two)")
    began = time.monotonic()
    STAMP.unlink(missing_ok=True)
    if MODEL.exists():
        shutil.copy2(MODEL, PREVIOUS)
    train(from_nothing=even_if_current or not is_stamped(CODE_STAMP, code))
    CODE_STAMP.write_text(code, encoding="utf-8")
    SERVING.unlink(missing_ok=True)  # who trains here wants to talk to what was trained
    STAMP.write_text(inputs, encoding="utf-8")
    say(f"Trained in {time.monotonic() - began:.0f} s (Rasa's words are in {LOG.relative_to(ROOT)})")


def trained_by() -> list[Path]:
    """List the code that takes part in the training."""
    files = (file for name in CODE for file in files_below(ROOT / name))
    carriers = {ROOT / "components" / f"{name}.py" for name in CARRIERS}
    return [file for file in files if file not in carriers]


def trained_from() -> list[Path]:
    """List the data and knowledge that the model is made from."""
    files = (file for name in DATA for file in files_below(ROOT / name))
    return [file for file in files if file.relative_to(ROOT).as_posix() not in READ_LATER]


def train(from_nothing: bool) -> None:
    """Run `rasa train` and keep its many words in a file; raise Problem with the last of them when it fails."""
    command = [PYTHON, "-m", "rasa", "train", "--out", MODEL.parent, "--fixed-model-name", NAME, *QUICKLY]
    # Rasa's cache sees the data, but no code that a component calls
    failed, words = output_of([*command, "--force"] if from_nothing else command, env=environment())
    LOG.write_text(words, encoding="utf-8")
    if failed:
        raise Problem(f"the training failed. All of Rasa's words are in {LOG}; the last are:\n{last_words(words)}")


def last_words(words: str) -> str:
    """Give what a component of ours complained about, else the end of Rasa's output without its progress bars."""
    lines = [line for line in words.splitlines() if "it/s" not in line]
    ours = [place for place, line in enumerate(lines) if re.match(r"(triage|understanding|components)\.[\w.]+: ", line)]
    if not ours:
        return "\n".join(lines[-40:])
    own = lines[ours[0] :]
    return "\n".join(own[: own.index("")] if "" in own else own)


if __name__ == "__main__":
    try:
        main(even_if_current="--force" in sys.argv)
    except Problem as problem:
        stop_with(problem)
