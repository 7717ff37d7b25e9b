"""Forms of expectations of conduct: clean values only."""

from collections.abc import Iterable
from typing import Any

from django import forms


class NameForm(forms.Form):
    """Which policy is an expectation."""

    policy = forms.TypedChoiceField(
        label="Which policy?",
        coerce=int,
        help_text="One that is in force and asks all staff to read it.",
        error_messages={"required": "Choose the policy"},
    )

    def __init__(self, *args: Any, offered: Iterable[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["policy"].choices = [("", "Choose"), *offered]  # type: ignore[attr-defined]  # a field of choices
