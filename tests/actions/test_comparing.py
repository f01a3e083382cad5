"""A comparison says the difference in words and beside them as a table."""

from __future__ import annotations

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.bumps import bumps_in
from actions.comparing import compare
from actions.memory import knowledge
from actions.words import plain, singular

LOOK_ALIKES = knowledge().look_alikes


@pytest.mark.parametrize("one", LOOK_ALIKES, ids=lambda one: one.title)
def test_every_bump_has_its_table(one: object) -> None:
    bump = next(each for each in LOOK_ALIKES if each is one)
    dispatcher = CollectingDispatcher()
    compare(dispatcher, [bump.id])
    [message] = dispatcher.messages
    metadata = message["metadata"]
    assert (metadata["type"], metadata["columns"]) == ("comparison", ["", "Milia", bump.title])
    assert [len(row) for row in metadata["rows"]] == [3] * len(bump.features)
    assert len(metadata["rows"]) >= 5
    assert (bump.difference in message["text"], bump.then in message["text"]) == (True, True)
    assert (set(bump.source) <= set(metadata["sources"]), bool(metadata["reviewed"])) == (True, True)


@pytest.mark.parametrize("one", LOOK_ALIKES, ids=lambda one: one.title)
def test_every_name_of_a_bump_leads_to_it(one: object) -> None:
    bump = next(each for each in LOOK_ALIKES if each is one)
    missed = [
        name for name in (bump.name, bump.title, *bump.also) if bump.id not in bumps_in(f"is it milia or {name}?")
    ]
    assert missed == []


def test_a_slip_in_a_long_name_does_not_hide_it() -> None:
    for bump in LOOK_ALIKES:
        for name in bump.also:
            longest = max(plain(name), key=len)
            if len(longest) >= 9:
                wrong = name.replace(longest, longest[:4] + longest[5:])
                assert bumps_in(f"milia or {wrong}") != (), wrong


def test_no_name_belongs_to_two_bumps() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for bump in LOOK_ALIKES:
        for name in (bump.name, bump.title, *bump.also):
            owners.setdefault(singular(plain(name)), set()).add(bump.id)
    assert [name for name, ids in owners.items() if len(ids) > 1] == []


def test_several_bumps_stand_side_by_side_and_one_line_can_be_asked_for() -> None:
    dispatcher = CollectingDispatcher()
    compare(dispatcher, ["D-09", "D-10"])
    compare(dispatcher, ["D-09"], "course")
    compare(dispatcher, ["D-03"], "catching")
    both, line, missing = dispatcher.messages
    assert both["metadata"]["title"] == "Milia or stye or chalazion?"
    assert {len(row) for row in both["metadata"]["rows"]} == {4}
    assert line["text"] == "Over time:\n**Stye**: days to 3 weeks.\n**Milia**: hardly change for months or years."
    assert missing["text"].startswith("On this I have no facts about syringoma.")
