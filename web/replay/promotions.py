"""Promote a model or go back: every Rasa loads it while the old one serves, then all take it over."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet

from chat import rasa
from replay import shelf
from replay.models import BLOCKING, Change, Promotion, Replay
from replay.shelf import Model


class NotPromoted(Exception):  # noqa: N818 - it names a state, as people say it
    """The model does not serve; the message says why and what to do."""


def unsigned(replay: Replay) -> QuerySet[Change]:
    """Give the changes of a replay that block a promotion."""
    return replay.changes.filter(kind__in=BLOCKING, signed_by=None)


def last_replay(sha256: str) -> Replay | None:
    """Give the newest finished replay of a model."""
    return Replay.objects.filter(sha256=sha256, state=Replay.State.DONE).first()


def obstacle(model: Model) -> str:
    """Say why a model cannot be promoted now; an empty text when it can."""
    replay = last_replay(model.sha256)
    if replay is None:
        return "It was not replayed since it was trained."
    if not replay.conversations:
        return "Its replay held no conversation: there is nothing to go by."
    waiting = unsigned(replay).count()
    return f"{waiting} change{'s' * (waiting != 1)} of its replay must be signed first." if waiting else ""


def promote(model: Model, by: User) -> Promotion:
    """Let a model serve; raises NotPromoted when it may not or cannot, and then the old one goes on serving."""
    why = obstacle(model)
    if why:
        raise NotPromoted(f"{model.name} is not promoted. {why}")
    return take_over(model, by, is_rollback=False)


def roll_back(by: User) -> Promotion:
    """Let the model serve again that served before the last promotion."""
    last = Promotion.objects.first()
    if last is None or not last.previous_sha256:
        raise NotPromoted("No model was promoted here, so there is none to go back to.")
    model = shelf.find_sum(last.previous_sha256)
    if model is None:
        raise NotPromoted(f"{last.previous} is gone: no file on this machine has its content. Promote another model.")
    return take_over(model, by, is_rollback=True)


def take_over(model: Model, by: User, *, is_rollback: bool) -> Promotion:
    """Load the model everywhere first; only when every Rasa has it, switch one after the other."""
    before = rasa.serving()
    try:
        for url in settings.RASA_MODEL_URLS:
            rasa.stage(model.name, model.sha256, url)
        for url in settings.RASA_MODEL_URLS:
            rasa.switch(model.name, url)
    except rasa.RasaUnavailable as problem:
        raise NotPromoted(f"{model.name} is not promoted: {problem} The model before goes on serving.") from problem
    return Promotion.objects.create(
        model=model.name,
        sha256=model.sha256,
        previous=str(before.get("model") or ""),
        previous_sha256=str(before.get("sha256") or ""),
        is_rollback=is_rollback,
        promoted_by=by,
    )
