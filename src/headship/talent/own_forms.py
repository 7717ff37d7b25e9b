"""What forms of one's own things share: which characteristics it shows, who sees it, and the form's own marks."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from headship.core.visibility import Visibility
from headship.standards.forms import Choices


class OwnForm(forms.Form):
    """Something of one's own, seen by whom its writer chooses, each with what more must be known; own words first."""

    serves = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    visibility = forms.ChoiceField(
        label="Who can see it?", widget=forms.RadioSelect, error_messages={"required": "Choose who can see it"}
    )
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    serves_words: str
    shared = ("serves", "visibility", "once", "version")

    def __init__(
        self, *args: Any, today: date, characteristics: Choices, offered: Mapping[Visibility, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.order_fields([*(name for name in self.fields if name not in self.shared), *self.shared])
        self.fields["serves"].label = self.serves_words
        self.fields["serves"].choices = characteristics  # type: ignore[attr-defined]  # a field of choices
        self.fields["visibility"].choices = [(each.value, each.words) for each in offered]  # type: ignore[attr-defined]  # the same
        self.fields["visibility"].hints = {each.value: words for each, words in offered.items() if words}  # type: ignore[attr-defined]  # core.components reads it
