"""The training inbox: corrections become examples without personal data; nothing leaves before somebody approves it."""

from __future__ import annotations

import json

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from console.access import Right, needs, record_change, record_event, record_reading, staff
from console.reviews import page_before
from privacy.personal import mask
from teaching import examples
from teaching.approval import Approval, SentenceApproval, StoryApproval
from teaching.models import Correction, Example
from trust.audit import Event

State = Correction.State
FORMS: dict[str, type[Approval]] = {"sentence": SentenceApproval, "story": StoryApproval}


@needs(Right.TEACH)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """List the corrections in one state, newest first, with masked words."""
    chosen = request.GET.get("state", "")
    state = State(chosen) if chosen in State.values else State.NEW
    rows, more = page_before(
        Correction.objects.filter(state=state).select_related("message", "author").prefetch_related("examples"), request
    )
    context = {
        "rows": [(row, mask(row.message.text)) for row in rows],
        "more": more,
        "state": state,
        "states": State.choices,
        "waiting": Example.objects.filter(exported_at=None).count(),
    }
    return render(request, "teaching/inbox.html", context)


@needs(Right.TEACH)
@require_GET
def prepare(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Show what a correction can become, with masked words to check."""
    correction = get_object_or_404(Correction.objects.select_related("message"), pk=correction_id)
    record_reading(request, correction.message.conversation)
    return page(request, correction)


def page(request: HttpRequest, correction: Correction, name: str = "", refused: Approval | None = None) -> HttpResponse:
    """Draw the page, with the form that was refused."""
    possible = {"sentence": bool(examples.kinds(correction)), "story": examples.can_be_story(correction)}
    forms = {one: FORMS[one](correction) for one, fits in possible.items() if fits}
    if refused:
        forms[name] = refused
    context = {
        "correction": correction,
        "words": mask(correction.message.text),
        "level": examples.level_after(correction.message),
        "fired": examples.fired(correction.message),
        "sentence": forms.get("sentence"),
        "story": forms.get("story"),
        "approved": [(one, json.dumps(one.content, ensure_ascii=False, indent=1)) for one in correction.examples.all()],
    }
    return render(request, "teaching/prepare.html", context, status=400 if refused else 200)


@needs(Right.TEACH)
@require_POST
def approve(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Store the approved words as an example."""
    correction = get_object_or_404(Correction.objects.select_related("message"), pk=correction_id)
    name = request.POST.get("form", "")
    if name not in FORMS:
        return redirect("console:teaching:prepare", correction_id)
    form = FORMS[name](correction, request.POST)
    if not form.is_valid():
        return page(request, correction, name, form)
    kind = form.cleaned_data.get("kind") or Example.Kind.STORY
    with transaction.atomic():
        Example.objects.create(correction=correction, kind=kind, content=form.content(), approved_by=staff(request))
        move(request, correction, State.APPROVED)
    messages.success(request, "Approved. It waits for a developer; nothing has changed in the assistant yet.")
    return redirect("console:teaching:inbox")


def move(request: HttpRequest, correction: Correction, state: State) -> None:
    """Give a correction another state, and write down who did it."""
    record_change(request, correction, state=(correction.state, state.value))
    correction.state = state
    correction.save(update_fields=["state"])


@needs(Right.TEACH)
@require_POST
def dismiss(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Put a correction aside, or take it back into the inbox; examples that were not exported go."""
    correction = get_object_or_404(Correction, pk=correction_id)
    back = correction.state == State.DISMISSED
    correction.examples.filter(exported_at=None).delete()
    move(request, correction, State.NEW if back else State.DISMISSED)
    messages.success(request, "Back in the inbox." if back else "Dismissed.")
    return redirect("console:teaching:inbox")


@needs(Right.TEACH)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Give the approved examples as JSON lines for `make pull-corrections FILE=...`, and mark them as exported."""
    with transaction.atomic():
        waiting = list(Example.objects.select_for_update(of=("self",)).filter(exported_at=None))
        for one in waiting:
            record_event(request, one, Event.EXPORTED, kind=one.kind)
        mark([one.pk for one in waiting])
    file = HttpResponse(lines(waiting), content_type="application/x-ndjson; charset=utf-8")
    file["Content-Disposition"] = 'attachment; filename="corrections.jsonl"'
    return file


def lines(examples_: list[Example]) -> str:
    """Write one JSON object a line: kind, id and content; nothing of the conversation or of the reviewer."""
    return "".join(
        json.dumps({"id": one.pk, "kind": one.kind, **one.content}, ensure_ascii=False) + "\n" for one in examples_
    )


def mark(ids: list[int]) -> None:
    """Note that these examples have been exported; a correction whose examples all are is done."""
    Example.objects.filter(pk__in=ids).update(exported_at=timezone.now())
    done = Correction.objects.filter(examples__in=ids).exclude(examples__exported_at=None)
    done.update(state=State.EXPORTED)
