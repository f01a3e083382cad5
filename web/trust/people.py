"""Staff accounts: make, give a role, close, and help who lost a password or a phone."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trust.rights import Role, role_of


class LastAdmin(Exception):  # noqa: N818 - it names a state
    """Without this account nobody could manage accounts any more."""

    def __str__(self) -> str:
        return "This is the last admin. Make somebody else an admin first."


class NewPersonForm(forms.Form):
    """A name to sign in with, and a role."""

    username = forms.CharField(
        label="User name",
        max_length=60,
        validators=[ASCIIUsernameValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(choices=Role.choices, initial=Role.VIEWER)

    def clean_username(self) -> str:
        """Refuse a name that exists in any spelling: people read "Ana" and "ana" as one."""
        name = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError("There is an account with this name. Choose another one.")
        return name


class RoleForm(forms.Form):
    """A role."""

    role = forms.ChoiceField(choices=Role.choices)


def everybody() -> QuerySet[User]:
    """List the staff accounts, open ones first."""
    people = User.objects.filter(is_staff=True).prefetch_related("groups", "authenticator_set")
    return people.order_by("-is_active", "username")


def make(username: str) -> User:
    """Make an account that nobody can sign in to yet."""
    return User.objects.create_user(username, password=None, is_staff=True)


def password_link(request: HttpRequest, user: User) -> str:
    """Make a link with which this person chooses a password; it works once, and not for long."""
    key = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    return request.build_absolute_uri(reverse("account_reset_password_from_key", args=key))


def require_other_admin(user: User) -> None:
    """Raise LastAdmin when this account is the only open admin."""
    others = User.objects.filter(is_staff=True, is_active=True, groups__name=Role.ADMIN.value).exclude(pk=user.pk)
    if role_of(user) == Role.ADMIN and not others.exists():
        raise LastAdmin


def close(user: User) -> None:
    """Close an account; it ends its sessions at the next click. It is never deleted: the audit log names it."""
    require_other_admin(user)
    user.is_active = False
    user.save(update_fields=["is_active"])


def remove_second_factor(user: User) -> None:
    """Forget the authenticator app and the recovery codes of somebody who lost them."""
    Authenticator.objects.filter(user=user).delete()
