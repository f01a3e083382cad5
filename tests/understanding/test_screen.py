"""Net two may ask, never decide: when it asks, above which level, and about what."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from triage.errors import KnowledgeError
from triage.model import Level
from understanding import Understanding, load, ngrams
from understanding.reader import KNOWLEDGE
from understanding.screen import LEVELS, Screen
from understanding.screen import load as load_screen

WORDS = ["something", "is", "badly", "wrong"]


def screen(*scores: float) -> Screen:
    """Give a screen that scores every message like this for soon, urgent and emergency; thresholds 0 and 1."""
    vector = np.zeros((3, 384), np.float32)
    return Screen(
        rarity=np.ones(ngrams.SIZE, np.float32),
        weights=np.zeros((3, ngrams.SIZE), np.float32),
        bias=np.array(scores, np.float32),
        after_silence=np.zeros(3, np.float32),
        after_alarm=np.ones(3, np.float32),
        choosers=vector,
        chooser_bias=np.array([3, 2, 1], np.float32),
        flags=("S01", "U01", "E01"),
        levels=LEVELS,
    )


@pytest.mark.parametrize(
    ("scores", "reached", "asks"),
    [
        ((-1, -1, -1), None, None),
        ((0.5, -1, -1), None, "S01"),
        ((0.5, 0.5, -1), None, "U01"),
        ((0.5, 0.5, 0.5), None, "E01"),
        ((2, 2, 2), Level.EMERGENCY, None),
        ((2, 2, -1), Level.URGENT, None),
        ((2, 2, 2), Level.URGENT, "E01"),
        ((2, 2, 0.5), Level.SOON, "U01"),
        ((0.5, 0.5, 0.5), Level.SOON, None),
    ],
)
def test_it_asks_only_above_the_level_that_rules_reached(
    scores: tuple[float, ...], reached: Level | None, asks: str | None
) -> None:
    assert screen(*scores).question(" ".join(WORDS), WORDS, reached) == asks


def test_a_word_or_two_are_never_checked() -> None:
    assert screen(2, 2, 2).question("hi there", ["hi", "there"], None) is None


def test_the_words_of_a_message_move_its_scores() -> None:
    place = ngrams.places(["bad"])[0]
    weights = np.zeros((3, ngrams.SIZE), np.float32)
    weights[2, place] = 1
    marked = replace(screen(-1, -1, -0.5), weights=weights)
    assert marked.suspected(["so", "bad", "bad"], None) is Level.EMERGENCY
    assert marked.suspected(["so", "good", "good"], None) is None


def test_the_fitted_screen_asks_about_what_the_rules_do_not_know_and_leaves_chat_alone() -> None:
    reader = load()
    assert reader.screen is not None
    silent = replace(reader.screen)  # the rules of today may know these words tomorrow: ask the screen itself
    danger = "the skin round my eye is huge and burning and everything on that side has gone dim since noon"
    assert silent.question(danger, reader.pipeline.forms(danger), None) is not None
    chat = "how much does it cost to have ten of them taken off and do you open on saturdays"
    assert silent.question(chat, reader.pipeline.forms(chat), None) is None


def test_a_screen_never_sets_a_level() -> None:
    loud = Understanding(KNOWLEDGE, screen=False)
    loud.screen = screen(9, 9, 9)
    reading = loud.read("tell me about the parking please")
    assert (reading.screen, reading.flags) == ("E01", ())


def test_a_missing_or_outdated_screen_says_how_to_fit_it(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="screen_fit"):
        load_screen(tmp_path, ())
    (tmp_path / "screen.npz").write_bytes((KNOWLEDGE / "screen.npz").read_bytes())
    with pytest.raises(KnowledgeError, match="no red flags with a question"):
        load_screen(tmp_path, ())
