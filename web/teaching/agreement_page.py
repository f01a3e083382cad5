"""The page that shows how far staff and assistant agree."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chat.models import Disposition
from console.access import Right, needs
from teaching import agreement as figures

PERIODS = {"30": "30 days", "90": "90 days", "365": "A year", "all": "All"}
LEVELS = [*Disposition.values, figures.NONE]


@needs(Right.FIGURES)
@require_GET
def agreement(request: HttpRequest) -> HttpResponse:
    """Show share, interval, kappa and the table of levels."""
    chosen = request.GET.get("days", "90")
    period = chosen if chosen in PERIODS else "90"
    since = None if period == "all" else timezone.now() - timedelta(days=int(period))
    found = figures.between(since)
    rows = [(given, [(wanted, found.pairs.get((given, wanted), 0)) for wanted in LEVELS]) for given in LEVELS]
    context = {"found": found, "rows": rows, "levels": LEVELS, "periods": PERIODS, "period": period}
    return render(request, "teaching/agreement.html", context)
