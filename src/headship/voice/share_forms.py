"""Forms of showing feedback to somebody: clean values only."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from headship.core.components import DateField
from headship.voice import rules
from headship.voice.choices import Why
from headship.voice.share_actions import Shown
from headship.voice.share_queries import Choosable

SOME, EVERYTHING = "some", "all"


class ShownForm(forms.Form):
    """What is shown, and until when."""

    all_of_it = forms.ChoiceField(
        label="How much of it?",
        choices=((SOME, "Only the parts I tick below"), (EVERYTHING, "All of it")),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how much of it you show"},
    )
    parts = forms.MultipleChoiceField(
        label="Parts to show",
        help_text="Each with what others said of it, statement by statement.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    comments = forms.BooleanField(label="Show what people wrote, without any names", required=False)
    own = forms.BooleanField(label="Show how I see myself beside it", required=False)
    until = DateField(label="Until when?", error_messages={"required": "Enter the last day they can see it"})
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offered: Mapping[str, str], today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.fields["parts"].choices = list(offered.items())  # type: ignore[attr-defined]  # a field of choices

    def clean_until(self) -> date:
        """Take only a day that can be the last."""
        on: date = self.cleaned_data["until"]
        if wrong := rules.until(on, today=self.today):
            raise forms.ValidationError(wrong)
        return on

    def clean(self) -> dict[str, Any]:
        """Ask for a part where not all is shown."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("all_of_it") == SOME and not cleaned.get("parts"):
            self.add_error("parts", "Tick at least one part, or choose to show all of it.")
        return cleaned

    @property
    def shown(self) -> Shown:
        """What was chosen."""
        given = self.cleaned_data
        parts = tuple(given["parts"]) if given["all_of_it"] == SOME else ()
        return Shown(parts, given["until"], comments=given["comments"], own=given["own"])


class ShareForm(ShownForm):
    """To whom besides: one coach, or those who appraise."""

    field_order = ("readers",)

    def __init__(self, *args: Any, people: Sequence[Choosable], why: Why, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(str(each.person), _named(each, why)) for each in people]
        self.fields = {"readers": _field(why, choices), **self.fields}

    @property
    def readers(self) -> list[int]:
        """Whom it is shown to."""
        given = self.cleaned_data["readers"]
        return [int(each) for each in (given if isinstance(given, list) else [given])]


def _field(why: Why, choices: Sequence[tuple[str, str]]) -> forms.Field:
    if why is Why.COACH:
        none = {"required": "Choose your coach"}
        return forms.ChoiceField(label="Who is your coach?", choices=[("", "Choose"), *choices], error_messages=none)
    none = {"required": "Tick whoever you show it to"}
    return forms.MultipleChoiceField(
        label="Who sees it?", choices=choices, widget=forms.CheckboxSelectMultiple, error_messages=none
    )


def _named(each: Choosable, why: Why) -> str:
    tie = {Why.COACH: "your coach", Why.PANEL: "of your panel"}[why]
    return f"{each.name}, {each.does.lower()}" + (f" ({tie})" if each.tied else "")
