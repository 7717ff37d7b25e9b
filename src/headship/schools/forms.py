"""Forms of imports and of the school search: clean values only."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from headship.schools.choices import PUBLISHED, year_words
from headship.schools.layouts import MAPPABLE

YEARS = range(2026, 2014, -1)


class SearchForm(forms.Form):
    """What is sought."""

    sought = forms.CharField(
        label="Name, URN or postcode",
        required=False,
        max_length=120,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class UploadForm(forms.Form):
    """A table to import."""

    file = forms.FileField(
        label="CSV, gzipped CSV or XLSX file",
        help_text="DfE's register (edubasealldata), links, groups, census, absence and workforce files are known.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another."},
    )


class MappingForm(forms.Form):
    """For each column of a table: what it is here, and in which year if it is a figure."""

    def __init__(self, *args: Any, headings: Sequence[str], guessed: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = headings
        for number, heading in enumerate(headings):
            to, _, year = guessed.get(heading, "").partition("@")
            self.fields[f"to{number}"] = forms.ChoiceField(
                label=heading, choices=_places(), required=False, initial=to, widget=forms.Select
            )
            self.fields[f"year{number}"] = forms.ChoiceField(
                label=f"Year of “{heading}”, if it is a figure",
                choices=[("", "No year"), *((str(each), year_words(each)) for each in YEARS)],
                required=False,
                initial=year,
            )

    def mapping(self) -> dict[str, str]:
        """Return the chosen place of each column that has one."""
        chosen = {}
        for number, heading in enumerate(self.headings):
            to = self.cleaned_data[f"to{number}"]
            if to:
                year = self.cleaned_data[f"year{number}"]
                chosen[heading] = f"{to}@{year}" if to in PUBLISHED else to
        return chosen


def _places() -> list[tuple[str, str]]:
    return [("", "Leave it out"), *MAPPABLE.items(), *((each.code, each.words) for each in PUBLISHED.values())]
