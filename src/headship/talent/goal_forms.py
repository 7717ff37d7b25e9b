"""Forms of goals: clean values only."""

from datetime import date

from django import forms

from headship.core.components import DateField
from headship.talent import rules
from headship.talent.choices import Stands
from headship.talent.own_forms import OwnForm


class GoalForm(OwnForm):
    """What somebody wants to do better, the first step, and by when."""

    what = forms.CharField(
        label="What will people see you do?",
        help_text="One sentence. “I end each meeting with who does what” says more than “communicate better”.",
        max_length=200,
        error_messages={"required": "Enter what people will see you do"},
    )
    step = forms.CharField(label="What is the first step? (optional)", required=False, max_length=300)
    due_on = DateField(label="By when?", error_messages={"required": "Enter the day"})
    serves_words = "Which characteristics does it serve? (optional)"

    def clean_due_on(self) -> date:
        """Take only a day that can be."""
        on: date = self.cleaned_data["due_on"]
        if wrong := rules.due_on(on, today=self.today):
            raise forms.ValidationError(wrong)
        return on


class EndForm(forms.Form):
    """How a goal ended, and what came of it."""

    to = forms.ChoiceField(
        label="How did it go?",
        choices=((Stands.REACHED.value, "I reached it"), (Stands.LET_GO.value, "I let it go")),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it went"},
    )
    came_of_it = forms.CharField(
        label="What came of it? (optional)", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
