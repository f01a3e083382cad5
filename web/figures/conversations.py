"""Figures about conversations that began in a period: how many, how they were decided, how many led to a booking."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from booking.models import BookingRequest
from chat.models import Conversation, Disposition
from figures.period import Period
from figures.table import Table, as_date, over_time, share


def begun_in(period: Period) -> QuerySet[Conversation]:
    """Give the conversations that began in the period; the first condition is the one that an index answers."""
    return Conversation.objects.filter(
        last_message_at__gte=period.begin, created_at__gte=period.begin, created_at__lt=period.end
    )


def visitors(period: Period) -> Table:
    """Count who opened the chat, wrote, got an advice, asked for an appointment."""
    booked = Exists(BookingRequest.objects.filter(handoff__conversation=OuterRef("pk")))
    rows = (
        begun_in(period)
        .annotate(step=period.step_of("created_at"), booked=booked)
        .values("step")
        .annotate(
            wrote=Count("pk", filter=~Q(opening="")),
            advised=Count("pk", filter=Q(urgency__gt=0)),
            asked=Count("pk", filter=Q(booked=True)),
            opened=Count("pk"),
        )
    )
    counted = {as_date(one["step"]): [one[name] for name in ("opened", "wrote", "advised", "asked")] for one in rows}
    columns = [period.step.capitalize(), "Opened the chat", "Wrote", "Got an advice", "Asked for an appointment"]
    return Table("visitors", "Visitors", columns, over_time(period, counted, [0] * 4), "line")


def dispositions(period: Period) -> Table:
    """Count the highest level of each conversation in which something was assessed."""
    rows = (
        begun_in(period)
        .filter(urgency__gt=0)
        .annotate(step=period.step_of("created_at"))
        .values("step", "urgency")
        .annotate(talks=Count("pk"))
        .values_list("step", "urgency", "talks")
    )
    counted: dict[date, list[int]] = defaultdict(lambda: [0] * len(Disposition))
    for step, urgency, talks in rows:
        counted[as_date(step)][len(Disposition) - urgency] = talks
    columns = [period.step.capitalize(), *(level.label for level in Disposition)]
    steps = over_time(period, counted, [0] * len(Disposition))
    return Table(
        "dispositions", "Dispositions", columns, steps, "stacked", levels=Disposition.values,
        note="The highest level that a conversation reached.",
    )  # fmt: skip


def bookings(period: Period) -> Table:
    """Count the booking requests of the period by what became of them."""
    rows = BookingRequest.objects.filter(created_at__gte=period.begin, created_at__lt=period.end)
    states = list(BookingRequest.State)
    counted: dict[date, list[int]] = defaultdict(lambda: [0] * len(states))
    by_state = rows.annotate(step=period.step_of("created_at")).values("step", "state").annotate(count=Count("pk"))
    for step, state, count in by_state.values_list("step", "state", "count"):
        counted[as_date(step)][states.index(BookingRequest.State(state))] = count
    columns = [period.step.capitalize(), *(str(state.label) for state in states)]
    written, asked = begun_in(period).exclude(opening="").count(), rows.count()
    part = share(asked, written)
    note = f"{asked} requests; {written} visitors wrote in this time" + (f" ({part} %)." if part is not None else ".")
    return Table(
        "bookings", "Booking requests", columns, over_time(period, counted, [0] * len(states)), "stacked", note
    )
