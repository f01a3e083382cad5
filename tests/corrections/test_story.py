"""The steps of a test story, out of a tracker's events."""

from __future__ import annotations

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered

from corrections.story import corrected, up_to_last_user, written_steps

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
slots:
  booking: {type: categorical, values: [open], influence_conversation: true, mappings: [{type: custom}]}
  facts: {type: any, influence_conversation: false, mappings: [{type: custom}]}
"""
)
EVENTS: list[Event] = [
    ActionExecuted("action_session_start"),
    ActionExecuted("action_listen"),
    UserUttered("I have bumps", {"name": "describe_symptoms", "confidence": 1.0}),
    ActionExecuted("action_validate_slot_mappings"),
    SlotSet("facts", {"colour": "white"}),
    ActionExecuted("triage_form"),
    ActiveLoop("triage_form"),
    SlotSet("requested_slot", "answer"),
    ActionExecuted("action_listen"),
    UserUttered("no", {"name": "deny", "confidence": 1.0}),
    ActionExecuted("triage_form"),
    ActiveLoop(None),
    ActionExecuted("action_open_booking"),
    SlotSet("booking", "open"),
    ActionExecuted("utter_booking_open"),
]


def steps() -> list[object]:
    """Read the written steps back."""
    read: list[object] = yaml.safe_load("".join(written_steps(EVENTS, DOMAIN)))
    return read


def test_a_story_shows_what_decides_and_nothing_else() -> None:
    assert steps() == [
        {"user": "I have bumps\n", "intent": "describe_symptoms"},
        {"action": "triage_form"},
        {"active_loop": "triage_form"},
        {"user": "no\n", "intent": "deny"},
        {"action": "triage_form"},
        {"active_loop": None},
        {"slot_was_set": [{"requested_slot": None}]},
        {"action": "action_open_booking"},
        {"slot_was_set": [{"booking": "open"}]},
        {"action": "utter_booking_open"},
    ]


def test_a_better_answer_takes_the_place_of_what_followed() -> None:
    kept = yaml.safe_load("".join(up_to_last_user(list(written_steps(EVENTS, DOMAIN)))))
    assert kept == steps()[:4]


def test_a_corrected_intent_is_sure_and_no_alarm() -> None:
    parsed = {"text": "x", "intent": {"name": "report_red_flag"}, "reading": {"findings": [1], "flags": [2]}}
    assert corrected(parsed, "ask_pain") == {
        "text": "x",
        "intent": {"name": "ask_pain", "confidence": 1.0},
        "reading": {"findings": [1], "flags": []},
    }
