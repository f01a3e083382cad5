"""What must hold for every message, tried with many."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from triage.model import Level
from understanding import load

ALARMS = st.sampled_from([text for flag in load().flags for text in flag.fires])
CHATTER = st.sampled_from(
    [
        "Hello there.",
        "Thank you so much.",
        "How much is a consultation?",
        "I live in Lynn Valley.",
        "Do you have parking?",
        "I'd like to book for Tuesday.",
        "My wedding is in June.",
        "What are milia?",
        "Great website by the way.",
    ]
)
DENIALS = st.sampled_from(
    ["no fever", "no swelling", "no pus", "it does not bleed", "no pain at all", "I have no blisters"]
)


def level(text: str) -> int:
    """Give the rank of the most urgent flag, -1 for none."""
    flags = load().read(text).flags
    return max((flag.level.rank for flag in flags), default=-1)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(ALARMS, CHATTER)
def test_chatter_before_or_after_never_lowers_a_level(alarm: str, chatter: str) -> None:
    assert level(f"{alarm}. {chatter}") >= level(alarm)
    assert level(f"{chatter} {alarm}") >= level(alarm)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(CHATTER, DENIALS)
def test_a_denial_raises_nothing(chatter: str, denial: str) -> None:
    assert level(f"{chatter} {denial}.") == level(chatter)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(ALARMS)
def test_looks_change_nothing(alarm: str) -> None:
    said = [hit.flag for hit in load().read(alarm).flags]
    for dressed in (
        alarm.upper(),
        alarm.replace("'", "\u2019"),
        f"{alarm} \U0001f62d\U0001f62d",
        alarm.replace("a", "\u0430"),
        "\u200b".join(alarm),
    ):
        assert [hit.flag for hit in load().read(dressed).flags] == said


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=300) | st.text(alphabet=string.printable, max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = load().read(text)
    assert all(text[one.start : one.end] == one.text for one in reading.findings)
    assert all(isinstance(hit.level, Level) for hit in reading.flags)
