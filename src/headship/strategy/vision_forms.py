"""Forms of the statement of vision, and of what the board approved: clean values only."""

from datetime import date
from typing import Any

from django import forms

from headship.core import form_parts
from headship.core.components import DateField


class VisionForm(forms.Form):
    """The statement in its own words."""

    words = forms.CharField(
        label="What is this school for, and what will it be?",
        help_text="A few sentences that a parent, a pupil and a governor would each understand.",
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Enter the statement"},
    )
    version = form_parts.version()


class ApprovalForm(forms.Form):
    """In which meeting the board approved something, and when."""

    meeting = forms.CharField(
        label="In which meeting?",
        help_text="In words, with the minute's number if it has one: “Full board, autumn, minute 7”.",
        max_length=200,
        error_messages={"required": "Enter the meeting"},
    )
    on = DateField(label="When was it?", error_messages={"required": "Enter the day of the meeting"})
    once = form_parts.once()
    version = form_parts.version(required=True)


class DayForm(forms.Form):
    """A day to look back at."""

    on = DateField(label="Which words were in force on", required=False)

    def asked(self) -> date | None:
        """Return the day that was asked for, if one was."""
        found: date | None = self.cleaned_data.get("on") if self.is_valid() else None
        return found


def approval(given: Any, version: int) -> ApprovalForm:
    """Return the form for an approval of a version of something."""
    return ApprovalForm(given or None, initial={"version": version})
