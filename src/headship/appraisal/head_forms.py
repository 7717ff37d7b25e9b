"""Forms of a headteacher's appraisal: clean values only."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from headship.appraisal.head_choices import FRAMEWORKS, Reached, Result, Scheme
from headship.appraisal.head_queries import Offered
from headship.appraisal.head_rules import readied_on, year_named
from headship.appraisal.head_writing import Whose
from headship.appraisal.own_rules import Ruled
from headship.core import form_parts
from headship.core.components import DateField
from headship.core.pages import academic_year, in_words
from headship.standards.forms import Choices

SURE = "Tick whose appraisal it is, and of which academic year, as you chose above"
WHOSE = frozenset({"head", "starts_in", "confirmed"})


def _prose(label: str, longest: int, required: str = "", help_text: str = "", rows: int = 4) -> forms.CharField:
    told = {"required": required} if required else None
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(required),
        error_messages=told,
        help_text=help_text,
        widget=area,
    )


def _people(label: str, help_text: str = "") -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, coerce=int, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


def _person(label: str, help_text: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, required=False, empty_value=None, help_text=help_text)


class WhoseForm(forms.Form):
    """Whose year it is, and which, said and ticked: so that nobody writes in somebody else's, or in another year's."""

    head = forms.IntegerField(widget=forms.HiddenInput)
    starts_in = forms.IntegerField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(error_messages={"required": "Tick whose appraisal it is, and of which year"})

    def __init__(self, *args: Any, about: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["confirmed"].label = f"This is about {about}"
        self.order_fields([each for each in self.fields if each != "confirmed"])

    @property
    def whose(self) -> Whose:
        """Whose year, and which."""
        return Whose(self.cleaned_data["head"], self.cleaned_data["starts_in"])

    @property
    def told(self) -> dict[str, Any]:
        """What was told besides whose it is."""
        return {name: said for name, said in self.cleaned_data.items() if name not in WHOSE}


class ConfirmForm(WhoseForm):
    """Whose it is, ticked, and the version that was seen."""

    version = form_parts.version(required=True)


class PanelForm(forms.Form):
    """Who appraises the headteacher, as the board settled it."""

    meeting = forms.CharField(
        label="In which meeting did the board appoint them?",
        help_text="In words, with the minute's number if it has one.",
        max_length=150,
        error_messages={"required": "Enter the meeting"},
    )
    on = DateField(label="When was it?", error_messages={"required": "Enter the day of the meeting"})
    panel = _people("Which governors sit on the panel?")
    adviser = _person("Who is the external adviser?", "Somebody with that post here. The chair invites them.")
    scheme = forms.TypedChoiceField(
        label="Who appraises?",
        coerce=Scheme,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who appraises"},
    )
    trust = _person("Which leader of the trust?")
    policy_held = forms.BooleanField(
        label="The board has adopted an appraisal policy, and the headteacher can read it", required=False
    )
    pay = forms.BooleanField(label="The statement recommends what follows for pay", required=False)
    moderated = forms.BooleanField(
        label="Another governor moderates before the headteacher gets the statement", required=False
    )
    moderator = _person("Who moderates?", "A governor who is not on the panel. They read objectives and draft.")
    appeal_days = forms.IntegerField(
        label="Within how many days of locking may the headteacher appeal? (optional)",
        required=False,
        min_value=1,
        max_value=365,
        help_text="As your own appraisal policy says. Left empty, there is no last day.",
    )
    half_due_on = DateField(label="Mid-year review planned for (optional)", required=False)
    meeting_due_on = DateField(label="Panel meeting at the end planned for (optional)", required=False)

    def __init__(self, *args: Any, offered: Offered, schemes: Sequence[Scheme], ruled: Ruled, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["panel"].help_text = f"{ruled.panel}. Whoever works at the school is not offered."
        if not ruled.adviser.value:
            self.fields["adviser"].help_text = "Your board's own rule asks none; you can name one all the same."
        self._choose("panel", offered.governors, empty=False)
        for name, people in (
            ("adviser", offered.advisers),
            ("trust", offered.trust),
            ("moderator", offered.governors),
        ):
            self._choose(name, people)
        self._choose("scheme", [(each.value, each.words) for each in schemes], empty=False)
        if len(schemes) == 1:
            self.fields["scheme"].initial = schemes[0].value
            self.fields["scheme"].widget = forms.HiddenInput()
            del self.fields["trust"]

    def _choose(self, name: str, given: Sequence[tuple[Any, str]], *, empty: bool = True) -> None:
        choices = [("", "Nobody"), *given] if empty else list(given)
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices


class AppointForm(PanelForm):
    """A new year: whose, from when to when, and who appraises."""

    head = forms.TypedChoiceField(
        label="Whose appraisal is it?", coerce=int, error_messages={"required": "Choose the headteacher"}
    )
    starts_on = DateField(
        label="First day of the year of appraisal", error_messages={"required": "Enter its first day"}
    )
    ends_on = DateField(label="Last day", error_messages={"required": "Enter its last day"})
    framework = forms.ChoiceField(
        label="Which standards is the headteacher held to?",
        choices=FRAMEWORKS,
        widget=forms.RadioSelect,
        help_text="Objectives point at characteristics of these. When they are set, it is said when they were told.",
    )
    confirmed = forms.MultipleChoiceField(
        label="Is this the appraisal that you record?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": SURE, "invalid_choice": SURE},
    )
    once = form_parts.once()

    field_order = ("head", "starts_on", "ends_on", "framework", "meeting", "on", "scheme", "panel", "adviser", "trust")

    def __init__(self, *args: Any, offered: Offered, schemes: Sequence[Scheme], ruled: Ruled, **kwargs: Any) -> None:
        super().__init__(*args, offered=offered, schemes=schemes, ruled=ruled, **kwargs)
        self._choose("head", offered.heads, empty=False)
        if asked := self._asked(dict(offered.heads)):
            self.fields["confirmed"].choices = [asked]  # type: ignore[attr-defined]  # a field of choices
        else:
            del self.fields["confirmed"]  # whose, or its first day, is to be mended first

    def _asked(self, heads: Mapping[int, str]) -> tuple[str, str] | None:
        """Return what is to be confirmed: whose year is chosen now, and which that is."""
        try:
            head = int(self["head"].value() or 0)
            starts_on = self.fields["starts_on"].clean(self["starts_on"].value())
        except (ValueError, forms.ValidationError):
            return None
        if head not in heads:
            return None
        its = year_named(starts_on)
        return f"{head}-{its}", f"It is about {heads[head]}, {academic_year(its)}"


class PanelChangeForm(PanelForm):
    """Others who appraise."""

    version = form_parts.version(required=True)


class HearersForm(forms.Form):
    """Who hears an appeal."""

    meeting = forms.CharField(
        label="Where was it settled who hears the appeal?",
        help_text="In words, such as a meeting with the number of its minute.",
        max_length=150,
        error_messages={"required": "Enter where it was settled"},
    )
    hearers = _people("Who hears the appeal?", "Governors who had no other part in this year, at any time.")
    version = form_parts.version(required=True)

    def __init__(self, *args: Any, hearers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hearers"].choices = list(hearers)  # type: ignore[attr-defined]  # a field of choices


class CloseForm(ConfirmForm):
    """Why a year is closed without a statement, or opened again."""

    because = _prose("Why?", 300, "Say why", "The headteacher reads it; say nothing of their health here.", 3)
    once = form_parts.once()


class ObjectiveForm(WhoseForm):
    """An objective of the headteacher."""

    words = _prose("What is to be achieved?", 300, "Enter the objective", rows=2)
    pupils = _prose("How does it serve pupils' education?", 400, "Enter how it serves pupils", rows=2)
    measure = _prose("How will it be seen that it was achieved?", 400, "Enter how it will be seen", rows=2)
    tied = forms.ChoiceField(
        label="What of the strategic plan does it serve?",
        required=False,
        help_text="Where a plan runs that the board approved, each objective must serve something of it.",
    )
    weight = forms.IntegerField(
        label="Weight (optional)",
        required=False,
        min_value=1,
        max_value=100,
        help_text="Of 100 in all. None, or one for every objective; no score is made of it.",
    )
    serves = forms.MultipleChoiceField(
        label="Which characteristics does it serve? (optional)", required=False, widget=forms.CheckboxSelectMultiple
    )
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, plan: Sequence[tuple[str, str]], characteristics: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tied"].choices = [("", "Nothing yet"), *plan]  # type: ignore[attr-defined]  # a field of choices
        self.fields["serves"].choices = characteristics  # type: ignore[attr-defined]  # the same


class OwnWordsForm(forms.Form):
    """The headteacher's own words on an objective."""

    words = _prose(
        "What do you say of it?", 3000, help_text="How far it is, what helped, what stood in the way.", rows=6
    )
    version = form_parts.version(required=True)


