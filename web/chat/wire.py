"""What the widget gets to see: never a button's payload, nothing that was understood."""

from __future__ import annotations

from typing import Any

from chat import formatting
from chat.models import Assessment, Conversation, Message

LINKS = ("tel:", "sms:", "https://")
DRAWN_WITH_ADVICE = ("/explain", "/print_advice")  # "Why this answer?", "Print or save"
HISTORY = 200  # messages


def message(one: Message) -> dict[str, Any]:
    """Give a message of either side."""
    shown = {
        "id": one.pk,
        "author": one.author,
        "text": one.text,
        "buttons": [button(each, one.metadata.get("type") == "advice") for each in one.buttons],
        "custom": one.custom,
        "created_at": one.created_at.isoformat(),
    }
    if one.author == Message.Author.VISITOR:
        return {**shown, "metadata": {}, "client_id": one.client_id, "status": one.status}
    return {**shown, "shown": formatting.blocks(one.text), "metadata": one.metadata}


def button(raw: dict[str, Any], of_advice: bool = False) -> dict[str, Any]:
    """Give a button's title, where it leads if anywhere, and whether the drawing of an advice has it already."""
    if of_advice and raw.get("payload") in DRAWN_WITH_ADVICE:
        return {"title": str(raw.get("title") or ""), "drawn": True}
    title, link = str(raw.get("title") or ""), str(raw.get("url") or raw.get("href") or "")
    link = link if link.startswith(LINKS) else formatting.number_to_call(title)
    return {"title": title, **({"href": link} if link else {})}


def turn(sent: Message) -> dict[str, Any]:
    """Give the answer to a message: of an undelivered one, the advice where to get help. `first`: it began the talk."""
    waits_for_answer = sent.status != Message.Status.ANSWERED
    authors = [Message.Author.SYSTEM] if waits_for_answer else [Message.Author.ASSISTANT]
    return {
        "status": sent.status,
        "first": not sent.conversation.messages.filter(pk__lt=sent.pk).exists(),
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
