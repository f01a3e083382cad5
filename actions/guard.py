"""What comes before the answer to a message, whatever it asked: the slot `guard` says which."""

from __future__ import annotations

from collections.abc import Callable

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.advice import GiveAdvice, buttons, put_check
from actions.answers import answer, answer_kept
from actions.asking import kept_in
from actions.doubts import ask_which
from actions.explaining import Explain
from actions.memory import FORM, Json, Memory, intent_of, knowledge, phrases
from actions.precedence import WITHDRAWAL
from actions.questions import books_too
from actions.responses import fact
from actions.safety import WithdrawAlarm
from triage.engine import Advise
from triage.explain import explain
from triage.model import Level

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
    """Put the question of net two; the visitor's own waits for the reply."""
    return put_check(dispatcher, Memory.of(tracker), str(tracker.get_slot("screen")))


def interview(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Ask about the bump that was described with the question; the question waits until the danger is ruled out."""
    if intent_of(tracker) == "book_appointment":
        dispatcher.utter_message(response="utter_questions_first")
    return [FollowupAction(FORM)]


def questions(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Answer what the message asks: two questions, or one that is not what its words alone say."""
    answer(dispatcher, kept_in(tracker, "asks"))
    return [FollowupAction("action_open_booking")] if books_too(tracker) else []


def kept(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Answer what waited for the safety check."""
    answer_kept(dispatcher, tracker)
    return [SlotSet("kept", None)]


def speak(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Say in the visitor's own language where help in it can be had."""
    lines = phrases()["english_only"]
    language = str(tracker.get_slot("topic")).partition("_")[2]
    contact = [says for says in map(fact, ("phone", "email")) if says]
    text = " ".join((lines.get(language, lines["other"]), *contact))
    sources = {"type": "language", "language": language, "sources": ["IslandHealth", "Global-811"]}
    dispatcher.utter_message(text=text, metadata=sources)
    return []


def care(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Stay with somebody who spoke of self-harm: no word about skin."""
    memory = Memory.of(tracker)
    explanation = explain(knowledge(), Advise(Level.EMERGENCY, memory.reasons), memory.facts)
    dispatcher.utter_message(text=phrases()["care"], buttons=buttons(memory, explanation))
    return []


def stay(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
    """Hold on to the advice: nothing that was said now changes it."""
    memory, words = Memory.of(tracker), phrases()
    explanation = explain(knowledge(), Advise(memory.reasons[0].level, memory.reasons), memory.facts)
    lead = words["cannot_tell" if intent_of(tracker) == "ask_harmful" else "stays"]
    dispatcher.utter_message(text=f"{lead} **{explanation.headline}**", buttons=buttons(memory, explanation))
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
    "stays": stay,
    "describes": interview,
    "kept": kept,
    "questions": questions,
    "explain": Explain().run,
    "doubt": ask_which,
    WITHDRAWAL: confirm,
    "withdrawn": withdraw,
}
