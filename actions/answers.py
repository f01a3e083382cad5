"""Answers that need more than a rule: in the middle of an interview, and comparisons with another bump."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.memory import Json, Memory, entity, intent_of, knowledge
from actions.safety import Acknowledge
from actions.topics import named_bump
from triage.model import Level

ANSWERED = (
    *("greet", "goodbye", "thank", "help", "stop", "bot_challenge", "talk_to_human", "change_booking"),
    *("print_advice", "call_for_help", "out_of_scope"),
)


WITHOUT_CONTEXT = {"affirm": "utter_all_right", "deny": "utter_all_right", "unsure": "utter_take_your_time"}


class Answer(Action):
    """Gives the usual answer to the intent, when something else follows in the same turn."""

    def name(self) -> str:
        """Give the name in domain.yml."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Say what the rule for this intent would say."""
        intent = intent_of(tracker)
        if intent == "ask_difference" and bump_in(tracker):
            compare(dispatcher, str(bump_in(tracker)))
        elif intent.startswith("ask_") or intent in ANSWERED:
            dispatcher.utter_message(response=f"utter_{intent}")
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


class Compare(Action):
    """Tells how a layperson can tell a bump from milia."""

    def name(self) -> str:
        """Give the name in domain.yml."""
        return "action_compare"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Compare with the bump that was named."""
        compare(dispatcher, str(tracker.get_slot("compared_with")))
        return []


def bump_in(tracker: Tracker) -> str | None:
    """Give the id of the condition that the message names."""
    return named_bump(entity(tracker, "condition"), str(tracker.latest_message.get("text") or ""))


def compare(dispatcher: CollectingDispatcher, condition: str) -> None:
    """Say the difference as knowledge/conditions/ has it."""
    one = next(each for each in knowledge().look_alikes if each.id == condition)
    dispatcher.utter_message(
        text=f"**{one.name}**: {one.difference}",
        buttons=[{"title": "Check my bump", "payload": "/describe_symptoms"}],
        metadata={"type": "answer", "sources": list(one.source), "reviewed": str(REVIEWED)},
    )


REVIEWED = "2026-11-22"
