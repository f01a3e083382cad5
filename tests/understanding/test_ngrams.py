"""The features of net two."""

import numpy as np

from understanding import ngrams


def test_runs_of_words_and_of_letters_are_features() -> None:
    found = list(ngrams.ngrams(["red", "eye"]))
    assert found[:3] == ["red", "eye", "red eye"]
    assert {"#_re", "#red", "#ed_", "#_red", "#red_", "#_red_"} <= set(found)
    assert "#d_e" not in found  # letters never run from one word into the next


def test_a_word_that_is_said_twice_counts_more_but_not_double() -> None:
    once, twice = ngrams.places(["bleed"]), ngrams.places(["bleed", "bleed"])
    place = once[0][0]
    assert once[1][once[0] == place] == 1
    assert 1 < twice[1][twice[0] == place][0] < 2


def test_what_only_one_message_holds_counts_for_nothing() -> None:
    rare = ngrams.rarity([["red", "eye"], ["red", "lid"], ["sore", "lip"]])
    both, single = ngrams.places(["red"])[0], ngrams.places(["sore"])[0]
    assert (rare[both] > 0).all()
    assert not np.any(rare[np.setdiff1d(single, both)])
