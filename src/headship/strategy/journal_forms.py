"""The form of looking back: clean values only."""

from django import forms

from headship.core import form_parts
from headship.core.components import DateField
from headship.strategy.rights_choices import Turned

ANSWERS = [(each.value, each.words) for each in Turned]


def _answer(label: str, required: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, coerce=Turned, widget=forms.RadioSelect, choices=ANSWERS, error_messages={"required": required}
    )


class LookBackForm(forms.Form):
    """What we expected stands above it; what it was, what we learned, whether we would do so again."""

    was = forms.CharField(
        label="What was it in the end?",
        help_text="A sentence is enough. Do not name pupils.",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what it was in the end"},
    )
    as_expected = _answer("Was it as expected?", "Choose whether it was as expected")
    learned = forms.CharField(
        label="What did we learn? (optional)", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    again = _answer("Would we decide so again?", "Choose whether you would decide so again")
    again_on = DateField(label="Look back again on (optional)", required=False)
    once = form_parts.once()


class BeforeForm(forms.Form):
    """Where a page of what was looked back at starts."""

    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
