"""The channel answers the website only, refuses what is no message, and never stays silent unnoticed."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.exceptions import RasaException

from components.reply import MORE, guess_of, runner_up
from components.website_channel import TOKEN, WebsiteChannel

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    slots:
      heard: {type: any, mappings: [{type: custom}]}
      findings: {type: any, mappings: [{type: custom}]}
      question: {type: any, mappings: [{type: custom}]}
      disposition: {type: any, mappings: [{type: custom}]}
      disposition_reasons: {type: any, mappings: [{type: custom}]}
      advised: {type: any, mappings: [{type: custom}]}
    """
)
FLAG = {"flag": "E01", "level": "emergency", "because": "", "source": [], "words": ["throat"]}
ADVICE = {"metadata": {"type": "advice", "level": "emergency"}}


class Processor:
    """Stands for Rasa: notes each message, is heard by the safety net, and says what the test wants."""

    def __init__(self, store: InMemoryTrackerStore) -> None:
        self.store = store
        self.says: list[BotUttered] = [BotUttered("Hello.", {"buttons": [{"title": "Hi", "payload": "/greet"}]})]
        self.flags: list[dict[str, Any]] = []
        self.hears = True
        self.slots: dict[str, Any] = {}
        self.messages: list[tuple[str, str]] = []

    async def parse_message(self, message: Any, tracker: Any) -> dict[str, Any]:
        return {"text": message.text, "intent": {"name": "book_appointment", "confidence": 0.9}, "entities": []}

    async def handle_message(self, message: Any) -> None:
        parsed = message.parse_data or {"intent": {"name": "greet", "confidence": 0.9}, "entities": []}
        self.messages.append((message.text, parsed["intent"]["name"]))
        tracker = await self.store.get_or_create_tracker(message.sender_id)
        classified = {"name": "greet", "confidence": 0.8}
        ranking = [classified, {"name": "goodbye", "confidence": 0.1}]
        known = {
            "intent_ranking": ranking,
            "reading": {"findings": [], "flags": self.flags},
            "classified_intent": classified,
            **parsed,
        }
        events = [UserUttered(message.text, parsed["intent"], [], known, message_id=message.message_id)]
        heard = [SlotSet("heard", message.message_id)] if self.hears else []
        slots = [SlotSet(name, value) for name, value in self.slots.items()]
        tracker.update_with_events([*events, *heard, *slots, *self.says], DOMAIN)
        await self.store.save(tracker)


class Rasa:
    """A channel with its agent, and a client that posts to it."""

    def __init__(self) -> None:
        store = InMemoryTrackerStore(DOMAIN)
        self.processor = Processor(store)
        agent = SimpleNamespace(lock_store=InMemoryLockStore(), tracker_store=store, processor=self.processor)
        self.app = SimpleNamespace(ctx=SimpleNamespace(agent=agent))
        self.channel = WebsiteChannel("secret")

    def post(self, body: Any, authorization: str = "Bearer secret") -> tuple[int, Any]:
        request = SimpleNamespace(headers={"authorization": authorization}, json=body, app=self.app)
        answer = asyncio.run(self.channel.guarded(request, self.channel.answer))
        return answer.status, json.loads(answer.body)

    def say(self, text: str, **more: Any) -> tuple[int, Any]:
        return self.post({"sender": "s", "message_id": "1", "kind": "text", "text": text, **more})


@pytest.fixture
def rasa() -> Rasa:
    return Rasa()


def test_a_message_is_answered_with_the_whole_turn(rasa: Rasa) -> None:
    assert rasa.say("hello") == (
        200,
        {
            "messages": [
                {"text": "Hello.", "buttons": [{"title": "Hi", "payload": "/greet"}], "custom": None, "metadata": {}}
            ],
            "understood": {
                "intent": "greet",
                "confidence": 0.9,
                "classified_intent": "greet",
                "classified_confidence": 0.8,
                "runner_up": {"name": "goodbye", "confidence": 0.1},
                "findings": [],
                "flags": [],
            },
            "assessment": {"disposition": None, "reasons": [], "asked": None, "question": None, "facts": {}},
        },
    )


