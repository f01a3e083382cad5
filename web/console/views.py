"""Pages about conversations: the list, the transcript and its live part, the summary, the call back, the review."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from booking.models import BookingRequest
from cases.models import Case
from cases.refresh import refresh
from cases.search import Place, Wanted
from chat.models import Conversation, Disposition, Message
from console.access import Right, needs, record_change, record_reading, staff
from console.choices import FIRST, choices, colleagues, saved_for
from console.forms import CallBackForm, ReviewForm
from console.listing import Filters, count_up_to, in_order, page_of, place_of
from console.models import Review
from console.summary import card_of
from console.transcript import Turn, turns_after, turns_of
from trust.masking import mask_message, masked_text
from trust.reveals import Shown, shown

LIVE_FOR = timedelta(minutes=30)  # after the last message, nobody expects another


@needs(Right.READ)
@require_GET
def conversations(request: HttpRequest) -> HttpResponse:
    """List what waits for staff, the worst first; or everything, newest first; or what was searched."""
    filters = Filters.read(request.GET.dict())
    asked = request.GET.copy()
    asked.pop("after", None)
    every = choices(dict(filters.facets))
    page = page_of(filters, place_of(request.GET.get("after", "")))
    for row in page.rows:
        row.opening = masked_text(row.opening)
    context = {
        "page": page,
        "filters": filters,
        "first_choices": [one for one in every if one.kind in FIRST],
        "more_choices": [one for one in every if one.kind not in FIRST],
        "chosen": [one for one in every if one.chosen],
        "more_chosen": any(one.chosen for one in every if one.kind not in FIRST) or filters.begin or filters.end,
        "query": asked.urlencode(),
        "first_page": "after" not in request.GET,
        "mine": f"view=all&assigned={request.user.pk}",
        "saved": saved_for(staff(request)),
        **counts(request),
    }
    return render(request, "console/conversations.html", context)


def counts(request: HttpRequest) -> dict[str, str]:
    """Count a little what waits."""
    mine = Case.objects.filter(assigned_to=staff(request)).exclude(state__in=Case.SETTLED)
    return {
        "waiting": count_up_to(Conversation.objects.filter(needs_call_back=True)),
        "queue_size": count_up_to(Case.objects.filter(risk__gt=0)),
        "mine_size": count_up_to(mine),
    }


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
    turns, more = turns_of(conversation, int(before) if before.isdecimal() and len(before) < 19 else None)
    case = case_of(conversation)
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
        "card": card_of(conversation, masked=not shown(request, conversation).open),
        "live": not before and is_live(conversation),
        "after": newest_any(conversation),
        **work_on(case),
    }
    return render(request, "console/transcript.html", context, status=400 if refused else 200)


def shown_of(request: HttpRequest, conversation: Conversation, turns: list[Turn]) -> Shown | None:
    """Mask the visitor's personal data unless it is revealed to this person; None when there is none to mask."""
    state = shown(request, conversation)
    if state.open:
        return state
    covered = [mask_message(turn.said) for turn in turns if turn.said]
    return state if any(covered) else None


def work_on(case: Case) -> dict[str, Any]:
    """Give what the panel beside a transcript shows."""
    return {
        "case": case,
        "states": Case.State.choices,
        "colleagues": colleagues(),
        "case_notes": case.notes.select_related("author"),
        "changes": case.changes.select_related("by")[:20],
        "next_case": next_in_queue(case),
    }


def case_of(conversation: Conversation) -> Case:
    """Give the case; one that a crash has left out is made now."""
    case = Case.objects.select_related("assigned_to").filter(conversation=conversation).first()
    if case is None:
        case = refresh(conversation.pk)
    assert case is not None, "the conversation was there a moment ago"  # noqa: S101
    return case


def next_in_queue(case: Case) -> Case | None:
    """Give what waits after this one; after the last, or when this is settled, the first of all."""
    queue = Wanted(queue=True)
    after = in_order(queue, Place(case.risk, case.pk)).first() if case.risk else None
    return after or in_order(queue, None).exclude(pk=case.pk).first()


def is_live(conversation: Conversation) -> bool:
    """Tell whether the visitor may be writing now."""
    return conversation.last_message_at > timezone.now() - LIVE_FOR


@needs(Right.READ)
@require_GET
def live(request: HttpRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """Give the turns that are new since the page was drawn; 204 when nothing is, 286 (htmx: stop) when it is over."""
    conversation = get_object_or_404(Conversation, pk=conversation_id)
    after = request.GET.get("after", "")
    turns = turns_after(conversation, int(after)) if after.isdecimal() and len(after) < 19 else []
    if not turns:
        return HttpResponse(status=204 if is_live(conversation) else 286)
    record_reading(request, conversation)
    shown_of(request, conversation, turns)
    context = {"conversation": conversation, "turns": turns, "after": newest_any(conversation), "live": True}
    answer = render(request, "console/live.html", {**context, "levels": Disposition.choices})
    answer["X-Newest"] = str(newest_message(conversation))  # what staff have seen when they decide
    return answer


def newest_any(conversation: Conversation) -> int:
    """Give the id of the newest message of either side."""
    return conversation.messages.aggregate(newest=Max("pk"))["newest"] or 0


@needs(Right.READ)
@require_GET
def summary(request: HttpRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """Show the one-card summary alone, to print or copy."""
    conversation = get_object_or_404(Conversation, pk=conversation_id)
    record_reading(request, conversation)
    state = shown(request, conversation)
    return render(
        request,
        "console/summary.html",
        {"conversation": conversation, "card": card_of(conversation, masked=not state.open)},
    )


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
