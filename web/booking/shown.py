"""What the widget draws of a booking, beside the form itself: formatted here, as the texts of the chat are."""

from __future__ import annotations

from typing import Any

from booking import links
from booking.forms import BookingForm
from booking.models import BookingRequest
from booking.visit_words import tell_the_clinic
from chat.formatting import AWAY, Node, blocks

CONTACT = ("name", "phone", "email", "note")


def fields() -> list[dict[str, Any]]:
    """Describe the fields for contact details: name, label, hint, whether it is required, attributes of its box."""
    asked = ((name, BookingForm.base_fields[name]) for name in CONTACT)
    return [
        {"name": name, "label": one.label, "hint": one.help_text, "required": one.required, **one.widget.attrs}
        for name, one in asked
    ]


def of_form(visit: str, message: str, external: str) -> list[Node]:
    """Say what the form is for, and lead to the clinic's own booking page where it has one."""
    lead: list[Node] = (
        [["p", {}, ["a", {"href": external, **AWAY}, "Go to the clinic's booking page"]]] if external else []
    )
    return [*blocks(visit), *blocks(message), *lead]


def of_receipt(booking: BookingRequest, message: str) -> list[Node]:
    """Say what happens next, where to change the request, and what to tell the clinic before a treatment."""
    change = ["a", {"href": links.address_of(booking), **AWAY}, "See, change or cancel it"]
    told: list[Node] = [["li", {}, one] for one in tell_the_clinic()]
    before: list[Node] = [["p", {}, "Before a treatment, tell the clinic about:"], ["ul", {}, *told]] if told else []
    return [*blocks(message), ["p", {}, change], *before]
