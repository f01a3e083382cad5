"""`manage.py refresh_cases`: work out every case anew, for instance after the rules of the order by risk changed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cases.refresh import refresh_all
from chat.models import Conversation


class Command(BaseCommand):
    """Bring cases up to date."""

    help = "Bring the cases of all conversations up to date, or only make those that are missing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one option."""
        parser.add_argument("--missing", action="store_true", help="only conversations that have no case yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many."""
        rows = Conversation.objects.all()
        done = refresh_all(rows.filter(case=None) if options["missing"] else rows)
        self.stdout.write(f"{done} case{'' if done == 1 else 's'} brought up to date.")
