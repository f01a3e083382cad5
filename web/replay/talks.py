"""Past conversations as the replay reads them: what was said, what was understood, decided and answered."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from chat.models import Assessment, Conversation, Message

type Json = dict[str, Any]


def recorded(newest: int) -> Iterator[Json]:
    """Give the newest conversations that had answers, one after the other."""
    ids = Conversation.objects.order_by("-last_message_at", "-pk").values_list("pk", flat=True)[:newest]
    for known in list(ids):
        turns = turns_of(known)
        if turns:
            yield {"conversation": str(known), "turns": turns}


def turns_of(conversation: uuid.UUID) -> list[Json]:
    """Give the answered turns; a message that was never answered says nothing about the model."""
    said = Message.objects.filter(
        conversation=conversation, author=Message.Author.VISITOR, status=Message.Status.ANSWERED
    )
    replies = Prefetch("replies", Message.objects.filter(author=Message.Author.ASSISTANT), to_attr="answers")
    decided = Prefetch("assessments", Assessment.objects.order_by("pk"), to_attr="decided")
    turns, level = [], None
    for one in said.prefetch_related(replies, decided).order_by("pk"):
        level = one.decided[-1].disposition if one.decided else level
        answers = [reply.text for reply in one.answers]
        turns.append(
            {
                "message": one.pk,
                "text": one.text,
                "payload": one.payload,
                "intent": one.intent,
                "level": level,
                "answers": answers,
            }
        )
    return turns
