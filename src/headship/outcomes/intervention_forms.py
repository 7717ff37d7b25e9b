"""Forms of interventions: clean values only."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from headship.core.components import DateField
from headship.core.pages import academic_year
from headship.outcomes.held import Held
from headship.outcomes.intervention_actions import Planned

APART = "|"
NONE_YET = ("", "Not known yet")


class InterventionForm(forms.Form):
    """What is done, for whom, by whom, at what cost, and which results will tell."""

    name = forms.CharField(
        label="What do you call it?",
        help_text="Do not name pupils.",
        max_length=80,
        error_messages={"required": "Enter what you call it"},
    )
    subject = forms.ChoiceField(label="Subject", error_messages={"required": "Choose the subject"})
    year_group = forms.ChoiceField(label="Year group", error_messages={"required": "Choose the year group"})
    approach = forms.CharField(
        label="What is done, how often, in how large a group? (optional)",
        help_text="Do not name pupils.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.TypedChoiceField(
        label="Who answers for it?", coerce=int, error_messages={"required": "Choose who answers for it"}
    )
    starts_on = DateField(label="When does it start?", error_messages={"required": "Enter when it starts"})
    ends_on = DateField(label="When does it end? (optional)", required=False)
    cost = forms.DecimalField(
        label="What it costs, in pounds (optional)", required=False, min_value=0, max_digits=10, decimal_places=2
    )
    hours = forms.DecimalField(
        label="Hours of staff in all (optional)", required=False, min_value=0, max_digits=7, decimal_places=1
    )
    before = forms.ChoiceField(label="Results before", required=False)
    after = forms.ChoiceField(label="Results after", required=False)
    upns = forms.CharField(
        label="UPNs of the pupils who take part, one on a line (optional)",
        help_text="Your information system shows a UPN among a pupil's details, and exports lists with a column of "
        "UPNs: paste that column. They are turned into keyed hashes at once; no UPN is kept. Left empty, those who "
        "are on it stay.",
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, results: Held, owners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sat = [
            (f"{each.year}{APART}{each.name}", f"{each.name}, {academic_year(each.year)}")
            for each in reversed(results.assessments)
        ]
        for name, offered in (
            ("subject", results.subjects),
            ("year_group", [(each, each) for each in results.year_groups]),
            ("owner", [("", "Choose somebody"), *owners]),
            ("before", [NONE_YET, *sat]),
            ("after", [NONE_YET, *sat]),
        ):
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # fields of choices

    def clean(self) -> None:
        """See that it ends after it starts, and is not judged by one and the same assessment."""
        told = self.cleaned_data
        if told.get("starts_on") and told.get("ends_on") and told["ends_on"] < told["starts_on"]:
            self.add_error("ends_on", "It cannot end before it starts")
        if told.get("before") and told.get("before") == told.get("after"):
            self.add_error("after", "Choose other results than those before")

    def planned(self) -> Planned:
        """Return what was written down."""
        told = {name: self.cleaned_data[name] for name in Planned.__dataclass_fields__ if name in self.cleaned_data}
        for name in ("before", "after"):
            year, _, sat = told[name].partition(APART)
            told |= {name: sat, f"{name}_year": int(year) if year else None}
        return Planned(**told)

    def upns_given(self) -> list[str] | None:
        """Return the UPNs that were pasted, a line each; None where none were."""
        text: str = self.cleaned_data["upns"]
        return text.splitlines() if text.strip() else None


class ReviewForm(forms.Form):
    """What came of an intervention, in words."""

    conclusion = forms.CharField(
        label="What came of it, and what will you do now?",
        help_text="Keep it, change it or stop it, and why. Do not name pupils.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what came of it"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """Which state of a thing somebody looked at when they pressed a button."""

    version = forms.IntegerField(widget=forms.HiddenInput)
