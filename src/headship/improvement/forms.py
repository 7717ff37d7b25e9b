"""Forms of improvement: clean values only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from headship.core import form_parts
from headship.core.components import DateField
from headship.core.form_parts import line
from headship.improvement.choices import DECIDED, BetState, Means, Outcome, Rests, Whence
from headship.standards.forms import Choices

type Offered = Sequence[tuple[int, str]]

NO_NAMES = "Do not name pupils or staff."


def _words(label: str, longest: int, required: str = "", help_text: str = "") -> forms.CharField:
    field = line(label, longest, required, help_text)
    field.widget = forms.Textarea(attrs={"rows": 3})
    return field


def _day(label: str, required: str = "", help_text: str = "") -> DateField:
    told = {"required": required} if required else None
    return DateField(label=label, required=bool(required), error_messages=told, help_text=help_text)


def _number(label: str, digits: int, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=digits, decimal_places=2, help_text=help_text
    )


def _link(label: str) -> forms.URLField:
    return forms.URLField(label=label, required=False, max_length=300, assume_scheme="https", widget=forms.TextInput)


def _person(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, error_messages={"required": "Choose somebody"})


def _one_of(label: str, choices: Sequence[Any], required: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=lambda value: next(each for each in choices if each.value == value),
        choices=[(each.value, each.words) for each in choices],
        widget=forms.RadioSelect,
        error_messages={"required": required},
    )


class BetForm(forms.Form):
    """A bet: what we believe, how we will know, what stops it, what it costs, who answers."""

    title = line("What do you call it?", 120, "Enter a short name")
    trying = line("We believe that …", 250, "Enter what you will try", "What you will try, and where.")
    expected = line("… will …", 250, "Enter what you believe will come of it", "What will change, and for whom.")
    measure = line("What do you measure?", 200, "Enter what you measure")
    knows = line("How will we know?", 300, "Enter how we will know", "What the measure must show for you to go on.")
    baseline = line("Where does it stand today? (optional)", 80)
    kill_rule = line("We stop if …", 250, "Enter what stops it before its day")
    starts_on = _day("When does it start?", "Enter the day it starts")
    stops_on = _day("When does it stop?", "Enter the day it stops", "On that day it asks: continue, stop or scale.")
    owner = _person("Who answers for it?")
    cost = _number("Cost in pounds (optional)", 10)
    hours = _number("Hours of staff in all (optional)", 7)
    priority = forms.TypedChoiceField(
        label="Which priority of the plan does it serve?", required=False, coerce=int, empty_value=None
    )
    serves = forms.MultipleChoiceField(
        label="Which characteristics does it serve besides 4.5? (optional)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    once = form_parts.once()
    version = form_parts.version()
    habit = form_parts.version()
    item = form_parts.version()

    ORDER = ("title", "trying", "expected", "measure", "knows", "baseline", "kill_rule", "starts_on", "stops_on",
             "owner", "cost", "hours", "priority")  # fmt: skip

    def __init__(
        self, *args: Any, owners: Offered, priorities: Offered, characteristics: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]  # a field of choices
        self.fields["priority"].choices = [("", "None"), *priorities]  # type: ignore[attr-defined]  # the same
        self.fields["serves"].choices = characteristics  # type: ignore[attr-defined]  # the same


class HandForm(forms.Form):
    """Who answers for it from now on."""

    owner = _person("Who answers for it?")
    version = form_parts.version()

    def __init__(self, *args: Any, owners: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]  # a field of choices


class StartForm(forms.Form):
    """Until when a bet runs."""

    stops_on = _day("When does it stop?", "Enter the day it stops", "On that day it asks: continue, stop or scale.")
    version = form_parts.version()


class DeclineForm(forms.Form):
    """Why a bet is not tried."""

    because = _words("Why not?", 500, "Enter why not", "Whoever proposed it reads this.")
    version = form_parts.version()


class BetReadingForm(forms.Form):
    """Where the measure stood on a day."""

    on = _day("On which day?", "Enter the day")
    value = line("Where did the measure stand?", 80, "Enter where it stood", "Words or a number.")
    words = line("Anything to say about it? (optional)", 300, help_text=NO_NAMES)
    kills = forms.BooleanField(label="The kill rule is met: ask at once", required=False)
    once = form_parts.once()

    def __init__(self, *args: Any, kill_rule: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kills"].help_text = f"We stop if {kill_rule}"


class DecideForm(forms.Form):
    """Continue, stop or scale."""

    to = _one_of("What now?", DECIDED, "Choose one")
    evidence = _words("What does the evidence say?", 500, "Enter what the evidence says", NO_NAMES)
    because = _words("Why do you decide so?", 500, "Enter why")
    learned = _words("What did we learn?", 500, "Enter what we learned", "Colleagues read this before they try again.")
    unmeasured = line("We could not measure, because … (only where nothing was measured)", 300)
    until = _day(
        "Until when does it run on? (optional)", help_text="Leave it empty where it ends here, or stays for good."
    )
    version = form_parts.version()

    WORDS = {
        BetState.CONTINUED: "Continue",
        BetState.STOPPED: "Stop",
        BetState.SCALED: "Scale: do it more widely",
    }

    def __init__(self, *args: Any, measured: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(each.value, words) for each, words in self.WORDS.items()]  # type: ignore[attr-defined]  # a field of choices
        if measured:
            del self.fields["unmeasured"]


class ItemForm(forms.Form):
    """Something that is coming."""

    title = line("What is coming?", 160, "Enter what is coming")
    whence = _one_of("Where?", tuple(Whence), "Choose where")
    source = line("Where did you read it?", 200, "Enter where you read it", "In words, so that others find it.")
    link = _link("Its address (optional)")
    expected = line("When is it expected?", 80, "Enter when, or “not known”", "“From next September”, or “not known”.")
    expected_on = _day("On which day? (optional)", help_text="With a day it stands in the calendar.")
    reader = _person("Who reads it?")
    read_by = _day("By when?", "Enter the day by which it is read")
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, readers: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].choices = [("", "Choose"), *readers]  # type: ignore[attr-defined]  # a field of choices


class ReadForm(forms.Form):
    """What something means for the school."""

    means = _one_of("What does it mean for us?", tuple(Means), "Choose what it means")
    words = _words("In a sentence or two", 500, "Enter what it means for us", NO_NAMES)
    once = form_parts.once()


class HabitForm(forms.Form):
    """A practice that is put to the question."""

    practice = line("What do we do?", 160, "Enter the practice")
    since = line("Since when? (optional)", 80, help_text="As far as anybody knows.")
    hours = _number("Hours of staff a year (optional)", 7)
    rests = _one_of("What evidence does it rest on?", tuple(Rests), "Choose what it rests on")
    evidence = _words("Which evidence? (optional)", 500)
    link = _link("Its address (optional)")
    owner = _person("Who answers for it?")
    review_on = _day("When do we question it?", "Enter the day it is questioned")
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, owners: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]  # a field of choices


class ReviewForm(forms.Form):
    """What came of questioning a habit."""

    rests = _one_of("What evidence does it rest on?", tuple(Rests), "Choose what it rests on")
    evidence = _words("Which evidence? (needed to keep it)", 500)
    link = _link("Its address (optional)")
    outcome = _one_of("What now?", tuple(Outcome), "Choose what happens now")
    because = _words("Why?", 500, "Enter why", NO_NAMES)
    again = _day("When do we ask again? (not where it is dropped)")
    version = form_parts.version()


class NoteForm(forms.Form):
    """What leaders would show in an area, and what they do about it."""

    show = _words("What would we show? (optional)", 1500, help_text=NO_NAMES)
    doing = _words("What are we doing about it? (optional)", 1500, help_text=NO_NAMES)
    version = form_parts.version()

    def clean(self) -> dict[str, Any]:
        """Take no note without words."""
        told = super().clean() or {}
        if not self.errors and not (told.get("show") or told.get("doing")):
            raise forms.ValidationError("Write what you would show, or what you are doing about it")
        return told


class MonthForm(forms.Form):
    """Which month of the digest, as a year and a month; anything else is as if not asked."""

    month = forms.RegexField(r"^20\d\d-(0[1-9]|1[0-2])$", required=False)

    def asked(self, today: date) -> date:
        """Return the first day of the month that was asked for, or of this one."""
        told = self.cleaned_data["month"] if self.is_valid() else ""
        return date.fromisoformat(f"{told}-01") if told else today.replace(day=1)


class PageForm(forms.Form):
    """Which page of a list, counted from 1; anything else is the first."""

    page = forms.IntegerField(required=False, min_value=1, max_value=1000)

    def asked(self) -> int:
        """Return the page that was asked for."""
        return (self.cleaned_data["page"] if self.is_valid() else None) or 1


class FromForm(forms.Form):
    """What a bet comes from; anything else is as if not asked."""

    habit = forms.IntegerField(required=False, min_value=1)
    item = forms.IntegerField(required=False, min_value=1)
