"""Figures about quality: how fast answers come, and how far staff and assistant agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Min, Q

from chat.models import Message
from console.models import Review
from figures.period import Period
from figures.table import Row, Table, as_date, over_time, share
from figures.talk import written_in
from teaching import agreement as judged

SAMPLE = 20_000  # messages, the newest: percentiles need every single time


def response_time(period: Period) -> Table:
    """Give the middle and the slow end of the seconds between a message and its answer."""
    answered = written_in(period).filter(status=Message.Status.ANSWERED)
    rows = (
        answered.annotate(step=period.step_of("created_at"))
        .annotate(first=Min("replies__created_at", filter=Q(replies__author=Message.Author.ASSISTANT)))
        .order_by("-pk")
        .values_list("step", "created_at", "first")[:SAMPLE]
    )
    seconds: dict[date, list[float]] = defaultdict(list)
    for step, sent, first in rows:
        if first:
            seconds[as_date(step)].append((first - sent).total_seconds())
    counted = {step: [quantile(times, 0.5), quantile(times, 0.95), len(times)] for step, times in seconds.items()}
    columns = [period.step.capitalize(), "Median, s", "95th percentile, s", "Messages"]
    note = f"From the stored message to its first answer; the newest {SAMPLE:,} messages of the time."
    return Table(
        "response_time", "Response time", columns, over_time(period, counted, [None, None, 0]), "line", note, unit="s"
    )


def quantile(values: Sequence[float], part: float) -> float:
    """Give the smallest value that is not below this part of the values.

    >>> quantile([3.0, 1.0, 2.0, 4.0], 0.5), quantile([1.0], 0.95)
    (2.0, 1.0)
    """
    ordered = sorted(values)
    return round(ordered[max(0, -(-int(part * 100) * len(ordered) // 100) - 1)], 2)


def agreement(period: Period) -> Table:
    """Count the reviews that agree and disagree; the note has the share with its interval, and kappa."""
    rows = (
        Review.objects.filter(created_at__gte=period.begin, created_at__lt=period.end)
        .annotate(step=period.step_of("created_at"))
        .order_by()
        .values("step")
        .annotate(agree=Count("pk", filter=Q(verdict="agree")), every=Count("pk"))
    )
    counted = {
        as_date(one["step"]): [share(one["agree"], one["every"]), one["agree"], one["every"] - one["agree"]]
        for one in rows
    }
    columns = [period.step.capitalize(), "Agree, %", "Agree", "Disagree"]
    steps: list[Row] = over_time(period, counted, [None, 0, 0])
    return Table("agreement", "Agreement", columns, steps, "line", agreement_note(period), unit="%")


def agreement_note(period: Period) -> str:
    """Say the share of levels on which staff and assistant agree."""
    found = judged.between(period.begin, period.end)
    if found.share is None:
        return "Nobody reviewed a message in this time."
    low, high = found.interval
    kappa = "" if found.kappa is None else f" Cohen's kappa {found.kappa:.2f}."
    return (
        f"{found.agreed} of {found.judged} reviews agree with the level: {found.share:.1%} (95 % interval "
        f"{low:.1%} to {high:.1%}).{kappa} Level too low {found.too_low}, too high {found.too_high}."
    )
