"""Forms of excellent practice: clean values only."""

from collections.abc import Sequence
from typing import Any

from django import forms

from headship.appraisal.staff_forms import prose
from headship.core import form_parts


class RecogniseForm(forms.Form):
    """Whose practice, and what was seen."""

    person = forms.TypedChoiceField(label="Who?", coerce=int, error_messages={"required": "Choose who"})
    words = prose(
        "What do they do excellently?",
        "Say what you saw",
        "Say what others could come and see. They are asked first; staff read it only if they agree.",
        3,
        200,
    )
    once = form_parts.once()

    def __init__(self, *args: Any, staff: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [("", "Choose"), *staff]  # type: ignore[attr-defined]  # a field of choices


class AnswerForm(forms.Form):
    """Whether all staff may read it."""

    shown = forms.TypedChoiceField(
        label="May all staff read it, with your name?",
        coerce=lambda sent: sent == "yes",
        choices=[("yes", "Yes, show it"), ("no", "No, keep it between us")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    version = form_parts.version(required=True)
