"""Pages about staff accounts."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from trust import people
from trust.access import needs, staff
from trust.audit import Event, record_change, record_event
from trust.rights import TABLE, Right, Role, give_role, role_of


@needs(Right.MANAGE_PEOPLE)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the accounts and what each role may do."""
    return page(request, people.NewPersonForm())


def page(request: HttpRequest, form: people.NewPersonForm, link: str = "", of: User | None = None) -> HttpResponse:
    """Draw the page, with a link that is shown only this once."""
    context = {
        "rows": [(one, role_of(one)) for one in people.everybody()],
        "roles": Role.choices,
        "table": [(right, [role in roles for role in Role]) for right, roles in TABLE.items()],
        "form": form,
        "link": link,
        "of": of,
    }
    return render(request, "trust/people.html", context, status=400 if form.errors else 200)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Make an account and show the link with which its person chooses a password."""
    form = people.NewPersonForm(request.POST)
    if not form.is_valid():
        return page(request, form)
    role = Role(form.cleaned_data["role"])
    with transaction.atomic():
        user = people.make(form.cleaned_data["username"])
        give_role(user, role)
        record_event(request, user, Event.MADE, role=role.value)
    return page(request, people.NewPersonForm(), people.password_link(request, user), user)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def new_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """Make a new link for somebody who forgot the password; the old password works until a new one is chosen."""
    user = person(user_id)
    record_event(request, user, Event.LINKED)
    return page(request, people.NewPersonForm(), people.password_link(request, user), user)


@needs(Right.MANAGE_PEOPLE)
@require_POST
@transaction.atomic
def change_role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody another role; the next click of theirs feels it."""
    user, form = person(user_id), people.RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Please choose one of the roles.")
        return redirect("trust:people")
    before, after = role_of(user), Role(form.cleaned_data["role"])
    if after != before:
        try:
            people.require_other_admin(user)
        except people.LastAdmin as problem:
            messages.error(request, str(problem))
            return redirect("trust:people")
        give_role(user, after)
        record_change(request, user, role=(before.value if before else "", after.value))
        messages.success(request, f"{user.get_username()} is now: {after.label.lower()}.")
    return redirect("trust:people")


@needs(Right.MANAGE_PEOPLE)
@require_POST
@transaction.atomic
def close(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close an account."""
    user = person(user_id)
    try:
        people.close(user)
    except people.LastAdmin as problem:
        messages.error(request, str(problem))
        return redirect("trust:people")
    record_change(request, user, account=("open", "closed"))
    messages.success(request, f"The account of {user.get_username()} is closed.")
    return redirect("account_login" if user == staff(request) else "trust:people")


@needs(Right.MANAGE_PEOPLE)
@require_POST
@transaction.atomic
def reopen(request: HttpRequest, user_id: int) -> HttpResponse:
    """Open an account again."""
    user = person(user_id)
    User.objects.filter(pk=user.pk).update(is_active=True)
    record_change(request, user, account=("closed", "open"))
    messages.success(request, f"The account of {user.get_username()} is open again.")
    return redirect("trust:people")


@needs(Right.MANAGE_PEOPLE)
@require_POST
@transaction.atomic
def reset_second_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """Forget the second factor of somebody who lost their phone; they set up a new one when they sign in."""
    user = person(user_id)
    people.remove_second_factor(user)
    record_event(request, user, Event.RESET)
    messages.success(request, f"{user.get_username()} sets up a new second factor at the next sign-in.")
    return redirect("trust:people")


def person(user_id: int) -> User:
    """Find a staff account."""
    return get_object_or_404(User, pk=user_id, is_staff=True)
