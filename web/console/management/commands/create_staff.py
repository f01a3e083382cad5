"""Create the first staff account."""

from __future__ import annotations

import os
import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from trust.rights import Role, give_role


class Command(BaseCommand):
    """Make one staff account when there is none; its password is shown this one time."""

    help = "Create a staff account with a random password, if there is no staff account yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for consent to print a password."""
        parser.add_argument("--print-once", action="store_true", help="print the password, now and never again")
        parser.add_argument("--username", default="staff", help="name of the account (default: staff)")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMIN, help="what it may do (default: admin)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create and print, or do nothing."""
        if not options["print_once"]:
            raise CommandError("This prints a password. Say --print-once when nobody else can see your screen.")
        if User.objects.filter(is_staff=True, is_active=True).exists():
            return
        name, given = options["username"], os.environ.get("STAFF_PASSWORD")  # given: by tests, which sign in with it
        if User.objects.filter(username=name).exists():
            raise CommandError(f"'{name}' exists, but is no active staff account. Choose another one with --username.")
        password = given or secrets.token_urlsafe(15)
        give_role(User.objects.create_user(name, password=password, is_staff=True), Role(options["role"]))
        if not given:
            self.stdout.write(f"Staff account for /console/ (shown only this once): {name}   password: {password}")
