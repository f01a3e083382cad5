"""A conversation as staff read it: each visitor message with what was understood, decided and answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from chat.models import Assessment, Conversation, Message
from console.findings import Findings, names, sort_out
from console.models import Review

LENGTH = 200  # messages at once

type Json = dict[str, Any]


@dataclass(frozen=True)
class Piece:
    """A part of the visitor's text; `meaning` says what was found in it."""

    text: str
    meaning: str = ""
    assertion: str = ""


@dataclass
class Turn:
    """One message of the visitor and what followed; without a visitor's message, something said by itself."""

    said: Message | None
    answers: list[Message] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        """Cut the visitor's text where something was found in it."""
        counted = [one for one in self.said.findings if worth_marking(one)] if self.said else []
        return cut(self.said.text, counted) if self.said else []

    @property
    def findings(self) -> Findings:
        """Divide what was found into what counts and the rest."""
        return sort_out(self.said.findings if self.said else [])

    @property
    def denied(self) -> list[str]:
        """List what the triage took as absent after this message, whether typed or chosen."""
        facts = self.said.metadata.get("facts") or {} if self.said else {}
        return [
            str(name).replace("_", " ")
            for name, value in facts.items()
            if value == "no" and not name.endswith(".words")
        ]

    @property
    def unanswered(self) -> bool:
        """Tell whether the visitor got no answer to this."""
        return bool(self.said) and self.said.status != Message.Status.ANSWERED  # type: ignore[union-attr]

    @property
    def sources(self) -> list[Json]:
        """List the sources that the visitor was shown, each once."""
        shown = [source for answer in self.answers for source in answer.metadata.get("sources") or []]
        named = [source if isinstance(source, dict) else {"title": str(source)} for source in shown]
        return list({str(one.get("url") or one.get("title")): one for one in named}.values())


def turns_of(conversation: Conversation, before: int | None = None) -> tuple[list[Turn], int | None]:
    """Give the last turns (before a message), and the id before which there are more."""
    rows = conversation.messages.prefetch_related("assessments", "reviews__reviewer").order_by("-id")
    found = list((rows.filter(pk__lt=before) if before else rows)[: LENGTH + 1])
    more = found[LENGTH - 1].pk if len(found) > LENGTH else None
    return group(reversed(found[:LENGTH])), more


def turns_after(conversation: Conversation, after: int) -> list[Turn]:
    """Give the turns of which something is newer than this message, oldest first."""
    rows = conversation.messages.prefetch_related("assessments", "reviews__reviewer")
    fresh = list(rows.filter(pk__gt=after)[:LENGTH])
    known = {one.pk for one in fresh}
    begun = {one.in_reply_to_id for one in fresh if one.in_reply_to_id} - known
    return group(sorted([*rows.filter(pk__in=begun), *fresh], key=lambda one: one.pk)) if fresh else []


def group(messages: Iterable[Message]) -> list[Turn]:
    """Put each answer under the message that it answers."""
    turns: list[Turn] = []
    places: dict[int, Turn] = {}
    for message in messages:
        if message.author == Message.Author.VISITOR:
            turn = Turn(message, [], list(message.assessments.all()), list(message.reviews.all()))
            places[message.pk] = turn
            turns.append(turn)
        elif message.in_reply_to_id in places:
            places[message.in_reply_to_id].answers.append(message)
        else:
            turns.append(Turn(None, [message]))
    return turns


def found_piece(text: str, finding: Json) -> Piece:
    """Name what was found in these words and how it is meant."""
    meaning = names().get(str(finding.get("concept")), "found")
    return Piece(text, meaning, str(finding.get("assertion") or ""))


def worth_marking(finding: Json) -> bool:
    """Mark what the triage goes by, but not each "i" and "my"."""
    return names().get(str(finding.get("concept")), "who: self") != "who: self"


def cut(text: str, findings: Iterable[Json]) -> list[Piece]:
    """Cut a text at its findings; those that lie elsewhere (earlier messages) or overlap are left out."""
    pieces, end = [], 0
    for finding in sorted(findings, key=lambda one: int(one.get("start") or 0)):
        begin, stop = int(finding.get("start") or 0), int(finding.get("end") or 0)
        if begin < end or text[begin:stop].casefold() != str(finding.get("text")).casefold():
            continue
        pieces += [Piece(text[end:begin]), found_piece(text[begin:stop], finding)]
        end = stop
    return [piece for piece in [*pieces, Piece(text[end:])] if piece.text]
