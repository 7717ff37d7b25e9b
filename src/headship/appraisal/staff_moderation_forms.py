"""Forms of moderation: clean values only."""

from typing import Any

from django import forms

from headship.appraisal.staff_choices import Looked
from headship.appraisal.staff_forms import WhoseForm, prose
from headship.core import form_parts


class LookedAtForm(forms.Form):
    """What a button sends once a group was looked at: of whom, what, and what was seen."""

    looked = forms.TypedChoiceField(
        choices=[(each.value, each.words) for each in Looked], coerce=Looked, widget=forms.HiddenInput
    )
    years = forms.CharField(widget=forms.HiddenInput, max_length=4000)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    once = form_parts.once()

    def clean_years(self) -> list[int]:
        """Return whose years, by key."""
        given = self.cleaned_data["years"].split()
        if not all(each.isdecimal() and len(each) < 16 for each in given):
            raise forms.ValidationError("Open the page again, and choose there.")
        return [int(each) for each in given]


class AskAgainForm(WhoseForm):
    """What whoever appraises is asked to look at again, and why."""

    words = prose(
        "What should be looked at again, and why?",
        "Enter what should be looked at again, and why",
        "Such as: others reached this by less; what is different here? Whoever appraises reads it and answers.",
        5,
        2000,
    )
    once = form_parts.once()
    version = form_parts.version(required=True)


class AnswerForm(forms.Form):
    """What whoever appraises found."""

    words = prose("What did you find, and what did you change?", "Enter what you found", rows=5, longest=2000)
    version = form_parts.version(required=True)


def hidden_values(looked: Looked, years: list[int], seen: str) -> dict[str, Any]:
    """Return what the button of a page sends."""
    return {"looked": looked, "years": " ".join(map(str, years)), "seen": seen}
