"""What staff do with a conversation: state, assignment, tags, notes, undo; and searches that they keep."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cases import work
from cases.models import Case, Change, SavedFilter
from cases.work import Seen, Stale
from console.access import Right, needs, record_change, staff
from console.choices import colleagues

TAG = re.compile(r"[^a-z0-9 -]+")
MOST_TAGS, LONGEST_TAG, LONGEST_NOTE = 10, 30, 2000


@needs(Right.FOLLOW_UP)
@require_POST
def change(request: HttpRequest, case_id: int) -> HttpResponse:
    """Set the state, who has it, or the tags; somebody else's newer change is never overwritten."""
    case = get_object_or_404(Case, pk=case_id)
    wanted, seen = wanted_in(request), Seen(number(request, "version"), number(request, "seen"))
    return answer(request, case, lambda: work.change(case.pk, seen, staff(request), **wanted) if wanted else None)


@needs(Right.FOLLOW_UP)
@require_POST
def note(request: HttpRequest, case_id: int) -> HttpResponse:
    """Add a note."""
    case = get_object_or_404(Case, pk=case_id)
    text = request.POST.get("note", "").replace("\x00", "").strip()[:LONGEST_NOTE]
    if not text:
        messages.error(request, "The note was empty, so nothing was stored.")
        return redirect(back(request, case))
    return answer(request, case, lambda: work.add_note(case.pk, staff(request), text))


@needs(Right.FOLLOW_UP)
@require_POST
def undo(request: HttpRequest, change_id: int) -> HttpResponse:
    """Take one's own last change back."""
    made = get_object_or_404(Change.objects.select_related("case"), pk=change_id)
    return answer(request, made.case, lambda: work.undo(made, staff(request)), undone=True)


def answer(request: HttpRequest, case: Case, act: Callable[[], Change | None], undone: bool = False) -> HttpResponse:
    """Do it, say what happened, write it down, and go back to where the person was."""
    try:
        made = act()
    except Stale as reason:
        messages.error(request, f"Not changed. {reason}")
        return redirect(reverse("console:transcript", args=[case.conversation_id]))
    if made:
        record_change(request, case, **audited(made))
        said = "Undone" if undone else f"Conversation {str(case.conversation_id)[:8]}: you {work.sentence(made)}"
        messages.success(request, f"{said}.", extra_tags="" if undone else f"undo-{made.pk}")
    return redirect(back(request, case))


def audited(made: Change) -> dict[str, tuple[str, str]]:
    """Give a change for the audit log: never the words of a note."""
    keys = made.before.keys() | made.after.keys()
    return {key: (str(made.before.get(key, "")), str(made.after.get(key, ""))) for key in sorted(keys)}


def wanted_in(request: HttpRequest) -> dict[str, Any]:
    """Read what should change; anything unknown is left out."""
    wanted: dict[str, Any] = {}
    if request.POST.get("state") in Case.State.values:
        wanted["state"] = request.POST["state"]
    if "assigned_to" in request.POST:
        known = {str(one.pk): one.pk for one in colleagues()}
        wanted["assigned_to"] = known.get(request.POST["assigned_to"])
    if "tags" in request.POST:
        wanted["tags"] = tags_in(request.POST["tags"])
    return wanted


def tags_in(text: str) -> list[str]:
    """Read tags that are divided by commas: small letters, digits, spaces and hyphens."""
    cleaned = (" ".join(TAG.sub(" ", one.lower()).split())[:LONGEST_TAG].strip() for one in text.split(","))
    return list(dict.fromkeys(one for one in cleaned if one))[:MOST_TAGS]


def number(request: HttpRequest, name: str) -> int:
    """Read a whole number; 0 when there is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def back(request: HttpRequest, case: Case) -> str:
    """Give the page of the console that the person came from, else the transcript."""
    wish = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(wish, allowed_hosts=None) and wish.startswith(
        reverse("console:conversations")
    )
    return wish if inside else reverse("console:transcript", args=[case.conversation_id])


@needs(Right.READ)
@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep a search under a name; the same name again replaces it."""
    name, query = " ".join(request.POST.get("name", "").split())[:40], request.POST.get("query", "")[:1000]
    if not name:
        messages.error(request, "Please give the search a name.")
    else:
        values = {"query": query, "shared": "shared" in request.POST}
        SavedFilter.objects.update_or_create(owner=staff(request), name=name, defaults=values)
        messages.success(request, f"“{name}” is saved. You find it above the list.")
    return redirect(f"{reverse('console:conversations')}?{query}")


@needs(Right.READ)
@require_POST
def delete_filter(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Forget one's own saved search."""
    get_object_or_404(SavedFilter, pk=filter_id, owner=staff(request)).delete()
    messages.success(request, "The saved search is gone.")
    return redirect("console:conversations")
