"""The private HTTP channel between the website and Rasa: one message in, the whole turn out."""

from __future__ import annotations

import hmac
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from components.serving import ModelRefused, Models
from components.turn import NoAnswer, Said, take_turn

TOKEN = "CHANNEL_TOKEN"  # noqa: S105 - the name of the variable, not the secret
LONGEST = {"sender": 200, "message_id": 200, "text": 2000, "payload": 1000}
logger = logging.getLogger(__name__)
Json = dict[str, Any]


class Refused(Exception):  # noqa: N818 - it names a state, as people say it
    """A request that is not answered, with the status and the sentence that say why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class WebsiteChannel(InputChannel):
    """Answers the website, and nobody else: the caller proves itself with the token."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.models = Models.here()

    @classmethod
    def name(cls) -> str:
        """Name the channel; it is the first part of its address."""
        return "website"

    @classmethod
    def from_credentials(cls, credentials: Json | None) -> WebsiteChannel:
        """Read the token; raises RasaException at the start rather than serve without one."""
        token = os.environ.get(TOKEN) or (credentials or {}).get("token")
        if not token:
            raise RasaException(
                f"credentials.yml: the website channel has no token. Set {TOKEN} to the same long random "
                "value for Rasa and for web/; `make run` does it."
            )
        return cls(str(token))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Register the addresses."""
        channel = Blueprint("website_channel", __name__)

        async def message(request: Request) -> HTTPResponse:
            return await self.guarded(request, self.answer)

        async def conversation(request: Request, sender: str) -> HTTPResponse:
            return await self.guarded(request, self.forget, sender)

        async def ready(request: Request) -> HTTPResponse:
            agent = request.app.ctx.agent  # Rasa serves without a model when it cannot be loaded
            loaded = agent is not None and agent.is_ready()
            return response.json({"ready": loaded}, status=200 if loaded else 503)

        async def model(request: Request, name: str) -> HTTPResponse:
            return await self.guarded(request, self.stage, name)

        async def serving(request: Request) -> HTTPResponse:
            return await self.guarded(request, self.serve if request.method == "PUT" else self.serving)

        async def note_the_model(app: Any, _: object) -> None:
            self.models.serving(app.ctx.agent)  # now: `make train` may write another file of that name later

        channel.add_route(model, "/models/<name:str>", methods=["PUT"])
        channel.add_route(serving, "/serving", methods=["GET", "PUT"])
        channel.listener("after_server_start")(note_the_model)
        channel.add_route(message, "/message", methods=["POST"])
        channel.add_route(conversation, "/conversations/<sender:str>", methods=["DELETE"])
        channel.add_route(ready, "/ready", methods=["GET"])
        return channel

    async def guarded(self, request: Request, handle: Callable[..., Awaitable[Json]], *more: str) -> HTTPResponse:
        """Check the token, then answer; every refusal is a JSON sentence."""
        try:
            check_token(request, self.token)
            return response.json(await handle(request, *more))
        except Refused as refused:
            return response.json({"error": str(refused)}, status=refused.status)
        except ModelRefused as refused_model:
            return response.json({"error": str(refused_model)}, status=409)
        except NoAnswer as silence:
            logger.error("No answer: %s", silence)
            return response.json({"error": f"No answer: {silence}"}, status=503)

    async def answer(self, request: Request) -> Json:
        """Answer one message."""
        body = read_message(request)
        said = Said(body["payload"], button=True) if body["kind"] == "button" else Said(body["text"])
        return await take_turn(request.app.ctx.agent, body["sender"], body["message_id"], said)

    async def stage(self, request: Request, name: str) -> Json:
        """Load a model beside the one that serves."""
        body = read_object(request)
        return await self.models.stage(request.app.ctx.agent, name, str(body.get("sha256") or ""))

    async def serve(self, request: Request) -> Json:
        """Let the loaded model serve; messages that are being answered keep the old one."""
        name = str(read_object(request).get("model") or "")
        request.app.ctx.agent = self.models.switch(request.app.ctx.agent, name)
        return self.models.serving(request.app.ctx.agent)

    async def serving(self, request: Request) -> Json:
        """Name the model that serves."""
        return self.models.serving(request.app.ctx.agent)

    async def forget(self, request: Request, sender: str) -> Json:
        """Erase what Rasa keeps of a conversation."""
        agent = request.app.ctx.agent
        async with agent.lock_store.lock(sender):
            store = agent.tracker_store
            while not hasattr(store, "forget"):
                store = getattr(store, "_tracker_store", None)  # Rasa wraps the store of endpoints.yml twice
                if store is None:
                    raise Refused(501, "This store cannot erase. Use components.tracker_store.ConversationStore.")
            await store.forget(sender)
        return {"forgotten": sender}


def check_token(request: Request, token: str) -> None:
    """Refuse a caller without the token; compared in constant time."""
    given = request.headers.get("authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Refused(401, f"The header Authorization must be 'Bearer' and the value of {TOKEN}.")


def read_object(request: Request, keys: str = "the keys of this address") -> Json:
    """Read a JSON object from the body of a request."""
    try:
        body = request.json
    except Exception as problem:  # Sanic raises its own errors for broken JSON and broken text encodings
        raise Refused(400, f"The body is not JSON. Send an object with {keys}.") from problem
    if not isinstance(body, dict):
        raise Refused(400, f"The body must be a JSON object with {keys}.")
    return body


def read_message(request: Request) -> Json:
    """Check the body of a request; refuse what is not a message, and say what to send instead."""
    body = read_object(request, "sender, message_id, kind and text")
    if body.get("kind") not in ("text", "button"):
        raise Refused(422, "'kind' must be 'text' or 'button'.")
    needed = ("sender", "message_id", "payload" if body["kind"] == "button" else "text")
    for key in needed:
        check_words(key, body.get(key))
    return body


def check_words(key: str, value: object) -> None:
    """Refuse a field that is missing, empty, too long or holds control characters."""
    if not isinstance(value, str) or not value.strip():
        raise Refused(422, f"'{key}' is missing or empty. Send a string.")
    if len(value) > LONGEST[key]:
        raise Refused(413, f"'{key}' has {len(value)} characters; the most is {LONGEST[key]}.")
    if "\x00" in value:
        raise Refused(422, f"'{key}' holds a zero byte. Send plain text.")
