"""The form in which a visitor asks for a consultation."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
from django import forms
from django.conf import settings
from email_validator import EmailNotValidError, validate_email

from booking.desk import Request
from booking.models import Slot
from booking.times import by_day
from chat.submissions import NOT_TEXT

CONTROL = re.compile(NOT_TEXT.pattern + r"|[\u200c-\u200f]")


class BookingForm(forms.Form):
    """Name, a way to reach the visitor, a time, and their agreement."""

    error_css_class = "wrong"

    slot = forms.IntegerField(
        label="Choose a time",
        widget=forms.Select,
        min_value=1,
        max_value=2**63 - 1,
        error_messages={"required": "Please choose a time.", "invalid": "Please choose one of the times."},
    )
    name = forms.CharField(
        label="Your name",
        max_length=120,
        error_messages={"required": "Please write your name."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label="Phone",
        required=False,
        max_length=40,
        help_text="A phone number or an e-mail address is enough.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    email = forms.CharField(
        label="E-mail",
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email", "type": "email"}),
    )
    note = forms.CharField(
        label="Anything the clinic should know (optional)",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    consent = forms.BooleanField(
        label=settings.BOOKING_CONSENT,
        error_messages={"required": "Please tick this box: without it the clinic may not keep your details."},
    )

    def __init__(self, *args: Any, slots: list[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].widget.choices = [("", "Please choose"), *by_day(slots)]

    def clean_name(self) -> str:
        """Keep what can be read."""
        name = " ".join(CONTROL.sub("", self.cleaned_data["name"]).split())
        if not name:
            raise forms.ValidationError("Please write your name.")
        return name

    def clean_note(self) -> str:
        """Keep what can be read."""
        return CONTROL.sub("", self.cleaned_data["note"])

    def clean_phone(self) -> str:
        """Check the number; one without a country code is taken as Canadian."""
        raw = CONTROL.sub("", self.cleaned_data["phone"])
        if not raw:
            return ""
        try:
            number = phonenumbers.parse(raw, "CA")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or number.extension or not phonenumbers.is_valid_number(number):
            raise forms.ValidationError("This is not a phone number we can call. Example: 604 555 0123.")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def clean_email(self) -> str:
        """Check the address without asking the network."""
        raw = self.cleaned_data["email"]
        if not raw:
            return ""
        try:
            return validate_email(raw, check_deliverability=False).normalized
        except EmailNotValidError:
            raise forms.ValidationError("This is not an e-mail address. Example: name@example.ca.") from None

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the visitor."""
        cleaned = super().clean() or {}
        told = cleaned.get("phone") or cleaned.get("email")
        if not told and "phone" not in self.errors and "email" not in self.errors:
            self.add_error("phone", "Please leave a phone number or an e-mail address, so that we can reach you.")
        return cleaned

    def wanted(self) -> Request:
        """Give what was asked for; the form must be valid."""
        cleaned = self.cleaned_data
        return Request(cleaned["slot"], cleaned["name"], cleaned["phone"], cleaned["email"], cleaned["note"])
