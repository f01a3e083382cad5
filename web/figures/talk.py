"""Figures about what was said: topics, what was not understood, the questions of the triage."""

from __future__ import annotations

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import NullIf

from chat.models import Assessment, Message
from figures.conversations import begun_in
from figures.period import Period
from figures.table import Table, as_date, over_time, share

NOT_UNDERSTOOD = ("out_of_scope", "nlu_fallback")
NO_TOPIC = (*NOT_UNDERSTOOD, "", "affirm", "deny", "unsure", "greet", "thank", "goodbye", "restart", "stop")
TOPICS = 15
# The question that followed a message. SQLite gives JSON's null as the text "null", PostgreSQL as NULL.
ASKED = NullIf(KT("metadata__asked"), Value("null", output_field=TextField()))


def written_in(period: Period) -> QuerySet[Message]:
    """Give the visitors' messages of the conversations that began in the period; `asked` is the question put then."""
    return Message.objects.filter(
        author=Message.Author.VISITOR,
        conversation__last_message_at__gte=period.begin,
        conversation__created_at__gte=period.begin,
        conversation__created_at__lt=period.end,
    ).annotate(asked=ASKED)


def topics(period: Period) -> Table:
    """Count in how many conversations each topic came up."""
    rows = (
        written_in(period)
        .exclude(intent__in=NO_TOPIC)
        .order_by()
        .values("intent")
        .annotate(talks=Count("conversation", distinct=True))
        .order_by("-talks", "intent")[:TOPICS]
    )
    found = [(words(one["intent"]), one["talks"]) for one in rows]
    return Table("topics", "Topics", ["Topic", "Conversations"], found, "sideways")


def fallback(period: Period) -> Table:
    """Say how much of what visitors typed was not understood: outside of the topics, and no answer to a question."""
    typed = written_in(period).filter(payload="", status=Message.Status.ANSWERED)
    missed = Q(intent__in=NOT_UNDERSTOOD, asked__isnull=True, decided=False)
    rows = (
        typed.annotate(
            step=period.step_of("created_at"), decided=Exists(Assessment.objects.filter(message=OuterRef("pk")))
        )
        .order_by()
        .values("step")
        .annotate(missed=Count("pk", filter=missed), typed=Count("pk"))
    )
    counted = {as_date(one["step"]): [share(one["missed"], one["typed"]), one["missed"], one["typed"]] for one in rows}
    columns = [period.step.capitalize(), "Not understood, %", "Not understood", "Typed messages"]
    note = "Typed messages on no topic of the assistant that answered no question of it."
    return Table("fallback", "Fallback rate", columns, over_time(period, counted, [None, 0, 0]), "line", note, unit="%")


def questions_to_outcome(period: Period) -> Table:
    """Count how many questions the triage asked before its first advice."""
    first = Assessment.objects.filter(message__conversation=OuterRef("pk")).order_by("message_id")
    before = (
        Message.objects.annotate(asked=ASKED)
        .filter(conversation=OuterRef("pk"), pk__lt=OuterRef("first"), asked__isnull=False)
        .order_by()
        .values("conversation")
        .annotate(count=Count("pk"))
    )
    rows = (
        begun_in(period)
        .filter(urgency__gt=0)
        .annotate(first=Subquery(first.values("message_id")[:1]))
        .annotate(questions=Subquery(before.values("count"), output_field=IntegerField()))
        .values("questions")
        .annotate(talks=Count("pk"))
    )
    counted = {one["questions"] or 0: one["talks"] for one in rows}
    found = [(str(number), counted.get(number, 0)) for number in range(max(counted, default=-1) + 1)]
    columns = ["Questions", "Conversations"]
    return Table("questions", "Questions to outcome", columns, found, "bar", "Asked before the first advice.")


def drop_off(period: Period) -> Table:
    """Say at which question of the triage visitors left."""
    later = Message.objects.filter(
        author=Message.Author.VISITOR, conversation=OuterRef("conversation"), pk__gt=OuterRef("pk")
    )
    rows = (
        written_in(period)
        .annotate(went_on=Exists(later), question=ASKED)
        .filter(question__isnull=False)
        .order_by()
        .values("question")
        .annotate(put=Count("pk"), left=Count("pk", filter=Q(went_on=False)))
        .order_by("-put", "question")
    )
    found = [(words(one["question"]), share(one["left"], one["put"]), one["left"], one["put"]) for one in rows]
    columns = ["Question", "Left, %", "Left", "Asked"]
    note = "A visitor left at a question when it was the last thing between them and the assistant."
    return Table("drop_off", "Drop-off by question", columns, found, "sideways", note, unit="%")


def words(name: str) -> str:
    """Write a name as words: "ask_pain" as "ask pain"."""
    return name.replace("_", " ")
