"""The only file that knows Rasa's HTTP interface (the website channel in `components/website_channel.py`)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

import httpx
import structlog
from django.conf import settings

from chat.models import Disposition

log = structlog.get_logger(__name__)

type Json = dict[str, Any]

MAX_ANSWER_BYTES = 1_000_000


class RasaUnavailable(Exception):  # noqa: N818 - it names a state, as people say it
    """Rasa gave no answer that a visitor can be shown; the message says why, without any text of the visitor."""


@dataclass(frozen=True)
class Reply:
    """One message of the assistant."""

    text: str
    buttons: tuple[Json, ...] = ()
    custom: Json | None = None
    metadata: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """What came back for one message: the replies, what was understood, and what was decided."""

    replies: tuple[Reply, ...]
    intent: str = ""
    confidence: float | None = None
    classified_intent: str = ""
    findings: tuple[Json, ...] = ()
    flags: tuple[Json, ...] = ()
    disposition: Disposition | None = None
    reasons: tuple[Json, ...] = ()
    asked: str | None = None
    runner_up: Json | None = None  # {name, confidence} of the intent that came second
    facts: Json = field(default_factory=dict)  # what the triage knows after this turn


def reply_to(sender: str, message_id: str, text: str, payload: str = "") -> Turn:
    """Relay one message and give the whole turn; raise RasaUnavailable on an error, a timeout or an empty answer.

    Without a payload the channel treats the text as text, whatever it looks like. The same `message_id` is sent when
    a message is delivered again.
    """
    body = {"sender": sender, "message_id": message_id, "kind": "button" if payload else "text", "text": text}
    began = time.monotonic()
    try:
        turn = read_turn(ask("POST", "/webhooks/website/message", {**body, "payload": payload} if payload else body))
    except RasaUnavailable as problem:
        log.warning("no_answer_from_rasa", conversation=sender, why=str(problem), seconds=since(began))
        raise
    log.info("answered", conversation=sender, intent=turn.intent, disposition=turn.disposition, seconds=since(began))
    return turn


def forget(sender: str) -> None:
    """Have Rasa erase what it keeps of a conversation; raise RasaUnavailable if it does not confirm."""
    ask("DELETE", f"/webhooks/website/conversations/{sender}")


def serving() -> Json:
    """Name the model that serves: {model, sha256}; raise RasaUnavailable when Rasa does not say."""
    return ask("GET", "/webhooks/website/serving")


def stage(model: str, sha256: str, url: str) -> None:
    """Have the Rasa at `url` load a model beside the one that serves; raise RasaUnavailable with its refusal."""
    command(url, f"/webhooks/website/models/{model}", {"sha256": sha256})


def switch(model: str, url: str) -> None:
    """Have the Rasa at `url` serve the model that it has loaded; raise RasaUnavailable with its refusal."""
    command(url, "/webhooks/website/serving", {"model": model})


def command(url: str, path: str, body: Json) -> None:
    """Tell one Rasa something that may take long, such as loading a model."""
    try:
        answer = http().put(f"{url}{path}", json=body, timeout=settings.RASA_LOAD_SECONDS)
    except httpx.HTTPError as problem:
        raise RasaUnavailable(f"Rasa at {url} cannot be reached: {type(problem).__name__}.") from problem
    if not answer.is_success:
        said = answer.json().get("error", "") if answer.headers.get("content-type") == "application/json" else ""
        raise RasaUnavailable(f"Rasa at {url} answered with status {answer.status_code}. {said}")


def is_up() -> bool:
    """Tell whether Rasa answers at all."""
    try:
        return http().get("/", timeout=1.0).is_success
    except httpx.HTTPError:
        return False


def ask(method: str, path: str, body: Json | None = None) -> Json:
    """Send one request and give the JSON object that came back; an empty body gives {}."""
    try:
        with free_place(), http().stream(method, path, json=body) as response:
            raw = read_within(response, settings.RASA_ANSWER_SECONDS)
    except httpx.HTTPError as problem:
        raise RasaUnavailable(f"Rasa cannot be reached: {type(problem).__name__}") from problem
    if not response.is_success:
        raise RasaUnavailable(f"Rasa answered with status {response.status_code}")
    return parse(raw)


def parse(raw: bytes) -> Json:
    """Read a JSON object."""
    try:
        parsed = httpx.Response(200, content=raw).json() if raw else {}
    except (ValueError, RecursionError) as problem:
        raise RasaUnavailable("Rasa's answer is not JSON") from problem
    if not isinstance(parsed, dict):
        raise RasaUnavailable(f"Rasa's answer is a {type(parsed).__name__}, not an object")
    return parsed


def read_within(response: httpx.Response, seconds: float) -> bytes:
    """Read the answer, however slowly it drips, but no longer than this and no more than a million bytes."""
    end, raw = time.monotonic() + seconds, b""
    for part in response.iter_bytes():
        raw += part
        if time.monotonic() > end:
            raise RasaUnavailable("Rasa answered too slowly")
        if len(raw) > MAX_ANSWER_BYTES:
            raise RasaUnavailable("Rasa's answer is too long")
    return raw


def read_turn(raw: Json) -> Turn:
    """Check the channel's answer; anything unexpected is an outage, never a guess."""
    try:
        return turn_from(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise RasaUnavailable(f"Rasa's answer has an unknown form: {type(problem).__name__}") from problem


def turn_from(raw: Json) -> Turn:
    """Build the turn; raises an error of Python's own when the form is wrong."""
    understood, assessment = raw.get("understood") or {}, raw.get("assessment") or {}
    replies = tuple(reply_from(one) for one in raw["messages"])
    if not any(reply.text.strip() or reply.custom for reply in replies):
        raise RasaUnavailable("Rasa sent an empty reply")
    confidence, level = understood.get("confidence"), assessment.get("disposition")
    return Turn(
        replies=replies,
        intent=str(understood.get("intent") or "")[:64],
        confidence=None if confidence is None else float(confidence),
        classified_intent=str(understood.get("classified_intent") or ""),
        findings=objects(understood.get("findings")),
        flags=objects(understood.get("flags")),
        disposition=None if level is None else Disposition(level),
        reasons=objects(assessment.get("reasons")),
        asked=assessment.get("asked") or assessment.get("question"),
        runner_up=dict(understood.get("runner_up") or {}) or None,
        facts=dict(assessment.get("facts") or {}),
    )


def reply_from(raw: Json) -> Reply:
    """Build one reply."""
    custom = raw.get("custom")
    if custom is not None and not isinstance(custom, dict):
        raise TypeError("custom")
    return Reply(str(raw.get("text") or ""), objects(raw.get("buttons")), custom, dict(raw.get("metadata") or {}))


def objects(raw: object) -> tuple[Json, ...]:
    """Check a list of JSON objects."""
    if raw is None:
        return ()
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        raise TypeError("not a list of objects")
    return tuple(cast(list[Json], raw))


def since(began: float) -> float:
    """Give the seconds that passed."""
    return round(time.monotonic() - began, 3)


@cache
def http() -> httpx.Client:
    """Give the client of this process. No kept connections: one that died with Rasa would look like an outage."""
    return httpx.Client(
        base_url=settings.RASA_URL,
        headers={"Authorization": f"Bearer {settings.CHANNEL_TOKEN}"},
        timeout=httpx.Timeout(settings.RASA_ANSWER_SECONDS, connect=settings.RASA_CONNECT_SECONDS, pool=1.0),
        limits=httpx.Limits(max_keepalive_connections=0),
        trust_env=False,
    )


@cache
def places() -> threading.BoundedSemaphore:
    """Count how many messages wait for Rasa, so that a hanging Rasa cannot take every thread of the website."""
    return threading.BoundedSemaphore(settings.RASA_PARALLEL_MESSAGES)


@contextmanager
def free_place() -> Iterator[None]:
    """Hold one place while waiting for Rasa; raise RasaUnavailable when none gets free in a second."""
    if not places().acquire(timeout=1.0):
        raise RasaUnavailable("Too many messages are waiting for Rasa")
    try:
        yield
    finally:
        places().release()
