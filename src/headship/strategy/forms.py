"""Forms of values and decisions: clean values only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from headship.core import form_parts
from headship.core.components import DateField
from headship.core.pages import academic_year
from headship.core.visibility import Visibility
from headship.standards.forms import Choices
from headship.strategy import journal_rules, rules
from headship.strategy.models import Value
from headship.strategy.queries import OVERDUE, Filter


class DecisionForm(forms.Form):
    """The four fields of a phone, and the mark that keeps one form from noting two decisions."""

    what = forms.CharField(
        label="What was decided?",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter what was decided"},
    )
    why = forms.CharField(
        label="Why? (optional)",
        help_text="A sentence is enough. Do not name pupils.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    serves = forms.MultipleChoiceField(
        label="What does it serve? (optional)", required=False, widget=forms.CheckboxSelectMultiple
    )
    visibility = forms.ChoiceField(
        label="Who can see it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who can see it"},
    )
    once = form_parts.once()
    version = form_parts.version()

    def __init__(  # what the form offers
        self,
        *args: Any,
        values: Sequence[Value],
        characteristics: Choices,
        offered: Sequence[Visibility],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        own = [(f"v{value.id}", value.name) for value in values]
        groups = [("Our values", own)] if own else []
        self.open_groups = len(groups) + 1
        self.fields["serves"].choices = [  # type: ignore[attr-defined]  # a field of choices
            *groups,
            *((heading, [(f"c{code}", words) for code, words in group]) for heading, group in characteristics),
        ]
        self.fields["visibility"].choices = [(each.value, each.words) for each in offered]  # type: ignore[attr-defined]  # the same

    def chosen(self, letter: str) -> list[str]:
        """Return the chosen values ("v") or characteristics ("c") without their letter."""
        return [each[1:] for each in self.cleaned_data["serves"] if each[0] == letter]


class FullDecisionForm(DecisionForm):
    """The four fields, the day, the area, and what is needed for looking back."""

    decided_on = DateField(label="When was it decided?", error_messages={"required": "Enter the day it was decided"})
    area = forms.TypedChoiceField(label="In which area? (optional)", required=False, coerce=int, empty_value=None)
    expected = forms.CharField(
        label="What do you expect of it? (optional)",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    review_on = DateField(label="Look back at it on (optional)", required=False)
    hinted = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: date, areas: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["area"].choices = [("", "None"), *areas]  # type: ignore[attr-defined]  # a field of choices

    def clean(self) -> None:
        """Take only a day to look back on that comes after the decision's."""
        super().clean()
        decided_on = self.cleaned_data.get("decided_on", self.today)
        if wrong := journal_rules.review_on(self.cleaned_data.get("review_on"), decided_on=decided_on):
            self.add_error("review_on", wrong)

    def clean_decided_on(self) -> date:
        """Take only a day that can be a decision's."""
        on: date = self.cleaned_data["decided_on"]
        if wrong := rules.decided_on(on, today=self.today):
            raise forms.ValidationError(wrong)
        return on


class FilterForm(forms.Form):
    """What the log is narrowed to: the school's own values and years; anything else is as if not asked."""

    value = forms.TypedChoiceField(label="Value", required=False, coerce=int, empty_value=None)
    year = forms.TypedChoiceField(label="Academic year", required=False, coerce=int, empty_value=None)
    area = forms.TypedChoiceField(label="Area", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label="Looking back", required=False, choices=[("", "All"), ("open", "To look back at"), (OVERDUE, "Overdue")]
    )
    before = forms.RegexField(r"^\d{4}-\d\d-\d\d\.\d{1,18}$", required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        values: Sequence[Value],
        years: Sequence[int],
        areas: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        every = ("", "All")
        self.fields["value"].choices = [every, *((each.id, each.name) for each in values)]  # type: ignore[attr-defined]  # a field of choices
        self.fields["year"].choices = [every, *((each, academic_year(each)) for each in years)]  # type: ignore[attr-defined]  # the same
        self.fields["area"].choices = [every, *areas]  # type: ignore[attr-defined]  # the same

    def clean_before(self) -> tuple[date, int] | None:
        """Read where a page starts: the last decision's day and key."""
        if not self.cleaned_data["before"]:
            return None
        day, _, key = self.cleaned_data["before"].partition(".")
        try:
            return date.fromisoformat(day), int(key)
        except ValueError as error:
            raise forms.ValidationError("No page starts there") from error

    def wanted(self) -> Filter:
        """Return what was asked for and is on offer."""
        self.is_valid()
        return Filter(**{name: self.cleaned_data.get(name) for name in ("value", "year", "before", "area", "state")})


class WithdrawForm(forms.Form):
    """Why something is withdrawn."""

    because = forms.CharField(
        label="Why are you withdrawing it?",
        help_text="This stays in the decision's history.",
        max_length=300,
        error_messages={"required": "Enter why you are withdrawing it"},
    )
    version = form_parts.version(required=True)


class ValueForm(forms.Form):
    """One of the school's values, in its own words."""

    name = forms.CharField(
        label="The value, in a word or two", max_length=60, error_messages={"required": "Enter the value"}
    )
    meaning = forms.CharField(label="What it means here (optional)", required=False, max_length=200)
    version = form_parts.version()
