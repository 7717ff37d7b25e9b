"""What is typed about standards: clean values only."""

from django import forms

from headship.core.components import DateField
from headship.core.visibility import Visibility
from headship.evidence.choices import SHAREABLE, State


class ReflectionForm(forms.Form):
    """Where a head stands on one characteristic."""

    state = forms.ChoiceField(
        label="Where do you stand?",
        choices=[(state.value, f"{state.words}: {state.meaning}") for state in State],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="In your own words",
        help_text="What do you notice, and what are you trying?",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    next_step = forms.CharField(
        label="Your next step",
        help_text="One thing. Leave it empty if there is none yet.",
        max_length=200,
        required=False,
    )
    next_step_by = DateField(label="By when", required=False)
    visibility = forms.ChoiceField(
        label="Who can see this?",
        choices=[(each.value, each.words) for each in SHAREABLE],
        widget=forms.RadioSelect,
        initial=Visibility.PRIVATE.value,
    )


class SharingForm(forms.Form):
    """Who may see a reflection."""

    visibility = forms.ChoiceField(
        label="Who can see this?",
        choices=[(each.value, each.words) for each in SHAREABLE],
        widget=forms.RadioSelect,
    )


class NoteForm(forms.Form):
    """Something seen or done, noted by hand."""

    words = forms.CharField(
        label="What was done?",
        help_text="One sentence. Name no pupil.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    occurred_on = DateField(label="When")
    visibility = forms.ChoiceField(label="Who can see this?", widget=forms.RadioSelect)

    def __init__(self, *args: object, opened: frozenset[Visibility], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        classes = [each for each in SHAREABLE if each == Visibility.PRIVATE or each in opened]
        self.fields["visibility"].choices = [(each.value, each.words) for each in classes]  # type: ignore[attr-defined]  # a ChoiceField
