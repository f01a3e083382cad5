"""Forms of the approval: the words that will leave the clinic, and the check that nothing personal is in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from chat.models import Message
from teaching import examples, vocabulary
from teaching.models import Correction, Example

Kind = Example.Kind
ASSURANCE = "I have read it: nothing in it tells who wrote it"


class Approval(forms.Form):
    """What both forms share: whoever approves has read the words and answers for them."""

    checked = forms.BooleanField(label=ASSURANCE, error_messages={"required": "Please read it and tick this box."})
    no_person = forms.BooleanField(required=False, label="What is named there is not personal data")

    def __init__(self, correction: Correction, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        """Keep the correction that it is about."""
        super().__init__(data, **more)
        self.correction = correction

    def texts(self) -> dict[str, str]:
        """Give the texts that leave the clinic, by field."""
        raise NotImplementedError

    def content(self) -> dict[str, Any]:
        """Give the content of the example."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Refuse what still looks personal, unless somebody says that it is not."""
        cleaned = super().clean() or {}
        for field, text in self.texts().items():
            seen = examples.left_over([text])
            if seen and not cleaned.get("no_person"):
                named = ", ".join(f"“{one.text}” ({one.label})" for one in seen)
                self.add_error(field, f"This looks personal: {named}. Take it out, or tick the box below if it is not.")
        return cleaned


class SentenceApproval(Approval):
    """One sentence."""

    kind = forms.ChoiceField(label="It becomes an")
    target = forms.ChoiceField(label="Of")
    text = forms.CharField(label="The words", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("kind", "target", "text", "no_person", "checked")

    def __init__(self, correction: Correction, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        """Offer what fits the correction, with masked words."""
        kinds = examples.kinds(correction)
        start = {
            "kind": kinds[0] if kinds else "",
            "target": self.usual_target(correction),
            "text": examples.draft(correction.message.text),
        }
        super().__init__(correction, data, initial=start, auto_id="sentence-%s", **more)
        self.choose("kind", [(kind.value, kind.label) for kind in kinds])
        self.choose("target", self.targets(correction))

    def choose(self, name: str, choices: list[Any]) -> None:
        """Give a field its choices."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types only
        field.choices = choices

    @staticmethod
    def usual_target(correction: Correction) -> str:
        """Give the target that staff named; of a level, the red flag that fired."""
        if correction.kind != Correction.Kind.LEVEL:
            return correction.target
        return next(iter(examples.fired(correction.message)), "")

    @staticmethod
    def targets(correction: Correction) -> list[Any]:
        """Give the targets that a sentence can stand under."""
        if correction.kind == Correction.Kind.INTENT:
            return vocabulary.intent_choices()
        if correction.kind == Correction.Kind.LEVEL:
            return [("", "Choose the red flag"), *vocabulary.sign_choices()[0][1]]
        return [one for _, group in vocabulary.sign_choices() for one in group if one[0] == correction.target]

    def texts(self) -> dict[str, str]:
        """Give the sentence."""
        return {"text": self.cleaned_data.get("text", "")}

    def content(self) -> dict[str, Any]:
        """Give the content of the example."""
        data = self.cleaned_data
        return examples.sentence(self.correction, data["kind"], data["target"], " ".join(data["text"].split()))


class StoryApproval(Approval):
    """A whole talk up to the corrected message."""

    title = forms.RegexField(
        r"^[a-z][\w ,;'-]+$",
        label="What the story shows, in one sentence",
        max_length=80,
        error_messages={"invalid": "Begin with a small letter; use letters, numbers, spaces and , ; ' - only."},
    )

    def __init__(self, correction: Correction, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        """Add a field for each message that was typed."""
        super().__init__(correction, data, auto_id="story-%s", **more)
        self.said = examples.said_up_to(correction.message)
        for message in self.said:
            if not message.payload:
                self.fields[f"said-{message.pk}"] = forms.CharField(
                    label="Visitor",
                    max_length=500,
                    initial=examples.draft(message.text),
                    widget=forms.Textarea(attrs={"rows": 2}),
                )
        self.order_fields(["title", *(f"said-{message.pk}" for message in self.said), "no_person", "checked"])

    def turns(self) -> list[tuple[Message, forms.BoundField | None]]:
        """Give each message with its field; a pressed button has none."""
        return [(one, None if one.payload else self[f"said-{one.pk}"]) for one in self.said]

    def texts(self) -> dict[str, str]:
        """Give title and messages."""
        return {name: text for name, text in self.cleaned_data.items() if name == "title" or name.startswith("said-")}

    def content(self) -> dict[str, Any]:
        """Give the content of the example."""
        words = {one.pk: " ".join(self.cleaned_data.get(f"said-{one.pk}", "").split()) for one in self.said}
        return examples.story(self.correction, self.cleaned_data["title"], words)
