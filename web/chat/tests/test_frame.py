"""The words around the talk and the script that brings them to a page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client

from chat import frame

LANGUAGES = sorted(path.stem for path in frame.WORDS.glob("*.yml"))
PHRASES = Path(settings.BASE_DIR).parent / "data" / "phrases.yml"


def keys(raw: Any) -> Any:
    """Give the keys of nested mappings."""
    return {key: keys(value) for key, value in raw.items()} if isinstance(raw, dict) else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_everything_that_english_says(language: str) -> None:
    words = frame.words_in(language)
    assert keys(words) == keys(frame.words_in("en"))
    assert words["direction"] in ("ltr", "rtl")
    for key, value in frame.words_in("en")["words"].items():
        assert re.findall(r"{\w+}", value) == re.findall(r"{\w+}", words["words"][key]), key


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_another_language_first_says_that_the_assistant_reads_english_and_where_help_is(language: str) -> None:
    said = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))["english_only"][language]
    shown = frame.frame(language)
    assert frame.words_in(language)["english_only"] == said
    assert ["a", {"href": "tel:811"}, "8-1-1"] in shown["notice"][0] and ["a", {"href": "tel:911"}, "911"] in shown[
        "help"
    ][0]
    assert len(shown["notice"]) == len(shown["help"]) == 2  # and then the same as in English


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_is_asked_in_english_because_the_assistant_reads_nothing_else(language: str) -> None:
    assert {name: one["say"] for name, one in frame.words_in(language)["topics"].items()} == {
        name: one["say"] for name, one in frame.topics().items()
    }


def test_the_script_brings_the_english_words_with_it(db: None) -> None:
    answer = Client().get("/chat/embed.js")
    script = answer.content.decode()
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=300"
    found = re.search(r"chat\.frame = ({.*});", script)
    assert found and json.loads(found[1]) == json.loads(json.dumps(frame.frame()))
    assert 'import(new URL("/static/chat/triage-chat.js", tag.src));' in script


def test_words_of_the_clinic_cannot_end_the_script(db: None, settings: Any) -> None:
    settings.CLINIC_NAME = "</script><script>alert(1)"
    assert "<script>alert" not in Client().get("/chat/embed.js").content.decode()


@pytest.mark.parametrize("language, status", [("fa", 200), ("en", 200), ("xx", 404), ("EN", 404)])
def test_a_language_is_given_or_there_is_none(db: None, language: str, status: int) -> None:
    assert Client().get(f"/chat/frame/{language}/").status_code == status
