"""Forms about the audit log's proof."""

from collections.abc import Mapping
from typing import Any

from django import forms


class ReadersForm(forms.Form):
    """Who gets the daily checkpoint."""

    readers = forms.TypedMultipleChoiceField(
        label="Who gets it?",
        help_text="At least one who does not look after the server: a checkpoint proves the most where it is kept "
        "elsewhere.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = list(offered.items())  # type: ignore[attr-defined]  # a field of choices
