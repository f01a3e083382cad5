"""Give approved examples to `make pull-corrections`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from teaching.inbox import lines, mark
from teaching.models import Example
from trust.audit import Event, record_command


class Command(BaseCommand):
    """Print examples that wait, or note that some have been written into the repository."""

    help = "Print the approved examples that wait for a developer as JSON lines; with --written, mark them as exported."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the ids that have been written."""
        parser.add_argument("--written", nargs="*", type=int, help="ids of examples that are in the repository now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print or mark."""
        waiting = Example.objects.filter(exported_at=None)
        if options["written"] is None:
            self.stdout.write(lines(list(waiting)), ending="")
            return
        done = list(waiting.filter(pk__in=options["written"]))
        for one in done:
            record_command(one, Event.EXPORTED, kind=one.kind)
        mark([one.pk for one in done])
