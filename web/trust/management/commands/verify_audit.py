"""Check that nobody changed, removed or slipped in entries of the audit log: `manage.py verify_audit`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trust import chain


class Command(BaseCommand):
    """Walks the whole chain; exits non-zero and names the place when it is broken."""

    help = "Check the chain over the audit log. Note the head that it prints somewhere else, and give it next time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a head that was noted before."""
        parser.add_argument("--noted", default="", help="a head from an earlier check or a week report: 1234:9f86d0...")

    def handle(self, *args: Any, noted: str, **options: Any) -> None:
        """Check and say what was found."""
        try:
            verdict = chain.verify(chain.Head.read(noted) if noted else None)
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        if not verdict.whole:
            raise CommandError("The audit log was tampered with:\n" + "\n".join(verdict.faults))
        self.stdout.write(f"The audit log is whole: {verdict.checked} entries.\nHead: {verdict.head}")
