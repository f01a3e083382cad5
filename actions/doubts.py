"""Messages that could mean two things: better to ask which than to give a wrong answer as if it were sure."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import follow_ups, responses, topics
from actions.asking import Asked
from actions.describing import SOME, told
from actions.memory import Json, phrases, reading_of

LEAST = 0.40  # of the best guess; below it a guess is wrong more often than right, see evaluation/README.md
MARGIN = 0.15  # between the two best
CHOICES = 2
TRIES = 2  # after so many in a row a person is better
HARMLESS = (
    "greet",
    "goodbye",
    "thank",
    "affirm",
    "deny",
    "unsure",
    "describe_symptoms",
    "report_red_flag",
    "explain",
    "restart",
)


def is_doubtful(tracker: Tracker, asks: tuple[Asked, ...]) -> bool:
    """Tell whether the best guess is too weak or too close to the next one to be answered."""
    ranking, text = ranked(tracker), str(tracker.latest_message.get("text") or "")
    if not ranking or text.startswith("/"):
        return False
    if follow_ups.is_empty(text):
        return True
    if ranking[0]["name"] in HARMLESS:
        return False
    if tracker.latest_message.get("typed_command") or told(reading_of(tracker)) >= SOME:
        return False  # it tells something of a bump, whatever else it is
    if follow_ups.kind_of(text) or any(one.bumps or topics.is_named(one.intent, one.topic) for one in asks):
        return False  # its words name what it is about
    best, other = (float(one["confidence"]) for one in (*ranking, {"confidence": 0.0})[:2])
    return best < LEAST or best - other < MARGIN


def ranked(tracker: Tracker) -> list[Json]:
    """Give the classifier's guesses, the best first, without the fallback's own."""
    guesses = tracker.latest_message.get("intent_ranking") or ()
    return [one for one in guesses if one["name"] != "nlu_fallback"]


def choices(tracker: Tracker) -> list[Json]:
    """Give a button for each of the two best guesses that has a name for visitors."""
    titles = phrases()["did_you_mean"]["titles"]
    own = ["describe_symptoms"] if told(reading_of(tracker)) else []  # it tells something of a bump
    names = list(dict.fromkeys((*own, *(one["name"] for one in ranked(tracker) if one["name"] in titles))))
    return [{"title": titles[name], "payload": f"/{name}"} for name in names[:CHOICES]]


def ask_which(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Ask which of two was meant; after that offer a person."""
    words = phrases()["did_you_mean"]
    if int(tracker.get_slot("doubts") or 0) >= TRIES:
        responses.say(dispatcher, "talk_to_human", None)
        return []
    guesses = [{"intent": one["name"], "confidence": round(float(one["confidence"]), 3)} for one in ranked(tracker)[:2]]
    dispatcher.utter_message(
        text=words["ask"],
        buttons=[*choices(tracker), words["person"]],
        metadata={"type": "doubt", "guesses": guesses},
    )
    return []
