"""Keep the promises about data: `manage.py tidy`, once a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from chat import erasure, turns
from chat.models import Conversation


class Command(BaseCommand):
    """Erases what is too old, finishes erasures that Rasa could not confirm, flags messages left without an answer."""

    help = "Erase conversations older than CHAT_KEEP_DAYS, finish waiting erasures, flag unanswered messages."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do all three and say how many."""
        flagged = turns.flag_unanswered()
        limit = timezone.now() - timedelta(days=settings.CHAT_KEEP_DAYS)
        old = list(Conversation.objects.filter(last_message_at__lt=limit))
        for conversation in old:
            erasure.erase(conversation)
        done, left = erasure.finish_all()
        self.stdout.write(
            f"{len(old)} old conversations erased, {done} waiting erasures finished in Rasa, {left} left, "
            f"{flagged} unanswered messages flagged."
        )
