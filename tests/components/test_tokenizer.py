"""The tokenizer keeps the visitor's own words and their places, and adds the plain form."""

from typing import Any

from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.tokenizer import PlainEnglishTokenizer, chat_spelling

EXAMPLES = TrainingData(
    [Message({TEXT: text, INTENT: "ask_eye_area"}) for text in ("is the cheek safe", "remove it from the cheek")]
)


def tokens(component: Any, text: str) -> list[tuple[str, int, int, str]]:
    """Process one message and give text, start, end and plain form of each token."""
    (message,) = component.process([Message({TEXT: text})])
    return [(token.text, token.start, token.end, token.lemma) for token in message.get(TOKENS_NAMES[TEXT])]


def test_words_keep_their_places_and_gain_a_plain_form(place: Any) -> None:
    """Offsets are those of the visitor's text; punctuation is a token; "whats" is "what's"."""
    component = place.create(PlainEnglishTokenizer)
    component.train(EXAMPLES)
    assert tokens(place.load(PlainEnglishTokenizer), "Whats up w my cheak?!") == [
        ("Whats", 0, 5, "what's"),
        ("up", 6, 8, "up"),
        ("w", 9, 10, "with"),
        ("my", 11, 13, "my"),
        ("cheak", 14, 19, "cheek"),
        ("?", 19, 20, "?"),
        ("!", 20, 21, "!"),
    ]


def test_contractions_and_hyphens(place: Any) -> None:
    """A contraction is one word, a hyphenated word is three tokens."""
    component = place.create(PlainEnglishTokenizer)
    assert [token[0] for token in tokens(component, "don’t use follow-up")] == ["don’t", "use", "follow", "-", "up"]


def test_blank_text_has_no_tokens(place: Any) -> None:
    """Spaces alone are nothing."""
    assert tokens(place.create(PlainEnglishTokenizer), " \n ") == []


def test_chat_spelling_gives_words() -> None:
    """Every plain form is text: YAML must not read "no" and "yes" as truth values."""
    assert {"nah": "no", "yup": "yes", "4": "for"}.items() <= chat_spelling().items()
    assert all(isinstance(plain, str) for plain in chat_spelling().values())


def test_the_model_is_retrained_when_chat_spelling_changes() -> None:
    """Rasa's cache sees the file through the addon."""
    assert 'you: "u ya"' in (PlainEnglishTokenizer.fingerprint_addon({}) or "")
