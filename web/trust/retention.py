"""How long things are kept, and how they are deleted: by age every night, or by staff; never what is under a hold."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from booking.models import BookingRequest, Handoff
from chat import erasure
from chat.models import Conversation, Erasure
from trust.models import Deletion

type Told = Callable[[Conversation | BookingRequest], None]  # writes one deletion into the audit log


def old_conversations(now: datetime) -> QuerySet[Conversation]:
    """Find the conversations that were kept for CHAT_KEEP_DAYS after their last message."""
    limit = now - timedelta(days=settings.CHAT_KEEP_DAYS)
    return Conversation.objects.filter(last_message_at__lt=limit).order_by("last_message_at")


def old_bookings(now: datetime) -> QuerySet[BookingRequest]:
    """Find the bookings that were kept for BOOKING_KEEP_DAYS after their time; none while that is 0."""
    if not settings.BOOKING_KEEP_DAYS:
        return BookingRequest.objects.none()
    limit = now - timedelta(days=settings.BOOKING_KEEP_DAYS)
    return BookingRequest.objects.filter(slot__starts_at__lt=limit).order_by("slot__starts_at")


def delete_old(now: datetime, tell: Told) -> Deletion:
    """Delete what is too old, and keep a report."""
    report = Deletion(cause=Deletion.Cause.AGE)
    return delete(report, old_conversations(now), old_bookings(now), tell)


def delete_by_staff(
    staff: User,
    reason: str,
    tell: Told,
    conversations: QuerySet[Conversation] | None = None,
    bookings: QuerySet[BookingRequest] | None = None,
) -> Deletion:
    """Delete what somebody chose, and keep a report with their name and reason."""
    report = Deletion(cause=Deletion.Cause.STAFF, staff=staff, reason=reason)
    none = Conversation.objects.none(), BookingRequest.objects.none()
    return delete(report, conversations or none[0], bookings or none[1], tell)


def delete(
    report: Deletion, conversations: QuerySet[Conversation], bookings: QuerySet[BookingRequest], tell: Told
) -> Deletion:
    """Delete both, here and in Rasa; what a hold protects is counted and stays."""
    chosen = list(conversations.values_list("pk", flat=True)), list(bookings.values_list("pk", flat=True))
    gone = [pk for pk in chosen[0] if delete_conversation(pk, tell)]
    references = [reference for pk in chosen[1] if (reference := delete_booking(pk, tell))]
    report.conversations, report.bookings = [str(pk) for pk in gone], references
    report.held = len(chosen[0]) + len(chosen[1]) - len(gone) - len(references)
    report.waiting_in_rasa = waiting_in_rasa(gone)
    report.save()
    return report


def delete_conversation(pk: uuid.UUID, tell: Told) -> bool:
    """Delete one conversation in both stores; False when a hold protects it or the visitor was faster."""
    found = Conversation.objects.filter(pk=pk, hold=None).first()
    if found is None:
        return False
    try:
        erasure.erase(found)
    except erasure.Held:  # the hold was set this very moment
        return False
    tell(Conversation(pk=pk))
    return True


@transaction.atomic
def delete_booking(pk: int, tell: Told) -> str:
    """Delete one booking with the summary of its hand-off; give its reference, or "" when a hold protects it."""
    found = BookingRequest.objects.select_for_update(of=("self",)).filter(pk=pk, hold=None).first()
    if found is None:
        return ""
    found.delete()
    tell(BookingRequest(pk=pk, reference=found.reference))
    Handoff.objects.filter(pk=found.handoff_id, bookings=None).delete()
    return found.reference


def waiting_in_rasa(ids: Iterable[uuid.UUID] | None = None) -> int:
    """Count the conversations that are deleted here while Rasa has not confirmed yet; it is asked again and again."""
    waiting = Erasure.objects.filter(done_at=None)
    return (waiting if ids is None else waiting.filter(pk__in=list(ids)[:500])).count()
