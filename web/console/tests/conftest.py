"""What the console's tests share: staff, and conversations as the chat stores them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from booking.models import BookingRequest, Handoff, Slot
from chat.models import Assessment, Conversation, Disposition, Message
from console import findings, transcript
from trust.rights import Role, give_role

MORNING = timezone.make_aware(datetime(2026, 11, 20, 9))


@pytest.fixture(autouse=True)
def known_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know two facts, whatever the knowledge says today."""
    known = {"fever": "fever", "eyelid": "location: eyelid"}
    monkeypatch.setattr(findings, "names", lambda: known)
    monkeypatch.setattr(transcript, "names", lambda: known)


@pytest.fixture
def nurse(db: None) -> User:
    """A member of staff who may do everything but sign medicine off."""
    user = User.objects.create_user("nurse", password="a long enough secret", is_staff=True)
    give_role(user, Role.ADMIN)
    return user


@pytest.fixture
def desk(nurse: User) -> Client:
    """The browser of a member of staff who is signed in."""
    browser = Client()
    browser.force_login(nurse)
    return browser


def talk(
    opening: str = "tiny white bumps", level: Disposition | None = None, minute: int = 0, **more: Any
) -> Conversation:
    """Store a conversation without messages."""
    urgency = level.urgency if level else 0
    moment = MORNING + timedelta(minutes=minute)
    return Conversation.objects.create(
        opening=opening, disposition=level, urgency=urgency, last_message_at=moment, created_at=moment, **more
    )


def alarm() -> tuple[Conversation, Message]:
    """Store a conversation with one message that raised an alarm."""
    conversation = talk(
        "my eyelid is swollen", Disposition.EMERGENCY, needs_call_back=True, call_back_reason="emergency"
    )
    said = Message.objects.create(
        conversation=conversation,
        client_id="client-1",
        author=Message.Author.VISITOR,
        text="my eyelid is swollen <b>shut</b>, no fever",
        status=Message.Status.ANSWERED,
        intent="report_red_flag",
        confidence=0.93,
        findings=[
            {"concept": "eyelid", "assertion": "present", "text": "eyelid", "start": 3, "end": 9},
            {"concept": "lid_word", "assertion": "present", "text": "eyelid", "start": 3, "end": 9},
            {"concept": "fever", "assertion": "absent", "text": "fever", "start": 37, "end": 42, "evidence": "no"},
        ],
        flags=[{"flag": "E02", "level": "emergency", "because": "It can be an infection.", "words": ["swollen"]}],
    )
    Message.objects.create(
        conversation=conversation,
        author=Message.Author.ASSISTANT,
        text="Call 911.",
        in_reply_to=said,
        metadata={"type": "advice", "sources": [{"title": "A source", "url": "https://source.example/"}]},
    )
    reason = {"rule": "E02", "because": "It can be an infection.", "words": ["swollen"], "source": ["NHS"]}
    reasons = [{**reason, "signed_until": "2027-11-22"}, {"rule": "S15", "because": "It is sore.", "signed_until": ""}]
    Assessment.objects.create(message=said, disposition="emergency", reasons=reasons, knowledge_version="v7")
    return conversation, said


def booking(state: str = "requested", hours: int = 48) -> BookingRequest:
    """Store a booking request."""
    slot = Slot.objects.create(starts_at=MORNING + timedelta(hours=hours), taken=True)
    summary = {"disposition": "routine", "facts": {"colour": "white"}, "wish": "removal"}
    handoff = Handoff.objects.create(conversation=talk(), summary=summary, state=Handoff.State.BOOKED)
    return BookingRequest.objects.create(
        handoff=handoff, slot=slot, name="Ana Example", email="ana@example.org", consent_at=MORNING, state=state
    )
