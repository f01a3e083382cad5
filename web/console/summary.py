"""One card for the clinician: what was decided and why, what the visitor told, and what was asked and denied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from booking.models import BookingRequest
from cases.refresh import log_of
from chat.models import Assessment, Conversation, Message
from console.findings import names
from console.templatetags.console import level_name, listed, plain, words_said
from trust.masking import masked_text

type Json = dict[str, Any]

DENIED = ("no", "none")
WORDS = ".words"  # the end of the name under which the triage keeps the visitor's words for a fact


@dataclass(frozen=True)
class Card:
    """What the card shows, in words."""

    number: str
    began: str
    level: str
    reasons: list[Json]
    version: str
    told: list[tuple[str, str]]
    denied: list[str]
    open_question: str
    opening: str
    booking: str
    notes: list[str] = field(default_factory=list)

    @property
    def as_text(self) -> str:
        """Write it as text, to paste into the clinic's own records."""
        lines = [
            f"Chat {self.number}, began {self.began}",
            f"Level: {level_name(self.level)}" + (f" (knowledge version {self.version})" if self.version else ""),
            *(f"- {reason_text(one)}" for one in self.reasons),
            f"First words: “{self.opening}”",
            f"Told: {'; '.join(f'{name}: {value}' for name, value in self.told) or 'nothing the triage goes by'}",
            f"Asked and denied: {', '.join(self.denied) or 'nothing'}",
            *([f"Asked and not answered: {self.open_question}"] if self.open_question else []),
            *([f"Booking request: {self.booking}"] if self.booking else []),
            *(f"Note: {one}" for one in self.notes),
            "Written by an automated assistant from what the visitor typed. Not a diagnosis; nobody was examined.",
        ]
        return "\n".join(lines)


def reason_text(reason: Json) -> str:
    """Write one rule with its reason, the visitor's words and the source."""
    words = ", ".join(f"“{one}”" for one in words_said(reason.get("words")))
    parts = [f"{plain(reason.get('rule'))}: {reason.get('because', '')}".strip(": ")]
    parts += [f"in the visitor's words: {words}"] if words else []
    parts += [f"source: {listed(reason['source'])}"] if reason.get("source") else []
    return "; ".join(parts)


def card_of(conversation: Conversation, masked: bool = True) -> Card:
    """Make the card; personal data is covered unless it is revealed to the reader."""
    cover = masked_text if masked else str
    log = log_of(conversation)
    decided = Assessment.objects.filter(message__conversation=conversation).order_by("-pk").first()
    facts = facts_of(log)
    plain_facts = {name: value for name, value in facts.items() if not name.endswith(WORDS)}
    booking = BookingRequest.objects.filter(handoff__conversation=conversation).select_related("slot").last()
    return Card(
        number=str(conversation.pk)[:8],
        began=f"{timezone.localtime(conversation.created_at):%d %B %Y, %H:%M}",
        level=conversation.disposition or "",
        reasons=decided.reasons if decided else [],
        version=decided.knowledge_version if decided else "",
        told=[told_as(facts, name) for name, value in plain_facts.items() if value not in DENIED],
        denied=[str(plain(name)) for name, value in plain_facts.items() if value in DENIED],
        open_question=question_text(log),
        opening=cover(conversation.opening),
        booking=f"{booking.reference}, {booking.slot}, {booking.get_state_display().lower()}" if booking else "",
        notes=[cover(one.text) for one in notes_of(conversation)],
    )


def facts_of(log: Iterable[Message]) -> Json:
    """Give what the triage knew at the end; of older conversations, what was found in the words."""
    messages = list(log)
    for one in reversed(messages):
        if one.metadata.get("facts"):
            return dict(one.metadata["facts"])
    return dict(pair for one in messages for pair in told_in(one))


def told_as(facts: Json, name: str) -> tuple[str, str]:
    """Give a fact with the visitor's words for it."""
    said = facts.get(f"{name}{WORDS}")
    quoted = f" “{listed(said)}”" if said else ""
    return str(plain(name)), f"{listed(facts[name])}{quoted}"


def told_in(message: Message) -> Iterable[tuple[str, str]]:
    """Give the facts in one message."""
    for finding in message.findings:
        name = names().get(str(finding.get("concept")))
        meaning = {"present": "yes", "absent": "no", "possible": "possible", "past": "past"}
        value = meaning.get(str(finding.get("assertion")))
        if name and value and name != "who: self":
            fact, _, part = name.partition(": ")
            yield (fact, part or value) if value == "yes" else (name, value)


def question_text(log: list[Message]) -> str:
    """Give the words of the question that the visitor left open."""
    if not log or not log[-1].metadata.get("asked"):
        return ""
    answers = log[-1].replies.filter(author=Message.Author.ASSISTANT).order_by("-pk").values_list("text", flat=True)
    return " ".join((answers.first() or "").split())


def notes_of(conversation: Conversation) -> Iterable[Any]:
    """Give staff's notes."""
    case = getattr(conversation, "case", None)
    return case.notes.all() if case else []
