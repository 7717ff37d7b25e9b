"""Forms of targets: clean values only."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from headship.core.components import DateField
from headship.core.pages import academic_year
from headship.outcomes import target_rules as rules
from headship.outcomes.held import Held
from headship.outcomes.target_actions import Aimed
from headship.outcomes.target_choices import GROUPS, Kind
from headship.schools.calendar_dates import bounds

EVERYBODY = "Everybody in the year group"


class TargetForm(forms.Form):
    """What is aimed at, for whom, by when, and who answers for it."""

    year = forms.TypedChoiceField(label="Academic year of the results", coerce=int)
    year_group = forms.ChoiceField(label="Year group", error_messages={"required": "Choose the year group"})
    group = forms.ChoiceField(label="Which pupils of it?", required=False)
    subject = forms.ChoiceField(label="Subject", error_messages={"required": "Choose the subject"})
    assessment = forms.ChoiceField(
        label="Which results decide it?", error_messages={"required": "Choose the results that decide it"}
    )
    kind = forms.ChoiceField(
        label="What is counted?",
        choices=[(each.value, each.words) for each in Kind],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is counted"},
    )
    standard = forms.FloatField(
        label="Score to reach (where pupils are counted)",
        help_text="For example 100 in key stage 2 tests, or 4 for a standard pass at GCSE.",
        required=False,
    )
    aim = forms.FloatField(
        label="The aim",
        help_text="How many pupils, or which mean score.",
        error_messages={"required": "Enter the aim"},
    )
    due_on = DateField(label="When are the results due?", error_messages={"required": "Enter when results are due"})
    review_on = DateField(label="When will you look at it next? (optional)", required=False)
    owner = forms.TypedChoiceField(
        label="Who answers for it?", coerce=int, error_messages={"required": "Choose who answers for it"}
    )
    why = forms.CharField(
        label="Why this aim? (optional)",
        help_text="A sentence is enough. Do not name pupils.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, results: Held, owners: Sequence[tuple[int, str]], years: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.results = results
        for name, offered in (
            ("year", [(each, academic_year(each)) for each in years]),
            ("year_group", [(each, each) for each in results.year_groups]),
            ("group", [("", EVERYBODY), *((code, _sentence(each.words)) for code, each in GROUPS.items())]),
            ("subject", results.subjects),
            ("assessment", [(each, each) for each in results.names]),
            ("owner", [("", "Choose somebody"), *owners]),
        ):
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # fields of choices

    def clean(self) -> None:
        """See that an aim fits what is counted, and the day the year."""
        told = self.cleaned_data
        if told.get("kind") == Kind.STANDARD:
            if told.get("standard") is None:
                self.add_error("standard", "Enter the score that counts as reaching it")
            if "aim" in told and (told["aim"] != int(told["aim"]) or told["aim"] < 1):
                self.add_error("aim", "Enter how many pupils: a whole number, 1 or more")
        if (
            told.get("due_on")
            and told.get("year")
            and (late := rules.due_on(told["due_on"], year=bounds(told["year"])))
        ):
            self.add_error("due_on", late)
        if self._aims_anew() and any(self.results.sat(*each) for each in self._decided_by()):
            self.add_error("assessment", rules.RESULTS_IN)

    def _aims_anew(self) -> bool:
        """Whether anything that results answer was changed."""
        told = self.cleaned_data
        return any(name in told and told[name] != self.initial.get(name) for name in rules.DECIDES)

    def _decided_by(self) -> list[tuple[str, int]]:
        """Return the results that decide it as it was, and as it is to be."""
        found = ((told.get("assessment"), told.get("year")) for told in (self.initial, self.cleaned_data))
        return [(name, year) for name, year in found if name and year]

    def aimed(self) -> Aimed:
        """Return what was written down."""
        told = {name: self.cleaned_data[name] for name in Aimed.__dataclass_fields__}
        return Aimed(**{**told, "kind": Kind(told["kind"])})


class ReviewForm(forms.Form):
    """How a target goes, and when it is looked at next."""

    words = forms.CharField(
        label="What did you find?",
        help_text="A sentence is enough. Do not name pupils.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what you found"},
    )
    review_on = DateField(label="When will you look at it again? (leave empty if not)", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_review_on(self) -> date | None:
        """Take only a day that is still to come."""
        on: date | None = self.cleaned_data["review_on"]
        if on and on <= self.today:
            raise forms.ValidationError("The next look must be on a day that is still to come")
        return on


class WithdrawForm(forms.Form):
    """Why something is withdrawn."""

    because = forms.CharField(
        label="Why are you withdrawing it?",
        help_text="This stays in its history.",
        max_length=300,
        error_messages={"required": "Enter why you are withdrawing it"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
