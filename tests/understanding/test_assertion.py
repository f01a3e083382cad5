"""The language traps of the clinical brief 4.5: how a finding is meant."""

from pathlib import Path

import pytest

from triage.files import read_yaml
from understanding import load

TRAPS = [
    # the "not" is the symptom
    ("it won't stop bleeding", "bleeding_wont_stop", "present"),
    ("the sore is not healing", "not_healing", "present"),
    ("i can't breathe", "breathing_trouble", "present"),
    ("suddenly i can't see", "vision_loss", "present"),
    # scope ends at but, however, now
    ("no fever but pus is coming out", "fever", "absent"),
    ("no fever but pus is coming out", "pus", "present"),
    ("no pain however it keeps bleeding", "bleeding_repeated", "present"),
    # lists
    ("no pain, bleeding, or fever", "pain", "absent"),
    ("no pain, bleeding, or fever", "bleeding", "absent"),
    ("no pain, bleeding, or fever", "fever", "absent"),
    ("without redness, swelling or heat", "heat", "absent"),
    ("denies bleeding, tenderness or discharge", "pain", "absent"),
    # double negative
    ("it's not that it doesn't hurt", "pain", "present"),
    # past and over, past and going on
    ("it bled once when i squeezed it last month", "bleeding", "past"),
    ("had cellulitis in 2016, healed completely", "infected", "past"),
    ("it has been swollen since last month", "swelling", "present"),
    # somebody else, or the person who is ill now
    ("a woman on tiktok went blind from filler", "vision_loss", "other_person"),
    ("my baby has a fever", "fever", "present"),
    # not yet happened
    ("what if it bleeds?", "bleeding", "hypothetical"),
    ("can milia cause swelling", "swelling", "hypothetical"),
    ("it bleeds if the towel touches it", "bleeding", "present"),
    # unsure
    ("i think it might be infected", "infected", "possible"),
    # little is not none
    ("just a little trouble breathing", "breathing_trouble", "present"),
]


@pytest.mark.parametrize(("text", "concept", "assertion"), TRAPS, ids=[f"{trap[1]}: {trap[0]}" for trap in TRAPS])
def test_trap(text: str, concept: str, assertion: str) -> None:
    understanding = load()
    kinds = understanding.pipeline.lexicon.ancestors
    meant = {one.assertion.value for one in understanding.read(text).findings if concept in kinds(one.concept)}
    assert meant == {assertion}


MEANT = [
    (text, concept, assertion)
    for assertion, cases in read_yaml(Path(__file__).with_name("meant.yml")).items()
    for case in cases
    for concept, text in case.items()
]


@pytest.mark.parametrize(("text", "concept", "assertion"), MEANT, ids=[f"{one[2]}: {one[0]}" for one in MEANT])
def test_meant(text: str, concept: str, assertion: str) -> None:
    understanding = load()
    kinds = understanding.pipeline.lexicon.ancestors
    meant = {one.assertion.value for one in understanding.read(text).findings if concept in kinds(one.concept)}
    assert meant == ({assertion} if assertion != "none" else set())


@pytest.mark.parametrize(
    "text",
    [
        "these bumps are killing me lol",
        "i would die for clear skin",
        "this price takes my breath away",
        "burning question about parking",
    ],
)
def test_idiom_is_no_finding(text: str) -> None:
    assert load().read(text).flags == ()


def test_evidence_names_the_cue() -> None:
    finding = next(one for one in load().read("there is no swelling").findings if one.concept == "swelling")
    assert (finding.text, finding.assertion.value, finding.evidence) == ("swelling", "absent", "no")


def test_offsets_point_into_the_visitors_own_words() -> None:
    text = "My “eyelid” is  SWOLLEN\u200b."
    finding = next(one for one in load().read(text).findings if one.concept == "swelling")
    assert text[finding.start : finding.end] == finding.text == "SWOLLEN"
