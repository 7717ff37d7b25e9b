"""Forms of teams and their yearly reviews: clean values only."""

from collections.abc import Sequence
from typing import Any

from django import forms

from headship.core import form_parts
from headship.core.components import DateField
from headship.core.pages import academic_year
from headship.strategy import team_rules
from headship.strategy.rights_choices import How

type People = Sequence[tuple[int, str]]


class TeamForm(forms.Form):
    """A team: its name, what it is there for, who leads it, since when."""

    name = forms.CharField(label="What is it called?", max_length=80, error_messages={"required": "Enter its name"})
    remit = forms.CharField(
        label="What is it there for?",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what it is there for"},
    )
    lead = forms.TypedChoiceField(label="Who leads it?", coerce=int, error_messages={"required": "Choose who leads it"})
    since = DateField(label="Since when?", error_messages={"required": "Enter the day since when"})
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]  # a field of choices


class MemberForm(forms.Form):
    """Somebody who joins a team."""

    person = forms.TypedChoiceField(label="Who joins?", coerce=int, error_messages={"required": "Choose who joins"})

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]  # a field of choices


class ReviewForm(forms.Form):
    """Who looks at whose decisions of a year, by when, and how they come together."""

    of = forms.ChoiceField(
        label="Whose decisions?", error_messages={"required": "Choose whose decisions are looked at"}
    )
    by = forms.ChoiceField(label="Who looks at them?", error_messages={"required": "Choose who looks at them"})
    starts_in = forms.TypedChoiceField(label="Of which academic year?", coerce=int)
    due_on = DateField(label="By when?", error_messages={"required": "Enter by when"})
    count = forms.IntegerField(label="How many decisions?", min_value=1, max_value=team_rules.MOST, initial=3)
    how = forms.TypedChoiceField(
        label="Which ones?",
        coerce=How,
        widget=forms.RadioSelect,
        choices=[(each.value, each.words) for each in How],
        initial=How.DRAWN.value,
    )
    key = forms.CharField(
        label="With which words is the lot drawn? (optional)",
        help_text="Agree on any words first: whoever has them can draw again and gets the same decisions.",
        max_length=60,
        required=False,
    )
    once = form_parts.once()

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("of", "by"):
            self.fields[name].choices = [("", "Choose"), *parties]  # type: ignore[attr-defined]  # a field of choices
        self.fields["starts_in"].choices = [(each, academic_year(each)) for each in years]  # type: ignore[attr-defined]  # the same


class ChooseForm(forms.Form):
    """Which decisions are looked at."""

    decisions = forms.TypedMultipleChoiceField(
        label="Which decisions do you look at?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one"},
    )

    def __init__(self, *args: Any, offered: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decisions"].choices = offered  # type: ignore[attr-defined]  # a field of choices


class ReadingForm(forms.Form):
    """What one thinks of somebody else's decision."""

    good = forms.CharField(
        label="What was good?",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what was good"},
    )
    otherwise = forms.CharField(
        label="What would we do otherwise?",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what you would do otherwise, or that you would do the same"},
    )
    version = form_parts.version(required=True)
