"""How often somebody may write: enough for any conversation, too little to bring the assistant down."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited
from redis.exceptions import RedisError

from chat.submissions import Refused
from chat.visitors import conversation_id
from config.middleware import visitor_address


def require_pace(request: HttpRequest) -> None:
    """Raise Refused (429) when the conversation or the address sends too much; the answer still says where help is."""
    known = conversation_id(request)
    by_address = exceeds(request, "chat.address", visitor_address(request), settings.CHAT_RATE_ADDRESS)
    by_talk = bool(known) and exceeds(request, "chat.conversation", str(known), settings.CHAT_RATE_CONVERSATION)
    if by_address or by_talk:
        raise Refused(429, "too_many", settings.TOO_MANY_MESSAGES_ADVICE)


def require_booking_pace(request: HttpRequest) -> None:
    """Raise Refused (429) when an address sends too many booking forms."""
    if exceeds(request, "booking.address", visitor_address(request), settings.BOOKING_RATE):
        raise Refused(429, "too_many", "Many forms came in a short time. Please wait a minute and send yours again.")


def exceeds(request: HttpRequest, group: str, who: str, rate: str) -> bool:
    """Count this request; a counter that is out of order lets it pass."""
    try:
        return bool(is_ratelimited(request, group=group, key=lambda *_: who, rate=rate, increment=True))
    except (RedisError, OSError):
        return False
