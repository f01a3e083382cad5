"""Keep the promises about data: `manage.py tidy`, once a day (docs/schedule.md)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from chat import erasure, turns
from trust import retention
from trust.audit import Event, record_command


class Command(BaseCommand):
    """Deletes what is too old, finishes erasures that Rasa could not confirm, flags messages left without an answer."""

    help = (
        "Delete conversations after CHAT_KEEP_DAYS and bookings after BOOKING_KEEP_DAYS, and report what was deleted."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do all of it and say how much."""
        flagged = turns.flag_unanswered()
        report = retention.delete_old(timezone.now(), lambda what: record_command(what, Event.DELETED, reason="age"))
        done, left = erasure.finish_all()
        self.stdout.write(
            f"Report {report.pk}: {len(report.conversations)} old conversations and {len(report.bookings)} old "
            f"bookings deleted, {report.held} kept by a legal hold. Rasa: {done} waiting erasures finished, "
            f"{left} left. {flagged} unanswered messages flagged."
        )
