"""The reasons, the rest and the sources of what was said."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import follow_ups, responses
from actions.asking import COMPARES, Asked, answered_before
from actions.comparing import grounds_of
from actions.memory import Json, Memory, entity, knowledge, metadata_of, phrases, red_flags
from actions.replies import open_question
from triage.engine import Advise, Reason
from triage.explain import why
from triage.model import Level

MORE, SOURCES = "more", "sources"


class Explain(Action):
    """Answers "why?": of the open question, or of the advice; "tell me more" and "says who?" of an answer."""

    def name(self) -> str:
        """Give the name in domain.yml."""
        return "action_explain"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Give the reason, or what was asked for."""
        about, wish = answered_before(tracker), wish_of(tracker)
        if wish == MORE and about:
            tell_more(dispatcher, tracker, about)
        elif about and (wish == SOURCES or is_of_answer(tracker)):
            tell_sources(dispatcher, about)
        else:
            dispatcher.utter_message(text=reason(tracker))
        return []


def wish_of(tracker: Tracker) -> str | None:
    """Tell whether the rest or the sources of an answer are wanted, by a button or in words."""
    text = str(tracker.latest_message.get("text") or "")
    found = follow_ups.resolved(text, None)
    return entity(tracker, "topic") or (found.topic if found and found.intent == "explain" else None)


def is_of_answer(tracker: Tracker) -> bool:
    """True when the last thing said was an answer: neither a question of ours nor an advice."""
    said = [one for one in tracker.events if one.get("event") == "bot"]
    told = metadata_of(said[-1]) if said else {}
    return bool(told.get("sources")) and told.get("type") not in ("advice", "question")


def tell_more(dispatcher: CollectingDispatcher, tracker: Tracker, about: Asked) -> None:
    """Say the rest of the last answer, or that there is no more."""
    one = responses.response(about.intent, about.topic) if about.intent != COMPARES or not about.bumps else None
    if one is None or not one.more or last_words(tracker) == one.more:
        dispatcher.utter_message(text=phrases()["no_more"], buttons=phrases()["after_no_more"])
        return
    grounds = {key: value for key, value in one.metadata.items() if key != MORE}
    dispatcher.utter_message(text=one.more, buttons=list(one.buttons), metadata=grounds)


def last_words(tracker: Tracker) -> str:
    """Give what was said last."""
    return next((str(one.get("text")) for one in reversed(tracker.events) if one.get("event") == "bot"), "")


def tell_sources(dispatcher: CollectingDispatcher, about: Asked) -> None:
    """Name the sources of the last answer and the day of its review."""
    compared = about.intent == COMPARES and about.bumps
    metadata = grounds_of(about.bumps) if compared else responses.response(about.intent, about.topic).metadata
    known = knowledge().sources
    titles = [f"- {known[tag]['title']}" for tag in metadata.get("sources") or ()]
    if not titles:
        dispatcher.utter_message(text=phrases()["explain_nothing"])
        return
    words = phrases()["sources"].format(reviewed=metadata.get("reviewed"))
    dispatcher.utter_message(text="\n".join((words, *titles)), metadata=dict(metadata))


def reason(tracker: Tracker) -> str:
    """Give why a question was put, or why the advice is what it is."""
    memory = Memory.of(tracker)
    question = open_question(memory)
    if question is not None and memory.in_interview:
        return str(question.why)
    if memory.question in red_flags():
        return str(phrases()["check_why"])
    if memory.level and memory.reasons:
        return why(knowledge(), Advise(memory.level, spoken(memory.reasons)))
    return str(phrases()["explain_nothing"])


def spoken(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Quote the visitor only where words sounded an alarm; of a calm assessment the advice has mirrored them."""
    return tuple(one if one.level.rank >= Level.SOON.rank else replace(one, words=()) for one in reasons)
