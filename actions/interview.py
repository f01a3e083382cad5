"""The interview: puts the engine's next question until there is an advice."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answers import answer_kept
from actions.asking import kept_in
from actions.describing import asks_for_a_check
from actions.memory import Json, Memory, done_since_message, intent_of, knowledge, metadata_of, phrases, reading_of
from actions.replies import COMPLETE, open_question
from triage.engine import Ask
from triage.facts import known
from triage.model import Level
from triage.records import Question

TRIES = 2
OFTEN = 4  # times that a question is put, whatever came between
AFTER = {"action_answer", "action_explain", "utter_questions_first"}  # the visitor was served first
BABY = ("A0", "A1", "A2")


class ValidateTriageForm(Action):
    """Takes an answer, and keeps the form open while the engine has a question."""

    def name(self) -> str:
        """Rasa runs the action with this name whenever the form goes on."""
        return "validate_triage_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Empty the slot `answer` while there is more to ask."""
        memory = Memory.of(tracker)
        if tracker.get_slot("answer"):
            memory = with_answer(memory)
        elif is_interrupted(tracker):
            return []  # so that the form gives way to the rules
        elif memory.question and times_put(tracker, memory.question) >= OFTEN:
            memory = ticked(memory, memory.question)
        goes_on = isinstance(memory.step(), Ask)
        return [
            SlotSet("answer", None if goes_on else COMPLETE),
            SlotSet("asked", list(memory.asked)),
            SlotSet("missed", memory.missed),
            SlotSet("question", memory.question),
        ]


def is_interrupted(tracker: Tracker) -> bool:
    """Tell whether the visitor has just said something that is no answer; after the reply to it the form goes on."""
    return tracker.get_slot("requested_slot") == "answer" and not done_since_message(tracker)


def with_answer(memory: Memory) -> Memory:
    """Tick the open question off when it was understood, or when it was missed twice."""
    question = open_question(memory)
    if question is None:
        return memory
    understood = memory.facts.get("refuses") == "yes" or is_answered(memory, question)
    if understood or memory.missed + 1 >= TRIES:
        return ticked(memory, question.id)
    return replace(memory, missed=memory.missed + 1)


def ticked(memory: Memory, question: str) -> Memory:
    """Tick a question off."""
    return replace(memory, asked=(*memory.asked, question), missed=0, question=None)


def times_put(tracker: Tracker, question: str) -> int:
    """Count how often a question was put with no other between."""
    put = (metadata_of(one).get("question") for one in reversed(tracker.events) if one.get("event") == "bot")
    return sum(1 for _ in takewhile(question.__eq__, filter(None, put)))


def is_answered(memory: Memory, question: Question) -> bool:
    """Tell whether anything that the question asks about is known now, or deliberately left open."""
    return any(known(memory.facts, fact) for fact in question.settles)


class AskAnswer(Action):
    """Puts the next question, with its choices as buttons."""

    def name(self) -> str:
        """The form runs the action with this name to ask for the slot `answer`."""
        return "action_ask_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Put the engine's next question."""
        memory = Memory.of(tracker)
        step = memory.step()
        if not isinstance(step, Ask):
            return []
        question, answers = step.question, safety_is_checked(tracker, memory)
        if answers:
            answer_kept(dispatcher, tracker, buttons=[])
        buttons = [{"title": title, "payload": title} for title in question.choices]
        dispatcher.utter_message(
            text=f"{before_question(tracker, memory, question)}\n\n{question.ask}".strip(),
            buttons=[*buttons, phrases()["fixed_buttons"]["why"]],
            metadata={"type": "question", "question": question.id},
        )
        return [SlotSet("question", question.id), *([SlotSet("kept", None)] if answers else [])]


def safety_is_checked(tracker: Tracker, memory: Memory) -> bool:
    """Tell whether the question about danger is answered and found none, so that the visitor's own has its turn."""
    calm = memory.level is None or memory.level.rank <= Level.SOON.rank
    return calm and bool(memory.asked) and not AFTER & set(done_since_message(tracker))


def before_question(tracker: Tracker, memory: Memory, question: Question) -> str:
    """Say what leads to the question: an opening, a return to it, or nothing."""
    words = phrases()
    if kept_in(tracker, "kept") and not memory.asked and not memory.missed:
        return str(words["first_safety"])
    if intent_of(tracker) == "report_red_flag" or tracker.get_slot("guard") == "alarm":
        return str(words["one_more"])
    if AFTER & set(done_since_message(tracker)):
        return str(words["again"])
    if asks_for_a_check(reading_of(tracker)) and memory.question:
        return str(words["checking"])
    if memory.missed:
        news = {fact for fact in reading_of(tracker).facts if "." not in fact and fact not in ("unsaid", "who")}
        return str(words["noted" if news else "not_understood"])
    if memory.asked or memory.question:
        return ""
    if memory.facts.get("age_band") in BABY or memory.facts.get("who") == "baby":
        return str(words["opening_baby"])
    features = mirrored(memory)
    return str(words["opening_mirror"].format(features=features) if features else words["opening"])


def mirrored(memory: Memory) -> str:
    """Give the visitor's own features in words, if there are at least two."""
    features = knowledge().words["milia"]["features"]
    said = [one["say"].get(memory.facts.get(one["fact"])) for one in features]
    found = [one for one in said if one]
    if len(found) < 2:
        return ""
    return f"{', '.join(found[:-1])}{phrases()['features_end']}{found[-1]}".capitalize()


class RefuseQuestions(Action):
    """Goes on without questions: only those about safety are left, and each can be refused as well."""

    def name(self) -> str:
        """Give the name in domain.yml."""
        return "action_refuse_questions"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Note the refusal."""
        memory = Memory.of(tracker)
        again = memory.facts.get("refuses") == "yes" and memory.question
        asked = [*memory.asked, str(memory.question)] if again else list(memory.asked)
        refused = replace(memory, facts={**memory.facts, "refuses": "yes"}, asked=tuple(asked))
        if isinstance(refused.step(), Ask):
            dispatcher.utter_message(text=phrases()["safety_only"])
        return [SlotSet("facts", refused.facts), SlotSet("asked", asked), SlotSet("question", None)]
