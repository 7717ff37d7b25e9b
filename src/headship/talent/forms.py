"""Forms of notes of learning: clean values only."""

from datetime import date

from django import forms

from headship.core.components import DateField
from headship.talent import rules
from headship.talent.own_forms import OwnForm


class NoteForm(OwnForm):
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
    serves_words = "Which characteristics does it show? (optional)"

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
