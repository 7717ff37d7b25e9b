"""Forms of progress meetings: clean values only."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from headship.core.components import DateField
from headship.outcomes import meeting_actions as actions
from headship.outcomes.held import Held
from headship.schools.calendar_dates import TERMS


class MeetingForm(forms.Form):
    """When a meeting was, about whom and what, and who was there."""

    held_on = DateField(label="When was it?", error_messages={"required": "Enter the day of the meeting"})
    term = forms.ChoiceField(label="Term", choices=[(each, f"{each.title()} term") for each in TERMS])
    year_group = forms.ChoiceField(label="Year group (optional)", required=False)
    subject = forms.ChoiceField(label="Subject (optional)", required=False)
    present = forms.TypedMultipleChoiceField(
        label="Who was there?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who was there"},
    )
    notes = forms.CharField(
        label="What was talked about? (optional)",
        help_text="What is to change comes next, line by line. Do not name pupils.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]], results: Held, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["present"].choices = list(people)  # type: ignore[attr-defined]  # a field of choices
        groups = ((each, each) for each in results.year_groups)
        self.fields["year_group"].choices = [("", "All year groups"), *groups]  # type: ignore[attr-defined]  # the same
        self.fields["subject"].choices = [("", "All subjects"), *results.subjects]  # type: ignore[attr-defined]  # the same

    def clean_held_on(self) -> date:
        """Take only a day that was."""
        on: date = self.cleaned_data["held_on"]
        if on > self.today:
            raise forms.ValidationError("A meeting is noted once it was held: its day cannot be to come")
        return on

    def held(self) -> actions.Held:
        """Return what was noted."""
        return actions.Held(**{name: self.cleaned_data[name] for name in actions.Held.__dataclass_fields__})


class LineForm(forms.Form):
    """What is to change, for whom, by whom, by when."""

    what = forms.CharField(label="What changes?", max_length=200, error_messages={"required": "Enter what changes"})
    for_whom = forms.CharField(
        label="For whom?",
        help_text="A group in words, such as those below the standard in fractions. Do not name pupils.",
        max_length=200,
        error_messages={"required": "Enter for whom"},
    )
    owner = forms.TypedChoiceField(
        label="Who takes it on?", coerce=int, error_messages={"required": "Choose who takes it on"}
    )
    due_on = DateField(label="By when?", error_messages={"required": "Enter by when"})
    pupils = forms.TypedMultipleChoiceField(
        label="Pupils (optional)",
        help_text="Shown to the headteacher, senior leaders and the designated safeguarding lead alone.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], names: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose somebody"), *owners]  # type: ignore[attr-defined]  # a field of choices
        if names:
            self.fields["pupils"].choices = list(names.items())  # type: ignore[attr-defined]  # the same
        else:
            del self.fields["pupils"]

    def agreed(self) -> actions.Agreed:
        """Return what was noted."""
        told = {name: self.cleaned_data[name] for name in ("what", "for_whom", "owner", "due_on")}
        return actions.Agreed(**told, pupils=self.cleaned_data.get("pupils"))


class CloseForm(forms.Form):
    """What came of something that was to change."""

    came_of_it = forms.CharField(
        label="What came of it?",
        help_text="Also where nothing did. Do not name pupils.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what came of it"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
