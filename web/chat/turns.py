"""One turn: the message is stored first, relayed once, and then its answer or the outage is kept."""

from __future__ import annotations

import time
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from chat import hidden, rasa
from chat.models import Conversation, Message
from chat.records import ErasedMeanwhile, keep_outage, keep_turn
from chat.submissions import Refused, Submission
from privacy.contacts import mask

LEASE = timedelta(seconds=10)  # longer than any relay: whoever held the message for this long is dead
STATUS = Message.Status


def store(conversation: Conversation, submission: Submission) -> tuple[Message, bool]:
    """Store the message and commit; give the stored one and False when this client id was sent before."""
    earlier = conversation.messages.filter(client_id=submission.client_id).first()
    if earlier:
        return earlier, False
    message = written(conversation, submission)
    try:
        with transaction.atomic():
            message.save(force_insert=True)
            Conversation.objects.filter(pk=conversation.pk).update(last_message_at=message.created_at)
            Conversation.objects.filter(pk=conversation.pk, opening="").update(opening=message.text[:120])
    except IntegrityError:
        return stored_by_another(conversation, submission), False
    return message, True


def written(conversation: Conversation, submission: Submission) -> Message:
    """Make the message as it is stored: a typed text without contact details, or the title of a button."""
    message = Message(conversation=conversation, client_id=submission.client_id, author=Message.Author.VISITOR)
    if submission.button is None:
        masked = mask(submission.text)
        message.text, message.metadata = masked.text, {hidden.KEY: masked.hidden} if masked.hidden else {}
    else:
        message.text, message.payload = pressed(conversation, submission)
    message.status = STATUS.RECEIVED
    message.created_at = message.relayed_at = timezone.now()
    return message


def stored_by_another(conversation: Conversation, submission: Submission) -> Message:
    """Find the same message that another request stored a moment ago."""
    found = conversation.messages.filter(client_id=submission.client_id).first()
    if found is None:
        raise ErasedMeanwhile
    return found


def pressed(conversation: Conversation, submission: Submission) -> tuple[str, str]:
    """Give title and payload of a button; only those that were offered in this conversation can be pressed."""
    offer = conversation.messages.filter(pk=submission.of or 0, author=Message.Author.ASSISTANT).first()
    buttons = offer.buttons if offer else []
    place = submission.button or 0
    if place >= len(buttons) or not buttons[place].get("payload"):
        raise Refused(400, "unknown_button", "This choice is not on offer here. Please type your answer instead.")
    return str(buttons[place].get("title") or ""), str(buttons[place]["payload"])


def deliver(message: Message, is_new: bool) -> Message:
    """Bring the message to Rasa unless that is done or under way; give it back as it is stored now."""
    if message.status == STATUS.ANSWERED:
        return message
    if not is_new and not claim(message):
        return wait_for(message)
    free_connection()
    try:
        keep_turn(message, rasa.reply_to(str(message.conversation_id), f"{message.pk}", message.text, message.payload))
    except (rasa.RasaUnavailable, DatabaseError):  # an answer that cannot be stored could not be shown again
        keep_outage(message)
    message.refresh_from_db()
    return message


def claim(message: Message) -> bool:
    """Take the message on for delivery; only one request at a time gets it."""
    now = timezone.now()
    free = Q(status=STATUS.UNDELIVERED) | Q(status=STATUS.RECEIVED, relayed_at__lt=now - LEASE)
    taken = Message.objects.filter(free, pk=message.pk).update(status=STATUS.RECEIVED, relayed_at=now)
    return taken == 1


def wait_for(message: Message) -> Message:
    """Wait for the request that delivers this message."""
    end = time.monotonic() + settings.RASA_ANSWER_SECONDS + settings.RASA_CONNECT_SECONDS
    message.refresh_from_db()  # it was read before the other request took it on
    while message.status == STATUS.RECEIVED and time.monotonic() < end:
        free_connection()
        time.sleep(0.1)
        message.refresh_from_db()
    return message


def free_connection() -> None:
    """Give the connection back to PostgreSQL's pool: waiting for Rasa must not empty it."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        connection.close()


def flag_unanswered() -> int:
    """Flag what a website that died left behind: messages received long ago, neither answered nor given up."""
    stuck = list(Message.objects.filter(status=STATUS.RECEIVED, relayed_at__lt=timezone.now() - LEASE))
    for message in stuck:
        keep_outage(message)
    return len(stuck)
