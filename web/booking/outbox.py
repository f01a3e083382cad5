"""Sends what `events.py` wrote down, again and again with growing pauses until it has arrived or is given up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.utils import timezone

from booking import mail, webhooks
from booking.models import Delivery

# Pauses after the first, second, ... failed attempt: those that Standard Webhooks proposes.
PAUSES = [timedelta(seconds=5), *(timedelta(minutes=one) for one in (5, 30, 120, 300, 600, 840, 1200, 1440))]
LEASE = timedelta(minutes=2)  # longer than any attempt: after it, whoever was sending has died
SENDERS: dict[str, Callable[[Delivery], None]] = {
    Delivery.Channel.MAIL: mail.send,
    Delivery.Channel.WEBHOOK: webhooks.send,
}
log = structlog.get_logger(__name__)


def send_due(most: int = 50) -> int:
    """Send what is due; give how many have arrived."""
    due = list(Delivery.objects.filter(next_at__lte=timezone.now()).order_by("next_at")[:most])
    return sum(attempt(one) for one in due)


def attempt(delivery: Delivery) -> bool:
    """Try once, unless another process is at it; a failure is written down, whatever it was."""
    now = timezone.now()
    mine = Delivery.objects.filter(pk=delivery.pk, next_at=delivery.next_at, next_at__lte=now)
    if not mine.update(next_at=now + LEASE, attempts=delivery.attempts + 1):
        return False
    delivery.attempts += 1
    try:
        SENDERS[delivery.channel](delivery)
    except webhooks.Gone as problem:
        settle(delivery, str(problem), again=False)
        return False
    except Exception as problem:
        settle(delivery, f"{type(problem).__name__}: {problem}", again=True)
        return False
    Delivery.objects.filter(pk=delivery.pk).update(done_at=timezone.now(), next_at=None, problem="")
    return True


def settle(delivery: Delivery, problem: str, *, again: bool) -> None:
    """Write down why an attempt failed, and when the next one is due, if there is one."""
    pause = PAUSES[delivery.attempts - 1] if again and delivery.attempts <= len(PAUSES) else None
    next_at = timezone.now() + pause if pause else None
    Delivery.objects.filter(pk=delivery.pk).update(next_at=next_at, problem=problem[:200])
    log.warning("not_delivered", what=str(delivery), attempts=delivery.attempts, again=again)
