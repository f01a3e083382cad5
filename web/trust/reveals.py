"""Reveal masked personal data of one thing: with a reason, for a quarter of an hour, written down."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from booking.models import BookingRequest
from chat.models import Conversation
from trust.access import needs
from trust.audit import Event, record_event
from trust.rights import TABLE, Right, role_of

REVEALED = "revealed"  # in the session: key of the thing -> [until, reason]
SECONDS = 15 * 60
MOST = 40  # things revealed at one time
REASONS = (
    ("call", "To call or write to this person"),
    ("booking", "To arrange their booking"),
    ("care", "To judge what care they need"),
    ("request", "They asked to see or correct their data"),
    ("other", "Another reason"),
)


class ReasonForm(forms.Form):
    """Why somebody needs to see personal data."""

    reason = forms.ChoiceField(choices=REASONS)
    words = forms.CharField(max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for words where the list says too little."""
        cleaned = super().clean() or {}
        if cleaned.get("reason") == "other" and len(str(cleaned.get("words") or "").strip()) < 5:
            self.add_error("words", "Please write the reason.")
        return cleaned

    @property
    def given(self) -> str:
        """Say the reason in words."""
        words = str(self.cleaned_data.get("words") or "").strip()
        listed = dict(REASONS)[self.cleaned_data["reason"]]
        return words if self.cleaned_data["reason"] == "other" else ": ".join(filter(None, [listed, words]))


@dataclass(frozen=True)
class Shown:
    """How one thing is shown to somebody: its key, whether they may reveal it, and whether they have."""

    key: str
    may: bool
    open: bool
    reason: str = ""

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """List the reasons to choose from."""
        return REASONS


def key_of(what: Model) -> str:
    """Name a thing in the session and in a form."""
    return f"{what._meta.model_name}-{what.pk}"


def shown(request: HttpRequest, what: Model) -> Shown:
    """Tell whether the personal data of this thing is revealed to this person now."""
    may = role_of(request.user) in TABLE[Right.REVEAL]
    until, reason = request.session.get(REVEALED, {}).get(key_of(what), (0, ""))
    return Shown(key_of(what), may, may and time.time() < until, str(reason))


@needs(Right.REVEAL)
@require_POST
def reveal(request: HttpRequest, key: str) -> HttpResponse:
    """Reveal the personal data of one thing, and write down who and why."""
    what, form = find(key), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Not revealed: please say why you need to see personal data.")
        return back(request)
    record_event(request, what, Event.REVEALED, reason=form.given)
    now = time.time()
    others = {one: rest for one, rest in request.session.get(REVEALED, {}).items() if rest[0] > now}
    latest = dict(list(others.items())[-MOST + 1 :])
    request.session[REVEALED] = {**latest, key: [now + SECONDS, form.given]}
    return back(request)


@needs(Right.REVEAL)
@require_POST
def hide(request: HttpRequest, key: str) -> HttpResponse:
    """Mask it again before the time is over."""
    request.session[REVEALED] = {one: rest for one, rest in request.session.get(REVEALED, {}).items() if one != key}
    return back(request)


def find(key: str) -> Model:
    """Find the thing that a key names; a key that was made up is not found."""
    kind, _, pk = key.partition("-")
    try:
        if kind == "conversation":
            return get_object_or_404(Conversation, pk=uuid.UUID(pk))
        if kind == "bookingrequest":
            return get_object_or_404(BookingRequest, pk=int(pk))
    except (ValueError, OverflowError):
        pass
    raise Http404


def back(request: HttpRequest) -> HttpResponse:
    """Go back to the page where the button was, if that is one of ours."""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return redirect(page if ours and page.startswith("/console/") else "console:conversations")
