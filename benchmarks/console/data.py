"""Fills the website's database with conversations, fast: COPY for PostgreSQL, executemany for SQLite.

Runs in the website's environment: `python -m benchmarks.console.data 100000`. The words are those of the training
examples and of the red flags, drawn by a seeded generator; risk and outcome come from the website's own rules.
"""

from __future__ import annotations

import json
import os
import random
import sys
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import django
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "web"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from cases import risk, sqlite  # noqa: E402
from cases.models import Case, FacetValue  # noqa: E402
from cases.risk import Said, Standing  # noqa: E402
from chat.models import Conversation, Disposition, Message  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

SEED = 20261130
TURNS = 4  # of each conversation: as many messages of the visitor, and as many answers
EVERY = timedelta(seconds=30)
BATCH = 20_000  # conversations at once
ALARM_SHARE, TAG_SHARE, SETTLED_SHARE = 0.06, 0.02, 0.7

Row = dict[str, Any]


@dataclass(frozen=True)
class Phrase:
    """Something that visitors say, and what it is understood as."""

    text: str
    intent: str
    flag: str = ""
    level: str = ""


def phrases() -> tuple[list[Phrase], list[Phrase]]:
    """Read harmless examples and those that sound an alarm."""
    harmless, alarms = [], []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for one in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            lines = str(one.get("examples") or "").splitlines() if "intent" in one else []
            harmless += [Phrase(line[2:].strip(), one["intent"]) for line in lines if line.startswith("- ")]
    for path in sorted((ROOT / "knowledge" / "red_flags").glob("*.yml")):
        flag = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        alarms += [Phrase(text, "report_red_flag", flag["id"], flag["level"]) for text in flag["fires"]]
    return harmless, alarms


def columns(model: type[Model]) -> list[str]:
    """List the columns of a table in their order."""
    return [field.column for field in model._meta.concrete_fields]


@cache
def blanks(model: type[Model]) -> dict[str, tuple[Any, bool]]:
    """Give each column's default and whether it holds JSON."""
    fields = model._meta.concrete_fields
    return {field.column: (field.get_default(), field.get_internal_type() == "JSONField") for field in fields}


def values(model: type[Model], row: Row) -> list[Any]:
    """Give a row in the order of the columns; what it leaves out gets its default."""
    found = []
    for column, (blank, is_json) in blanks(model).items():
        value = row.get(column, blank)
        found.append(json.dumps(value) if is_json and value is not None else value)
    return found


class Talks:
    """Makes conversations with their messages, cases and documents, one after the other in time."""

    def __init__(self, size: int) -> None:
        self.random = random.Random(SEED)
        self.harmless, self.alarms = phrases()
        self.begin = datetime.now(timezone.utc) - size * EVERY
        self.message = 0

    def make(self, number: int) -> tuple[Row, list[Row], Row, tuple[int, str, list[str]]]:
        """Make one: the conversation, its messages, its case, and (id, words, facets) of its document."""
        draw = self.random
        said = [draw.choice(self.harmless) for _ in range(TURNS)]
        if draw.random() < ALARM_SHARE:
            said[draw.randrange(TURNS)] = draw.choice(self.alarms)
        level = worst(said) or draw.choice(["", "", "routine", "self_care"])
        began = self.begin + number * EVERY
        talk: Row = {"id": uuid.UUID(int=draw.getrandbits(128), version=4), "created_at": began}
        talk |= {"last_message_at": began + timedelta(minutes=5), "opening": said[0].text[:120]}
        talk |= {"disposition": level or None, "urgency": Disposition(level).urgency if level else 0}
        messages = [row for turn in said for row in self.turn(talk, turn)]
        case = self.case(number + 1, talk, messages, level)
        words = "\n".join(one.text for one in said)
        return talk, messages, case, (case["id"], words, facets(case, said, messages))

    def turn(self, talk: Row, said: Phrase) -> Iterator[Row]:
        """Make a visitor's message and its answer."""
        self.message += 2
        sure = 0.3 if self.random.random() < 0.04 else self.random.uniform(0.6, 1.0)
        flags = [{"flag": said.flag, "level": said.level, "because": "A reason.", "words": []}] if said.flag else []
        common = {"conversation_id": talk["id"], "created_at": talk["created_at"], "in_reply_to_id": None}
        yield {**common, "id": self.message - 1, "client_id": str(self.message), "author": "visitor", "text": said.text,
               "status": "answered", "intent": said.intent, "confidence": round(sure, 3), "flags": flags}  # fmt: skip
        answer = f"An answer about {said.intent}, some sentences long, as the assistant gives them to visitors. " * 3
        yield {**common, "id": self.message, "client_id": None, "author": "assistant", "text": answer,
               "in_reply_to_id": self.message - 1}  # fmt: skip

    def case(self, number: int, talk: Row, messages: list[Row], level: str) -> Row:
        """Make the case as the website would."""
        said = [Said(one["intent"], one["confidence"], flags=tuple((f["flag"], f["level"]) for f in one["flags"]))
                for one in messages if one["author"] == "visitor"]  # fmt: skip
        standing = Standing(level)
        worries = risk.concerns(said, standing)
        settled = self.random.random() < SETTLED_SHARE
        tags = (
            [self.random.choice(["call again", "eyelid", "child", "price"])] if self.random.random() < TAG_SHARE else []
        )
        return {
            "id": number, "conversation_id": talk["id"], "began_at": talk["created_at"],
            "last_message_at": talk["last_message_at"], "opening": talk["opening"], "level": level,
            "risk": worries[0].risk if worries and not settled else 0, "concerns": [one.value for one in worries],
            "outcome": risk.outcome(said, standing).value, "newest_message": messages[-2]["id"],
            "state": "reviewed" if settled else "new", "settled_message": messages[-2]["id"] if settled else 0,
            "tags": tags, "assigned_to_id": None,
        }  # fmt: skip


