"""What staff choose when they correct, and what they check when they approve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from chat.models import Disposition
from teaching import vocabulary
from teaching.models import Correction

Kind = Correction.Kind


class CorrectionForm(forms.Form):
    """One correction; which targets there are depends on its kind."""

    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.HiddenInput)
    target = forms.ChoiceField(label="Choose", error_messages={"required": "Please choose one."})
    reason = forms.CharField(label="Why? (optional)", max_length=1000, required=False, widget=forms.Textarea)

    def __init__(self, kind: str, data: Mapping[str, Any] | None = None, already: str = "") -> None:
        """Offer the targets of this kind; `already` is what the assistant made of it, which corrects nothing."""
        self.already = already
        super().__init__(data, initial={"kind": kind}, auto_id=f"{kind}-%s")
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types only
        field.choices = [("", "Choose"), *targets(kind)]
        if kind == Kind.LEVEL:
            self.fields["reason"].required = True
            self.fields["reason"].label = "Why?"
            self.fields["reason"].error_messages["required"] = "Please say why: the level is what we must get right."

    def clean_target(self) -> str:
        """Refuse what the assistant has done already."""
        target = str(self.cleaned_data["target"])
        if target == self.already:
            raise forms.ValidationError("The assistant did just that. Choose what would have been right.")
        return target


def targets(kind: str) -> list[Any]:
    """Give the choices for a kind of correction."""
    if kind == Kind.INTENT:
        return vocabulary.intent_choices()
    if kind == Kind.ANSWER:
        return vocabulary.answer_choices()
    if kind == Kind.LEVEL:
        return list(Disposition.choices)
    return vocabulary.sign_choices() if kind in (Kind.MISSED, Kind.WRONG) else []
