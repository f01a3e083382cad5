"""The private interface through which the assistant opens a hand-off: `POST /api/booking/handoffs`."""

from __future__ import annotations

import hmac
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from booking import desk
from booking.levels import words_of
from chat.errors import problem
from chat.models import Conversation, Disposition
from chat.submissions import Refused, guarded, read_json

MAX_SUMMARY_BYTES = 200_000  # many reasons, each with its sources
SUMMARY_KEYS = frozenset({"disposition", "reasons", "facts", "wish"})


@csrf_exempt  # no cookie is read here, only a bearer token: docs/adr/0011
@never_cache
@require_POST
@guarded
def open_handoff(request: HttpRequest) -> HttpResponse:
    """Open a hand-off with the triage summary; 409 where care comes first."""
    require_token(request)
    raw = read_json(request, most=MAX_SUMMARY_BYTES)
    conversation, summary = find_conversation(raw.get("conversation")), read_summary(raw.get("summary"))
    try:
        handoff = desk.open_handoff(conversation, summary)
    except desk.CareFirst as decision:
        return problem(409, "care_first", words_of(decision.level).advice)
    url = reverse("booking:form", args=[handoff.pk])
    return JsonResponse({"handoff": str(handoff.pk), "url": url, "slots": len(desk.open_slots())}, status=201)


def require_token(request: HttpRequest) -> None:
    """Compare the bearer token in constant time."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if not hmac.compare_digest(given, settings.BOOKING_TOKEN.encode()):
        raise Refused(401, "token", "Send the header 'Authorization: Bearer' with the value of BOOKING_TOKEN.")


def find_conversation(raw: object) -> Conversation:
    """Find the conversation of this sender id."""
    try:
        found = Conversation.objects.filter(pk=uuid.UUID(str(raw))).first()
    except ValueError:
        found = None
    if found is None:
        raise Refused(404, "conversation", "'conversation' is not the id of a conversation on this website.")
    return found


def read_summary(raw: object) -> dict[str, Any]:
    """Check the summary's form: {disposition, reasons, facts, wish}, all but disposition optional."""
    if not isinstance(raw, dict) or "disposition" not in raw or not raw.keys() <= SUMMARY_KEYS:
        raise Refused(400, "summary", f"'summary' must be an object with 'disposition'; keys: {sorted(SUMMARY_KEYS)}.")
    if raw["disposition"] is not None and raw["disposition"] not in Disposition.values:
        raise Refused(400, "summary", f"'disposition' must be null or one of {Disposition.values}.")
    well_formed = isinstance(raw.get("reasons", []), list) and isinstance(raw.get("facts", {}), dict)
    if not well_formed or not isinstance(raw.get("wish") or "", str):
        raise Refused(400, "summary", "'reasons' must be a list, 'facts' an object, 'wish' a string.")
    return raw
