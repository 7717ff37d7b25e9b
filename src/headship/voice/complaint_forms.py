"""Forms of complaints and compliments: clean values only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from headship.core.components import DateField
from headship.voice import complaint_rules as rules
from headship.voice.complaint_actions import Handed, Moved, Sat, Told
from headship.voice.complaint_choices import LONGEST, Channel, From, Outcome, Part, Stage, Theme

NAMED_AT_MOST = 6
type Offers = Iterable[tuple[int, str]]


def _listed(kind: Iterable[Channel | From | Theme]) -> list[tuple[str, str]]:
    return [("", "Choose"), *((each.value, each.words) for each in kind)]


class ToldForm(forms.Form):
    """What was said to the school."""

    said = forms.CharField(
        label="What does it say?",
        help_text="In the words of whoever said it, as near as you can.",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "Enter what it says"},
    )
    theme = forms.ChoiceField(
        label="What is it about?", choices=_listed(Theme), error_messages={"required": "Choose what it is about"}
    )
    about = forms.TypedChoiceField(
        label="Whom does it concern? (optional)", required=False, coerce=int, empty_value=None
    )
    received_on = DateField(label="When was it received?", error_messages={"required": "Enter the day it was received"})
    channel = forms.ChoiceField(
        label="How did it come?", choices=_listed(Channel), error_messages={"required": "Choose how it came"}
    )
    from_role = forms.ChoiceField(
        label="Who is it from?", choices=_listed(From), error_messages={"required": "Choose who it is from"}
    )
    from_name = forms.CharField(label="Their name (optional)", required=False, max_length=120)
    from_contact = forms.CharField(
        label="How to reach them (optional)", help_text="An address or a number.", required=False, max_length=200
    )
    owner = forms.TypedChoiceField(label="Who answers it?", required=False, coerce=int, empty_value=None)
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, about: Offers, today: date, help_text: str, owners: Offers = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.fields["about"].choices = [("", "Nobody known here"), *about]  # type: ignore[attr-defined]  # a field of choices
        self.fields["about"].help_text = help_text
        self.fields["owner"].choices = [("", "I answer it myself"), *owners]  # type: ignore[attr-defined]  # the same
        if not owners:
            del self.fields["owner"]

    def clean_received_on(self) -> date:
        """Take only a day that was."""
        return checked(self.cleaned_data["received_on"], today=self.today)

    @property
    def told(self) -> Told:
        """What was written down."""
        given = self.cleaned_data
        return Told(
            received_on=given["received_on"],
            channel=Channel(given["channel"]),
            from_role=From(given["from_role"]),
            theme=Theme(given["theme"]),
            said=given["said"],
            about=given["about"],
            from_name=given["from_name"],
            from_contact=given["from_contact"],
        )


def checked(on: date, *, today: date, since: date | None = None) -> date:
    """Take only a day on which something can have happened. Errors: ValidationError."""
    if wrong := rules.happened_on(on, today=today, since=since):
        raise forms.ValidationError(wrong)
    return on


FOUND: Mapping[Stage, str] = {
    Stage.ANSWERED: "What did you find out? (optional)",
    Stage.DECIDED: "What was found?",
}
ANSWERED: Mapping[Stage, tuple[str, str]] = {
    Stage.ACKNOWLEDGED: ("What did you say? (optional)", ""),
    Stage.ANSWERED: ("What was answered?", "Enter what was answered"),
    Stage.FORMAL: ("What do they ask for? (optional)", ""),
    Stage.DECIDED: ("What was answered?", "Enter what was answered"),
    Stage.PANEL: ("What do they ask the panel for? (optional)", ""),
}


class MoveForm(forms.Form):
    """A move to another stage than closing: on what day, what was found, what was answered."""

    on = DateField(label="On what day?", error_messages={"required": "Enter the day"})
    found = forms.CharField(required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    answered = forms.CharField(required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, to: Stage, since: date, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.to, self.since, self.today = to, since, today
        words, missing = ANSWERED[to]
        self._ask("answered", words, missing)
        if to in FOUND:
            self._ask("found", FOUND[to], "Enter what was found" if to is Stage.DECIDED else "")
        else:
            del self.fields["found"]

    def _ask(self, name: str, words: str, missing: str) -> None:
        field = self.fields[name]
        field.label, field.required = words, bool(missing)
        field.error_messages["required"] = missing

    def clean_on(self) -> date:
        """Take only a day that was, and not before the last move."""
        return checked(self.cleaned_data["on"], today=self.today, since=self.since)

    @property
    def moved(self) -> Moved:
        """The move."""
        given = self.cleaned_data
        return Moved(self.to, given["on"], given.get("found", ""), given["answered"])


class CloseForm(forms.Form):
    """How a complaint ended; of one that a panel heard, who sat in it."""

    on = DateField(label="On what day?", error_messages={"required": "Enter the day"})
    outcome = forms.ChoiceField(
        label="How did it end?", widget=forms.RadioSelect, error_messages={"required": "Choose how it ended"}
    )
    members = forms.IntegerField(
        label="How many people sat in the panel?", min_value=1, max_value=12,
        error_messages={"required": "Enter how many people sat in the panel"},
    )  # fmt: skip
    independent = forms.IntegerField(
        label="How many of them have nothing to do with managing or running the school?", min_value=0, max_value=12,
        error_messages={"required": "Enter how many of them were independent"},
    )  # fmt: skip
    fair = forms.BooleanField(
        label="Nobody in it was involved before, and whoever complained could come and bring somebody", required=False
    )
    found = forms.CharField(required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    answered = forms.CharField(
        label="What were they told? (optional)", required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, stage: Stage, outcomes: Sequence[Outcome], since: date, today: date, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.heard, self.since, self.today = stage is Stage.PANEL, since, today
        self.fields["outcome"].choices = [(each.value, each.words) for each in outcomes]  # type: ignore[attr-defined]  # a field of choices
        self.fields["found"].label = "What did the panel find, and recommend?"
        self.fields["found"].required = self.heard
        self.fields["found"].error_messages["required"] = "Enter what the panel found"
        if not self.heard:
            for name in ("members", "independent", "fair", "found"):
                del self.fields[name]

    def clean_on(self) -> date:
        """Take only a day that was, and not before the last move."""
        return checked(self.cleaned_data["on"], today=self.today, since=self.since)

    def clean(self) -> dict[str, Any]:
        """Count no more independent members than members."""
        cleaned: dict[str, Any] = super().clean() or {}
        if (cleaned.get("independent") or 0) > (cleaned.get("members") or 12):
            self.add_error("independent", "These are more than sat in the panel.")
        return cleaned

    @property
    def moved(self) -> Moved:
        """The move."""
        given = self.cleaned_data
        sat = Sat(given["members"], given["independent"], given["fair"]) if self.heard else None
        outcome = Outcome(given["outcome"])
        return Moved(Stage.CLOSED, given["on"], given.get("found", ""), given["answered"], outcome, sat)


class HandForm(forms.Form):
    """Who answers a complaint, and who else may see it."""

    owner = forms.TypedChoiceField(label="Who answers it?", required=False, coerce=int, empty_value=None)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Offers, named: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        people = list(offered)
        self.fields["owner"].choices = [("", "I answer it myself"), *people]  # type: ignore[attr-defined]  # a field of choices
        self.rows = min(len(named) + 2, NAMED_AT_MOST)
        parts = [(each.value, each.words) for each in Part]
        for at in range(self.rows):
            person, part = named[at] if at < len(named) else (None, Part.INVESTIGATES.value)
            self.fields[f"person-{at}"] = forms.TypedChoiceField(
                label=f"Who else may see it? ({at + 1})", choices=[("", "Nobody"), *people], required=False, coerce=int,
                empty_value=None, initial=person,
            )  # fmt: skip
            self.fields[f"part-{at}"] = forms.ChoiceField(label="Why?", choices=parts, initial=part, required=False)

    @property
    def handed(self) -> Handed:
        """Who answers, and who else sees it."""
        given = self.cleaned_data
        named = {
            given[f"person-{at}"]: Part(given[f"part-{at}"] or Part.INVESTIGATES)
            for at in range(self.rows)
            if given[f"person-{at}"] is not None
        }
        return Handed(given["owner"], named)


class LearnedForm(forms.Form):
    """What was learned, and what is done about it."""

    learned = forms.CharField(
        label="What did we learn?",
        help_text="So that nobody can tell who complained, or about whom.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what was learned"},
    )
    doing = forms.CharField(
        label="What do we do about it?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what is done about it"},
    )
    owner = forms.ChoiceField(label="Who does it?", error_messages={"required": "Choose who does it"})
    due_on = DateField(label="By when?", error_messages={"required": "Enter the day it is to be done"})
    shown = forms.BooleanField(label="Show it to all staff and governors, under “You said, we did”", required=False)
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, owners: Offers, may_show: bool, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]  # a field of choices
        if not may_show:
            del self.fields["shown"]

    def clean_due_on(self) -> date:
        """Take no day that is past."""
        on: date = self.cleaned_data["due_on"]
        if on < self.today:
            raise forms.ValidationError("The day it is to be done by cannot be in the past")
        return on


class DoneForm(forms.Form):
    """What came of what was learned."""

    came_of_it = forms.CharField(
        label="What came of it?",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what came of it"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PassOnForm(forms.Form):
    """A word to go with a compliment, and whether whoever paid it was thanked."""

    word = forms.CharField(
        label="A word from you (optional)", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    thanked = forms.BooleanField(label="I thanked whoever said it", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def _period(words: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=words, min_value=1, max_value=LONGEST, error_messages={"required": "Enter a number of school days"}
    )


class ProcedureForm(forms.Form):
    """How many school days each stage may take, and what the school's own procedure provides."""

    acknowledge = _period("To acknowledge a complaint, from the day it was received")
    answer = _period("To answer it informally, from the day it was received")
    come_back = _period("To come back with it, from the day it was answered or decided")
    decide = _period("To decide it formally, from the day it was taken there")
    hear = _period("To hear it in a panel, from the day a panel was asked for")
    meets = forms.MultipleChoiceField(
        label="Our procedure, as it is published, provides",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reviewed_on = DateField(label="When did governors last look at it? (optional)", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meets"].choices = offered  # type: ignore[attr-defined]  # a field of choices