class SetForm(ConfirmForm):
    """Which standards were told when, and when the objectives were set."""

    framework = forms.ChoiceField(
        label="Which standards is the headteacher held to?", choices=FRAMEWORKS, widget=forms.RadioSelect
    )
    told_on = DateField(label="When were they told?", error_messages={"required": "Enter the day"})
    set_on = DateField(label="When were the objectives set?", error_messages={"required": "Enter the day"})

    def __init__(self, *args: Any, starts_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_on, self.today = starts_on, today

    def clean(self) -> None:
        """Say at each day what is wrong with it, as the action would of both."""
        for name in ("told_on", "set_on"):
            on = self.cleaned_data.get(name)
            if on and (wrong := readied_on(on, starts_on=self.starts_on, today=self.today)):
                self.add_error(name, f"{wrong}.")


class WhyForm(forms.Form):
    """Why something is taken up again."""

    because = _prose("Why?", 300, "Say why", rows=3)
    version = form_parts.version(required=True)


class NoteForm(WhoseForm):
    """What was said on a day."""

    on = DateField(label="When was it?", error_messages={"required": "Enter the day"})
    words = _prose("What was said?", 5000, "Enter what was said", rows=8)
    once = form_parts.once()


class MeetingForm(NoteForm):
    """What was said in a meeting of the panel before the year's end: the last one ends mid-year and objectives."""

    last = forms.TypedChoiceField(
        label="Is this the meeting at the end?",
        coerce=lambda said: said == "yes",
        choices=(("yes", "Yes: the statement is written next"), ("no", "No: the year goes on")),
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this is the meeting at the end"},
    )

    def __init__(self, *args: Any, ends_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last"].help_text = f"This year of appraisal ends on {in_words(ends_on)}."
        self.order_fields(("on", "last", "words"))


class OnwardForm(NoteForm):
    """Why a year goes on after a meeting that was taken for the last."""

    words = _prose("Why does the year go on?", 5000, "Say why the year goes on", rows=4)


class EvidenceForm(forms.Form):
    """Which entries the headteacher shows."""

    entries = forms.TypedMultipleChoiceField(
        label="Which of these do you show?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one"},
    )
    why = forms.CharField(label="Why do they matter? (optional)", max_length=300, required=False)

    def __init__(self, *args: Any, entries: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entries"].choices = entries  # type: ignore[attr-defined]  # a field of choices


class ReflectionForm(forms.Form):
    """How the headteacher sees their year, and whether others read it."""

    words = _prose("How do you see this year?", 5000, "Enter how you see it", rows=10)
    shown = forms.BooleanField(label="Show it to those who appraise me", required=False)
    version = form_parts.version(required=True)


class StatementForm(ConfirmForm):
    """The statement, with how far each objective was reached."""

    standards = _prose("How did the year go against the standards?", 5000)
    needs = _prose("What does the headteacher need to learn next?", 2000)
    action = _prose("What will be done about it?", 2000)
    pay = _prose("What follows for pay?", 1000)

    def __init__(self, *args: Any, objectives: Sequence[tuple[int, str]], pay: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not pay:
            del self.fields["pay"]
        rated = [("", "Not assessed yet"), *((each.value, each.words) for each in Reached)]
        for at, (key, words) in enumerate(objectives, 1):
            self.fields[f"reached_{key}"] = forms.ChoiceField(
                label=f"Objective {at}: {words}", choices=rated, required=False
            )
            self.fields[f"assessment_{key}"] = _prose(f"Objective {at}: what was seen", 2000, rows=3)
        self.keys = [key for key, _ in objectives]
        rated_first = [name for key in self.keys for name in (f"reached_{key}", f"assessment_{key}")]
        self.order_fields([*rated_first, *(each for each in self.fields if each != "confirmed")])


class CommentForm(forms.Form):
    """The headteacher's comments on the statement."""

    words = _prose(
        "Your comments (optional)",
        5000,
        help_text="They stand in the statement as you write them. Leave it empty if you have none.",
        rows=8,
    )
    version = form_parts.version(required=True)


class AppealForm(forms.Form):
    """Why the headteacher appeals."""

    grounds = _prose("What do you appeal against, and why?", 5000, "Enter why you appeal", rows=8)
    once = form_parts.once()


class HeardForm(forms.Form):
    """How an appeal ended."""

    on = DateField(label="When was it heard?", error_messages={"required": "Enter the day"})
    result = forms.TypedChoiceField(
        label="How did it end?",
        coerce=Result,
        choices=[(each.value, each.words) for each in Result],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it ended"},
    )
    words = _prose("Why?", 3000, "Say why", rows=6)
    version = form_parts.version(required=True)
