"""Forms of the strategic plan: clean values only."""

from collections.abc import Sequence
from typing import Any

from django import forms

from headship.core import form_parts
from headship.core.components import DateField
from headship.core.form_parts import line
from headship.standards.forms import Choices
from headship.strategy.choices import Status
from headship.strategy.models import Value

type Owners = Sequence[tuple[int, str]]


class PlanForm(forms.Form):
    """A plan and its years."""

    title = line("What is it called?", 120, "Enter what it is called")
    starts_on = DateField(label="From", error_messages={"required": "Enter its first day"})
    ends_on = DateField(label="Until", error_messages={"required": "Enter its last day"})
    once = form_parts.once()
    version = form_parts.version()


class PriorityForm(forms.Form):
    """What comes first, why, what it serves, from when to when, and who answers for it."""

    title = line("What comes first?", 120, "Enter the priority")
    why = line("Why? (optional)", 500)
    serves = forms.MultipleChoiceField(
        label="What does it serve? (optional)", required=False, widget=forms.CheckboxSelectMultiple
    )
    starts_on = DateField(label="From", error_messages={"required": "Enter its first day"})
    ends_on = DateField(label="Until", error_messages={"required": "Enter its last day"})
    owner = forms.TypedChoiceField(
        label="Who answers for it?", coerce=int, error_messages={"required": "Choose who answers for it"}
    )
    once = form_parts.once()
    version = form_parts.version()

    def __init__(
        self, *args: Any, values: Sequence[Value], characteristics: Choices, owners: Owners, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        own = [(f"v{value.pk}", value.name) for value in values]
        groups = [("Our values", own)] if own else []
        self.open_groups = len(groups)
        self.fields["serves"].choices = [  # type: ignore[attr-defined]  # a field of choices
            *groups,
            *((heading, [(f"c{code}", words) for code, words in group]) for heading, group in characteristics),
        ]
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]  # the same

    def chosen(self, letter: str) -> list[str]:
        """Return the chosen values ("v") or characteristics ("c") without their letter."""
        return [each[1:] for each in self.cleaned_data["serves"] if each[0] == letter]


class ObjectiveForm(forms.Form):
    """What is to be reached, and how anybody will see it."""

    words = line("What is to be reached?", 200, "Enter what is to be reached")
    measure = line("How will we see it? (optional)", 200, help_text="A measure in words. Without one it stands among "
                    "what is still open.")  # fmt: skip
    baseline = line("Where does it stand today? (optional)", 80, help_text="Words or a number; leave it empty where "
                     "nobody knows.")  # fmt: skip
    target = line("Where is it to be? (optional)", 80)
    once = form_parts.once()
    version = form_parts.version()


class MeasuredForm(forms.Form):
    """Where a measure stood on a day."""

    value = line("Where did it stand?", 80, "Enter where it stood")
    on = DateField(label="On which day?", error_messages={"required": "Enter the day"})
    once = form_parts.once()


class ActionForm(forms.Form):
    """What is done, for what, by whom, from when, by when, at which cost."""

    what = line("What is done?", 200, "Enter what is done", "Do not name pupils.")
    objective = forms.TypedChoiceField(label="For which objective?", required=False, coerce=int, empty_value=None)
    decision = forms.TypedChoiceField(
        label="Which decision did it come from? (optional)", required=False, coerce=int, empty_value=None
    )
    owner = forms.TypedChoiceField(label="Who does it?", coerce=int, error_messages={"required": "Choose who does it"})
    starts_on = DateField(label="From when?", error_messages={"required": "Enter when it begins"})
    due_on = DateField(label="By when?", error_messages={"required": "Enter the day it is due"})
    cost = forms.DecimalField(
        label="Cost in pounds (optional)", required=False, min_value=0, max_digits=10, decimal_places=2
    )
    hours = forms.DecimalField(label="Or hours (optional)", required=False, min_value=0, max_digits=7, decimal_places=2)
    rate = forms.DecimalField(
        label="at pounds an hour (optional)", required=False, min_value=0, max_digits=7, decimal_places=2
    )
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, owners: Owners, objectives: Owners, decisions: Owners, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]  # a field of choices
        self.fields["objective"].choices = [("", "None yet"), *objectives]  # type: ignore[attr-defined]  # the same
        self.fields["decision"].choices = [("", "None"), *decisions]  # type: ignore[attr-defined]  # the same


class MoveForm(forms.Form):
    """How far an action is."""

    to = forms.TypedChoiceField(
        label="How far is it?",
        coerce=Status,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it is"},
    )
    because = line("Why? (where it is stuck or dropped)", 300)
    version = form_parts.version(required=True)

    def __init__(self, *args: Any, after: Sequence[Status], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(each.value, each.words) for each in after]  # type: ignore[attr-defined]  # a field of choices


class MilestoneForm(forms.Form):
    """A step on the way."""

    words = line("What will be there by then?", 160, "Enter the milestone")
    due_on = DateField(label="By when?", error_messages={"required": "Enter the day it is due"})
    once = form_parts.once()
    version = form_parts.version()


class MinuteForm(forms.Form):
    """What a meeting said about an action."""

    meeting = line("In which meeting?", 200, "Enter the meeting")
    on = DateField(label="When was it?", error_messages={"required": "Enter the day of the meeting"})
    words = forms.CharField(
        label="What does the minute say?",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what the minute says"},
    )
    once = form_parts.once()


class WordsForm(forms.Form):
    """The plan in somebody's words."""

    words = forms.CharField(
        label="The plan, in words they will know",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Enter the words"},
    )
    version = form_parts.version(required=True)


class WithdrawForm(forms.Form):
    """Why something of the plan is withdrawn."""

    because = line(
        "Why?",
        300,
        "Say why it is withdrawn",
        "It counts no more from today. What it was, and why it went, stays in the plan's history.",
    )
    version = form_parts.version(required=True)
