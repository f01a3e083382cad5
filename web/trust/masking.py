"""Personal data as staff see it before they give a reason: dots in its place, as many as there were characters."""

from __future__ import annotations

import re
from functools import lru_cache

from booking.models import BookingRequest
from chat.models import Message
from privacy import personal

DOT = "•"


@lru_cache(maxsize=8192)
def masked_text(text: str) -> str:
    """Cover the personal data in a text; the places of all other characters stay, so that findings still fit.

    >>> masked_text("call me at 604-555-0123 please")
    'call me at •••••••••••• please'
    """
    for one in personal.find(text):
        text = text[: one.start] + covered(one.text) + text[one.end :]
    return text


def covered(text: str) -> str:
    """Put a dot in the place of each character but spaces."""
    return re.sub(r"\S", DOT, text)


def masked_name(name: str) -> str:
    """Leave the first letter of each part of a name.

    >>> masked_name("Ana Example")
    'A•• E••••••'
    """
    return " ".join(part[0] + DOT * (len(part) - 1) for part in name.split())


def masked_phone(phone: str) -> str:
    """Leave the last two digits: enough to tell two numbers apart.

    >>> masked_phone("+16045550123")
    '••••••••••23'
    """
    return DOT * max(len(phone) - 2, 0) + phone[-2:] if phone else ""


def masked_email(email: str) -> str:
    """Leave the first letter and the end of an address.

    >>> masked_email("ana@example.org")
    'a••@•••••••.org'
    """
    name, at, host = email.partition("@")
    begin, dot, end = host.rpartition(".")
    return name[:1] + DOT * (len(name) - 1) + at + DOT * len(begin) + dot + end


def mask_message(message: Message) -> bool:
    """Cover the personal data of a message that is about to be shown, never to be saved; tell whether there was any."""
    before = message.text
    message.text = masked_text(before) if message.author == Message.Author.VISITOR else before
    return message.text != before


def mask_booking(booking: BookingRequest) -> None:
    """Cover the contact details of a booking that is about to be shown, never to be saved."""
    booking.name, booking.phone = masked_name(booking.name), masked_phone(booking.phone)
    booking.email, booking.note = masked_email(booking.email), masked_text(booking.note)
