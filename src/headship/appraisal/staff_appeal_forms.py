"""Forms of appeals: clean values only."""

from collections.abc import Mapping
from typing import Any

from django import forms

from headship.appraisal.head_forms import HeardForm
from headship.appraisal.staff_forms import prose
from headship.core import form_parts

__all__ = ["AppealForm", "HeardForm", "HearersForm"]


class AppealForm(forms.Form):
    """Why somebody appeals."""

    grounds = prose(
        "What do you appeal against, and why?",
        "Enter what you appeal against, and why",
        "Whoever appraises and the headteacher read it, and those who are named to hear it.",
        8,
        5000,
    )
    once = form_parts.once()
    version = form_parts.version(required=True)


class HearersForm(forms.Form):
    """Who hears an appeal."""

    people = forms.TypedMultipleChoiceField(
        label="Who hears this appeal?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nobody who appraised or moderated this year is offered.",
        error_messages={"required": "Choose at least one person"},
    )
    version = form_parts.version(required=True)

    def __init__(self, *args: Any, offered: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["people"].choices = list(offered.items())  # type: ignore[attr-defined]  # a field of choices
