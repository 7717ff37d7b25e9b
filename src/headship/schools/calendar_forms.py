"""Forms of the calendar: a year's terms on one page, and one day."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from headship.core.components import GovukField, in_reach
from headship.core.pages import in_words
from headship.schools import calendar_dates
from headship.schools.calendar_dates import DATES, TERMS, DayKind, TermDates

LABELS = {
    "starts_on": "{} term starts",
    "break_starts_on": "{} half-term begins",
    "break_ends_on": "{} half-term ends",
    "ends_on": "{} term ends",
}
TYPED = ["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%Y-%m-%d"]
NOT_NEEDED = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|,|(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)


class DayField(forms.DateField):
    """A date in words, weekday first: no browser can turn its day and month round, and weekends are seen.

    It may be typed as 3 September 2026, 3rd Sep 2026 or 3/9/2026, with or without the weekday.
    """

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"})
        super().__init__(widget=widget, input_formats=TYPED, **kwargs)

    def to_python(self, value: Any) -> date | None:
        """Read a date as people write them."""
        if isinstance(value, str):
            value = " ".join(NOT_NEEDED.sub(" ", value).split())
        day = super().to_python(value)
        try:
            return day and in_reach(day)
        except ValueError as fault:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from fault

    def prepare_value(self, value: Any) -> Any:
        """Show a date in words."""
        return f"{value:%a} {in_words(value)}" if isinstance(value, date) else value


class TermsForm(forms.Form):
    """Three terms with their half-terms. `version` is the one the reader saw, so that no one's change is lost."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, starts_in: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_in = starts_in
        for term in TERMS:
            for each in DATES:
                label = LABELS[each].format(term.title())
                required = not each.startswith("break")
                self.fields[f"{term}_{each}"] = DayField(
                    label=label, required=required, error_messages={"required": f"Enter the day the {label.lower()}"}
                )

    def clean(self) -> dict[str, Any]:
        """Say what cannot be right about the terms, each beside its date."""
        cleaned = super().clean() or {}
        if not self.errors:
            for fault in calendar_dates.faults(self.terms(), self.starts_in):
                self.add_error(f"{fault.term}_{fault.field}", fault.sentence)
        return cleaned

    def terms(self) -> tuple[TermDates, ...]:
        """Return the terms as they were typed."""
        return tuple(TermDates(term, **{each: self.cleaned_data[f"{term}_{each}"] for each in DATES}) for term in TERMS)

    def with_version(self, version: int) -> None:
        """Let the typed dates be saved over a newer version, once their writer has been told."""
        self.data = {**self.data.dict(), "version": version}  # type: ignore[attr-defined]  # a bound form's QueryDict

    def groups(self) -> Sequence[tuple[str, Sequence[GovukField]]]:
        """Return each term's legend and fields."""
        return [(f"{term.title()} term", [self[f"{term}_{each}"] for each in DATES]) for term in TERMS]  # type: ignore[misc]  # our renderer's own bound field


def as_typed(terms: Iterable[TermDates]) -> dict[str, date | None]:
    """Return terms as the form's initial values."""
    return {f"{term.name}_{each}": getattr(term, each) for term in terms for each in DATES}


class DayForm(forms.Form):
    """A training day, event, meeting or closure; the last day is asked only of what takes several."""

    kind = forms.ChoiceField(
        label="What kind of day is it?",
        choices=[(each.value, each.words) for each in DayKind],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of day it is"},
    )
    on = DayField(
        label="Day", help_text="Such as 3 September 2026 or 3/9/2026", error_messages={"required": "Enter the day"}
    )
    until = DayField(label="Last day (only if it takes several)", required=False)
    words = forms.CharField(
        label="What is it?",
        max_length=200,
        help_text="Everybody with a post here sees it. Do not name pupils.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say what it is, such as: Training day on reading"},
    )

    def clean(self) -> dict[str, Any]:
        """Let one day last a day, and refuse a last day before the first."""
        cleaned = super().clean() or {}
        cleaned["until"] = cleaned.get("until") or cleaned.get("on")
        if cleaned.get("on") and cleaned["until"] < cleaned["on"]:
            self.add_error("until", "The last day must not be before the first.")
        return cleaned
