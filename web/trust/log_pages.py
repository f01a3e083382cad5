"""The page that shows the audit log and checks its chain."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from auditlog.models import LogEntry
from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST

from trust import chain
from trust.access import needs, staff
from trust.audit import Event, record_event
from trust.rights import Right

PAGE = 50
CHECKED_AT_ONCE = 20_000  # links that a page may check while somebody waits; the command checks all
KINDS = [("read", "read"), ("changed", "changed"), *Event.choices]


@needs(Right.AUDIT)
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """List what staff did, newest first."""
    asked = {name: request.GET.get(name, "").strip() for name in ("who", "what", "of", "since", "before")}
    rows = filtered(LogEntry.objects.select_related("actor", "content_type").order_by("-pk"), asked)
    found = list(rows[: PAGE + 1])
    context = {
        "rows": found[:PAGE],
        "more": found[PAGE - 1].pk if len(found) > PAGE else None,
        "asked": asked,
        "kinds": KINDS,
        "people": User.objects.filter(is_staff=True).order_by("username"),
        "head": chain.head(),
        "filtered": any(asked[name] for name in ("who", "what", "of", "since")),
    }
    return render(request, "trust/audit.html", context)


def filtered(rows: QuerySet[LogEntry], asked: dict[str, str]) -> QuerySet[LogEntry]:
    """Narrow the entries; what cannot be read narrows nothing."""
    chosen = Q()
    if asked["before"].isdecimal():
        chosen &= Q(pk__lt=int(asked["before"][:18]))
    if asked["who"].isdecimal():
        chosen &= Q(actor_id=int(asked["who"][:18]))
    if asked["of"]:
        chosen &= Q(object_pk__startswith=asked["of"].lower()) | Q(object_repr=asked["of"])
    day = parse_since(asked["since"])
    if day:
        chosen &= Q(timestamp__gte=day)
    return rows.filter(chosen, of_kind(asked["what"]))


def of_kind(kind: str) -> Q:
    """Choose the entries of one kind."""
    if kind in Event.values:
        return Q(additional_data__event=kind)
    plain: dict[str, int] = {"read": LogEntry.Action.ACCESS, "changed": LogEntry.Action.UPDATE}
    return Q(action=plain[kind], additional_data=None) if kind in plain else Q()


def parse_since(text: str) -> datetime | None:
    """Read a date as the beginning of that day at the clinic."""
    try:
        day = parse_date(text)
    except ValueError:  # well formed, but no day: 2026-02-31
        return None
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


@needs(Right.AUDIT)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Check the chain and say what was found; the check itself is written down."""
    verdict = chain.verify(newest=CHECKED_AT_ONCE if chain.head().number > CHECKED_AT_ONCE else None)
    if verdict.whole:
        messages.success(request, whole(verdict))
    else:
        messages.error(request, "The audit log was tampered with. " + " ".join(verdict.faults))
    record_event(request, staff(request), Event.CHECKED, whole=verdict.whole, head=str(verdict.head))
    return redirect("trust:audit")


def whole(verdict: chain.Verdict) -> str:
    """Say what a check without a fault covers."""
    if verdict.head.number > verdict.checked:
        rest = "The command verify_audit checks the older ones, too."
        return f"The newest {verdict.checked} entries are whole: none was changed, removed or slipped in. {rest}"
    return f"The audit log is whole: {verdict.checked} entries, none was changed, removed or slipped in."


def told(entry: LogEntry) -> str:
    """Say what an entry records, as a verb."""
    details: dict[str, Any] = entry.additional_data or {}
    if details.get("event") in Event.values:
        return Event(details["event"]).label
    return {LogEntry.Action.CREATE: "made", LogEntry.Action.UPDATE: "changed", LogEntry.Action.DELETE: "deleted"}.get(
        entry.action, "read"
    )
