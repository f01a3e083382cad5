"""Every question of the clinical brief, typed to the trained assistant, gets its answer."""

from __future__ import annotations

import pytest

from actions.responses import response
from evaluation.assistant import Assistant, load
from tests.data.test_faq import FAQ, answer_to


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    """The trained model with the actions, in this process."""
    return load()


@pytest.mark.parametrize("one", FAQ, ids=lambda one: f"{one['faq']} {one['ask']}")
def test_a_typed_question_reaches_its_answer(assistant: Assistant, one: dict[str, str]) -> None:
    turn = assistant.say(one["ask"], f"faq-{one['ask']}")
    if one["intent"] == "book_appointment":
        assert turn.intent == "book_appointment"
    else:
        wanted = [answer_to(one), *([response(*one["or"].split("/")).text] if "or" in one else [])]
        said = [sorted(text.split()) for text in turn.texts]  # two bumps may come in either order
        assert [words for words in wanted if sorted(words.split()) in said] != []