def worst(said: Iterable[Phrase]) -> str:
    """Give the highest level of some phrases."""
    levels = {one.level for one in said}
    return next((level for level in Disposition.values if level in levels), "")


def facets(case: Row, said: list[Phrase], messages: list[Row]) -> list[str]:
    """Give the facets as `cases.refresh.facets_of` does."""
    sure = risk.sureness(Said(confidence=one["confidence"]) for one in messages if one["author"] == "visitor")
    found = {f"level:{case['level'] or 'none'}", f"state:{case['state']}", f"outcome:{case['outcome']}", "booking:none"}
    found |= {"assigned:nobody", f"sure:{sure}", "language:en", f"risk:{case['risk']}"}
    found |= {f"concern:{one}" for one in case["concerns"]} | {f"tag:{one}" for one in case["tags"]}
    return sorted(found | {f"intent:{one.intent}" for one in said} | {f"flag:{one.flag}" for one in said if one.flag})


def batches(size: int) -> Iterator[list[Any]]:
    """Make all conversations, some at a time."""
    talks = Talks(size)
    for start in range(0, size, BATCH):
        yield [talks.make(number) for number in range(start, min(start + BATCH, size))]


def fill(size: int) -> None:
    """Fill an empty database; indexes that are slow to keep up are made at the end."""
    store, known = (copy if connection.vendor == "postgresql" else insert), set()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP INDEX case_document; SET maintenance_work_mem = '512MB'; SET synchronous_commit = off")
        for batch in batches(size):
            with transaction.atomic():
                store(cursor, batch)
            known |= {facet for *_, (_, _, found) in batch for facet in found if not facet.startswith("risk:")}
        FacetValue.objects.bulk_create(FacetValue(token=one) for one in sorted(known))
        if connection.vendor == "postgresql":
            cursor.execute("CREATE INDEX case_document ON cases_case USING gin (document)")
            cursor.execute("SELECT setval(pg_get_serial_sequence('cases_case', 'id'), max(id)) FROM cases_case")
            cursor.execute("SELECT setval(pg_get_serial_sequence('chat_message', 'id'), max(id)) FROM chat_message")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def copy(cursor: Any, batch: list[Any]) -> None:
    """Store a batch in PostgreSQL."""
    cursor.execute("CREATE TEMP TABLE IF NOT EXISTS made (LIKE cases_case, words text, facets text[])")
    cursor.execute("ALTER TABLE made DROP COLUMN IF EXISTS document")
    cursor.execute("TRUNCATE made")
    copy_rows(cursor, "chat_conversation", columns(Conversation), (values(Conversation, one) for one, *_ in batch))
    rows = (values(Message, row) for _, messages, *_ in batch for row in messages)
    copy_rows(cursor, "chat_message", columns(Message), rows)
    names = columns(Case)
    made = ([*values(Case, case), words, found] for _, _, case, (_, words, found) in batch)
    copy_rows(cursor, "made", [*names, "words", "facets"], made)
    listed = ", ".join(f'"{name}"' for name in names)
    document = "to_tsvector('english', words) || array_to_tsvector(facets)"
    cursor.execute(f"INSERT INTO cases_case ({listed}, document) SELECT {listed}, {document} FROM made")  # noqa: S608


def copy_rows(cursor: Any, table: str, names: list[str], rows: Iterable[list[Any]]) -> None:
    """Send rows with COPY."""
    listed = ", ".join(f'"{name}"' for name in names)
    with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as pipe:
        for row in rows:
            pipe.write_row(row)


def insert(cursor: Any, batch: list[Any]) -> None:
    """Store a batch in SQLite."""
    insert_rows(cursor, Conversation, (values(Conversation, one) for one, *_ in batch))
    insert_rows(cursor, Message, (values(Message, row) for _, messages, *_ in batch for row in messages))
    insert_rows(cursor, Case, (values(Case, case) for _, _, case, _ in batch))
    documents = [(known, words, " ".join(sqlite.token(one) for one in found)) for *_, (known, words, found) in batch]
    cursor.executemany("INSERT INTO cases_document (rowid, words, facets) VALUES (%s, %s, %s)", documents)


def insert_rows(cursor: Any, model: type[Model], rows: Iterable[list[Any]]) -> None:
    """Send rows with executemany, each value in SQLite's form."""
    names = columns(model)
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
    plain = ([one.hex if isinstance(one, uuid.UUID) else one.replace(tzinfo=None).isoformat(" ")
              if isinstance(one, datetime) else one for one in row] for row in rows)  # fmt: skip
    cursor.executemany(f"INSERT INTO {model._meta.db_table} ({listed}) VALUES ({marks})", list(plain))  # noqa: S608


if __name__ == "__main__":
    fill(int(sys.argv[1]))
