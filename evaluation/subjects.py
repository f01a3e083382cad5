"""The programs that are measured: the assistant, its rules alone, and the baselines."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.baselines import keywords
from evaluation.calibration import Sureness
from evaluation.cases import Case
from evaluation.intents import Guess
from evaluation.safety import Answer

if TYPE_CHECKING:
    from evaluation.assistant import Assistant

ROOT = Path(__file__).parent.parent
MEDSPACY = Path(__file__).parent / "baselines" / "medspacy"
REMEMBERED = MEDSPACY / "answers.json"
ALARM = "report_red_flag"
conversations = (f"evaluation-{number}" for number in count())


@lru_cache(maxsize=1)
def assistant() -> Assistant:
    """Load the trained model and the actions, once."""
    from evaluation.assistant import load

    return load()


def assistant_answer(text: str) -> Answer:
    """Say the text to the whole assistant, in a new conversation."""
    return assistant_advice(text)[0]


def assistant_advice(text: str) -> tuple[Answer, bool]:
    """Say the text to the whole assistant; also tell whether it suggested milia."""
    from components.turn import NoAnswer

    try:
        turn = assistant().say(text, next(conversations))
    except NoAnswer:
        return Answer(None, silent=True), False
    asked = bool(turn.asked)
    checked = asked and (turn.intent == ALARM or turn.question in alarms())
    answer = Answer(turn.disposition, asked, tuple(turn.flags), turn.intent, turn.confidence, checked)
    return answer, turn.suggests_milia


def assistant_guess(text: str) -> Guess:
    """Give the intent of the classifier, and whether a red flag took its place."""
    turn = assistant().say(text, next(conversations))
    return Guess(turn.classified_intent, turn.classified_confidence, turn.intent != turn.classified_intent)


def assistant_sureness(text: str) -> Sureness:
    """Say the text to the whole assistant; give its guess, and what it offered if it asked back."""
    turn = assistant().say(text, next(conversations))
    asked_back = any(one["metadata"].get("type") == "doubt" for one in turn.raw["messages"])
    offered = tuple(button["payload"].lstrip("/") for button in turn.buttons) if asked_back else ()
    return Sureness(turn.classified_intent, turn.classified_confidence, asked_back, offered)


def assistant_intent(text: str) -> Guess:
    """Give the intent of the classifier alone, without a conversation: quick, for thousands of texts."""
    return Guess(*assistant().intent(text))


@lru_cache(maxsize=1)
def alarms() -> frozenset[str]:
    """Name the red flags: a question of that name was put by net two."""
    import understanding

    return frozenset(flag.id for flag in understanding.load().flags)


@lru_cache(maxsize=1)
def reader() -> Callable[[str], Answer]:
    """Load the understanding without Rasa: what the rules say by themselves."""
    import understanding

    loaded = understanding.load()

    def answer(text: str) -> Answer:
        reading = loaded.read(text)
        flags = tuple(hit.flag for hit in reading.flags)
        asked = reading.screen is not None
        return Answer(reading.flags[0].level.value if flags else None, asked, flags, checked=asked)

    return answer


def rules_answer(text: str) -> Answer:
    """Read the text by the rules alone: quick, for whoever writes knowledge."""
    return reader()(text)


SUBJECTS: dict[str, Callable[[str], Answer]] = {
    "assistant": assistant_answer,
    "rules": rules_answer,
    "keyword list": keywords.answer,
}


def ask_medspacy(cases: Sequence[Case]) -> None:
    """Run medspaCy in its own environment and remember its levels: it is too large for every check."""
    uv = ROOT / ".uv" / "bin" / "uv"
    command = [str(uv), "run", "--frozen", "python", "answer.py", str(keywords.LIST)]
    texts = "".join(json.dumps(case["text"]) + "\n" for case in cases)
    quiet = {**os.environ, "LOGURU_LEVEL": "ERROR"}  # else it prints every text, the locked ones too
    done = subprocess.run(command, cwd=MEDSPACY, env=quiet, input=texts, text=True, stdout=subprocess.PIPE, check=True)
    levels = [json.loads(line) for line in done.stdout.splitlines()]
    found = {case["id"]: level for case, level in zip(cases, levels, strict=True)}
    REMEMBERED.write_text(json.dumps({**remembered(), **found}, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def remembered() -> dict[str, str | None]:
    """Give medspaCy's levels by case id, as far as it was asked."""
    if not REMEMBERED.exists():
        return {}
    levels: dict[str, str | None] = json.loads(REMEMBERED.read_text(encoding="utf-8"))
    return levels
