"""The form by which staff say something of themselves, or do not."""

from collections.abc import Mapping
from typing import Any

from django import forms

from headship.equality.apart_queries import choices
from headship.policy.loader import PolicyValue

RATHER_NOT = "rather_not"  # as it is sent: radios leave out what is empty


class AboutYouForm(forms.Form):
    """One question for each characteristic; the first answer of each is that one would rather not."""

    def __init__(self, *args: Any, asked: Mapping[str, PolicyValue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, each in asked.items():
            self.fields[code.partition(".")[2]] = forms.ChoiceField(
                label=each.words,
                choices=[(RATHER_NOT, "I would rather not say"), *choices(each).items()],
                required=False,
                initial=RATHER_NOT,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": f"{each.words}: choose one of these, or that you would rather not."},
            )
        self.codes = {code.partition(".")[2]: code for code in asked}

    @property
    def said(self) -> dict[str, str]:
        """What was said, by the code of what was asked; nothing where somebody would rather not."""
        return {self.codes[name]: choice for name, choice in self.cleaned_data.items() if choice != RATHER_NOT}


class ReleaseForm(forms.Form):
    """Says that a year is compared, once."""

    year = forms.IntegerField(widget=forms.HiddenInput)
