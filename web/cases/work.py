"""How staff change a case: never over somebody else's change, always with a way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from cases.models import Case, Change, Note
from cases.refresh import bring_up_to_date

FIELDS = {"state": "state", "assigned_to": "assigned_to_id", "tags": "tags"}

type Values = dict[str, Any]


class Stale(Exception):  # noqa: N818 - it names a state
    """Somebody, or the visitor, was faster; nothing was changed. The message says who did what."""


@dataclass(frozen=True)
class Seen:
    """What the person saw when they decided: the case's version and the visitor's newest message."""

    version: int
    message: int = 0


@transaction.atomic
def change(case_id: int, seen: Seen, by: User, **wanted: Any) -> Change | None:
    """Set state, assigned_to (an id or None) or tags, if the case is as it was seen; None when it is so already.

    Raises Stale.
    """
    case = locked(case_id, seen)
    if wanted.get("state") in Case.SETTLED and seen.message < case.newest_message:
        raise Stale("The visitor has written again. Please read the new message first.")
    before = {name: getattr(case, FIELDS[name]) for name in wanted}
    if before == wanted:
        return None
    return store(case, by, before, wanted)


@transaction.atomic
def add_note(case_id: int, by: User, text: str) -> Change:
    """Add a note; it takes nothing away, so no version is asked for."""
    case = Case.objects.select_for_update().get(pk=case_id)
    note = Note.objects.create(case=case, author=by, text=text)
    return store(case, by, {}, {"note": note.pk})


@transaction.atomic
def undo(made: Change, by: User) -> Change:
    """Take the newest change back, one's own only; raises Stale when something has happened since."""
    case = locked(made.case_id, Seen(made.version))
    if made.by_id != by.pk or made.undoes_id is not None:
        raise Stale("Only your own last change can be undone.")
    Note.objects.filter(pk=made.after.get("note", 0), author=by).delete()
    return store(case, by, made.after, made.before, undoes=made)


def locked(case_id: int, seen: Seen) -> Case:
    """Take the case's row; raise Stale when it is not as it was seen."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if case.version != seen.version:
        raise Stale(what_happened(case, seen.version))
    return case


def what_happened(case: Case, version: int) -> str:
    """Say what others have changed since."""
    since = case.changes.filter(version__gt=version).select_related("by").order_by("id")
    told = "; ".join(f"{one.by.get_username() if one.by else 'the visitor'} {sentence(one)}" for one in since)
    return f"Meanwhile {told or 'somebody changed this conversation'}. Nothing of theirs was overwritten."


def store(case: Case, by: User, before: Values, after: Values, undoes: Change | None = None) -> Change:
    """Write the values, count the version up and keep what was before."""
    for name in FIELDS.keys() & after.keys():
        setattr(case, FIELDS[name], after[name])
    if after.get("state") in Case.SETTLED:
        case.settled_message = case.newest_message
    case.version += 1
    bring_up_to_date(case, case.conversation)
    return Change.objects.create(case=case, by=by, before=before, after=after, version=case.version, undoes=undoes)


def sentence(made: Change) -> str:
    """Say what a change did, as the end of a sentence."""
    parts = []
    if "state" in made.after:
        parts.append(f"set it to “{Case.State(made.after['state']).label.lower()}”")
    if "assigned_to" in made.after:
        parts.append(f"gave it to {name_of(made.after['assigned_to'])}")
    if "tags" in made.after:
        parts.append(f"set the tags to {', '.join(made.after['tags']) or 'none'}")
    if "note" in made.after:
        parts.append("wrote a note")
    if "note" in made.before:
        parts.append("took a note back")
    return " and ".join(parts) or "changed it"


def name_of(known: int | None) -> str:
    """Give the name of a member of staff."""
    found = User.objects.filter(pk=known).first() if known else None
    return found.get_username() if found else "nobody"
