"""A visitor's own data: what is kept, as a page and as a file; erase it, with a receipt that can be looked up."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from chat import erasure, visitors
from chat.limits import require_pace
from chat.models import Conversation, Disposition, Erasure
from chat.submissions import Refused, guarded

NOTHING = "No conversation of yours is kept here."
HELD = "The clinic must keep this conversation for now, for legal reasons. Please ask its privacy officer."
ERASED = "Your conversation is erased: here, and in the memory of the assistant."
ERASED_HERE = "Your conversation is erased here. One copy is out of reach now and will be erased as soon as it is back."


@never_cache
@require_GET
@guarded
def overview(request: HttpRequest) -> HttpResponse:
    """Show what the clinic knows through this chat, in words."""
    require_pace(request)
    found = visitors.own_conversation(request)
    context: dict[str, object] = {"keep_days": settings.CHAT_KEEP_DAYS, "contact": settings.PRIVACY_CONTACT}
    if found is not None:
        known = erasure.export(found)
        decided = known["assessment"]
        context |= {"known": known, "level": Disposition(decided["disposition"]).label if decided else ""}
    return render(request, "chat/mine.html", context)


@never_cache
@require_GET
@guarded
def export(request: HttpRequest) -> HttpResponse:
    """Give the visitor all that is kept of their conversation, as a file."""
    require_pace(request)
    file = JsonResponse(erasure.export(own(request)), json_dumps_params={"indent": 2, "ensure_ascii": False})
    file["Content-Disposition"] = 'attachment; filename="my-conversation.json"'
    return file


def own(request: HttpRequest) -> Conversation:
    """Find the visitor's conversation; raise Refused when there is none."""
    found = visitors.own_conversation(request)
    if found is None:
        raise Refused(404, "nothing_kept", NOTHING)
    return found


@never_cache
@require_POST
@guarded
def delete(request: HttpRequest) -> HttpResponse:
    """Erase the visitor's conversation; the answer has the receipt and says what is not erased."""
    require_pace(request)
    found = visitors.own_conversation(request)
    try:
        said: dict[str, object] = {"message": NOTHING} if found is None else erased(erasure.erase(found))
    except erasure.Held:
        raise Refused(409, "held", HELD) from None
    response = answer(request, said)
    visitors.forget(response)
    return response


def answer(request: HttpRequest, said: dict[str, object]) -> HttpResponse:
    """Say how far an erasure is: as a page to a form, as JSON to the widget."""
    page = "text/html" in request.headers.get("Accept", "")
    return render(request, "chat/erased.html", said) if page else JsonResponse(said)


def erased(receipt: erasure.Receipt) -> dict[str, object]:
    """Say what was erased, what was not, and under which number the clinic finds the erasure."""
    return {
        "message": ERASED if receipt.complete else ERASED_HERE,
        "receipt": receipt.number,
        "look_up": reverse("chat:receipt", args=[receipt.number]),
        "complete": receipt.complete,
        "kept": list(receipt.kept),
    }


@never_cache
@require_GET
@guarded
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Say how far an erasure has come: nothing but two dates is left of it."""
    require_pace(request)
    found = Erasure.objects.filter(receipt=number.upper()).first()
    if found is None:
        raise Refused(404, "no_receipt", "There is no erasure with this number. Please look at its letters again.")
    complete = found.done_at is not None
    return answer(
        request, {"message": ERASED if complete else ERASED_HERE, "receipt": found.receipt, "complete": complete}
    )