def test_without_a_token_rasa_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN, raising=False)
    with pytest.raises(RasaException, match=r"credentials.yml: the website channel has no token. Set CHANNEL_TOKEN"):
        WebsiteChannel.from_credentials({})


@pytest.mark.parametrize("token", ["", "secret", "Bearer", "Bearer wrong", "bearer secret", "Bearer secret "])
def test_a_caller_without_the_token_is_refused(rasa: Rasa, token: str) -> None:
    status, answer = rasa.post({}, token)
    assert (status, rasa.processor.messages) == (401, [])
    assert answer == {"error": "The header Authorization must be 'Bearer' and the value of CHANNEL_TOKEN."}


GOOD = {"sender": "s", "message_id": "1", "kind": "text", "text": "hello"}


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (None, 400, "The body must be a JSON object with sender, message_id, kind and text."),
        ([], 400, "The body must be a JSON object with sender, message_id, kind and text."),
        ({**GOOD, "kind": "voice"}, 422, "'kind' must be 'text' or 'button'."),
        ({**GOOD, "sender": ""}, 422, "'sender' is missing or empty. Send a string."),
        ({**GOOD, "message_id": 7}, 422, "'message_id' is missing or empty. Send a string."),
        ({**GOOD, "text": "  "}, 422, "'text' is missing or empty. Send a string."),
        ({**GOOD, "text": "x" * 2001}, 413, "'text' has 2001 characters; the most is 2000."),
        ({**GOOD, "text": "a\x00b"}, 422, "'text' holds a zero byte. Send plain text."),
        ({**GOOD, "kind": "button"}, 422, "'payload' is missing or empty. Send a string."),
    ],
)
def test_what_is_no_message_is_refused_with_a_sentence(rasa: Rasa, body: Any, status: int, sentence: str) -> None:
    assert rasa.post(body) == (status, {"error": sentence})
    assert rasa.processor.messages == []


def test_a_body_that_is_not_json_is_refused(rasa: Rasa) -> None:
    class Broken(SimpleNamespace):
        @property
        def json(self) -> Any:
            raise ValueError("broken")

    request = Broken(headers={"authorization": "Bearer secret"}, app=rasa.app)
    answer = asyncio.run(rasa.channel.guarded(request, rasa.channel.answer))
    assert answer.status == 400


@pytest.mark.parametrize("typed", ['/book_appointment{"a": "b"}', "/restart", " //restart", "/ restart"])
def test_typed_commands_have_no_power(rasa: Rasa, typed: str) -> None:
    rasa.say(typed)
    [(text, intent)] = rasa.processor.messages
    assert not text.startswith("/")
    assert intent in ("out_of_scope", "greet")  # never what was typed


def test_the_payload_of_an_offered_button_has_power(rasa: Rasa) -> None:
    rasa.post({"sender": "s", "message_id": "1", "kind": "button", "text": "Start over", "payload": "/restart"})
    assert rasa.processor.messages[0][0] == "/restart"


def test_a_repeated_message_gets_the_stored_answer(rasa: Rasa) -> None:
    first = rasa.say("hello")
    rasa.processor.says = [BotUttered("Something new.")]
    assert (rasa.say("hello"), len(rasa.processor.messages)) == (first, 1)
    assert rasa.say("hello", message_id="2")[1]["messages"][0]["text"] == "Something new."


def test_a_repeated_message_is_handled_when_it_has_no_answer_yet(rasa: Rasa) -> None:
    rasa.processor.says = []
    assert rasa.say("hello") == (503, {"error": "No answer: no message came out"})
    rasa.processor.says = [BotUttered("Here I am.")]
    assert rasa.say("hello")[1]["messages"][0]["text"] == "Here I am."


def test_an_answer_that_the_safety_net_has_not_seen_is_an_outage(rasa: Rasa) -> None:
    rasa.processor.hears = False
    assert rasa.say("hello")[0] == 503


