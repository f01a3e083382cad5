"""Correct a turn: which intent, sign, level or answer would have been right. For everybody who reviews."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from chat.models import Message
from console.access import Right, needs, record_change, record_reading, staff
from console.models import Review
from privacy.personal import mask
from teaching import examples
from teaching.forms import CorrectionForm
from teaching.models import ONE_OF_A_KIND, Correction

Kind = Correction.Kind


@needs(Right.REVIEW)
@require_GET
def correct(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show one message with what was understood, and the forms to correct it."""
    message = get_object_or_404(Message, pk=message_id, author=Message.Author.VISITOR)
    record_reading(request, message.conversation)
    return page(request, message)


def page(request: HttpRequest, message: Message, refused: CorrectionForm | None = None) -> HttpResponse:
    """Draw the page, with the form that was refused."""
    wrong_kind = str(refused.data.get("kind")) if refused else ""
    forms = [(kind, refused if refused and kind == wrong_kind else CorrectionForm(kind)) for kind in Kind]
    context: dict[str, Any] = {
        "said": message,
        "words": mask(message.text),
        "answers": [mask(one.text) for one in message.replies.all()],
        "level": examples.level_after(message),
        "forms": forms,
        "open": wrong_kind,
        "corrections": message.corrections.select_related("author"),
    }
    return render(request, "teaching/correct.html", context, status=400 if refused else 200)


@needs(Right.REVIEW)
@require_POST
def add(request: HttpRequest, message_id: int) -> HttpResponse:
    """Store one correction; of an intent, a level and an answer, the newest of a person counts."""
    message = get_object_or_404(Message, pk=message_id, author=Message.Author.VISITOR)
    kind = request.POST.get("kind", "")
    form = CorrectionForm(kind, request.POST, already=made_of(message, kind))
    if not form.is_valid():
        return page(request, message, form)
    kept = keep(message, staff(request), kind, form.cleaned_data)
    record_change(request, kept, **{kind: ("", kept.target)})
    messages.success(request, "Stored. It waits in the training inbox.")
    return redirect("console:teaching:correct", message_id)


def made_of(message: Message, kind: str) -> str:
    """Give the intent or the level that the assistant found."""
    if kind == Kind.INTENT:
        return message.intent
    return str(examples.level_after(message) or "") if kind == Kind.LEVEL else ""


@transaction.atomic
def keep(message: Message, author: Any, kind: str, data: dict[str, Any]) -> Correction:
    """Store the correction; one that nobody has dealt with yet gives way to a newer one of its kind."""
    mine = Correction.objects.filter(message=message, author=author, kind=kind)
    if kind == Kind.LEVEL:  # a review, which the figure of agreement counts; the correction follows from it
        judged = {"verdict": Review.Verdict.DISAGREE, "understood": data["reason"], "level": data["target"]}
        Review.objects.update_or_create(message=message, reviewer=author, defaults=judged)
        return mine.get(target=data["target"])
    if kind in ONE_OF_A_KIND:
        mine.filter(state=Correction.State.NEW).exclude(target=data["target"]).delete()
    kept, _ = mine.update_or_create(
        defaults={"reason": data["reason"]},
        create_defaults={"message": message, "author": author, "kind": kind, "reason": data["reason"]},
        target=data["target"],
    )
    if kept.state == Correction.State.DISMISSED:
        kept.state = Correction.State.NEW
        kept.save(update_fields=["state"])
    return kept


@needs(Right.REVIEW)
@require_POST
def withdraw(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Take one's own correction back while nobody has dealt with it."""
    mine = get_object_or_404(Correction, pk=correction_id, author=staff(request))
    if mine.state == Correction.State.NEW:
        record_change(request, mine, **{mine.kind: (mine.target, "withdrawn")})
        if mine.kind == Kind.LEVEL:
            Review.objects.filter(message=mine.message_id, reviewer=mine.author_id, level=mine.target).delete()
        mine.delete()
        messages.success(request, "Your correction is withdrawn.")
    else:
        messages.error(request, f"Not withdrawn: it is {mine.get_state_display().lower()} already.")
    return redirect("console:teaching:correct", mine.message_id)
