"""Forms of changes in policy: clean values only."""

from collections.abc import Sequence
from typing import Any

from django import forms

from headship.core import form_parts
from headship.core.components import DateField
from headship.core.form_parts import line
from headship.policies.choices import Answer, Origin, Progress
from headship.policies.forms import Owners


class ChangeForm(forms.Form):
    """A change in policy."""

    title = line("What changes?", 160, "Enter what changes")
    origin = forms.TypedChoiceField(
        label="Where does it come from?",
        choices=[(each.value, each.words) for each in Origin],
        coerce=Origin,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it comes from"},
    )
    source = line("Where does it stand?", 200, "Enter where it stands", "The letter, guidance or law, in words.")
    link = forms.URLField(label="Its address (optional)", max_length=400, required=False, assume_scheme="https")
    published_on = DateField(label="Published on (optional)", required=False)
    in_force_on = DateField(label="In force from (optional)", required=False)
    means = forms.CharField(
        label="What does it mean for us? (optional)",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    once = form_parts.once()
    version = form_parts.version()


class DutyForm(forms.Form):
    """What a change asks, and how we answer it."""

    words = line("What does it ask of us?", 400, "Enter what it asks")
    due_on = DateField(label="By when? (optional)", required=False)
    answer = forms.TypedChoiceField(
        label="How do we answer it?",
        choices=[(each.value, each.words) for each in Answer],
        coerce=Answer,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how we answer it"},
    )
    policy = forms.TypedChoiceField(
        label="By which policy? (where a policy answers it)", required=False, coerce=int, empty_value=None
    )
    because = line("Why does it not touch us? (where it does not)", 300)
    owner = forms.TypedChoiceField(label="Who answers for it?", required=False, coerce=int, empty_value=None)
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, owners: Owners, policies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Nobody yet"), *owners]  # type: ignore[attr-defined]  # a field of choices
        self.fields["policy"].choices = [("", "None"), *policies]  # type: ignore[attr-defined]  # the same


class ActionForm(forms.Form):
    """What is done for a duty."""

    what = line("What is done?", 200, "Enter what is done", "Do not name pupils.")
    owner = forms.TypedChoiceField(label="Who does it?", coerce=int, error_messages={"required": "Choose who does it"})
    due_on = DateField(label="By when?", error_messages={"required": "Enter the day it is due"})
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, owners: Owners, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]  # a field of choices


class MoveForm(forms.Form):
    """How far an action is, and what was done."""

    to = forms.TypedChoiceField(
        label="How far is it?",
        coerce=Progress,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it is"},
    )
    said = line("What was done, or why was it dropped?", 400)
    version = form_parts.version(required=True)

    def __init__(self, *args: Any, after: Sequence[Progress], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(each.value, each.words) for each in after]  # type: ignore[attr-defined]  # a field of choices


class WithdrawForm(forms.Form):
    """Why a duty is withdrawn."""

    because = line(
        "Why?",
        300,
        "Say why it is withdrawn",
        "It is asked no more from today, nor what is planned for it. It stays told.",
    )
    version = form_parts.version(required=True)


class OriginForm(forms.Form):
    """Which changes are shown."""

    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "All changes"), ("gaps", "Where something is missing"),
                 *((each.value, each.words) for each in Origin)],
    )  # fmt: skip
