"""The words of the levels come from the knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from booking.levels import words_of
from chat.models import Disposition


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    """Forget what was read."""
    words_of.cache_clear()
    yield
    words_of.cache_clear()


def test_care_comes_first_where_the_knowledge_says_so() -> None:
    assert [level.value for level in Disposition if words_of(level).care_first] == ["emergency", "urgent", "soon"]


def test_an_emergency_is_sent_to_911() -> None:
    assert "call 911" in words_of(Disposition.EMERGENCY).advice


@pytest.mark.parametrize("words", [None, "levels: {}", "levels: {soon: {headline: x}}", "a: [", "[]"])
def test_a_knowledge_file_that_is_wrong_is_named(settings: Any, tmp_path: Path, words: str | None) -> None:
    settings.KNOWLEDGE_DIR = tmp_path
    if words is not None:
        (tmp_path / "levels.yml").write_text(words, encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=r"levels\.yml: the level 'soon' needs the keys headline, then and"):
        words_of(Disposition.SOON)
