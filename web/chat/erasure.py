"""A visitor's control over their data: take it along, or have it erased everywhere."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from chat import rasa, wire
from chat.models import Conversation, Erasure
from chat.signals import conversation_erased, export_wanted


def export(conversation: Conversation) -> dict[str, Any]:
    """Collect all that is kept of a conversation, from every part of the website."""
    messages = [
        {
            "author": one.author,
            "text": one.text,
            "at": one.created_at.isoformat(),
            "understood": {"intent": one.intent, "findings": one.findings, "flags": one.flags} if one.intent else None,
            "assessments": [
                {"disposition": each.disposition, "reasons": each.reasons, "knowledge_version": each.knowledge_version}
                for each in one.assessments.all()
            ],
        }
        for one in conversation.messages.prefetch_related("assessments")
    ]
    begun = conversation.created_at.isoformat()
    whole = {"conversation": str(conversation.pk), "begun_at": begun, "messages": messages}
    return {**whole, "assessment": wire.assessment(conversation), **parts_of_others(conversation)}


def parts_of_others(conversation: Conversation) -> dict[str, Any]:
    """Collect what other parts of the website keep, each under its name."""
    parts: list[tuple[Any, Any]] = export_wanted.send(Conversation, conversation=conversation)
    return {name: part for _, (name, part) in parts}


class Held(Exception):  # noqa: N818 - it names a state
    """The clinic must keep this conversation for now, for legal reasons."""


@dataclass(frozen=True)
class Receipt:
    """What a visitor is told about an erasure: its number, whether Rasa's part is gone too, what is not erased."""

    number: str
    complete: bool
    kept: tuple[str, ...] = ()


def erase(conversation: Conversation) -> Receipt:
    """Delete the conversation here and in Rasa, which may have to wait; raise Held where the clinic must keep it."""
    known = conversation.pk
    try:
        with transaction.atomic():
            erasure, _ = Erasure.objects.get_or_create(conversation_id=known)
            told: list[tuple[Any, Any]] = conversation_erased.send(Conversation, conversation=conversation)
            conversation.delete()
    except ProtectedError as problem:
        raise Held(f"conversation {known} is under a legal hold") from problem
    kept = tuple(sentence for _, sentences in told for sentence in sentences)
    return Receipt(erasure.receipt, finish(known), kept)


def finish(known: uuid.UUID) -> bool:
    """Have Rasa erase its part; a failure leaves the erasure on the list."""
    try:
        rasa.forget(str(known))
    except rasa.RasaUnavailable:
        return False
    Erasure.objects.filter(pk=known).update(done_at=timezone.now())
    return True


def finish_all() -> tuple[int, int]:
    """Finish the erasures that are not done until one fails; give how many are done now and how many are left."""
    done = 0
    waiting = list(Erasure.objects.filter(done_at=None).order_by("created_at").values_list("pk", flat=True))
    for known in waiting:
        if not finish(known):
            break  # Rasa is down: the others would fail too
        done += 1
    return done, len(waiting) - done
