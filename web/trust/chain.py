"""The chain over the audit log: whoever changes, removes or slips in an entry without the key breaks it.

Each seal holds HMAC-SHA256(key, digest of the seal before + the entry as canonical JSON). The key is not in the
database (settings.AUDIT_KEY). Cutting off the newest entries shows against a head that was noted elsewhere: `verify`
takes one, and the week report carries one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from auditlog.models import LogEntry
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from trust.models import Seal

SALT = "trust.chain"
LOCK = 0x7412_57C4  # PostgreSQL's advisory lock that lets one transaction at a time add to the chain
SEALED = (
    "id", "content_type_id", "object_pk", "object_repr", "action", "changes", "actor_id", "remote_addr", "timestamp",
    "additional_data",
)  # fmt: skip
FAULTS = 20  # so many are told; the first is what matters


@dataclass(frozen=True)
class Head:
    """The end of the chain at some moment, to be noted outside the database."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `__str__` wrote; raise ValueError on anything else."""
        number, _, digest = text.partition(":")
        if len(digest) != 64:
            raise ValueError(
                f"'{text}' is no head of the chain. A head looks like 1234:9f86d0...: a number, ':', 64 hex digits."
            )
        return cls(int(number), digest)


@dataclass
class Verdict:
    """What a check of the chain found."""

    checked: int = 0
    head: Head = Head(0, "")
    faults: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Tell whether nothing was changed, removed or slipped in."""
        return not self.faults


@transaction.atomic
def seal(entry: LogEntry) -> Seal:
    """Add an entry to the chain; read back first, because the database may write values in another form."""
    if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = head()
    stored = LogEntry.objects.get(pk=entry.pk)
    return Seal.objects.create(number=last.number + 1, entry=stored, digest=digest_of(last.digest, stored))


def head() -> Head:
    """Give the end of the chain."""
    last = Seal.objects.order_by("-number").first()
    return Head(last.number, last.digest) if last else Head(0, "")


def digest_of(before: str, entry: LogEntry, key: str = "") -> str:
    """Give the keyed digest of an entry and of the link before it."""
    content = {name: getattr(entry, name) for name in SEALED}
    canonical = json.dumps([before, content], cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=True)
    return salted_hmac(SALT, canonical, secret=key or settings.AUDIT_KEY, algorithm="sha256").hexdigest()


def verify(noted: Head | None = None, newest: int | None = None) -> Verdict:
    """Check the chain from its beginning, or only its `newest` links; with `noted`, that this head is still in it."""
    verdict, before = Verdict(), ""
    expected = 1
    for link in links(newest):
        if newest and not verdict.checked:  # begin in the middle: the first link is the anchor
            expected, before = link.number, before_of(link)
        verdict.faults += faults_of(link, expected, before)
        verdict.checked += 1
        verdict.head, before, expected = Head(link.number, link.digest), link.digest, link.number + 1
        if len(verdict.faults) >= FAULTS:
            break
    verdict.faults += unsealed() + lost(noted)
    return verdict


def links(newest: int | None) -> Iterator[Seal]:
    """Give the links in order, with their entries."""
    rows = Seal.objects.select_related("entry").order_by("number")
    if newest:
        rows = rows.filter(number__gt=head().number - newest)
    return rows.iterator(chunk_size=1000)


def before_of(link: Seal) -> str:
    """Give the digest of the link before, if there is one."""
    return Seal.objects.filter(number=link.number - 1).values_list("digest", flat=True).first() or ""


def faults_of(link: Seal, expected: int, before: str) -> list[str]:
    """Say what is wrong at one link."""
    if link.number != expected:
        return [f"Links {expected} to {link.number - 1} are missing: entries were removed."]
    keys = [settings.AUDIT_KEY, *settings.AUDIT_OLD_KEYS]
    if not any(constant_time_compare(digest_of(before, link.entry, key), link.digest) for key in keys):
        return [f"Link {link.number}: entry {link.entry_id} or the link before it was changed, or the key is another."]
    return []


def unsealed() -> list[str]:
    """Find entries that somebody wrote around the application."""
    rows = LogEntry.objects.filter(seal=None).order_by("pk").values_list("pk", flat=True)[:FAULTS]
    return [f"Entry {pk} has no seal: it was not written by the application." for pk in rows]


def lost(noted: Head | None) -> list[str]:
    """Say so when a head that was noted elsewhere is not in the chain any more."""
    if noted is None or Seal.objects.filter(number=noted.number, digest=noted.digest).exists():
        return []
    return [f"The noted head {noted.number} is not in the chain: it was cut off or written anew."]
