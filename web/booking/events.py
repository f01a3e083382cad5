"""What happens to a request and who is told: the visitor by e-mail, other systems by webhook.

Both are written down in the transaction of the change itself, so none is lost and none tells of what did not happen;
`outbox.py` sends them afterwards.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone

from booking.models import BookingRequest, Delivery
from chat import watch

# Sent with each step of a request, inside its transaction; carries `booking`.
announced = Signal()


class Event(models.TextChoices):
    """The types of our webhooks, and the reasons for our e-mails."""

    REQUESTED = "booking.requested"
    CHANGED = "booking.changed"
    CONFIRMED = "booking.confirmed"
    DECLINED = "booking.declined"
    CANCELLED = "booking.cancelled"


def announce(booking: BookingRequest, event: Event) -> None:
    """Write down what has to be sent; inside the transaction of the change."""
    announced.send(BookingRequest, booking=booking)
    letters = []
    if booking.email:
        letters.append(Delivery(booking=booking, channel=Delivery.Channel.MAIL, event=event))
    if settings.BOOKING_WEBHOOK_URL:
        body = json.dumps(payload(booking, event), separators=(",", ":"), ensure_ascii=False)
        letters.append(Delivery(booking=booking, channel=Delivery.Channel.WEBHOOK, event=event, body=body))
    Delivery.objects.bulk_create(letters)
    if letters:
        transaction.on_commit(watch.wake)


def payload(booking: BookingRequest, event: Event) -> dict[str, Any]:
    """Give what another system learns: nothing of the triage, and contact details only where the clinic wants it."""
    data: dict[str, Any] = {
        "reference": booking.reference,
        "state": booking.state,
        "starts_at": booking.slot.starts_at.isoformat(),
        "minutes": booking.slot.length,
        "sequence": booking.sequence,
    }
    if settings.BOOKING_WEBHOOK_DETAILS:
        data |= {"name": booking.name, "phone": booking.phone, "email": booking.email}
    return {"type": event.value, "timestamp": timezone.now().isoformat(), "data": data}
