"""Whose conversation it is: a signed cookie says so, and nothing that a client sends besides."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chat.models import Conversation, Erasure

COOKIE = "chat"
SALT = "chat.conversation"
PATH = "/chat/"  # the console and the clinic's pages never see it


def conversation_id(request: HttpRequest) -> uuid.UUID | None:
    """Read the id from the cookie; None when the cookie is missing, too old or not signed by us."""
    raw = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=settings.CHAT_COOKIE_SECONDS)
    try:
        return uuid.UUID(raw)
    except (TypeError, ValueError):
        return None


def own_conversation(request: HttpRequest) -> Conversation | None:
    """Find the visitor's conversation, if there is one."""
    known = conversation_id(request)
    return Conversation.objects.filter(pk=known).first() if known else None


def open_conversation(request: HttpRequest) -> Conversation:
    """Find the visitor's conversation or begin it. The cookie may be older than the row, never the other way."""
    known = conversation_id(request) or uuid.uuid4()
    found = Conversation.objects.filter(pk=known).first()
    if found:
        return found
    if Erasure.objects.filter(pk=known).exists():
        known = uuid.uuid4()  # an erased conversation never comes back
    return Conversation.objects.get_or_create(pk=known)[0]


def remember(response: HttpResponse, known: uuid.UUID) -> None:
    """Bind the browser to the conversation."""
    response.set_signed_cookie(
        COOKIE,
        str(known),
        salt=SALT,
        max_age=settings.CHAT_COOKIE_SECONDS,
        path=PATH,
        secure=settings.CHAT_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Cut the browser loose from the conversation."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
