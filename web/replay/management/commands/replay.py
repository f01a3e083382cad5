"""Hold past conversations again with a candidate model: what `make replay MODEL=...` and the console run."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from replay import runs, shelf
from replay.models import Change, Replay
from replay.promotions import unsigned

Kind = Change.Kind


class Command(BaseCommand):
    """Run, store and tell what changes; the exit code is 1 when something blocks a promotion."""

    help = "Hold past conversations again with a candidate model and show only what changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the model."""
        parser.add_argument("--model", required=True, help="the candidate, such as models/candidate.tar.gz")
        parser.add_argument("--last", type=int, default=runs.NEWEST, help="how many conversations, newest first")
        parser.add_argument("--run", type=int, help="a replay that the console has begun")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""
        path = Path(options["model"]).resolve()
        if not path.is_file():
            raise CommandError(f"{path} is no file. Name a model, such as models/assistant.tar.gz.")
        model = shelf.read(path)
        run = Replay.objects.get(pk=options["run"]) if options["run"] else runs.begin(model)
        runs.run(run, path, options["last"])
        if run.state == Replay.State.FAILED:
            raise CommandError(run.problem)
        self.tell(run)

    def tell(self, run: Replay) -> None:
        """Print the counts, and each change without the visitor's words."""
        counts = dict(run.changes.values_list("kind").annotate(found=Count("pk")))
        self.stdout.write(f"{run.conversations} conversations, {run.turns} turns held again with {run.model}:")
        for kind in Kind:
            self.stdout.write(f"  {kind.label:<17}{counts.get(kind.value, 0)}")
        for one in run.changes.filter(kind__in=(Kind.DOWN, Kind.SILENT, Kind.UP)).select_related("message")[:50]:
            said = f"{one.before['intent']}, {one.before['level']} -> {one.after['intent']}, {one.after['level']}"
            self.stdout.write(f"  {one.get_kind_display()}: message {one.message_id}: {said}")
        self.stdout.write(f"The turns themselves: /console/replay/{run.pk}/")
        blocked = unsigned(run).count()
        if blocked:
            raise CommandError(f"{blocked} of them block a promotion until a clinician signs them in the console.")
