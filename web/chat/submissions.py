"""What a browser may send as a message, and the sentence it gets when it sends something else."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from chat.errors import problem

MAX_BODY_BYTES = 32 * 1024  # 2,000 characters, each escaped as \uXXXX\uXXXX, and the rest of the object
CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
MAX_ID = 2**63 - 1
# Tab and line breaks are text; other control characters and halves of characters are not, and PostgreSQL refuses them.
# Nor are marks that reverse the text around them, or spaces of no width: they show staff what nobody wrote.
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me", "Zl", "Zp", "Zs"})


class Refused(Exception):  # noqa: N818 - it names an answer, not an accident
    """A request that gets a clear 4xx answer."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True)
class Submission:
    """A typed text, or a button: its place (`button`) under one of our messages (`of`)."""

    client_id: str
    text: str = ""
    button: int | None = None
    of: int | None = None


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn a refusal into its answer, and a database that fails into the advice where to get help."""

    @wraps(view)
    def guarded_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            response = problem(refusal.status, refusal.code, refusal.message)
            if refusal.status == 429:
                response["Retry-After"] = "60"
            return response
        except DatabaseError:
            return problem(503, "out_of_order", settings.NOT_SAVED_ADVICE)

    return guarded_view


def read_json(request: HttpRequest, most: int = MAX_BODY_BYTES) -> dict[str, Any]:
    """Read the body as one JSON object."""
    body = read_body(request, most)
    if body and request.content_type != "application/json":
        raise Refused(415, "not_json", "Send JSON: the header Content-Type must be application/json.")
    try:
        parsed = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refused(400, "not_json", "The body could not be read: it is not JSON in UTF-8.") from None
    if not isinstance(parsed, dict):
        raise Refused(400, "not_json", "The body must be a JSON object, such as {} with names and values.")
    return parsed


def read_body(request: HttpRequest, most: int) -> bytes:
    """Read the body; raise Refused when it is larger than any message can be."""
    try:
        body = request.body
    except RequestDataTooBig:
        body = b" " * (most + 1)
    except UnreadablePostError:
        raise Refused(400, "cut_off", "The connection ended before the whole message was here.") from None
    if len(body) > most:
        raise Refused(413, "too_large", too_long("Your message is too long."))
    return body


def read_submission(request: HttpRequest) -> Submission:
    """Read a message that came as JSON; raise Refused when it is none."""
    return submission_from(read_json(request))


def submission_from(raw: dict[str, Any]) -> Submission:
    """Check a message, however it came; raise Refused when it is none."""
    client_id = raw.get("client_id")
    if not isinstance(client_id, str) or not CLIENT_ID.fullmatch(client_id):
        raise Refused(
            400,
            "client_id",
            "client_id is missing or has an unknown form. Send 8 to 64 letters, digits, - or _; a new one for each "
            "message, and the same one when you send a message again.",
        )
    if "button" in raw:  # its title is ours to say; a text beside it is not read
        return Submission(client_id, button=whole_number(raw, "button"), of=whole_number(raw, "of"))
    if "text" not in raw:
        raise Refused(400, "text", "Send a text, or a button and the message it belongs to.")
    return Submission(client_id, text=clean(raw["text"]))


def whole_number(raw: dict[str, Any], key: str) -> int:
    """Read a number that may be an index or an id."""
    value = raw.get(key)
    if type(value) is not int or not 0 <= value <= MAX_ID:
        raise Refused(400, "unknown_button", f"'{key}' must be a whole number: the one that came with the message.")
    return value


def clean(raw: object) -> str:
    """Keep what can be read; refuse a text that is empty or too long."""
    if not isinstance(raw, str):
        raise Refused(400, "text", "The text must be a JSON string.")
    text = NOT_TEXT.sub("", raw).strip()
    if all(unicodedata.category(character) in INVISIBLE for character in text):
        raise Refused(400, "empty", "The message is empty. Please write a few words.")
    if len(text) > settings.MESSAGE_MAX_CHARACTERS:
        raise Refused(400, "too_long", too_long(f"Your message has {len(text):,} characters."))
    return text


def too_long(beginning: str) -> str:
    """Say how long a message may be; somebody who writes so much may be in need."""
    limit = f"{settings.MESSAGE_MAX_CHARACTERS:,}"
    return f"{beginning} Please keep it to {limit}, or send it in parts. {settings.WHERE_TO_GET_HELP}"
