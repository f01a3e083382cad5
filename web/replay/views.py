"""Pages about models: what a candidate would change, who signs, promote and go back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from chat import rasa
from console.access import Right, needs, record_change, staff
from privacy.personal import mask
from replay import promotions, runs, shelf
from replay.models import BLOCKING, Change, Promotion, Replay

PAGE = 25
Kind = Change.Kind


@needs(Right.TEACH)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List models, replays and promotions."""
    runs.bury_the_dead()
    now = serving()
    counted = {kind.value: Count("changes", filter=Q(changes__kind=kind)) for kind in Kind}
    models = [(one, promotions.last_replay(one.sha256), promotions.obstacle(one)) for one in shelf.models()]
    context = {
        "serving": now,
        "models": models,
        "replays": Replay.objects.annotate(**counted).select_related("started_by")[:20],
        "promotions": Promotion.objects.select_related("promoted_by")[:20],
        "running": Replay.objects.filter(state=Replay.State.RUNNING).exists(),
    }
    return render(request, "replay/overview.html", context)


def serving() -> dict[str, Any]:
    """Name the model that serves; nothing when Rasa is down."""
    try:
        return rasa.serving()
    except rasa.RasaUnavailable:
        return {}


@needs(Right.TEACH)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin a replay of a model."""
    model = shelf.find(request.POST.get("model", ""))
    if model is None:
        messages.error(request, "There is no such model any more.")
    elif Replay.objects.filter(state=Replay.State.RUNNING).exists():
        messages.error(request, "A replay is running. Wait until it is done: two would slow the visitors' chat down.")
    else:
        replay = runs.begin(model, staff(request))
        record_change(request, replay, model=("", f"{model.name} {model.sha256[:12]}"))
        runs.start_beside(replay, model)
        return redirect("console:replay:replay", replay.pk)
    return redirect("console:replay:overview")


@needs(Right.TEACH)
@require_GET
def replay(request: HttpRequest, replay_id: int) -> HttpResponse:
    """Show what changes, what blocks first."""
    run = get_object_or_404(Replay.objects.select_related("started_by"), pk=replay_id)
    counts = dict(run.changes.values_list("kind").annotate(found=Count("pk")))
    tabs = [(kind, counts.get(kind.value, 0)) for kind in Kind]
    chosen = request.GET.get("kind", "")
    kind = Kind(chosen) if chosen in Kind.values else next((one for one, found in tabs if found), Kind.DOWN)
    found = Paginator(run.changes.filter(kind=kind).select_related("message", "signed_by"), PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "run": run,
        "tabs": tabs,
        "kind": kind,
        "page": page,
        "rows": [shown(one) for one in page],
        "blocking": kind in BLOCKING,
        "unsigned": promotions.unsigned(run).count(),
    }
    return render(request, "replay/replay.html", context)


def shown(change: Change) -> dict[str, Any]:
    """Give a change with masked words."""
    sides = {
        side: {**seen, "answers": [mask(answer) for answer in seen["answers"]]}
        for side, seen in (("before", change.before), ("after", change.after))
    }
    return {"change": change, "words": mask(change.message.text), **sides}


@needs(Right.SIGN_OFF)
@require_POST
def sign(request: HttpRequest, change_id: int) -> HttpResponse:
    """Sign that a level may go down here, with the reason."""
    change = get_object_or_404(Change, pk=change_id, kind__in=BLOCKING)
    reason = request.POST.get("reason", "").strip()[:1000]
    if not reason:
        messages.error(request, "Not signed: please say why this is right.")
    elif not Change.objects.filter(pk=change.pk, signed_by=None).update(
        signed_by=staff(request), signed_at=timezone.now(), reason=reason
    ):
        messages.error(request, "Somebody has signed this already.")
    else:
        record_change(request, change, signed=("", "yes"))
        messages.success(request, "Signed.")
    return redirect("console:replay:replay", change.replay_id)


@needs(Right.TEACH)
@require_POST
def promote(request: HttpRequest) -> HttpResponse:
    """Let a model serve."""
    model = shelf.find(request.POST.get("model", ""))
    if model is None:
        messages.error(request, "There is no such model any more.")
        return redirect("console:replay:overview")
    return told(request, lambda: promotions.promote(model, staff(request)))


@needs(Right.TEACH)
@require_POST
def roll_back(request: HttpRequest) -> HttpResponse:
    """Let the model before serve again."""
    return told(request, lambda: promotions.roll_back(staff(request)))


def told(request: HttpRequest, act: Any) -> HttpResponse:
    """Promote, and say how it went; who did it is written down."""
    try:
        done = act()
    except (promotions.NotPromoted, rasa.RasaUnavailable) as problem:
        messages.error(request, str(problem))
    else:
        record_change(request, done, serving=(done.previous, f"{done.model} {done.sha256[:12]}"))
        messages.success(request, f"{done.model} serves from now on. No message was dropped for it.")
    return redirect("console:replay:overview")
