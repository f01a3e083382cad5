"""The chat's public interface: send a message, read one's own conversation. What is kept of it: `mine.py`."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from chat import erasure, turns, visitors, wire
from chat.limits import require_pace
from chat.models import Erasure, Message
from chat.records import ErasedMeanwhile
from chat.submissions import Refused, guarded, read_submission


@never_cache
@require_POST
@guarded
def send_message(request: HttpRequest) -> HttpResponse:
    """Store a message, relay it, and answer with the replies; without an answer, with the advice where to get help."""
    require_pace(request)
    submission = read_submission(request)
    conversation = visitors.open_conversation(request)
    try:
        message = turns.deliver(*turns.store(conversation, submission))
    except ErasedMeanwhile:
        return erased_meanwhile(conversation.pk)
    response = JsonResponse(wire.turn(message), status=200 if message.status == Message.Status.ANSWERED else 503)
    visitors.remember(response, conversation.pk)
    return response


def erased_meanwhile(known: uuid.UUID) -> HttpResponse:
    """Erase once more what Rasa has just written, and say so."""
    Erasure.objects.filter(pk=known).update(done_at=None)
    erasure.finish(known)
    refusal = Refused(410, "erased", "This conversation was erased. Reload the page to begin a new one.")
    return JsonResponse({"error": refusal.code, "message": refusal.message}, status=refusal.status)


@never_cache
@require_GET
@guarded
def begin(request: HttpRequest) -> HttpResponse:
    """Bind this browser to its conversation just before the first message, and give the token that every post needs."""
    known = visitors.conversation_id(request)
    if known is None or Erasure.objects.filter(pk=known).exists():
        known = uuid.uuid4()
    response = JsonResponse({"csrf": get_token(request)})
    visitors.remember(response, known)
    return response


@never_cache
@require_GET
@guarded
def conversation(request: HttpRequest) -> HttpResponse:
    """Give the visitor's own conversation. Whoever only looks gets no cookie."""
    own = visitors.own_conversation(request)
    response = JsonResponse({"max_characters": settings.MESSAGE_MAX_CHARACTERS, **wire.history(own)})
    if own:
        visitors.remember(response, own.pk)
    return response
