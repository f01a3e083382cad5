"""Answers that need more than a rule: several in one turn, in the light of the one before, or none that is sure."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import responses
from actions.asking import COMPARES, Asked, kept_in
from actions.comparing import compare
from actions.memory import Json, Memory, intent_of, phrases
from actions.safety import Acknowledge
from triage.model import Level

WITHOUT_CONTEXT = {"affirm": "utter_all_right", "deny": "utter_all_right", "unsure": "utter_take_your_time"}


class Answer(Action):
    """Answers each question of the message, when something else follows in the same turn."""

    def name(self) -> str:
        """Give the name in domain.yml."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Say the answers."""
        answer(dispatcher, kept_in(tracker, "asks"))
        return []


class NotUnderstood(Action):
    """Says so when neither a rule nor a story knows what comes next."""

    def name(self) -> str:
        """Give the name in domain.yml and config.yml."""
        return "action_not_understood"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Reply, and listen: Rasa would predict this action again and again."""
        intent, level = intent_of(tracker), Memory.of(tracker).level
        if intent in WITHOUT_CONTEXT and level is not None and level.rank >= Level.SOON.rank:
            Acknowledge().run(dispatcher, tracker, domain)
        else:
            dispatcher.utter_message(response=WITHOUT_CONTEXT.get(intent, "utter_rephrase"))
        return [FollowupAction("action_listen")]


class Compare(Answer):
    """Tells how a layperson can tell a bump from milia: the answer to a message that names one."""

    def name(self) -> str:
        """Give the name in domain.yml."""
        return "action_compare"


def answer(dispatcher: CollectingDispatcher, asks: tuple[Asked, ...], buttons: list[Json] | None = None) -> None:
    """Answer each question; with `buttons`, those instead of the answers' own."""
    for one in asks:
        if one.intent == COMPARES and one.bumps:
            compare(dispatcher, one.bumps, one.topic, buttons)
        elif one.has_answer:
            responses.say(dispatcher, one.intent, one.topic, buttons)


def answer_kept(dispatcher: CollectingDispatcher, tracker: Tracker, buttons: list[Json] | None = None) -> None:
    """Answer what waited for the safety check, if anything did."""
    waiting = kept_in(tracker, "kept")
    if waiting:
        dispatcher.utter_message(text=phrases()["to_your_question"])
        answer(dispatcher, waiting, buttons)
