"""Advice and its reasons: what to do first, why, and what would change it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answers import answer_kept
from actions.describing import SOME, denies_self_harm, told
from actions.memory import FORM, Json, Memory, highest, knowledge, meant_intent, phrases, reading_of, red_flags
from actions.replies import COMPLETE
from triage.engine import Advise, Ask
from triage.explain import Explanation, explain
from triage.model import Level

BABY = ("A0", "A1", "A2")
SELF_HARM = "E12"
PAYLOAD_OF_CALL = '/call_for_help{"topic": "%s"}'


class GiveAdvice(Action):
    """Tells the visitor what to do; an interview that has more to ask goes on after it."""

    def name(self) -> str:
        """Give the name in domain.yml."""
        return "action_give_advice"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Advise, and keep what was decided."""
        memory = Memory.of(tracker)
        step = memory.step()
        if isinstance(step, Ask) and not step.alarms and not memory.reasons:
            return [FollowupAction(FORM)]  # the classifier heard an alarm, the rules did not: ask, danger first
        advise = decided(memory, step)
        say(dispatcher, tracker, memory, advise)
        advised = [*memory.advised, *(one.rule for one in advise.reasons)]
        return [
            SlotSet("disposition", advise.level.value),
            SlotSet("disposition_reasons", [one.to_dict() for one in advise.reasons]),
            SlotSet("advised", list(dict.fromkeys(advised))),
            SlotSet("answer", None),
            *what_next(dispatcher, tracker, memory, step, advise),
        ]


def decided(memory: Memory, step: Ask | Advise) -> Advise:
    """Join this step with what was decided before: the highest level wins."""
    now = step.reasons if isinstance(step, Advise) else step.alarms
    reasons = highest((*memory.reasons, *now))
    suggests = isinstance(step, Advise) and step.suggests_milia and reasons[0].level is step.level
    mine = tuple(step.reasons) if suggests and isinstance(step, Advise) else ()
    return Advise(reasons[0].level, highest((*reasons, *mine)), suggests)


def what_next(
    dispatcher: CollectingDispatcher, tracker: Tracker, memory: Memory, step: Ask | Advise, advise: Advise
) -> list[Json]:
    """Check a suspicion of something worse; go on asking about safety when a bump was described; or close."""
    closed = [SlotSet("requested_slot", None), ActiveLoop(None)]
    if worse := tracker.get_slot("screen") or then_ask(memory):
        return [*closed, *put_check(dispatcher, memory, str(worse))]
    reading = reading_of(tracker)
    told_of_bump = told(reading) >= SOME or meant_intent(tracker) == "describe_symptoms"
    soon_about_a_bump = advise.level is Level.SOON and bool(reading.flags) and told(reading) > 0
    describes = memory.in_interview or told_of_bump or soon_about_a_bump
    if isinstance(step, Ask) and describes and advise.level is not Level.EMERGENCY:
        return [FollowupAction(FORM)]
    if advise.level.rank <= Level.SOON.rank:
        answer_kept(dispatcher, tracker, buttons(memory, explain(knowledge(), advise, memory.facts)))
    return [SlotSet("question", None), SlotSet("kept", None), *closed]


def then_ask(memory: Memory) -> str | None:
    """Name the red flag to ask about after the advice on a milder one: after great distress, self-harm."""
    milder = [red_flags()[hit.flag].get("then_ask") for hit in memory.flags if hit.flag in red_flags()]
    open_ones = (name for name in milder if name and name not in memory.checked)
    settled = memory.level is Level.EMERGENCY or denies_self_harm(memory.findings)
    return None if settled else next(open_ones, None)


def put_check(dispatcher: CollectingDispatcher, memory: Memory, name: str) -> list[Json]:
    """Put the question that checks a red flag: it names the danger plainly and never sets a level by itself."""
    words = phrases()
    fixed = words["fixed_buttons"]
    dispatcher.utter_message(
        text=words["check"].format(ask=red_flags()[name]["ask"]),
        buttons=[fixed["yes"], fixed["no"], fixed["why"]],
        metadata={"type": "question", "question": name},
    )
    return [SlotSet("question", name), SlotSet("checked", [*memory.checked, name])]


def say(dispatcher: CollectingDispatcher, tracker: Tracker, memory: Memory, advise: Advise) -> None:
    """Put the advice into a message, shorter when it was already given."""
    explanation = explain(knowledge(), advise, memory.facts)
    repeats = advise.reasons[0].rule in memory.advised and tracker.get_slot("answer") == COMPLETE
    text = f"{phrases()['stays']} **{explanation.headline}**" if repeats else full_text(tracker, memory, explanation)
    if other := second_alarm(tracker, memory, advise):
        text = f"{phrases()['still']} **{explanation.headline}**\n\n{phrases()['also']}\n\n{other.text}"
    dispatcher.utter_message(
        text=text,
        buttons=buttons(memory, explanation),
        metadata={
            "type": "advice",
            "level": explanation.level.value,
            "reasons": list(explanation.reasons),
            "sources": list(explanation.sources),
            "calls": list(explanation.calls),
        },
    )


def second_alarm(tracker: Tracker, memory: Memory, advise: Advise) -> Explanation | None:
    """Explain a new alarm that is less urgent than an emergency said before: it may be about somebody else."""
    if advise.level is not Level.EMERGENCY or advise.reasons[0].rule not in memory.advised:
        return None
    fired = {hit.flag for hit in reading_of(tracker).flags} - set(memory.advised)
    new = tuple(one for one in advise.reasons if one.rule in fired and one.level is not Level.EMERGENCY)
    return explain(knowledge(), Advise(new[0].level, new), memory.facts) if new else None


def full_text(tracker: Tracker, memory: Memory, explanation: Explanation) -> str:
    """Say the advice; an emergency comes without any preface."""
    words, parts = phrases(), [explanation.text]
    emergency = explanation.level is Level.EMERGENCY
    if memory.in_interview and tracker.get_slot("answer") is None and not emergency:
        parts.insert(0, words["changed"])
    if tracker.get_slot("handoff") and explanation.booking is False:
        parts.append(words["on_hold"])
    return "\n\n".join(parts)


def buttons(memory: Memory, explanation: Explanation) -> list[dict[str, Any]]:
    """Offer the calls first, then what fits the level; nothing else after words about self-harm."""
    calls = [{"title": one["title"], "payload": PAYLOAD_OF_CALL % one["number"]} for one in explanation.calls]
    words = phrases()
    offers = [words["after_advice"][name] for name in words["buttons_of"][kind(memory, explanation)]]
    allowed = explanation.booking is True
    return [*calls, *(one for one in offers if allowed or one["payload"] != "/book_appointment")]


def kind(memory: Memory, explanation: Explanation) -> str:
    """Name the set of buttons."""
    if explanation.reasons and explanation.reasons[0]["rule"].partition(".")[0] == SELF_HARM:
        return "self_harm"
    calm = explanation.level in (Level.ROUTINE, Level.SELF_CARE)
    return "baby" if calm and memory.facts.get("age_band") in BABY else explanation.level.value
