"""Starting over."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.advice import decided, say
from actions.memory import Json, Memory, phrases
from triage.model import Level

FORGOTTEN = (
    *("facts", "findings", "asked", "question", "missed", "answer", "checked", "screen", "requested_slot"),
    *("about", "kept"),
)
ASSESSED = ("flags", "disposition", "disposition_reasons", "advised")


class Restart(Action):
    """Forgets what was told about a bump; what needs care today is not forgotten."""

    def name(self) -> str:
        """Rasa runs the action with this name for the intent `restart`."""
        return "action_restart"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Json]:
        """Begin again."""
        memory = Memory.of(tracker)
        cares = memory.level in (Level.EMERGENCY, Level.URGENT)
        dispatcher.utter_message(text=phrases()["restarted_care" if cares else "restarted"])
        if cares:
            say(dispatcher, tracker, memory, decided(memory, memory.step()))
        else:
            dispatcher.utter_message(response="utter_help")
        emptied = FORGOTTEN if cares else (*FORGOTTEN, *ASSESSED)
        return [*(SlotSet(name, None) for name in emptied), ActiveLoop(None), FollowupAction("action_listen")]
