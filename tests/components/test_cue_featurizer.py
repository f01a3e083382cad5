"""Cues are found in the plain form, kept with the model, and named when they cannot be read."""

from pathlib import Path
from typing import Any

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import cue_featurizer
from components.cue_featurizer import CUES, CueFeaturizer, cues_in


@pytest.fixture
def own_cues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the featurizer read two cues."""
    path = tmp_path / "cues.yml"
    path.write_text("cost:\n  - 'price|\\bfee\\b'\n  - 'how much'\npain:\n  - 'hurt'\n")
    monkeypatch.setattr(cue_featurizer, "CUES", path)
    return path


def message(*words: str) -> Message:
    """Give a message with these plain words."""
    tokens = [Token(word, 0, lemma=word) for word in words]
    return Message({TEXT: " ".join(words), TOKENS_NAMES[TEXT]: tokens})


def test_each_cue_is_one_feature(place: Any, own_cues: Path) -> None:
    """Any of a cue's patterns sets it."""
    found = place.create(CueFeaturizer).process([message("what", "fee"), message("how", "much", "hurt"), message("hi")])
    assert [one.features[0].features.toarray().tolist() for one in found] == [[[1, 0]], [[1, 1]], [[0, 0]]]


def test_the_model_keeps_the_cues_it_was_trained_with(place: Any, own_cues: Path) -> None:
    """A cue added later does not shift the places that the classifier learnt."""
    place.create(CueFeaturizer).train(TrainingData([]))
    own_cues.write_text("new:\n  - 'new'\n")
    (found,) = place.load(CueFeaturizer).process([message("price")])
    assert found.features[0].features.toarray().tolist() == [[1, 0]]


def test_a_pattern_that_cannot_be_read_is_named(own_cues: Path) -> None:
    """The error names the file, the cue and the pattern."""
    own_cues.write_text("cost:\n  - 'price('\n")
    with pytest.raises(ValueError, match=r"cues.yml: the cue 'cost' has the pattern 'price\(', which cannot be read"):
        cues_in(own_cues)


def test_our_own_cues_can_be_read_and_are_in_lower_case() -> None:
    """The plain form is in lower case, so a capital letter would never match."""
    capitals = {name: pattern for name, pattern in cues_in(CUES).items() if pattern != pattern.lower()}
    assert {name for name in capitals if any(c.isupper() for c in capitals[name].replace("\\W", ""))} == set()
