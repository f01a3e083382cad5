"""The chat as a plain page: HTML forms, no JavaScript. The same assistant and the same log as the widget's."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chat import frame, turns, visitors, wire
from chat.limits import require_pace
from chat.models import Erasure, Message
from chat.records import ErasedMeanwhile
from chat.submissions import Refused, Submission, submission_from

ERASED = "This conversation was erased. What you write now begins a new one."


@never_cache
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest) -> HttpResponse:
    """Show the conversation, or take a message and show its answer."""
    try:
        return send(request) if request.method == "POST" else show(request)
    except Refused as refusal:
        return show(request, refusal.message, refusal.status)
    except ErasedMeanwhile:
        return show(request, ERASED, 410)
    except DatabaseError:
        return render(request, "chat/error.html", {"message": settings.NOT_SAVED_ADVICE}, status=503)


def send(request: HttpRequest) -> HttpResponse:
    """Store, relay, and lead to the answer; a form that is sent twice is answered once."""
    require_pace(request)
    submission = read_form(request.POST)
    conversation = visitors.open_conversation(request)
    message = turns.deliver(*turns.store(conversation, submission))
    response = redirect(f"{reverse('chat:talk')}#message-{message.pk}")
    visitors.remember(response, conversation.pk)
    return response


def read_form(form: QueryDict) -> Submission:
    """Read a typed text, or a pressed choice written as "message:button"."""
    raw: dict[str, Any] = {"client_id": form.get("client_id")}
    of, divided, button = form.get("choice", "").partition(":")
    if not divided:
        return submission_from({**raw, "text": form.get("text", "")})
    numbers = {"of": of, "button": button}
    return submission_from({**raw, **{key: int(one) if one.isdecimal() else one for key, one in numbers.items()}})


def show(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    """Draw the page; what was refused stays in the box."""
    own = visitors.own_conversation(request)
    known = own.pk if own else visitors.conversation_id(request)
    if known is None or (own is None and Erasure.objects.filter(pk=known).exists()):
        known = uuid.uuid4()
    context = {**frame.frame(), **talk_of(wire.history(own)["messages"]), "problem": problem}
    context |= {"client_id": uuid.uuid4(), "text": draft(request), "max_characters": settings.MESSAGE_MAX_CHARACTERS}
    response = render(request, "chat/talk.html", context, status=status)
    visitors.remember(response, known)
    return response


def talk_of(messages: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the messages, those that the visitor can still answer, and one that got no answer."""
    places = [place for place, one in enumerate(messages) if one["author"] == Message.Author.VISITOR]
    last = messages[places[-1]] if places else None
    unanswered = last if last and last["status"] == Message.Status.UNDELIVERED else None
    return {"messages": messages, "open": messages[places[-1] + 1 :] if places else [], "unanswered": unanswered}


def draft(request: HttpRequest) -> str:
    """Give what stands in the box: what was refused, or the first words on the topic that a link asks for."""
    topic = frame.topics().get(request.GET.get("topic", ""), {})
    return request.POST.get("text") or topic.get("say", "")
