"""The examples in every red-flag file behave: those that must fire do, those that must not do not."""

import pytest

from understanding import load

FLAGS = load().flags
FIRES = [(flag.id, text) for flag in FLAGS for text in flag.fires]
DOES_NOT = [(flag.id, text) for flag in FLAGS for text in flag.does_not_fire]


@pytest.mark.parametrize(("flag", "text"), FIRES, ids=[f"{flag}: {text}" for flag, text in FIRES])
def test_fires(flag: str, text: str) -> None:
    assert flag in [hit.flag for hit in load().read(text).flags]


@pytest.mark.parametrize(("flag", "text"), DOES_NOT, ids=[f"{flag}: {text}" for flag, text in DOES_NOT])
def test_does_not_fire(flag: str, text: str) -> None:
    assert flag not in [hit.flag for hit in load().read(text).flags]


def test_all_flags_of_the_brief_are_there() -> None:
    wanted = [
        *(f"E{n:02}" for n in range(1, 19)),
        *(f"S{n:02}" for n in range(1, 26)),
        *(f"U{n:02}" for n in range(1, 16)),
    ]
    assert sorted(flag.id for flag in FLAGS if flag.id[0] != "X") == sorted(wanted)


def test_facts_said_earlier_count() -> None:
    understanding = load()
    first = understanding.read("my daughter is 5 weeks old")
    second = understanding.read("now she has a fever", earlier=first.findings)
    assert second.flags[0].flag == "E09"
    assert "E09" not in [hit.flag for hit in understanding.read("now she has a fever").flags]


def test_an_old_alarm_does_not_fire_again_on_its_own() -> None:
    understanding = load()
    first = understanding.read("my tongue is swelling up and i cant breathe")
    assert first.flags[0].flag == "E01"
    assert understanding.read("how much does it cost", earlier=first.findings).flags == ()


def test_what_cannot_wait_may_be_told_in_pieces() -> None:
    understanding = load()
    first = understanding.read("my eyelid is red and swollen")
    second = understanding.read("and since lunch a fever of 39", earlier=first.findings)
    assert second.flags[0].flag == "E02"


def test_what_can_wait_is_told_of_one_bump_in_one_breath() -> None:
    understanding = load()
    first = understanding.read("my hand blistered after a burn in july")
    second = understanding.read("hard white bumps there now", earlier=first.findings)
    assert "S12" not in [hit.flag for hit in second.flags]


def test_what_keeps_an_alarm_quiet_is_remembered() -> None:
    understanding = load()
    first = understanding.read("i used hydrocortisone on my eyelids, one week only")
    second = understanding.read("i have used the steroid cream every day", earlier=first.findings)
    assert "S23" in [hit.flag for hit in understanding.read("i have used the steroid cream every day").flags]
    assert "S23" not in [hit.flag for hit in second.flags]
