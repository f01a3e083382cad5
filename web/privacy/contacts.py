"""What a visitor should not type into a chat, found with Presidio and hidden before a message is stored.

Looked for: phone numbers, e-mail addresses, numbers of payment cards, and BC's personal health numbers (PHN), each
checked by its own rule, because the triage reads the text that is left. (`personal.py` takes out more, with less care
for the sense: names, dates, addresses. It is for examples that leave the clinic.)
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from presidio_analyzer import RecognizerResult

# What is said in the place of each; of two that overlap, the one that stands first here counts.
NAMES = {
    "CREDIT_CARD": "card number",
    "HEALTH_NUMBER": "health number",
    "EMAIL_ADDRESS": "e-mail address",
    "PHONE_NUMBER": "phone number",
}
# Numbers of public services, which the assistant itself gives out: knowledge/sources.yml and the brief, 9.1.
PUBLIC = frozenset({"6046825050", "8005678911", "8006686868", "8007842433"})
FEWEST_DIGITS = 7


@dataclass(frozen=True)
class Masked:
    """A text that may be stored, and the names of what was hidden in it, each once."""

    text: str
    hidden: tuple[str, ...] = ()


def mask(text: str) -> Masked:
    """Put a name in brackets in the place of each piece of personal data."""
    if not may_hold(text):
        return Masked(text)
    from privacy.recognizers import analyzer  # importing Presidio takes seconds: the website starts without it

    hidden: list[str] = []
    for one in reversed(apart(analyzer().analyze(text, "en"), text)):
        name = NAMES[one.entity_type]
        text = f"{text[: one.start]}[{name}]{text[one.end :]}"
        hidden.insert(0, name)
    return Masked(text, tuple(dict.fromkeys(hidden)))


def prepare() -> threading.Thread:
    """Load Presidio while the process does other things, so that no visitor waits for it."""
    thread = threading.Thread(target=mask, args=["@"], name="prepare Presidio", daemon=True)
    thread.start()
    return thread


def may_hold(text: str) -> bool:
    """Tell, at once, whether a closer look can find anything: an address has @ or "dot", every number 7 digits."""
    return "@" in text or "dot" in text.lower() or sum(map(str.isdigit, text)) >= FEWEST_DIGITS


def apart(found: Iterable[RecognizerResult], text: str) -> list[RecognizerResult]:
    """Keep those that do not overlap a weightier one, and no public number; in the order of the text."""
    kept: list[RecognizerResult] = []
    for one in sorted(found, key=lambda each: (list(NAMES).index(each.entity_type), each.start - each.end)):
        digits = "".join(filter(str.isdigit, text[one.start : one.end]))
        if digits[-10:] not in PUBLIC and not any(one.intersects(other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)
