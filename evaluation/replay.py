"""Hold past conversations again with a candidate model, and tell what would change.

Reads one conversation a line: {conversation, turns: [{message, text, payload, intent, level, answers}]}, as they were
recorded. Writes one JSON object a line: each turn that changes, then a last line with the counts. Words of visitors go
through pipes only. No booking is opened. The knowledge and the actions are those of the working tree.
"""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.turn import NoAnswer
from evaluation.assistant import Assistant
from evaluation.practice import without_bookings
from triage.model import rank_of

Json = dict[str, Any]
DOWN, SILENT, UP, INTENT, ANSWER = "down", "silent", "up", "intent", "answer"


@dataclass(frozen=True)
class Seen:
    """What one turn came to: the intent, the level that stood after it, and the answers as the visitor read them."""

    intent: str
    level: str | None
    answers: tuple[str, ...]

    @classmethod
    def recorded(cls, turn: Json) -> Seen:
        """Read a turn of the record."""
        return cls(str(turn["intent"]), turn["level"], tuple(turn["answers"]))

    @property
    def silent(self) -> bool:
        """True when the visitor would get no answer."""
        return not self.answers

    def to_dict(self) -> Json:
        """Give it as JSON."""
        return {"intent": self.intent, "level": self.level, "answers": list(self.answers)}


def kind_of_change(before: Seen, after: Seen, known: tuple[str | None, str | None]) -> str | None:
    """Give the weightiest thing that changed; a pair of levels that a turn before had already is not told again."""
    levels = (before.level, after.level)
    if after.silent:
        return SILENT
    if before.level != after.level and levels != known:
        return DOWN if rank_of(after.level) < rank_of(before.level) else UP
    if before.intent != after.intent:
        return INTENT
    same = [" ".join(one.split()) for one in before.answers] == [" ".join(one.split()) for one in after.answers]
    return None if same else ANSWER


def changes(assistant: Assistant, turns: Iterable[Json]) -> Iterator[Json]:
    """Hold one conversation again and give each turn that changes."""
    sender = uuid.uuid4().hex
    known: tuple[str | None, str | None] = (None, None)
    for turn in turns:
        before, after = Seen.recorded(turn), said_again(assistant, sender, turn)
        kind = kind_of_change(before, after, known)
        if kind:
            yield {"message": turn["message"], "kind": kind, "before": before.to_dict(), "after": after.to_dict()}
        known = (before.level, after.level)


def said_again(assistant: Assistant, sender: str, turn: Json) -> Seen:
    """Say one message to the candidate."""
    payload = turn["payload"]
    try:
        now = assistant.say(payload or turn["text"], sender, button=bool(payload))
    except NoAnswer:
        return Seen("", None, ())
    return Seen(now.intent, now.disposition, now.texts)


def run(assistant: Assistant, conversations: Iterable[Json]) -> Iterator[Json]:
    """Hold all conversations again; give the changes, a count after each conversation, and a last line."""
    counts = {"conversations": 0, "turns": 0}
    for one in conversations:
        yield from changes(assistant, one["turns"])
        counts = {"conversations": counts["conversations"] + 1, "turns": counts["turns"] + len(one["turns"])}
        yield {"so_far": counts}
    yield {"done": counts}


def main(arguments: Sequence[str] | None = None) -> int:
    """Read conversations from standard input, write changes to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="the candidate, a .tar.gz that `make train` wrote")
    options = parser.parse_args(arguments)
    out = sys.stdout
    sys.stdout = sys.stderr  # Rasa's libraries print; only our lines may reach the pipe
    assistant = Assistant.load(options.model)
    with without_bookings():
        for line in run(assistant, map(json.loads, sys.stdin)):
            print(json.dumps(line, ensure_ascii=False), file=out, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
