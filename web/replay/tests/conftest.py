"""What the tests of the replay share: staff with a role, a talk that was recorded, models in a folder, a faked Rasa."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from chat import rasa
from chat.models import Assessment, Conversation, Message
from replay import shelf
from replay.models import Change, Replay
from trust.rights import Role, give_role

URLS = ["http://one.test", "http://two.test"]


def person(role: Role) -> User:
    """Store somebody with a role."""
    user = User.objects.create_user(role.value, password="a long enough secret", is_staff=True)
    give_role(user, role)
    return user


def browser(user: User) -> Client:
    """Give the browser of somebody who is signed in."""
    signed_in = Client()
    signed_in.force_login(user)
    return signed_in


@pytest.fixture
def developer(db: None) -> User:
    """A developer, who may promote."""
    return person(Role.DEVELOPER)


@pytest.fixture
def clinician(db: None) -> User:
    """A clinician, who may sign."""
    return person(Role.CLINICIAN)


@pytest.fixture
def said(db: None) -> Message:
    """The second answered message of a talk; the level was decided at the first."""
    talk = Conversation.objects.create(opening="hi")
    first = Message.objects.create(
        conversation=talk, author="visitor", text="my lid is red", status="answered", intent="describe_symptoms"
    )
    Assessment.objects.create(message=first, disposition="urgent")
    Message.objects.create(conversation=talk, author="assistant", text="Go today.", in_reply_to=first)
    second = Message.objects.create(
        conversation=talk, author="visitor", text="Yes", payload="/affirm", status="answered", intent="affirm"
    )
    for text in ("Good.", "Bye."):
        Message.objects.create(conversation=talk, author="assistant", text=text, in_reply_to=second)
    Message.objects.create(conversation=talk, author="visitor", text="hello?", status="undelivered")
    return second


@pytest.fixture
def models(settings: Any, tmp_path: Path) -> Path:
    """A folder with an old and a new model."""
    settings.MODELS_DIR, settings.RASA_MODEL_URLS = tmp_path, URLS
    for name in ("old", "new"):
        (tmp_path / f"{name}.tar.gz").write_text(name, encoding="utf-8")
    return tmp_path


def sum_of(name: str) -> str:
    """Give the SHA-256 of a model."""
    model = shelf.find(f"{name}.tar.gz")
    assert model is not None
    return model.sha256


class FakeRasas:
    """Several Rasas: note what they are told, and refuse where the test says so."""

    def __init__(self) -> None:
        self.told: list[tuple[str, ...]] = []
        self.broken = ""
        self.model = "old"

    def serving(self) -> dict[str, str]:
        """Name the model that serves."""
        return {"model": f"{self.model}.tar.gz", "sha256": sum_of(self.model)}

    def stage(self, name: str, sha256: str, url: str) -> None:
        """Load a model."""
        self.told.append(("stage", name, url))
        if url == self.broken:
            raise rasa.RasaUnavailable("Rasa answered with status 503.")

    def switch(self, name: str, url: str) -> None:
        """Let a model serve."""
        self.told.append(("switch", name, url))
        self.model = name.removesuffix(".tar.gz")


@pytest.fixture
def rasas(monkeypatch: pytest.MonkeyPatch, models: Path) -> FakeRasas:
    """Put the fake in the place of the functions that ask Rasa."""
    fake = FakeRasas()
    for name in ("serving", "stage", "switch"):
        monkeypatch.setattr(rasa, name, getattr(fake, name))
    return fake


def replayed(name: str, said: Message | None = None, kind: str = "down") -> Replay:
    """Store a finished replay, with a change where a message is given."""
    run = Replay.objects.create(model=f"{name}.tar.gz", sha256=sum_of(name), state="done", conversations=3, turns=9)
    if said:
        before = {"intent": "affirm", "level": "urgent", "answers": ["Go today, Emma Smith."]}
        after = {"intent": "deny", "level": "routine", "answers": ["Wait."]}
        Change.objects.create(replay=run, message=said, kind=kind, before=before, after=after)
    return run
