"""Forms of what a school does about what it was told: clean values only."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from headship.core.components import DateField


class PromiseForm(forms.Form):
    """What was said, what is done, by whom and by when."""

    said = forms.CharField(
        label="You said",
        help_text="In words that those who were asked will know. Do not quote anybody.",
        max_length=200,
        error_messages={"required": "Enter what people said"},
    )
    doing = forms.CharField(
        label="We will",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what is done about it"},
    )
    owner = forms.ChoiceField(label="Who does it?", error_messages={"required": "Choose who does it"})
    due_on = DateField(label="By when?", error_messages={"required": "Enter the day it is to be done"})
    question = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]  # a field of choices


class KeptForm(forms.Form):
    """What came of a promise."""

    came_of_it = forms.CharField(
        label="What came of it?",
        help_text="Those who were asked read this.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what came of it"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
