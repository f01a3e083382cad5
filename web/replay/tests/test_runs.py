"""A replay: what it reads, what it stores, how it ends."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from chat.models import Message
from replay import runs, shelf, talks
from replay.models import Change, Replay

# Stands in for `evaluation.replay`: the level of each turn goes down; the first message does not exist any more.
CANDIDATE = """
import json, sys
for line in sys.stdin:
    talk = json.loads(line)
    for turn in [{**talk["turns"][0], "message": 999999}, *talk["turns"]]:
        seen = {"intent": turn["intent"], "level": turn["level"], "answers": turn["answers"]}
        now = {**seen, "level": None}
        print(json.dumps({"message": turn["message"], "kind": "down", "before": seen, "after": now}))
    print(json.dumps({"so_far": {"conversations": 1, "turns": 1}}))
print(json.dumps({"done": {"conversations": 1, "turns": len(talk["turns"])}}))
"""


def candidate(settings: Any, folder: Path, script: str) -> None:
    """Let a script be the assistant's Python."""
    program = folder / "python"
    program.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    program.chmod(0o700)
    settings.ASSISTANT_PYTHON, settings.ASSISTANT_DIR = program, folder


def test_a_talk_is_read_as_it_was_recorded(said: Message) -> None:
    first = said.conversation.messages.earliest("pk")
    shown = {"message": first.pk, "text": "my lid is red", "payload": "", "intent": "describe_symptoms"}
    assert talks.turns_of(said.conversation_id) == [
        {**shown, "level": "urgent", "answers": ["Go today."]},
        {
            "message": said.pk,
            "text": "Yes",
            "payload": "/affirm",
            "intent": "affirm",
            "level": "urgent",
            "answers": ["Good.", "Bye."],
        },
    ]


def run_new() -> Replay:
    """Replay the new model."""
    model = shelf.find("new.tar.gz")
    assert model is not None
    return runs.run(runs.begin(model), model.path)


def test_changes_are_stored_but_not_of_what_was_erased_meanwhile(settings: Any, models: Path, said: Message) -> None:
    candidate(settings, models, CANDIDATE)
    run = run_new()
    assert (run.state, run.conversations, run.turns, run.problem) == ("done", 1, 2, "")
    assert [(one.kind, one.before["level"], one.after["level"]) for one in run.changes.all()] == [
        ("down", "urgent", None),
        ("down", "urgent", None),
    ]


@pytest.mark.parametrize("script", ["raise SystemExit(3)", "import sys; sys.stdin.read()"])
def test_a_candidate_that_breaks_off_is_a_failed_replay(
    settings: Any, models: Path, said: Message, script: str
) -> None:
    candidate(settings, models, script)
    run = run_new()
    assert (run.state, "make replay" in run.problem) == ("failed", True)


def test_a_missing_python_is_a_failed_replay(settings: Any, models: Path, said: Message) -> None:
    settings.ASSISTANT_PYTHON, settings.ASSISTANT_DIR = models / "nothing", models
    run = run_new()
    assert (run.state, "cannot be run" in run.problem) == ("failed", True)


def test_the_command_tells_what_changes_and_fails_when_something_blocks(
    settings: Any, models: Path, said: Message
) -> None:
    candidate(settings, models, CANDIDATE)
    printed = StringIO()
    with pytest.raises(CommandError, match="2 of them block a promotion until a clinician signs them"):
        call_command("replay", "--model", str(models / "new.tar.gz"), stdout=printed)
    assert "Level goes down  2" in printed.getvalue()
    assert "describe_symptoms, urgent -> describe_symptoms, None" in printed.getvalue()
    assert said.text not in printed.getvalue()


def test_the_command_names_a_file_that_is_not_there(db: None) -> None:
    with pytest.raises(CommandError, match="is no file"):
        call_command("replay", "--model", "models/none.tar.gz")


def test_erasing_a_conversation_erases_its_changes(settings: Any, models: Path, said: Message) -> None:
    candidate(settings, models, CANDIDATE)
    run_new()
    said.conversation.delete()
    assert Change.objects.count() == 0
