"""The tokenizer: spaCy's English rules without a trained model, each token with its plain English form as lemma."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML
from spacy.language import Language
from spacy.tokenizer import Tokenizer as SpacyTokenizer

from components.plain_english import PlainEnglish
from understanding.spelling import english_words

CHAT_SPELLING = Path(__file__).with_name("chat_spelling.yml")
FILE = "plain_english.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class PlainEnglishTokenizer(Tokenizer):
    """Splits a message into words; `token.text` is the visitor's own, `token.lemma` what it stands for."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Intent names are never split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, plain: PlainEnglish) -> None:
        super().__init__(config)
        self._storage, self._resource, self._plain = storage, resource, plain
        self._words = whole_words()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PlainEnglishTokenizer:
        """Give a tokenizer that has seen no examples yet."""
        return cls(config, model_storage, resource, PlainEnglish({}, english_words(), chat_spelling()))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PlainEnglishTokenizer:
        """Give the tokenizer as it was trained."""
        with model_storage.read_from(resource) as folder:
            seen = json.loads((folder / FILE).read_text("utf-8"))["seen"]
        return cls(config, model_storage, resource, PlainEnglish(seen, english_words(), chat_spelling()))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the examples, towards which slips are mended."""
        examples = [message.get(TEXT) for message in training_data.intent_examples if message.get(TEXT)]
        words = ([token.text for token in self._words(text)] for text in examples)
        self._plain = PlainEnglish.learn(words, english_words(), chat_spelling())
        with self._storage.write_to(self._resource) as folder:
            (folder / FILE).write_text(json.dumps(self._plain.to_dict()), "utf-8")
        return self._resource

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Split one text; blank text gives no token."""
        tokens = [token for token in self._words(message.get(attribute)) if not token.is_space]
        return [Token(token.text, token.idx, lemma=self._plain.plain(token.text) or token.text) for token in tokens]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrain when the chat spelling changes: Rasa's cache cannot see that file."""
        return CHAT_SPELLING.read_text("utf-8")


def whole_words() -> SpacyTokenizer:
    """Give spaCy's tokenizer with punctuation as tokens and "don't" left whole, as `chat_spelling.yml` wants it."""
    language: Language = spacy.blank("en")
    return SpacyTokenizer(
        language.vocab,
        prefix_search=re.compile(r"^[^\w\s]").search,
        suffix_search=re.compile(r"[^\w\s]$").search,
        infix_finditer=re.compile(r"[^\w\s'’]").finditer,
    )


def chat_spelling() -> dict[str, str]:
    """Give the plain form of each chat spelling."""
    table = YAML(typ="safe").load(CHAT_SPELLING.read_text("utf-8"))
    return {spelling: plain for plain, spellings in table.items() for spelling in str(spellings).split()}
