"""Every answer is short, calm, sourced, and leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import follow_ups
from actions.comparing import differences
from actions.topics import table
from tests.data.reading_age import years
from triage.knowledge import load

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
LONGEST = 60  # words: what fits on the first screen of a phone; the rest stands in `more`
READING_AGE = 12.5  # years, of the hardest answer
USUAL_AGE = 10.5  # years, of all answers together
WITHOUT_MEDICINE = ("conversation.yml", "booking.yml", "safety.yml")


def answers() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give file, name and each variation of every response; one that stands in several places comes once."""
    for path in sorted((ROOT / "data" / "responses").glob("*.yml")):
        seen: set[int] = set()  # of one file, whose records live as long as they are looked at
        for name, variations in yaml.safe_load(path.read_text(encoding="utf-8"))["responses"].items():
            for one in variations:
                topic = one["condition"][0]["value"] if "condition" in one else "usual"
                yield path.name, f"{name}:{topic}", {**one, "repeated": id(one) in seen}
                seen.add(id(one))


def said() -> Iterator[tuple[str, str]]:
    """Give the name and the words of everything that answers a question: first screens, the rest, comparisons."""
    for _, name, answer in ANSWERS:
        if not answer["repeated"]:
            yield name, answer["text"]
            if more := (answer.get("metadata") or {}).get("more"):
                yield f"{name}:more", more
    for one in load().look_alikes:
        yield f"comparison:{one.id}", differences([one])


ANSWERS = list(answers())
IDS = [name for _, name, _ in ANSWERS]
SAID = list(said())
SAID_IDS = [name for name, _ in SAID]
PLACEHOLDER = re.compile(r"\{\w+\}")


@pytest.mark.parametrize(("file", "name", "answer"), ANSWERS, ids=IDS)
def test_medical_answers_name_known_sources_and_a_review_date(file: str, name: str, answer: dict[str, Any]) -> None:
    metadata = answer.get("metadata") or {}
    assert file in WITHOUT_MEDICINE or metadata.get("sources"), "write `metadata: {sources: [...], reviewed: ...}`"
    assert [tag for tag in metadata.get("sources", []) if tag not in load().sources] == []
    assert not metadata.get("sources") or re.fullmatch(r"20\d\d-\d\d-\d\d", metadata["reviewed"])


@pytest.mark.parametrize(("name", "words"), SAID, ids=SAID_IDS)
def test_answers_are_short_and_calm(name: str, words: str) -> None:
    assert len(words.split()) <= LONGEST
    banned = [one for one in load().words["banned"] if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", words, re.I)]
    assert (banned, "!" in words) == ([], False)


@pytest.mark.parametrize(("name", "words"), SAID, ids=SAID_IDS)
def test_a_child_of_twelve_can_read_each_answer(name: str, words: str) -> None:
    assert years(words) <= READING_AGE


def test_most_answers_are_for_eleven_and_below() -> None:
    ages = [years(words) for _, words in SAID]
    assert sum(ages) / len(ages) <= USUAL_AGE


def test_no_sentence_stands_twice() -> None:
    places: dict[str, list[str]] = {}
    for name, words in SAID:
        if name.startswith("comparison:"):
            words = next(one.difference for one in load().look_alikes if one.id == name.partition(":")[2])
        for sentence in re.split(r"(?<=[.!?:])\s+|\n", words):
            plain = re.sub(r"\W+", " ", sentence).strip().lower()
            if len(plain.split()) > 3 and not PLACEHOLDER.search(sentence):
                places.setdefault(plain, []).append(name)
    assert {sentence: names for sentence, names in places.items() if len(names) > 1} == {}


def test_every_response_can_be_reached() -> None:
    """A rule, a story or an action names it, or the visitor's words lead to its intent."""
    parts = [path for folder in ("data/rules", "data/stories", "actions") for path in (ROOT / folder).glob("*.*")]
    used = " ".join(path.read_text(encoding="utf-8") for path in parts if path.suffix in (".yml", ".py"))
    unused = [name for _, name, _ in ANSWERS if f"{name.split(':')[0]}" not in used]
    assert unused == []


def test_every_variation_can_be_reached() -> None:
    """Its topic has words in data/topics.yml, follows another answer, stands on a button, or is set by an action."""
    buttons = {one["payload"] for _, _, answer in ANSWERS for one in answer.get("buttons", [])}
    led = {f"{kind.get('else')}" for kind in follow_ups.table()["kinds"].values()}
    led |= {place for kind in follow_ups.table()["kinds"].values() for place in (kind.get("after") or {}).values()}
    for _, name, _ in ANSWERS:
        intent, topic = name.removeprefix("utter_").split(":")
        by_words = topic in (table()["intents"].get(intent) or {})
        by_button = f'/{intent}{{{{"topic": "{topic}"}}}}' in buttons
        by_action = topic in ("usual", "clinic_says", "command")
        assert by_words or by_button or by_action or f"{intent}/{topic}" in led, name


def test_every_topic_has_an_answer() -> None:
    clinic, known = set(load().clinic), {name for _, name, _ in ANSWERS}
    for intent, topics in table()["intents"].items():
        for topic in topics:
            with_words = f"utter_{intent}:{topic}" in known or topic == "default"
            assert with_words or (topic in clinic and f"utter_{intent}:clinic_says" in known), f"{intent}: {topic}"


def test_where_a_short_question_leads_there_is_an_answer() -> None:
    known = {name for _, name, _ in ANSWERS}
    clinic = set(load().clinic)
    for kind in follow_ups.table()["kinds"].values():
        for place in (*(kind.get("after") or {}).values(), kind.get("else")):
            intent, _, topic = str(place or "explain").partition("/")
            found = f"utter_{intent}:{topic or 'usual'}" in known or topic in clinic
            assert found or intent == "explain", place


@pytest.mark.parametrize(("file", "name", "answer"), ANSWERS, ids=IDS)
def test_every_button_does_something(file: str, name: str, answer: dict[str, Any]) -> None:
    intents = {one if isinstance(one, str) else next(iter(one)) for one in DOMAIN["intents"]}
    pressed = [re.match(r"/(\w+)", one["payload"]) for one in answer.get("buttons", [])]
    assert [found.group(1) for found in pressed if found and found.group(1) not in intents] == []
    assert all(pressed)


def test_topics_on_buttons_exist() -> None:
    known = {name for _, name, _ in ANSWERS}
    for _, name, answer in ANSWERS:
        for button in answer.get("buttons", []):
            found = re.match(r'/(\w+)\{\{"topic": "(\w+)"\}\}', button["payload"])
            if found and f"utter_{found.group(1)}:usual" in known and found.group(1) != "call_for_help":
                intent, topic = found.groups()
                assert f"utter_{intent}:{topic}" in known, f"{name}: {button['payload']}"


def test_nobody_sells_anything_to_the_parent_of_a_baby() -> None:
    young = [answer for _, name, answer in ANSWERS if name.startswith("utter_ask_babies") or name.endswith(":newborn")]
    payloads = [button["payload"] for answer in young for button in answer.get("buttons", [])]
    assert young != []
    assert "/book_appointment" not in payloads
