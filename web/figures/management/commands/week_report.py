"""Send the figures of the last whole week: `manage.py week_report`, every Monday (docs/schedule.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from figures import report
from figures.period import Period, day


class Command(BaseCommand):
    """Writes the letter and sends it, or prints it."""

    help = "Send the week report by e-mail to WEEK_REPORT_TO (or --to). With --print, only show it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the receivers and the week."""
        parser.add_argument("--to", nargs="*", default=None, help="e-mail addresses instead of WEEK_REPORT_TO")
        parser.add_argument("--day", default="", help="a day of the week after the one to report (default: today)")
        parser.add_argument("--print", action="store_true", dest="only_print", help="show the letter, send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send or print."""
        period = Period.last_week(day(options["day"]) or timezone.localdate())
        text = report.letter(period, settings.CONSOLE_ADDRESS and f"{settings.CONSOLE_ADDRESS}/console/figures/")
        if options["only_print"]:
            self.stdout.write(text)
            return
        to = settings.WEEK_REPORT_TO if options["to"] is None else options["to"]
        if not to or settings.EMAIL_BACKEND.endswith(("dummy.EmailBackend", "console.EmailBackend")):
            raise CommandError(
                "Nothing was sent: set WEEK_REPORT_TO (addresses, separated by commas) and EMAIL_HOST in the "
                "environment, or say --print."
            )
        EmailMessage(report.subject(settings.CLINIC_NAME, period), text, to=to).send()
        self.stdout.write(f"The report on {period} is sent to {len(to)} address(es).")
