"""Pages about conversations: the list, the transcript, the call back, the review of a turn."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from booking.models import BookingRequest
from chat.models import Conversation, Disposition, Message
from console.access import Right, needs, record_change, record_reading, staff
from console.forms import CallBackForm, ReviewForm
from console.listing import Filters, Place, count_up_to, page_of
from console.models import Review
from console.transcript import Turn, turns_of
from trust.masking import mask_message, masked_text
from trust.reveals import Shown, shown


@needs(Right.READ)
@require_GET
def conversations(request: HttpRequest) -> HttpResponse:
    """List conversations, newest or most urgent first."""
    asked = {name: request.GET.get(name, "") for name in ("level", "only", "order")}
    filters = Filters(**asked, words=request.GET.get("q", "").strip()[:120])
    page = page_of(filters, Place.read(request.GET.get("after", "")))
    for row in page.rows:
        row.opening = masked_text(row.opening)
    waiting = Conversation.objects.filter(needs_call_back=True)
    context = {
        "page": page,
        "filters": filters,
        "levels": Disposition.choices,
        "first_page": "after" not in request.GET,
        "waiting": count_up_to(waiting),
        "bookings": bookings_of(page.rows),
    }
    return render(request, "console/conversations.html", context)


def bookings_of(rows: list[Conversation]) -> dict[uuid.UUID, BookingRequest]:
    """Find the booking requests that came from these conversations."""
    found = BookingRequest.objects.filter(handoff__conversation__in=rows).select_related("handoff").order_by("pk")
    return {one.handoff.conversation_id: one for one in found if one.handoff.conversation_id}


@needs(Right.READ)
@require_GET
def transcript(request: HttpRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """Show one conversation with what was understood and decided; who reads it is written down."""
    conversation = get_object_or_404(Conversation, pk=conversation_id)
    record_reading(request, conversation)
    return page_of_transcript(request, conversation)


def page_of_transcript(
    request: HttpRequest, conversation: Conversation, refused: tuple[int, ReviewForm] | None = None
) -> HttpResponse:
    """Draw the transcript, with the review that was refused."""
    before = request.GET.get("before", "")
    turns, more = turns_of(conversation, int(before) if before.isdecimal() else None)
    context = {
        "conversation": conversation,
        "turns": turns,
        "shown": shown_of(request, conversation, turns),
        "more": more,
        "levels": Disposition.choices,
        "seen": newest_message(conversation),
        "call_backs": conversation.call_backs.select_related("staff"),
        "booking_requests": requests_of(conversation),
        "refused_turn": refused[0] if refused else None,
        "refused": refused[1] if refused else None,
    }
    return render(request, "console/transcript.html", context, status=400 if refused else 200)


def shown_of(request: HttpRequest, conversation: Conversation, turns: list[Turn]) -> Shown | None:
    """Mask the visitor's personal data unless it is revealed to this person; None when there is none to mask."""
    state = shown(request, conversation)
    if state.open:
        return state
    covered = [mask_message(turn.said) for turn in turns if turn.said]
    return state if any(covered) else None


def requests_of(conversation: Conversation) -> QuerySet[BookingRequest]:
    """List the booking requests of a conversation."""
    return BookingRequest.objects.filter(handoff__conversation=conversation).select_related("slot").order_by("-pk")


def newest_message(conversation: Conversation) -> int:
    """Give the id of the visitor's newest message."""
    said = conversation.messages.filter(author=Message.Author.VISITOR)
    return said.aggregate(newest=Max("pk"))["newest"] or 0


@needs(Right.FOLLOW_UP)
@require_POST
def called_back(request: HttpRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """Note that somebody called back, unless the visitor has written something since this page was opened."""
    form = CallBackForm(request.POST)
    with transaction.atomic():
        conversation = get_object_or_404(Conversation.objects.select_for_update(), pk=conversation_id)
        if not form.is_valid() or form.cleaned_data["seen"] < newest_message(conversation):
            messages.error(request, "Not marked: the visitor has written again. Please read the new messages first.")
        elif conversation.needs_call_back:
            note_call_back(request, conversation, form)
            messages.success(request, "Marked as called back.")
    return redirect("console:transcript", conversation_id)


def note_call_back(request: HttpRequest, conversation: Conversation, form: CallBackForm) -> None:
    """Store the note and take the conversation off the list of those who wait."""
    form.instance.conversation, form.instance.staff = conversation, staff(request)
    form.instance.reason = conversation.call_back_reason
    form.save()
    record_change(request, conversation, needs_call_back=("yes", "no"))
    conversation.needs_call_back, conversation.call_back_reason = False, ""
    conversation.save(update_fields=["needs_call_back", "call_back_reason"])


@needs(Right.REVIEW)
@require_POST
def review(request: HttpRequest, message_id: int) -> HttpResponse:
    """Store what a staff member thinks of how a message was understood; a second review replaces the first."""
    message = get_object_or_404(Message, pk=message_id, author=Message.Author.VISITOR)
    mine = Review.objects.filter(message=message, reviewer=staff(request)).first()
    form = ReviewForm(request.POST, instance=mine or Review(message=message, reviewer=staff(request)))
    if not form.is_valid():
        return page_of_transcript(request, message.conversation, (message.pk, form))
    before = mine.verdict if mine else ""
    form.save()
    record_change(request, form.instance, verdict=(before, form.instance.verdict))
    messages.success(request, "Your review is stored. Thank you.")
    return redirect(f"{reverse('console:transcript', args=[message.conversation_id])}#turn-{message.pk}")
