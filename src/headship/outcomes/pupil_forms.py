"""Forms of files of pupils and results. They only clean."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from headship.core.components import DateField
from headship.core.pages import academic_year
from headship.outcomes import pupil_columns
from headship.outcomes.choices import SCALES
from headship.outcomes.pupil_brought import bounds_of
from headship.outcomes.pupil_files import LEAVE, Asked, Words
from headship.outcomes.subjects import SUBJECTS, subject_of
from headship.people.rosters import hash_of

EARLIER = 6  # academic years before this one that files may be of
SCALE_CHOICES = [("", "Choose"), *((each.code, each.words) for each in SCALES.values())]
BY_WORDS = sorted(SUBJECTS.values(), key=lambda subject: subject.words)


class Upload(forms.Form):
    """A file to bring, and what it is of."""

    file = forms.FileField(
        label="CSV, XLSX or OneRoster zip",
        help_text="As your information system exports it. You see what would change before anything does.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another."},
    )
    year = forms.TypedChoiceField(label="Which academic year is it of?", coerce=int)
    name = forms.CharField(
        label="What is the assessment called?",
        max_length=80,
        required=False,
        help_text="Such as Key stage 2 tests, or Year 10 autumn assessment. Leave it blank where the file has no "
        "results, or names its assessments in a column.",
    )
    scale = forms.ChoiceField(label="What do its scores mean?", choices=SCALE_CHOICES, required=False)
    taken_on = DateField(
        label="On which day was it taken?", required=False, help_text="For examinations over weeks, the last day."
    )

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(this_year, this_year - EARLIER - 1, -1)
        self.fields["year"].choices = [(year, academic_year(year)) for year in years]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Say what does not go together. Errors: by field."""
        told = super().clean() or {}
        year, day = told.get("year"), told.get("taken_on")
        if year and day and not bounds_of(year)[0] <= day <= bounds_of(year)[1]:
            self.add_error("taken_on", f"This day is not in {academic_year(year)}. Correct the day or the year.")
        if told.get("name") and not told.get("scale"):
            self.add_error("scale", "Say what the scores mean: a number without its scale says nothing.")
        return told

    def asked(self) -> Asked:
        """Return what was said of the file."""
        told = self.cleaned_data
        day = told["taken_on"]
        name = " ".join(told["name"].split())
        return Asked(told["year"], name, told["scale"], day.isoformat() if day else "")


class Columns(forms.Form):
    """For each column of a table: what it is here."""

    def __init__(
        self, *args: Any, headings: Sequence[str], guessed: Mapping[str, str], names: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headings = headings
        choices = pupil_columns.offered(names=names)
        for number, heading in enumerate(headings):
            self.fields[f"to{number}"] = forms.ChoiceField(
                label=heading, choices=choices, required=False, initial=guessed.get(heading, "")
            )
        first = [f"to{number}" for number, heading in enumerate(headings) if heading in guessed]
        self.order_fields(first)  # what was recognised comes first: of three hundred columns, few matter

    def mapping(self) -> dict[str, str]:
        """Return the chosen place of each column that has one."""
        chosen = {heading: self.cleaned_data[f"to{number}"] for number, heading in enumerate(self.headings)}
        return {heading: to for heading, to in chosen.items() if to}


class Meanings(forms.Form):
    """What the words of a file mean: the scale of each of its assessments, and the subject behind each subject's name.

    `remembered` holds what was said before, by the keyed hash of the word: no word of a file is kept.
    """

    def __init__(
        self, *args: Any, words: Words, scale: str, remembered: Mapping[str, str], secret: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret
        self.marks: dict[str, str] = {}
        scales = [("", "Choose"), (LEAVE, "Leave these results out"), *SCALE_CHOICES[1:]]
        subjects = [("", "Choose"), (LEAVE, "Leave these results out"), *((each.code, each.words) for each in BY_WORDS)]
        for word, count in words.assessments.items():
            self._ask(f"assessment:{word}", _label(word, count), scales, remembered, scale)
        for word, count in words.subjects.items():
            self._ask(f"subject:{word}", _label(word, count), subjects, remembered, subject_of(word) or "")

    def _ask(
        self, mark: str, label: str, choices: list[tuple[str, str]], remembered: Mapping[str, str], usual: str
    ) -> None:
        name = f"word{len(self.marks)}"
        initial = remembered.get(hash_of(mark, self.secret), usual)
        asks = "on what scale?" if mark.startswith("assessment") else "which subject?"
        self.fields[name] = forms.ChoiceField(
            label=f"{label}: {asks}",
            choices=choices,
            initial=initial,
            error_messages={"required": f"{label}: choose, or leave these results out."},
        )
        self.marks[name] = mark

    def meanings(self) -> dict[str, str]:
        """Return what each word means."""
        return {mark: self.cleaned_data[name] for name, mark in self.marks.items()}

    def to_remember(self) -> dict[str, str]:
        """Return what was said, by the words' keyed hashes."""
        return {hash_of(mark, self.secret): to for mark, to in self.meanings().items()}


def _label(word: str, count: int) -> str:
    return f"“{word}” ({count:,} result{'' if count == 1 else 's'})"
