"""Who may do what in the console: five roles and one table. The same table for people: docs/rights.md."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.db import models


class Role(models.TextChoices):
    """What somebody does at the clinic; the name of the Django group that holds it."""

    VIEWER = "viewer", "Viewer"
    FRONT_DESK = "front_desk", "Front desk"
    CLINICIAN = "clinician", "Clinician"
    DEVELOPER = "developer", "Developer"
    ADMIN = "admin", "Admin"


class Right(models.TextChoices):
    """One thing that a role may or may not do. Each page of the console names the one that it needs."""

    READ = "read", "Read conversations, personal data masked"
    FIGURES = "figures", "See the figures"
    REVEAL = "reveal", "Reveal masked personal data, with a reason"
    FOLLOW_UP = "follow_up", "Follow up: call back, assign, note, tag, close"
    READ_BOOKINGS = "read_bookings", "Read booking requests"
    CHANGE_BOOKINGS = "change_bookings", "Confirm, move and cancel bookings"
    REVIEW = "review", "Judge and correct what the assistant understood"
    SIGN_OFF = "sign_off", "Sign for a disposition that goes down"
    TEACH = "teach", "Read the reviews, export corrections, replay and promote models"
    EXPORT = "export", "Export one row for each conversation"
    HOLD = "hold", "Set and lift a legal hold"
    DELETE = "delete", "Delete conversations and bookings"
    AUDIT = "audit", "Read and check the audit log"
    MANAGE_PEOPLE = "manage_people", "Manage staff accounts"

    @property
    def permission(self) -> str:
        """Give the name under which Django's `has_perm` and the templates' `perms` know it."""
        return f"trust.{self.value}"


V, F, C, D, A = Role.VIEWER, Role.FRONT_DESK, Role.CLINICIAN, Role.DEVELOPER, Role.ADMIN

TABLE: Mapping[Right, frozenset[Role]] = {
    Right.READ: frozenset({V, F, C, D, A}),
    Right.FIGURES: frozenset({V, F, C, D, A}),
    Right.REVEAL: frozenset({F, C, A}),
    Right.FOLLOW_UP: frozenset({F, C, A}),
    Right.READ_BOOKINGS: frozenset({F, C, A}),
    Right.CHANGE_BOOKINGS: frozenset({F, C, A}),
    Right.REVIEW: frozenset({F, C, D, A}),
    Right.SIGN_OFF: frozenset({C}),  # medicine: an admin who is no clinician does not sign
    Right.TEACH: frozenset({C, D, A}),
    Right.EXPORT: frozenset({C, A}),
    Right.HOLD: frozenset({C, A}),
    Right.DELETE: frozenset({A}),
    Right.AUDIT: frozenset({A}),
    Right.MANAGE_PEOPLE: frozenset({A}),
}


def role_of(user: AbstractBaseUser | AnonymousUser) -> Role | None:
    """Give the role of a staff account; None for strangers, for closed accounts and for accounts without a role.

    The answer is kept on the user object, which lives as long as one request.
    """
    if not isinstance(user, User) or not (user.is_active and user.is_staff):
        return None
    if not hasattr(user, "_role"):
        names = set(user.groups.values_list("name", flat=True))
        user._role = next((role for role in Role if role.value in names), None)  # type: ignore[attr-defined]
    return Role.ADMIN if user.is_superuser else user._role  # type: ignore[attr-defined]


def give_role(user: User, role: Role) -> None:
    """Give an account this role and no other."""
    user.groups.set([Group.objects.get_or_create(name=role.value)[0]])
    user.__dict__.pop("_role", None)
