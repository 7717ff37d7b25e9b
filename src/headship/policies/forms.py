"""Forms of policies: clean values only."""

from collections.abc import Sequence
from typing import Any

from django import forms

from headship.core import form_parts
from headship.core.components import DateField
from headship.core.form_parts import line
from headship.core.roles import STAFF, Role
from headship.policies import rules
from headship.policies.choices import Approver, Asks

type Owners = Sequence[tuple[int, str]]

LONGEST = 60_000
SHAPE = (
    "Plain words. An empty line begins a paragraph; a short line of its own, without a full stop, is a heading; lines "
    "that begin with a hyphen are a list. Do not name pupils."
)


class PolicyForm(forms.Form):
    """What a policy is."""

    title = line("What is it called?", 120, "Enter what it is called")
    required = forms.ChoiceField(label="Which required policy or document is it? (optional)", required=False)
    owner = forms.TypedChoiceField(
        label="Who answers for it?", coerce=int, required=False, empty_value=None, help_text="It is on their Today."
    )
    approver = forms.TypedChoiceField(
        label="Who must approve it?",
        choices=[(each.value, each.words) for each in Approver],
        coerce=Approver,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who must approve it"},
    )
    months = forms.IntegerField(
        label="Reviewed every how many months? (optional)",
        required=False,
        min_value=1,
        max_value=rules.MOST_MONTHS,
        help_text="12 for every year. Leave it empty where no cycle is set.",
    )
    published = forms.BooleanField(label="It is published", required=False, help_text="On your website, for anyone.")
    asks = forms.TypedChoiceField(
        label="Who is asked to say that they have read it?",
        choices=[(each.value, each.words) for each in Asks],
        coerce=Asks,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is asked"},
    )
    asked_posts = forms.MultipleChoiceField(
        label="Which posts? (where only certain posts are asked)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(each.value, each.words) for each in Role if each in STAFF],
    )
    days_to_read = forms.IntegerField(
        label="Within how many days?", min_value=1, max_value=365, initial=14, help_text="From the day it is in force."
    )
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, owners: Owners, asked: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Nobody yet"), *owners]  # type: ignore[attr-defined]  # a field of choices
        self.fields["required"].choices = [("", "None: it is our own"), *asked]  # type: ignore[attr-defined]  # the same

    def clean(self) -> dict[str, Any]:
        """Ask for the posts where certain posts are asked."""
        told = super().clean() or {}
        if told.get("asks") == Asks.POSTS and not told.get("asked_posts"):
            self.add_error("asked_posts", "Choose which posts read it")
        return told


class WordsForm(forms.Form):
    """The words of a policy, and what is new in them in short."""

    words = forms.CharField(
        label="The words",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 22}),
        error_messages={"required": "Enter the words"},
        help_text=SHAPE,
    )
    why = line("What is new, and why? (optional)", 300, help_text="For whoever approves it and reads it.")
    version = form_parts.version()


class ApprovalForm(forms.Form):
    """In which meeting the board or a committee approved something, and when."""

    meeting = line("In which meeting?", 200, "Enter the meeting", "Such as “Full board, autumn meeting, minute 6”.")
    on = DateField(label="When was it?", error_messages={"required": "Enter the day of the meeting"})
    once = form_parts.once()
    version = form_parts.version()


class HeadApprovalForm(forms.Form):
    """The headteacher's own approval."""

    once = form_parts.once()
    version = form_parts.version()


class BringForm(forms.Form):
    """From which day words are in force."""

    on = DateField(label="From which day?", error_messages={"required": "Enter the day"})
    version = form_parts.version(required=True)


class DayForm(forms.Form):
    """A day that is asked about."""

    on = DateField(label="On which day?", error_messages={"required": "Enter the day"})


class OnceForm(forms.Form):
    """What a button sends that makes something: its own mark."""

    once = form_parts.once()


class CompareForm(forms.Form):
    """Two versions to compare."""

    before = forms.TypedChoiceField(label="What changed from version", coerce=int)
    after = forms.TypedChoiceField(label="to version", coerce=int)

    def __init__(self, *args: Any, versions: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].choices = versions  # type: ignore[attr-defined]  # a field of choices


class FilterForm(forms.Form):
    """Which policies are shown."""

    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "All that stand"),
            ("required", "Required ones"),
            ("own", "Our own"),
            ("late", "Past their review"),
            ("drafted", "Being written"),
            ("unowned", "Nobody answers for it"),
            ("withdrawn", "Withdrawn"),
        ],
    )


class LateForm(forms.Form):
    """What of what is overdue is shown."""

    what = forms.ChoiceField(
        label="What?",
        required=False,
        choices=[
            ("", "Everything"),
            ("review", "Reviews of policies"),
            ("reading", "Reading"),
            ("duty", "Duties"),
            ("action", "Actions"),
        ],
    )
    whose = forms.ChoiceField(label="Whose?", required=False, choices=[("", "Everybody's"), ("mine", "Mine")])
