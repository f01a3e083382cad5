"""What comes before the answer to a message, whatever it asked: the slot `guard` says which."""

from __future__ import annotations

from collections.abc import Callable

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.advice import GiveAdvice, buttons, put_check
from actions.alarms import DESCRIBES
from actions.answers import Answer
from actions.memory import FORM, Json, Memory, intent_of, knowledge, phrases
from actions.precedence import WITHDRAWAL
from actions.safety import WithdrawAlarm
from triage.engine import Advise
from triage.explain import explain
from triage.model import Level

NO_QUESTION = ("out_of_scope", "affirm", "deny", "unsure")  # nothing to answer before the interview
Step = Callable[[CollectingDispatcher, Tracker, DomainDict], list[Json]]


class Guard(Action):
    """Gives way to what cannot wait: one rule for every intent, instead of one for each of these."""

    def name(self) -> str:
        """Give the name in domain.yml."""
        return "action_guard"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Do what the guard of this turn stands for."""
        return GUARDS[tracker.get_slot("guard")](dispatcher, tracker, domain)


def check(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Answer, then put the question of net two."""
    if intent_of(tracker) not in DESCRIBES:
        Answer().run(dispatcher, tracker, domain)
    return put_check(dispatcher, tracker)


def interview(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Answer, then ask about the bump that was described with the question."""
    if intent_of(tracker) == "book_appointment":
        dispatcher.utter_message(response="utter_questions_first")
    elif intent_of(tracker) not in NO_QUESTION:
        Answer().run(dispatcher, tracker, domain)
    return [FollowupAction(FORM)]


def speak(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Say in the visitor's own language where help in it can be had."""
    lines = phrases()["english_only"]
    language = str(tracker.get_slot("topic")).partition("_")[2]
    sources = {"type": "language", "sources": ["IslandHealth", "Global-811"]}
    dispatcher.utter_message(text=lines.get(language, lines["other"]), metadata=sources)
    return []


def care(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Stay with somebody who spoke of self-harm: no word about skin."""
    memory = Memory.of(tracker)
    explanation = explain(knowledge(), Advise(Level.EMERGENCY, memory.reasons), memory.facts)
    dispatcher.utter_message(text=phrases()["care"], buttons=buttons(memory, explanation))
    return []


def confirm(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Ask before an emergency is taken back."""
    dispatcher.utter_message(response="utter_confirm_withdrawal")
    return [SlotSet("question", WITHDRAWAL)]


def withdraw(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Take it back."""
    dispatcher.utter_message(response="utter_withdrawn")
    return WithdrawAlarm().run(dispatcher, tracker, domain)


GUARDS: dict[str, Step] = {
    "alarm": GiveAdvice().run,
    "check": check,
    "language": speak,
    "care": care,
    "describes": interview,
    WITHDRAWAL: confirm,
    "withdrawn": withdraw,
}
