"""Forms of staff appraisal: clean values only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from headship.appraisal import staff_rules as rules
from headship.appraisal.head_choices import Reached
from headship.appraisal.staff_course_actions import Rated, Reviewed, Stated
from headship.appraisal.staff_cycle_actions import Planned
from headship.appraisal.staff_objective_actions import Aimed, Whose
from headship.core import form_parts
from headship.core.components import DateField
from headship.core.pages import academic_year

YES, NO = "yes", "no"
DAYS = ("objectives_by", "half_by", "review_by", "statement_by")
AS_BEFORE = 0  # whoever appraised them last


def prose(label: str, missing: str = "", help_text: str = "", rows: int = 4, longest: int = 8000) -> forms.CharField:
    """Return a field for words of one's own; it may be left empty unless `missing` says what is missing."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": missing} if missing else None,
    )


def hidden() -> forms.IntegerField:
    """Return a key or version that is sent along."""
    return forms.IntegerField(widget=forms.HiddenInput)


class SetUpForm(forms.Form):
    """What a cycle and a template of one have in common."""

    name = forms.CharField(
        label="Which group of staff?",
        max_length=60,
        help_text="Such as teachers, leaders or support staff.",
        error_messages={"required": "Enter the group"},
    )
    parts = prose(
        "What is looked at, each with its weight?",
        "Enter at least one part with its weight",
        "One on a line, its weight at the end of the line. The weights make 100. Such as: Objectives 60",
    )
    moderated = forms.BooleanField(
        label="I look at the ratings beside one another before statements are given",
        required=False,
        help_text="A statement then waits until you looked at its ratings, and at every later change of them.",
    )
    appeals = forms.ChoiceField(
        label="Can somebody appeal against their statement?",
        choices=((YES, "Yes"), (NO, "No, not in this school")),
        widget=forms.RadioSelect,
        help_text="As your school's appraisal or pay policy says.",
        error_messages={"required": "Say whether somebody can appeal"},
    )
    appeal_days = forms.IntegerField(
        label="If so, within how many days of being given it?", required=False, min_value=1, max_value=365
    )
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "appeal_days" in self.initial:
            self.initial["appeals"] = YES if self.initial["appeal_days"] else NO

    def clean_parts(self) -> list[tuple[str, int]]:
        """Return each part with its weight, line by line. Errors: ValidationError."""
        lines = enumerate(self.cleaned_data["parts"].splitlines(), 1)
        found = [_part(number, line.strip()) for number, line in lines if line.strip()]
        if wrong := rules.parts(found):
            one = ". Write each part on a line of its own" if len(found) == 1 else ""
            raise ValidationError(f"{wrong}{one}")
        return found

    def clean(self) -> dict[str, Any]:
        """Return no days where nobody can appeal; ask for them where somebody can."""
        given = super().clean() or {}
        if given.get("appeals") == NO:
            given["appeal_days"] = None
        elif given.get("appeals") == YES and given.get("appeal_days") is None and not self.has_error("appeal_days"):
            self.add_error("appeal_days", "Enter within how many days somebody can appeal")
        return given


