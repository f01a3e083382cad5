"""The table of rights as an authentication backend, so that `has_perm` and the templates' `perms` follow it."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model

from trust.rights import TABLE, Role, role_of


class RightsBackend(BaseBackend):
    """Answers "may this person do that?"; it signs nobody in."""

    def get_all_permissions(self, user_obj: AbstractBaseUser | AnonymousUser, obj: Model | None = None) -> set[str]:
        """List what the person's role allows."""
        role = role_of(user_obj)
        return {right.permission for right, roles in TABLE.items() if role in roles}

    def has_perm(self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        """Look into the table."""
        return perm in self.get_all_permissions(user_obj)

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        """Tell whether the person has any right at all."""
        return app_label == "trust" and isinstance(role_of(user_obj), Role)
