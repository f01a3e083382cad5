"""The record of a turn: replies, understanding, assessment and flags for staff, in one transaction."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from chat import hidden, rasa
from chat.models import Assessment, CallBackReason, Conversation, Disposition, Message
from chat.signals import care_needed

CARE_FIRST = Disposition.SOON.urgency
STATUS = Message.Status


class ErasedMeanwhile(Exception):  # noqa: N818 - it names a state
    """The visitor erased the conversation while the answer was on its way."""


@transaction.atomic
def keep_turn(message: Message, turn: rasa.Turn) -> None:
    """Store replies, understanding and assessment together, or nothing of them."""
    conversation = locked(message)
    if answered_meanwhile(message):
        return
    Message.objects.filter(pk=message.pk).update(
        status=STATUS.ANSWERED,
        intent=turn.intent,
        confidence=turn.confidence,
        findings=list(turn.findings),
        flags=list(turn.flags),
        metadata={**message.metadata, **understood(turn)},
    )
    Message.objects.bulk_create(answers(message, turn))
    raised = keep_assessment(message, conversation, turn)
    if raised or any(level_of(flag) >= CARE_FIRST for flag in turn.flags):
        care_needed.send(Conversation, conversation=conversation, level=turn.disposition)
    update_conversation(conversation, turn)


def understood(turn: rasa.Turn) -> rasa.Json:
    """Give what staff read of a turn besides intent, findings and flags."""
    languages = [one.metadata["language"] for one in turn.replies if one.metadata.get("language")]
    return {
        "classified_intent": turn.classified_intent,
        "asked": turn.asked,
        "runner_up": turn.runner_up,
        "facts": turn.facts,
        **({"language": str(languages[0])} if languages else {}),
    }


def locked(message: Message) -> Conversation:
    """Take the conversation's row, so that two turns of it are stored one after the other."""
    conversation = Conversation.objects.select_for_update().filter(pk=message.conversation_id).first()
    if conversation is None:
        raise ErasedMeanwhile
    return conversation


def answered_meanwhile(message: Message) -> bool:
    """Tell whether a request that was thought dead has stored the answer after all."""
    return Message.objects.filter(pk=message.pk, status=STATUS.ANSWERED).exists()


def answers(message: Message, turn: rasa.Turn) -> list[Message]:
    """Make the replies, with a note when something was hidden in the message: after what is urgent, else before."""
    replies, note = [answer(message, reply) for reply in turn.replies], hidden.notice(message)
    if note is None:
        return replies
    urgent = turn.flags or (turn.disposition and turn.disposition.urgency >= CARE_FIRST)
    return [*replies, note] if urgent else [note, *replies]


def answer(message: Message, reply: rasa.Reply) -> Message:
    """Make the stored form of a reply."""
    return Message(
        conversation_id=message.conversation_id,
        author=Message.Author.ASSISTANT,
        text=reply.text,
        buttons=list(reply.buttons),
        custom=reply.custom,
        metadata=reply.metadata,
        in_reply_to=message,
    )


def keep_assessment(message: Message, conversation: Conversation, turn: rasa.Turn) -> bool:
    """Store a decision that is new or has new reasons; tell whether it asks for care first and raised the level."""
    if turn.disposition is None:
        return False
    reasons = list(turn.reasons)
    last = Assessment.objects.filter(message__conversation=conversation).last()
    if last is None or (last.disposition, last.reasons) != (turn.disposition, reasons):
        version = str(reasons[-1].get("knowledge_version") or "") if reasons else ""
        Assessment.objects.create(
            message=message, disposition=turn.disposition, reasons=reasons, knowledge_version=version[:64]
        )
    before = Disposition(last.disposition).urgency if last else 0
    return turn.disposition.urgency > before and turn.disposition.urgency >= CARE_FIRST


def update_conversation(conversation: Conversation, turn: rasa.Turn) -> None:
    """Keep the highest level, whether somebody has to call, and whether all messages are answered."""
    reason = reason_to_call(conversation, turn)
    if turn.disposition and turn.disposition.urgency > conversation.urgency:
        conversation.disposition, conversation.urgency = turn.disposition, turn.disposition.urgency
    if conversation.outage:
        conversation.outage = conversation.messages.filter(status=STATUS.UNDELIVERED).exists()
        if not conversation.outage and conversation.call_back_reason == CallBackReason.OUTAGE:
            conversation.needs_call_back, conversation.call_back_reason = False, ""
    if reason:
        conversation.needs_call_back, conversation.call_back_reason = True, reason
    conversation.last_message_at = timezone.now()
    conversation.save()


def reason_to_call(conversation: Conversation, turn: rasa.Turn) -> CallBackReason | None:
    """Say why staff should call, if this very turn gives a reason; what they have dealt with does not come back."""
    names = [str(flag.get("flag", "")).lower() for flag in turn.flags]
    if any(word in name for name in names for word in settings.SELF_HARM_FLAGS):
        return CallBackReason.SELF_HARM
    fired = any(level_of(flag) == Disposition.EMERGENCY.urgency for flag in turn.flags)
    raised = turn.disposition == Disposition.EMERGENCY and conversation.disposition != Disposition.EMERGENCY
    return CallBackReason.EMERGENCY if fired or raised else None


def level_of(flag: rasa.Json) -> int:
    """Give the urgency of a flag; a level that nobody knows counts as the highest."""
    level = flag.get("level")
    return Disposition(level).urgency if level in Disposition.values else Disposition.EMERGENCY.urgency


@transaction.atomic
def keep_outage(message: Message) -> None:
    """Keep the message as undelivered, tell the visitor where to get help, and flag the conversation for staff."""
    conversation = locked(message)
    if answered_meanwhile(message):
        return
    Message.objects.filter(pk=message.pk).update(status=STATUS.UNDELIVERED)
    system = Message.Author.SYSTEM
    if not message.replies.filter(author=system).exists():
        advice = settings.OUT_OF_ORDER_ADVICE
        Message.objects.create(conversation=conversation, author=system, text=advice, in_reply_to=message)
    conversation.outage = conversation.needs_call_back = True
    conversation.call_back_reason = conversation.call_back_reason or CallBackReason.OUTAGE
    conversation.save(update_fields=["outage", "needs_call_back", "call_back_reason"])
