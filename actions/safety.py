"""Around an alarm: what a "yes" or a "no" to it means, and taking it back."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.memory import Json, Memory, intent_of, knowledge, phrases
from triage.model import Level


class Acknowledge(Action):
    """Takes a "yes", a "no" or an "I don't know" that follows an advice."""

    def name(self) -> str:
        """Give the name in domain.yml."""
        return "action_acknowledge"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Encourage care, or take up the offer of a consultation."""
        level, words = Memory.of(tracker).level, phrases()["after_yes_or_no"]
        agrees = intent_of(tracker) == "affirm"
        if level is Level.ROUTINE and agrees:
            return [FollowupAction("action_open_booking")]
        if level is None or level.rank <= Level.ROUTINE.rank:
            dispatcher.utter_message(response="utter_all_right")
        else:
            dispatcher.utter_message(text=words["agrees" if agrees else "hesitates"][level.value])
        return []


class WithdrawAlarm(Action):
    """Takes back what needed care today, after the visitor has confirmed that they are over."""

    def name(self) -> str:
        """Give the name in domain.yml."""
        return "action_withdraw_alarm"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Keep what is less urgent."""
        memory = Memory.of(tracker)
        gone = {one.rule for one in memory.reasons if one.level in (Level.EMERGENCY, Level.URGENT, memory.level)}
        left = [one for one in memory.reasons if one.rule not in gone]
        words = {word for hit in memory.flags if hit.flag in gone for word in hit.words}
        return [
            SlotSet("flags", [one.to_dict() for one in memory.flags if one.flag not in gone]),
            SlotSet("findings", [one.to_dict() for one in memory.findings if one.text not in words]),
            SlotSet("facts", without(memory, gone)),
            SlotSet("disposition", left[0].level.value if left else None),
            SlotSet("disposition_reasons", [one.to_dict() for one in left]),
            SlotSet("advised", [one for one in memory.advised if one not in gone]),
        ]


def without(memory: Memory, gone: set[str]) -> Json:
    """Forget the answers that the withdrawn rules stood on, so that they can be asked again."""
    rules = [rule.condition for rule in knowledge().overrides if rule.id in gone]
    stood_on = {fact for condition in rules for fact in condition.evidence(memory.facts) if fact in ALARMING}
    return {fact: value for fact, value in memory.facts.items() if fact.partition(".")[0] not in stood_on}


ALARMING = ("fever", "unwell", "eye_signs", "pain", "heat", "pus", "bleeding", "sore", "change", "feel", "trigger")