def test_a_red_flag_without_advice_is_an_outage(rasa: Rasa) -> None:
    rasa.processor.flags = [FLAG]
    assert rasa.say("my throat is closing")[0] == 503
    rasa.processor.says = [BotUttered("Call 911.", metadata=ADVICE)]
    assert rasa.say("my throat is closing")[0] == 200


def test_a_red_flag_that_was_advised_on_before_needs_no_second_advice(rasa: Rasa) -> None:
    rasa.processor.flags = [FLAG]
    rasa.processor.says = [BotUttered("Is there a fever?")]
    rasa.processor.slots = {"advised": ["U02"]}
    assert rasa.say("no, but my throat is closing")[0] == 503
    rasa.processor.slots = {"advised": ["E01", "U02"]}
    assert rasa.say("as I said, my throat is closing")[0] == 200


def test_only_the_last_message_keeps_its_buttons(rasa: Rasa) -> None:
    button = {"buttons": [{"title": "Yes", "payload": "/affirm"}]}
    rasa.processor.says = [BotUttered("One.", button), BotUttered("Two.", button)]
    messages = rasa.say("hello")[1]["messages"]
    assert [one["buttons"] for one in messages] == [[], [{"title": "Yes", "payload": "/affirm"}]]


@pytest.mark.parametrize(("level", "offered"), [("urgent", 0), ("soon", 0), ("routine", 1), (None, 1)])
def test_nothing_is_sold_before_care(rasa: Rasa, level: str | None, offered: int) -> None:
    rasa.processor.slots = {"disposition": level}
    rasa.processor.says = [BotUttered("x", {"buttons": [{"title": "Book", "payload": "/book_appointment"}]})]
    assert len(rasa.say("price?")[1]["messages"][0]["buttons"]) == offered


def test_sources_are_given_with_title_and_address(rasa: Rasa) -> None:
    metadata = {"metadata": {"sources": ["Berk"], "reviewed": "2026-11-22"}}
    rasa.processor.says = [BotUttered("Keratin.", metadata=metadata)]
    shown = rasa.say("what is inside?")[1]["messages"][0]["metadata"]
    assert (shown["type"], shown["reviewed"]) == ("answer", "2026-11-22")
    assert [sorted(one) for one in shown["sources"]] == [["title", "url"]]


def test_what_is_left_of_an_answer_stays_behind_and_is_offered(rasa: Rasa) -> None:
    answer = {"sources": ["Berk"], "reviewed": "2026-11-30", "more": "There is more."}
    rasa.processor.says = [BotUttered("Keratin.", metadata={"metadata": answer})]
    message = rasa.say("what is inside?")[1]["messages"][0]
    assert ("more" in message["metadata"], message["buttons"]) == (False, [MORE])


def test_a_comparison_keeps_its_table(rasa: Rasa) -> None:
    table = {"type": "comparison", "columns": ["", "Milia", "Stye"], "rows": [["Feel", "hard", "sore"]]}
    rasa.processor.says = [BotUttered("A stye hurts.", metadata={"metadata": {**table, "sources": ["Berk"]}})]
    shown = rasa.say("milia or stye")[1]["messages"][0]["metadata"]
    assert {key: shown[key] for key in table} == table


def test_the_guess_is_kept_where_nothing_was_sure() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.9}, {"name": "ask_cost", "confidence": 0.1}]
    parsed = {"intent": ranking[0], "classified_intent": ranking[0], "intent_ranking": ranking}
    assert guess_of(parsed) == {"name": "ask_cost", "confidence": 0.1}
    assert runner_up(parsed, "ask_cost") is None


def test_each_question_of_a_message_is_understood_by_itself(rasa: Rasa) -> None:
    rasa.say("what are milia? how much is it?")
    tracker = asyncio.run(rasa.processor.store.get_or_create_tracker("s"))
    parsed = tracker.latest_message.parse_data
    assert [one["text"] for one in parsed["parts"]] == ["what are milia?", "how much is it?"]
    assert {one["intent"] for one in parsed["parts"]} == {"book_appointment"}