class CycleForm(SetUpForm):
    """A cycle for a group of staff."""

    starts_in = forms.TypedChoiceField(label="Which academic year?", coerce=int, widget=forms.RadioSelect)
    objectives_by = DateField(label="Objectives set by", error_messages={"required": "Enter a day for objectives"})
    half_by = DateField(label="Mid-year review by", error_messages={"required": "Enter a day for the mid-year review"})
    review_by = DateField(label="Review by", error_messages={"required": "Enter a day for the review"})
    statement_by = DateField(label="Statement by", error_messages={"required": "Enter a day for the statement"})
    organiser = forms.TypedChoiceField(
        label="Who besides you says who appraises whom?",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="They see names and how far each year is, and nothing that is written in it.",
    )
    field_order = ("name", "starts_in", *DAYS, "parts", "organiser", "moderated", "appeals", "appeal_days")

    def __init__(self, *args: Any, years: Sequence[int], leaders: Mapping[int, str], rule: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["starts_in"].choices = [(each, academic_year(each)) for each in years]  # type: ignore[attr-defined]  # a field of choices
        self.fields["organiser"].choices = [("", "Nobody"), *leaders.items()]  # type: ignore[attr-defined]  # the same
        self.fields["statement_by"].help_text = rule

    @property
    def planned(self) -> Planned:
        """The cycle."""
        given = self.cleaned_data
        first, half, review, statement = (given[each] for each in DAYS)
        days = (first, half, review, statement)
        who = given["organiser"], given["moderated"], given["appeal_days"]
        return Planned(given["name"].strip(), days, given["parts"], *who)


class SettledForm(CycleForm):
    """What can still be said of a cycle whose academic year is over: its name, days and parts stand."""

    def __init__(self, *args: Any, stands: Planned, **more: Any) -> None:
        super().__init__(*args, **more)
        self.stands = stands
        for name in ("name", "starts_in", "parts", *DAYS):
            del self.fields[name]

    @property
    def planned(self) -> Planned:
        """The cycle."""
        names = ("organiser", "moderated", "appeal_days")
        return replace(self.stands, **{name: self.cleaned_data[name] for name in names})


class AgainForm(CycleForm):
    """A cycle begun from another, with who comes along."""

    again = forms.TypedMultipleChoiceField(
        label="Who comes along, and who appraises them?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nothing that was written comes along. You can put others in afterwards.",
        error_messages={"invalid_choice": "Who can come along has changed meanwhile: look at the list again"},
    )

    def __init__(self, *args: Any, coming: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["again"].choices = list(coming)  # type: ignore[attr-defined]  # a field of choices
        if not coming and not self.is_bound:
            self.fields["again"].widget = forms.MultipleHiddenInput()


def _part(number: int, line: str) -> tuple[str, int]:
    name, _, weight = line.removesuffix("%").rpartition(" ")
    if not name.strip() or not weight.isdecimal() or len(weight) > 3:
        raise ValidationError(f"Line {number} must end with the part's weight, such as: Objectives 60")
    if len(name.strip()) > 80:
        raise ValidationError(f"Line {number} is too long: use at most 80 characters for a part")
    return name.strip(" ,:="), int(weight)


class MembersForm(forms.Form):
    """People to put into a cycle, and who appraises them."""

    people = forms.TypedMultipleChoiceField(
        label="Who belongs to this group?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person"},
    )
    appraiser = forms.TypedChoiceField(
        label="Who appraises them?",
        coerce=int,
        help_text="You can say it for each afterwards. Whoever appraises sees that year, and nothing else of theirs.",
    )

    def __init__(self, *args: Any, people: Mapping[int, str], staff: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["people"].choices = list(people.items())  # type: ignore[attr-defined]  # a field of choices
        self.fields["appraiser"].choices = [  # type: ignore[attr-defined]  # the same
            (AS_BEFORE, "Whoever appraised them last, where somebody did"), *staff.items()
        ]  # fmt: skip


class AppraiserForm(forms.Form):
    """Who appraises somebody from now on."""

    appraiser = forms.TypedChoiceField(
        label="Who appraises from now on?", coerce=int, error_messages={"required": "Choose who appraises"}
    )
    version = form_parts.version(required=True)

    def __init__(self, *args: Any, staff: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["appraiser"].choices = [("", "Choose"), *staff]  # type: ignore[attr-defined]  # a field of choices


class WhoseForm(forms.Form):
    """Whose year it is, and which, said and ticked: so that nobody writes in somebody else's, or in another year's."""

    person = hidden()
    starts_in = hidden()
    confirmed = forms.BooleanField(error_messages={"required": "Tick whose appraisal it is, and of which year"})

    def __init__(self, *args: Any, about: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["confirmed"].label = f"This is about {about}"
        self.order_fields([each for each in self.fields if each != "confirmed"])

    @property
    def whose(self) -> Whose:
        """Whose year, and which."""
        return Whose(self.cleaned_data["person"], self.cleaned_data["starts_in"])


class ObjectiveForm(WhoseForm):
    """One objective of one person."""

    words = forms.CharField(
        label="What is to be achieved?", max_length=300, error_messages={"required": "Enter the objective"}
    )
    measure = prose("How will you both see that it was? (optional)", rows=3, longest=400)
    once = form_parts.once()
    version = form_parts.version()

    @property
    def aimed(self) -> Aimed:
        """The objective."""
        return Aimed(self.cleaned_data["words"], self.cleaned_data["measure"])


class AimForm(forms.Form):
    """An objective that is nobody's yet."""

    words = forms.CharField(
        label="What is to be achieved?", max_length=300, error_messages={"required": "Enter the objective"}
    )
    measure = prose("How will it be seen? (optional)", rows=3, longest=400)
    once = form_parts.once()

    @property
    def aimed(self) -> Aimed:
        """The objective."""
        return Aimed(self.cleaned_data["words"], self.cleaned_data["measure"])


class YearsForm(forms.Form):
    """Whose objectives something shall be."""

    years = forms.TypedMultipleChoiceField(
        label="Whose objective is it?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person"},
    )

    def __init__(self, *args: Any, years: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["years"].choices = list(years)  # type: ignore[attr-defined]  # a field of choices


class ManyForm(YearsForm, AimForm):
    """One objective for many."""

    field_order = ("words", "measure", "years")


class SureForm(WhoseForm):
    """Whose it is, ticked, and nothing more."""

    version = form_parts.version(required=True)


class LateForm(SureForm):
    """The same, and why it is done only once its academic year is over."""

    because = prose(
        "Why are they set only now?", "Say why", "It stands in the history of this year, as you write it.", 3, 300
    )


class ReflectionForm(forms.Form):
    """How somebody sees their own year, and whether others read it."""

    words = prose(
        "How do you see this year?",
        "Enter how you see it",
        "What went well, what was hard, what you want next. It is yours alone unless you tick below.",
        10,
    )
    shown = forms.BooleanField(label="Show it to whoever appraises me and the headteacher", required=False)
    version = form_parts.version(required=True)


class HalfwayForm(WhoseForm):
    """What was said at mid-year."""

    words = prose(
        "What was said?", "Enter what was said", "How far each objective is, what helps, what is in the way.", 8
    )
    version = form_parts.version(required=True)


class ReviewForm(WhoseForm):
    """A review: objectives and parts, each in a word and in words. `early`: asked whether it is the one at the end."""

    version = form_parts.version(required=True)

    def __init__(
        self,
        *args: Any,
        objectives: Sequence[tuple[int, str]],
        parts: Sequence[tuple[int, str]],
        early: str = "",
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        if early:
            self.fields["ending"] = forms.BooleanField(
                label="This is the review at the end of the year",
                help_text=f"It is planned for {early}. Once it is noted, no mid-year review can be.",
                error_messages={"required": "Tick that this is the review at the end, or note a mid-year review"},
            )
        self.kinds = {"objective": [key for key, _ in objectives], "part": [key for key, _ in parts]}
        for at, (key, words) in enumerate(objectives, 1):
            self._rated(f"objective_{key}", f"Objective {at}: {words}", "Not assessed")
        for key, words in parts:
            self._rated(f"part_{key}", words, "Not rated")
        self.order_fields([each for each in self.fields if each != "confirmed"])

    def _rated(self, name: str, label: str, none: str) -> None:
        choices = [("", none), *((each.value, each.words) for each in Reached)]
        self.fields[f"reached_{name}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields[f"words_{name}"] = prose(f"{label.split(':', maxsplit=1)[0]}: what was seen", rows=3, longest=3000)

    def _given(self, kind: str) -> dict[int, Rated]:
        told = self.cleaned_data
        return {key: Rated(told[f"reached_{kind}_{key}"], told[f"words_{kind}_{key}"]) for key in self.kinds[kind]}

    @property
    def reviewed(self) -> Reviewed:
        """The review."""
        return Reviewed(self._given("objective"), self._given("part"))


class StatementForm(WhoseForm):
    """The statement."""

    overall = prose("How did the year go?", "Say how the year went", rows=8)
    needs = prose("What to learn next?", rows=4)
    action = prose("What will be done about it, and by whom?", rows=4)
    version = form_parts.version(required=True)

    @property
    def stated(self) -> Stated:
        """The statement."""
        given = self.cleaned_data
        return Stated(given["overall"], given["needs"], given["action"])


class CommentForm(forms.Form):
    """The person's comment on their statement."""

    words = prose(
        "Your comment (optional)",
        help_text="It stands in the statement as you write it. Leave it empty if you have none.",
        rows=8,
    )
    version = form_parts.version(required=True)


class WhyForm(forms.Form):
    """Why something is taken up again."""

    because = prose("Why?", "Say why", rows=3, longest=300)
    version = form_parts.version(required=True)
