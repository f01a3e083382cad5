"""What the widget gets to see: never a button's payload, nothing that was understood."""

from __future__ import annotations

from typing import Any

from chat.models import Assessment, Conversation, Message

LINKS = ("tel:", "sms:", "https://")
HISTORY = 200  # messages


def message(one: Message) -> dict[str, Any]:
    """Give a message of either side."""
    shown = {
        "id": one.pk,
        "author": one.author,
        "text": one.text,
        "buttons": [button(each) for each in one.buttons],
        "custom": one.custom,
        "created_at": one.created_at.isoformat(),
    }
    if one.author == Message.Author.VISITOR:
        return {**shown, "metadata": {}, "client_id": one.client_id, "status": one.status}
    return {**shown, "metadata": one.metadata}


def button(raw: dict[str, Any]) -> dict[str, str]:
    """Give a button's title, and its link where it is one ("Call 911")."""
    link = str(raw.get("url") or raw.get("href") or "")
    return {"title": str(raw.get("title") or ""), **({"href": link} if link.startswith(LINKS) else {})}


def turn(sent: Message) -> dict[str, Any]:
    """Give the answer to a message: of an undelivered one, the advice where to get help."""
    waits_for_answer = sent.status != Message.Status.ANSWERED
    authors = [Message.Author.SYSTEM] if waits_for_answer else [Message.Author.ASSISTANT]
    return {
        "status": sent.status,
        "message": message(sent),
        "replies": [message(one) for one in sent.replies.filter(author__in=authors)],
        "assessment": assessment(sent.conversation),
    }


def history(conversation: Conversation | None) -> dict[str, Any]:
    """Give the last messages, oldest first."""
    if conversation is None:
        return {"messages": [], "assessment": None}
    latest = list(conversation.messages.order_by("-id")[:HISTORY])
    return {"messages": [message(one) for one in reversed(latest)], "assessment": assessment(conversation)}


def assessment(conversation: Conversation) -> dict[str, Any] | None:
    """Give the latest decision with its reasons."""
    last = Assessment.objects.filter(message__conversation=conversation).last()
    return {"disposition": last.disposition, "reasons": last.reasons} if last else None
