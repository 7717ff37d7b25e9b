"""Forms of templates: clean values only."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from headship.appraisal import year_days as days
from headship.appraisal.staff_forms import AimForm, SetUpForm, YearsForm
from headship.appraisal.staff_template_actions import Kept
from headship.appraisal.staff_template_queries import DAYS
from headship.core import form_parts
from headship.policy.loader import YearDay

NAMES_NOBODY = "It is kept for everybody, year after year: name nobody in it."


class EveryYearField(forms.CharField):
    """A day of every year, typed as day and month."""

    def clean(self, value: Any) -> Any:
        """Return the day, or None where none is asked. Errors: ValidationError that says how a day is written."""
        text = super().clean(value)
        found = days.typed(text)
        if text and found is None:
            raise ValidationError(f"{self.label}: write a day and a month, such as 31 October")
        return found


def _every_year(label: str, missing: str) -> EveryYearField:
    return EveryYearField(
        label=label,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": f"Enter a usual day for {missing}, such as 31 October"},
    )


class TemplateForm(SetUpForm):
    """A template of a group's cycle."""

    objectives_by = _every_year("Objectives set by", "objectives")
    half_by = _every_year("Mid-year review by", "the mid-year review")
    review_by = _every_year("Review by", "the review")
    statement_by = _every_year("Statement by", "the statement")
    field_order = ("name", *DAYS, "parts", "moderated", "appeals", "appeal_days")

    def __init__(self, *args: Any, rule: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["objectives_by"].help_text = "Day and month, such as 31 October. The year is added when you begin."
        self.fields["statement_by"].help_text = rule

    @property
    def kept(self) -> Kept:
        """The template."""
        given = self.cleaned_data
        first, half, review, statement = (_day(given[each]) for each in DAYS)
        usual = (first, half, review, statement)
        return Kept(given["name"].strip(), usual, given["parts"], given["moderated"], given["appeal_days"])


def _day(given: Any) -> YearDay:
    assert isinstance(given, YearDay)
    return given


class TemplateAimForm(AimForm):
    """An objective of a template."""

    version = form_parts.version()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].help_text = NAMES_NOBODY


class PutForm(YearsForm):
    """Objectives of templates for many, each as it was seen: its key, a hyphen and its version."""

    objectives = forms.MultipleChoiceField(
        label="Which objectives?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one objective",
            "invalid_choice": "The objectives of templates have changed meanwhile: look at the list again",
        },
    )
    once = form_parts.once()
    field_order = ("objectives", "years")

    def __init__(self, *args: Any, objectives: Sequence[tuple[str, str]], seen: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["objectives"].choices = list(objectives)  # type: ignore[attr-defined]  # a field of choices
        self.fields["objectives"].hints = seen  # type: ignore[attr-defined]  # how each will be seen, under its words
        self.fields["years"].label = "Whose objectives are they?"

    @property
    def chosen(self) -> list[tuple[int, int]]:
        """What was chosen: keys with the version seen."""
        pairs = (each.split("-") for each in self.cleaned_data["objectives"])
        return [(int(key), int(version)) for key, version in pairs]
