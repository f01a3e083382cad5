"""The extractor sets the reading, overrides the intent for a red flag, and retrains when the knowledge changes."""

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.finding_extractor import FindingExtractor, fingerprint, intent_for
from triage.model import Assertion, Finding, Reading

BOOKING = {"name": "book_appointment", "confidence": 0.9}


def read(place: Any, text: str, metadata: dict[str, Any] | None = None) -> Message:
    """Process one message that the classifier took for a booking."""
    message = Message({TEXT: text, INTENT: dict(BOOKING), **({"metadata": metadata} if metadata else {})})
    return place.create(FindingExtractor).process([message])[0]


def test_a_red_flag_overrides_the_intent(place: Any) -> None:
    """The alarm goes first, and what the classifier thought is kept."""
    found = read(place, "my eyelid is swollen shut and i have a fever, can i book")
    assert found.get(INTENT) == {"name": "report_red_flag", "confidence": 1.0}
    assert found.get("classified_intent") == BOOKING
    assert [flag["level"] for flag in found.get("reading")["flags"]][:1] == ["emergency"]


def test_without_a_flag_the_intent_stays(place: Any) -> None:
    """Findings alone change nothing; both results are part of Rasa's output."""
    found = read(place, "can I book for two small white bumps on my cheek")
    assert (found.get(INTENT), found.get("classified_intent")) == (BOOKING, BOOKING)
    assert {"reading", "classified_intent"} <= found.output_properties
    reading = Reading.from_dict(found.get("reading"))
    assert (reading.flags, bool(reading.findings)) == ((), True)


@pytest.mark.parametrize(
    ("guess", "metadata", "screen", "acted_on"),
    [
        (("report_red_flag", 0.8), {}, None, "ask_cost"),
        (("report_red_flag", 0.8), {}, "E02", "report_red_flag"),
        (("restart", 0.9), {"question": "symptoms"}, None, "ask_cost"),
        (("restart", 0.99), {"question": "symptoms"}, None, "restart"),
        (("restart", 0.9), {}, None, "restart"),
    ],
)
def test_a_guess_that_weighs_much_needs_more_than_the_classifier(
    guess: tuple[str, float], metadata: dict[str, Any], screen: str | None, acted_on: str
) -> None:
    """An alarm needs a second voice, and starting over in the interview certainty; else the runner-up is taken."""
    ranking = [{"name": guess[0], "confidence": guess[1]}, {"name": "ask_cost", "confidence": 0.1}]
    message = Message({TEXT: "x", INTENT: ranking[0], INTENT_RANKING_KEY: ranking, "metadata": metadata})
    assert intent_for(message, Reading("x", screen=screen))["name"] == acted_on


class Listener:
    """Stands for `Understanding` and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: tuple[Any, ...] = ()

    def read(self, text: str, earlier: Any, question: str | None) -> Reading:
        """Find nothing, but ask a checking question."""
        self.asked = (text, earlier, question)
        return Reading(text, screen="swelling")


def test_what_the_channel_tells_reaches_the_reading() -> None:
    """Earlier findings and the pending question come with the metadata; the checking question goes out."""
    listener = Listener()
    earlier = read_finding()
    metadata = {"earlier": [earlier.to_dict()], "question": "fever"}
    extractor = FindingExtractor(listener, Resource("extractor"))  # type: ignore[arg-type]
    (found,) = extractor.process([Message({TEXT: "yes", "metadata": metadata})])
    assert listener.asked == ("yes", [earlier], "fever")
    assert found.get("reading")["screen"] == "swelling"


def test_without_metadata_a_message_stands_alone() -> None:
    """`rasa shell` sends none."""
    listener = Listener()
    FindingExtractor(listener, Resource("extractor")).process([Message({TEXT: "yes"})])  # type: ignore[arg-type]
    assert listener.asked == ("yes", [], None)


def read_finding() -> Finding:
    """Give a finding as an earlier turn left it."""

    return Finding("swelling", Assertion.PRESENT, "swollen", 0, 7)


@pytest.mark.parametrize("change", ["edit", "add", "rename", "remove"])
def test_a_change_of_the_knowledge_changes_the_fingerprint(tmp_path: Path, change: str) -> None:
    """Any of the four makes Rasa train again."""
    (tmp_path / "red_flags").mkdir()
    rule = tmp_path / "red_flags" / "E01.yml"
    rule.write_text("level: emergency")
    before = fingerprint(tmp_path)
    if change == "edit":
        rule.write_text("level: urgent")
    elif change == "add":
        (tmp_path / "new.yml").write_text("")
    elif change == "rename":
        rule.rename(tmp_path / "red_flags" / "E02.yml")
    else:
        rule.unlink()
    assert fingerprint(tmp_path) != before


def test_the_fingerprint_is_that_of_the_knowledge() -> None:
    """The same files give the same fingerprint."""
    assert FindingExtractor.fingerprint_addon({}) == FindingExtractor.fingerprint_addon({})
