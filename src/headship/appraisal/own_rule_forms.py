"""The form of a board's own rule: clean values only."""

from typing import Any

from django import forms

from headship.appraisal.own_rule_actions import Adopted
from headship.appraisal.own_rules import MOST_GOVERNORS, Ruled
from headship.appraisal.staff_template_forms import EveryYearField
from headship.appraisal.year_days import in_words
from headship.core import form_parts
from headship.core.components import DateField

TEXT = {"class": "govuk-input--width-10"}


def _number(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=MOST_GOVERNORS)


def _day(label: str) -> EveryYearField:
    return EveryYearField(label=label, required=False, max_length=20, widget=forms.TextInput(attrs=TEXT))


class OwnRuleForm(forms.Form):
    """A rule of the board's own. What is left empty is as the regulations say."""

    meeting = form_parts.line(
        "In which meeting was it adopted?", 150, "Enter the meeting", "In words, with the minute's number."
    )
    on = DateField(label="When was it adopted?", error_messages={"required": "Enter the day on which it was adopted"})
    head_by = _day("The headteacher's statement is agreed by (optional)")
    panel_least = _number("Fewest governors on the panel (optional)")
    panel_most = _number("Most governors on the panel (optional)")
    adviser_asked = forms.TypedChoiceField(
        label="Is an external adviser asked?",
        coerce=lambda said: said == "yes",
        choices=(("yes", "Yes"), ("no", "No")),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether an external adviser is asked"},
    )
    staff_by = _day("Statements of staff are given by (optional)")
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, base: Ruled, **more: Any) -> None:
        super().__init__(*args, **more)
        says = "Day and month. Left empty, it is as the regulations say for maintained schools:"
        self.fields[
            "on"
        ].help_text = "It holds for years that end on that day or later, but none that has ended already."
        self.fields["head_by"].help_text = f"{says} {in_words(base.head_by.value)}."
        self.fields["staff_by"].help_text = f"{says} {in_words(base.staff_by.value)}."
        self.fields[
            "panel_least"
        ].help_text = f"Left empty, it is {base.panel}, as guidance for maintained schools says."

    @property
    def adopted(self) -> Adopted:
        """The rule."""
        names = ("on", "meeting", "panel_least", "panel_most", "adviser_asked", "head_by", "staff_by")
        return Adopted(**{name: self.cleaned_data[name] for name in names})
