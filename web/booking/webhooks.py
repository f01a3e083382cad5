"""Signed webhooks after the Standard Webhooks specification (https://www.standardwebhooks.com).

The receiver checks the signature over id, timestamp and body, and takes each `webhook-id` once: a repeated attempt
carries the same id and the same body.
"""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
from django.conf import settings
from standardwebhooks import Webhook

from booking.models import Delivery

PATIENCE = httpx.Timeout(10.0)


class Gone(Exception):  # noqa: N818 - it names an answer
    """The receiver wants no more of these (410)."""


def send(delivery: Delivery) -> None:
    """Post it; raise httpx.HTTPError when it was not taken, Gone when it never will be."""
    now = datetime.now(UTC)
    message = f"msg_{delivery.pk.hex}"
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(settings.BOOKING_WEBHOOK_SECRET).sign(message, now, delivery.body),
    }
    with httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as http:
        answer = http.post(settings.BOOKING_WEBHOOK_URL, content=delivery.body.encode(), headers=headers)
    if answer.status_code == httpx.codes.GONE:
        raise Gone("the receiver answered 410: it wants no more of these")
    if not answer.is_success:
        raise httpx.HTTPError(f"the receiver answered {answer.status_code}")
