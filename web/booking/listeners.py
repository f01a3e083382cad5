"""What the booking does when something happens in the chat."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from booking.models import BookingRequest, Handoff
from chat.models import Conversation
from chat.signals import care_needed, conversation_erased, export_wanted

BOOKING_FIELDS = ("reference", "name", "phone", "email", "note", "consent_at", "created_at", "state", "slot__starts_at")

KEPT = (
    "Your request {reference} stays with the clinic, with your name, how to reach you and your note, because it is "
    "needed for the appointment and the clinic's records. What you told the assistant was taken out of it. To cancel "
    "the appointment, use the link that came with its number; for the rest, ask the clinic."
)


@receiver(care_needed)
def pause_handoffs(conversation: Conversation, **_: object) -> None:
    """Put an unfinished booking aside: care comes first. The assistant can open it again."""
    conversation.handoffs.filter(state=Handoff.State.OPEN).update(state=Handoff.State.PAUSED)


@receiver(export_wanted)
def export_bookings(conversation: Conversation, **_: object) -> tuple[str, list[dict[str, Any]]]:
    """Give the hand-offs and the booking requests, contact details included."""
    bookings = BookingRequest.objects.filter(handoff__conversation=conversation)
    kept = [{"handoff": one} for one in conversation.handoffs.values("summary", "created_at", "state")]
    return "bookings", [*kept, *({"request": one} for one in bookings.values(*BOOKING_FIELDS))]


@receiver(conversation_erased)
def forget_summaries(conversation: Conversation, **_: object) -> list[str]:
    """Erase what came from the chat, and requests that were cancelled; the others stay, and the visitor is told."""
    requests = BookingRequest.objects.filter(handoff__conversation=conversation)
    requests.filter(state__in=BookingRequest.GIVEN_BACK).delete()
    conversation.handoffs.filter(bookings=None).delete()
    conversation.handoffs.update(summary={})
    return [KEPT.format(reference=one.reference) for one in requests.order_by("pk")]
