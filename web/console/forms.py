"""What staff write."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from console.models import CallBack, Review


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg]
    """Agree, or say what should have been understood."""

    class Meta:
        model = Review
        fields: ClassVar[list[str]] = ["verdict", "understood", "level"]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason: a bare "disagree" helps nobody."""
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == Review.Verdict.DISAGREE and not (
            cleaned.get("understood") or cleaned.get("level")
        ):
            self.add_error("understood", "Please say what it should have understood, or choose the right level.")
        if cleaned.get("verdict") == Review.Verdict.AGREE:
            cleaned["understood"] = cleaned["level"] = ""
        return cleaned


class CallBackForm(forms.ModelForm):  # type: ignore[type-arg]
    """A note about the call, and the newest message that its writer has seen."""

    seen = forms.IntegerField()

    class Meta:
        model = CallBack
        fields: ClassVar[list[str]] = ["note"]
