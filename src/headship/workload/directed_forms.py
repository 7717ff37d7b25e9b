"""Forms of directed time: clean values only."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from headship.core import form_parts
from headship.core.components import DateField, in_reach
from headship.core.form_parts import line
from headship.workload import directed_rules
from headship.workload.choices import PLACED_FOR, WEEKDAYS, Directed
from headship.workload.demand_forms import Offered
from headship.workload.directed_actions import Works
from headship.workload.models import Working

WRITTEN = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d")
MOST_DATES = 200
PARTS = ("part", "whole", "days")


class DatesField(forms.CharField):
    """Dates, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> list[date]:
        """Return the dates. Errors: ValidationError naming the line that is none."""
        lines = [each.strip() for each in super().clean(value).splitlines() if each.strip()]
        if len(lines) > MOST_DATES:
            raise ValidationError(f"Enter at most {MOST_DATES} dates.", code="many")
        return [_day(each) for each in lines]


class PlacingForm(forms.Form):
    """Directed time, its place in the calendar, and whom it is for."""

    kind = forms.ChoiceField(
        label="What kind of time is it?",
        choices=[(each.value, each.words) for each in Directed],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose its kind"},
    )
    title = line("What is it called?", 120, "Enter what it is called", "Name nobody. Those it is for read it.")
    minutes = forms.IntegerField(
        label="Minutes each time", min_value=1, error_messages={"required": "Enter the minutes"}
    )
    weekday = forms.TypedChoiceField(
        label="Every week on a weekday of the school year",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Not every week"), *enumerate(WEEKDAYS)],
    )
    first_on = DateField(label="From (optional)", required=False)
    last_on = DateField(label="Until (optional)", required=False)
    dates = DatesField(label="Or on dates, one a line", required=False, help_text="Such as 5 October 2026.")
    everybody = forms.BooleanField(label="It is for everybody counted", required=False)
    roles = forms.MultipleChoiceField(
        label="Or for these posts",
        required=False,
        choices=[(each.value, each.words) for each in PLACED_FOR],
        widget=forms.CheckboxSelectMultiple,
    )
    people = forms.TypedMultipleChoiceField(
        label="Or for chosen people", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, counted: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = counted  # type: ignore[attr-defined]  # a field of choices


class WorkingForm(forms.Form):
    """How somebody works from a day on."""

    person = forms.TypedChoiceField(label="Who?", coerce=int, error_messages={"required": "Choose who"})
    uncounted = forms.BooleanField(
        label="Their time is not counted as directed time (a leadership post)", required=False
    )
    starts_on = DateField(label="From when?", error_messages={"required": "Enter the day"})
    part = forms.IntegerField(
        label="Share of full time", min_value=0, max_value=1000, error_messages={"required": "Enter the share"},
        help_text="3 of 5 for three days a week; 0 of 1 when they leave.",
    )  # fmt: skip
    whole = forms.IntegerField(
        label="of", min_value=1, max_value=1000, error_messages={"required": "Enter the share of what"}
    )
    weekdays = forms.TypedMultipleChoiceField(
        label="On which weekdays?",
        required=False,
        coerce=int,
        choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
    )
    version = form_parts.version()

    def __init__(self, *args: Any, people: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]  # a field of choices


class SharesForm(forms.Form):
    """How several people work from a day on: a row of a grid for each."""

    starts_on = DateField(label="From when?", error_messages={"required": "Enter the day"})
    version = form_parts.version()

    def __init__(self, *args: Any, rows: Sequence[tuple[Working, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = [(each.person_id, name) for each, name in rows]
        for each, name in rows:
            self._add("part", each.person_id, _whole(f"{name}: share of full time", 0), each.part)
            self._add("whole", each.person_id, _whole(f"{name}: of", 1), each.whole)
            self._add("days", each.person_id, _weekdays(f"{name}: weekdays"), [int(day) for day in each.weekdays])

    def _add(self, part: str, person: int, field: forms.Field, initial: object) -> None:
        field.initial, field.show_hidden_initial = initial, True  # what this writer saw, not what stands by now
        self.fields[f"{part}_{person}"] = field

    @property
    def grid(self) -> list[tuple[str, Any, Any, Any]]:
        """The rows: a name, the two fields of the share, and that of the weekdays."""
        return [
            (name, self[f"part_{person}"], self[f"whole_{person}"], self[f"days_{person}"])
            for person, name in self.people
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a share that is none, where it stands."""
        told = super().clean() or {}
        for person, _ in self.people:
            part, whole = told.get(f"part_{person}"), told.get(f"whole_{person}")
            if part is not None and whole is not None and (wrong := directed_rules.share(part, whole)):
                self.add_error(f"part_{person}", wrong)
        return told

    def shares(self) -> dict[int, Works]:
        """Return how those work of whom something was changed."""
        changed = {int(name.split("_")[1]) for name in self.changed_data if name.split("_")[0] in PARTS}
        told = self.cleaned_data
        return {
            person: Works(told["starts_on"], True, *(told[f"{part}_{person}"] for part in PARTS))
            for person, _ in self.people
            if person in changed
        }


def _whole(label: str, least: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=1000, error_messages={"required": "Enter the share"}
    )


def _weekdays(label: str) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label,
        required=False,
        coerce=int,
        choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
    )


class RemoveForm(form_parts.VersionForm):
    """What is taken back."""

    key = forms.IntegerField()


def as_lines(days: Sequence[date]) -> str:
    """Return dates as their field holds them."""
    return "\n".join(f"{each.day} {each:%B %Y}" for each in days)


def _day(text: str) -> date:
    for written in WRITTEN:
        try:
            return in_reach(datetime.strptime(text, written).date())  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise ValidationError(f"“{text}” is no date: write it like 5 October 2026.", code="invalid")
