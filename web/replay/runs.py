"""Run a replay: the conversations go to `evaluation.replay` of the assistant's own Python, the changes come back."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from chat.models import Message
from replay import talks
from replay.models import Change, Replay
from replay.shelf import Model

NEWEST = 1000  # conversations
DIED_AFTER = timedelta(hours=2)
State = Replay.State

type Json = dict[str, Any]


def begin(model: Model, by: User | None = None) -> Replay:
    """Note that a replay of a model begins."""
    return Replay.objects.create(model=model.name, sha256=model.sha256, started_by=by)


def start_beside(replay: Replay, model: Model) -> None:
    """Run a replay in a process of its own, which outlives the request that asked for it."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "replay", "--model", str(model.path)]
    subprocess.Popen(
        [*command, "--run", str(replay.pk)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def run(replay: Replay, path: Path, newest: int = NEWEST) -> Replay:
    """Hold the conversations again and store what changes."""
    try:
        with assistant(path) as process:
            feeding = threading.Thread(target=feed, args=(process.stdin, list(talks.recorded(newest))), daemon=True)
            feeding.start()
            done = store(replay, process.stdout or ())
            feeding.join()
    except OSError as problem:
        return finish(replay, State.FAILED, f"{settings.ASSISTANT_PYTHON} cannot be run: {type(problem).__name__}.")
    if process.returncode or not done:
        why = f"The replay ended with code {process.returncode}. Run `make replay` on the machine to see why."
        return finish(replay, State.FAILED, why)
    return finish(replay, State.DONE)


def assistant(path: Path) -> subprocess.Popen[str]:
    """Start the candidate; its own messages go where ours go."""
    command = [str(settings.ASSISTANT_PYTHON), "-W", "ignore", "-m", "evaluation.replay", "--model", str(path)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=settings.ASSISTANT_DIR, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")


def feed(pipe: IO[str] | None, conversations: list[Json]) -> None:
    """Write the conversations; a candidate that died reads no more."""
    assert pipe is not None  # noqa: S101 - for the types only
    try:
        for one in conversations:
            pipe.write(json.dumps(one, ensure_ascii=False) + "\n")
        pipe.close()
    except BrokenPipeError:
        pass


def store(replay: Replay, lines: Iterable[str]) -> bool:
    """Store each change as it comes; tell whether the last line came."""
    done = False
    for line in lines:
        read = json.loads(line)
        counts = read.get("done") or read.get("so_far")
        if counts:
            replay.conversations, replay.turns = counts["conversations"], counts["turns"]
            replay.save(update_fields=["conversations", "turns"])
            done = "done" in read
        elif Message.objects.filter(pk=read["message"]).exists():  # else it was erased meanwhile
            Change.objects.create(
                replay=replay, message_id=read["message"], kind=read["kind"], before=read["before"], after=read["after"]
            )
    return done


def finish(replay: Replay, state: State, problem: str = "") -> Replay:
    """Note how a replay ended."""
    replay.state, replay.problem, replay.finished_at = state, problem, timezone.now()
    replay.save(update_fields=["state", "problem", "finished_at"])
    return replay


def bury_the_dead() -> None:
    """Note that replays which began hours ago have died: the machine was restarted under them."""
    old = Replay.objects.filter(state=State.RUNNING, started_at__lt=timezone.now() - DIED_AFTER)
    old.update(state=State.FAILED, problem="It did not come to an end. Start it again.", finished_at=timezone.now())
