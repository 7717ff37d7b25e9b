"""Forms of the workload ledger: clean values only."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from headship.core import form_parts
from headship.core.components import DateField
from headship.core.form_parts import line
from headship.core.roles import Role
from headship.workload import rules
from headship.workload.choices import ASKED, Kind, Outcome, State

type Offered = Sequence[tuple[int, str]]


class DemandForm(forms.Form):
    """What staff are asked for, why, of whom, how long and often, and what goes for it."""

    title = line("What is asked of staff?", 120, "Enter what is asked", "Name nobody.")
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(each.value, each.words) for each in Kind],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is"},
    )
    reason = line("Why is it asked?", 400, "Enter why it is asked", "Who reads or uses what comes of it?")
    owner = forms.TypedChoiceField(
        label="Who answers for it?", coerce=int, error_messages={"required": "Choose who answers for it"}
    )
    everybody = forms.MultipleChoiceField(
        label="Who is asked?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who is asked"},
    )
    minutes = forms.IntegerField(
        label="Minutes each time", min_value=1, error_messages={"required": "Enter the minutes"}
    )
    times = forms.IntegerField(label="Times a year", min_value=1, error_messages={"required": "Enter how often"})
    directed = forms.BooleanField(label="It is counted as directed time", required=False)
    goes = forms.TypedChoiceField(label="What goes for it?", required=False, coerce=int, empty_value=None)
    nothing_because = line("Or nothing goes, because (optional)", 300)
    review_on = DateField(label="Next review", error_messages={"required": "Enter the day of the next review"})
    once = form_parts.once()
    version = form_parts.version()

    def __init__(  # what is offered
        self, *args: Any, owners: Offered, agreed: Offered, heads: Mapping[str, int], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]  # a field of choices
        self.fields["goes"].choices = [("", "Nothing"), *agreed]  # type: ignore[attr-defined]  # the same
        self.fields["everybody"].choices = [  # type: ignore[attr-defined]  # the same
            (role.value, f"{role.words} ({heads.get(role, 0)} here)") for role in ASKED
        ]
        for role in ASKED:
            self.fields[f"people_{role}"] = forms.IntegerField(
                label=f"{role.words}: how many of them",
                required=False,
                min_value=0,
                max_value=rules.MOST_PEOPLE,
                error_messages={"max_value": rules.TOO_MANY},
            )

    def clean_review_on(self) -> date:
        """Refuse a review that is too far away."""
        return _within_a_year(self.cleaned_data["review_on"], self.today)

    @property
    def counts(self) -> list[Any]:
        """The fields that say how many of each post."""
        return [self[f"people_{role}"] for role in ASKED]

    def asked(self) -> dict[str, int | None]:
        """Return how many of each chosen post; None is all of them."""
        return {role: self.cleaned_data.get(f"people_{role}") for role in self.cleaned_data["everybody"]}


class WeighForm(forms.Form):
    """Whether a proposal is agreed."""

    to = forms.TypedChoiceField(
        label="Do you agree to it?",
        coerce=State,
        choices=[(State.AGREED.value, "Agree: staff are asked for it"), (State.REFUSED.value, "Refuse it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree"},
    )
    because = line("Why? (needed to refuse)", 300)
    version = form_parts.version()


class ReviewForm(forms.Form):
    """What a review comes to."""

    outcome = forms.TypedChoiceField(
        label="What becomes of it?",
        coerce=Outcome,
        choices=[(each.value, each.words) for each in Outcome],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of it"},
    )
    because = line("Why?", 300, "Say why")
    minutes = forms.IntegerField(
        label="Minutes each time, from now on (where it is changed)", required=False, min_value=1
    )
    times = forms.IntegerField(label="Times a year, from now on (where it is changed)", required=False, min_value=1)
    next_on = DateField(label="Next review (unless it is dropped)", required=False)
    version = form_parts.version()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_next_on(self) -> date | None:
        """Refuse a next review that is too far away."""
        next_on: date | None = self.cleaned_data["next_on"]
        return next_on and _within_a_year(next_on, self.today)


class HabitForm(forms.Form):
    """By which habit a demand is questioned."""

    habit = forms.TypedChoiceField(
        label="Which practice that we keep out of habit is it?", required=False, coerce=int, empty_value=None
    )
    version = form_parts.version()

    def __init__(self, *args: Any, habits: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["habit"].choices = [("", "None"), *habits.items()]  # type: ignore[attr-defined]  # a field of choices


class RatesForm(forms.Form):
    """What an hour costs."""

    everyone = forms.DecimalField(
        label="Pounds an hour, for every post without its own",
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
    )
    version = form_parts.version()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in ASKED:
            self.fields[f"rate_{role}"] = forms.DecimalField(
                label=f"{role.words} (optional)", required=False, min_value=0, max_digits=7, decimal_places=2
            )

    def rates(self) -> dict[str, Decimal]:
        """Return the rates that were entered; the one of every other post stands under no post."""
        typed = [("", self.cleaned_data["everyone"])]
        typed += [(role.value, self.cleaned_data[f"rate_{role}"]) for role in ASKED]
        return {role: pounds for role, pounds in typed if pounds is not None}


def _within_a_year(on: date, today: date) -> date:
    if wrong := rules.within_a_year(on, today=today):
        raise forms.ValidationError(wrong)
    return on


def as_typed(rates: Mapping[str, Decimal], held: int) -> dict[str, Any]:
    """Return rates as their form holds them."""
    typed = {f"rate_{Role(role)}": pounds for role, pounds in rates.items() if role}
    return {**typed, "everyone": rates.get(""), "version": held}
