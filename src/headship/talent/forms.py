"""Forms of notes of learning: clean values only."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from headship.core.components import DateField
from headship.core.visibility import Visibility
from headship.standards.forms import Choices
from headship.talent import rules


class NoteForm(forms.Form):
    """Something learned, and what will change."""

    what = forms.CharField(
        label="What did you learn?",
        max_length=200,
        error_messages={"required": "Enter what you learned"},
    )
    change = forms.CharField(
        label="What will you change? (optional)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    learned_on = DateField(label="When?", error_messages={"required": "Enter the day"})
    minutes = forms.IntegerField(
        label="How many minutes did it take? (optional)", required=False, min_value=1, max_value=100_000
    )
    serves = forms.MultipleChoiceField(
        label="Which characteristics does it show? (optional)", required=False, widget=forms.CheckboxSelectMultiple
    )
    visibility = forms.ChoiceField(
        label="Who can see it?", widget=forms.RadioSelect, error_messages={"required": "Choose who can see it"}
    )
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, today: date, characteristics: Choices, offered: Sequence[Visibility], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["serves"].choices = characteristics  # type: ignore[attr-defined]  # a field of choices
        self.fields["visibility"].choices = [(each.value, each.words) for each in offered]  # type: ignore[attr-defined]  # the same

    def clean_learned_on(self) -> date:
        """Take only a day that has come."""
        on: date = self.cleaned_data["learned_on"]
        if wrong := rules.learned_on(on, today=self.today):
            raise forms.ValidationError(wrong)
        return on


class VersionForm(forms.Form):
    """Which state of a note somebody looked at when they pressed a button."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ListForm(forms.Form):
    """Where a page of a list starts; anything else is as if not asked."""

    before = forms.RegexField(r"^\d{4}-\d\d-\d\d\.\d{1,18}$", required=False)

    def wanted(self) -> tuple[date, int] | None:
        """Return the last note's day and key, or None."""
        if not self.is_valid() or not self.cleaned_data["before"]:
            return None
        day, _, key = self.cleaned_data["before"].partition(".")
        try:
            return date.fromisoformat(day), int(key)
        except ValueError:
            return None
