"""Forms of those who run surveys: clean values only."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from headship.core.components import DateField
from headship.core.visibility import Visibility
from headship.voice import rules
from headship.voice.choices import FEWEST, FEWEST_CHOSEN, MOST_ASKED, Chosen
from headship.voice.instruments import COMMENT, Instrument, Question, question

OWN_QUESTIONS = 10


class SurveyForm(forms.Form):
    """What a survey is called and says, which of its questions stay, questions of one's own, and its last day."""

    title = forms.CharField(
        label="What is it called?", max_length=120, error_messages={"required": "Enter what it is called"}
    )
    opening = forms.CharField(
        label="What do you say first? (optional)",
        help_text="Why you ask, and what will come of it. Everybody who is asked reads this.",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kept = forms.MultipleChoiceField(
        label="Questions",
        help_text="Take the tick off what you do not want to ask.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    own = forms.CharField(
        label="Questions of your own (optional)",
        help_text=(
            f"One to a line, {OWN_QUESTIONS} at most, said so that people can agree or disagree. "
            "A line that ends in a question mark is answered in words."
        ),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    fewest = forms.TypedChoiceField(
        label="How many answers must there be for anything to be shown?",
        help_text=(
            f"{FEWEST} at least. More hides people better and shows less: with {FEWEST_CHOSEN}, a team of eight is "
            "never shown by itself. Nobody can change it once the survey is open."
        ),
        coerce=int,
        choices=[(each, str(each)) for each in range(FEWEST, FEWEST_CHOSEN + 1)],
        initial=FEWEST,
        error_messages={"required": "Choose how many answers there must be"},
    )
    closes_on = DateField(label="Last day to answer", error_messages={"required": "Enter the last day to answer"})
    visibility = forms.ChoiceField(
        label="Who can see the results?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who can see the results"},
    )
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, offered: Sequence[Question], seen_as: Sequence[Visibility], today: date, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.offered, self.today = offered, today
        brought = [each for each in offered if not is_own(each)]
        self.fields["kept"].choices = [(each.code, each.words) for each in brought]  # type: ignore[attr-defined]  # a field of choices
        self.fields["visibility"].choices = [(each.value, each.words) for each in seen_as]  # type: ignore[attr-defined]  # the same

    def clean_closes_on(self) -> date:
        """Take only a day that can be the last."""
        on: date = self.cleaned_data["closes_on"]
        if wrong := rules.closes_on(on, today=self.today):
            raise forms.ValidationError(wrong)
        return on

    def clean_own(self) -> list[Question]:
        """Make a question of each line."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["own"].splitlines() if line.strip()]
        if len(lines) > OWN_QUESTIONS:
            raise forms.ValidationError(f"Ask at most {OWN_QUESTIONS} questions of your own; these are {len(lines)}.")
        if long := next((line for line in lines if len(line) > 200), ""):
            raise forms.ValidationError(f"A question has at most 200 characters: shorten “{long[:40]}…”.")
        return [own_question(at, line) for at, line in enumerate(lines, 1)]

    def clean(self) -> dict[str, Any]:
        """Ask for one question at least."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "own" in cleaned and not cleaned.get("kept") and not cleaned["own"]:
            self.add_error("kept", "Tick at least one question, or write one of your own.")
        return cleaned

    @property
    def questions(self) -> list[Question]:
        """What is asked: the brought ones that stayed, then the school's own, words last."""
        stay = set(self.cleaned_data["kept"])
        asked = [*(each for each in self.offered if each.code in stay), *self.cleaned_data["own"]]
        return sorted(asked, key=lambda each: each.kind == COMMENT)


def own_question(number: int, line: str) -> Question:
    """Make a question of somebody's own line: in words where it asks, else to agree with or not.

    >>> own_question(1, "Lunch is long enough.").kind, own_question(2, "What about lunch?").kind
    ('choice', 'comment')
    """
    kind = {"kind": COMMENT} if line.endswith("?") else {}
    return question({"code": f"own-{number}", "words": line, "theme": "Our own questions", **kind})


def is_own(each: Question) -> bool:
    """Whether a question is the school's own."""
    return each.code.startswith("own-")


def as_typed(questions: Sequence[Question]) -> Mapping[str, Any]:
    """Return questions as they stand in the form."""
    own = "\n".join(each.words for each in questions if is_own(each))
    return {"kept": [each.code for each in questions if not is_own(each)], "own": own}


def offered(instrument: Instrument) -> Sequence[Question]:
    """Return the questions an instrument brings."""
    return instrument.questions


class CodesForm(forms.Form):
    """How many of a group are asked by paper."""

    group = forms.CharField(
        label="Which group?",
        help_text="Such as “Year 5” or “Parents of Year 2”. Each code is for one person, and carries no name.",
        max_length=40,
        error_messages={"required": "Enter the group"},
    )
    count = forms.IntegerField(
        label="How many codes?",
        help_text="0 takes this group's codes back.",
        min_value=0,
        max_value=MOST_ASKED,
        error_messages={"required": "Enter how many codes"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """Which state of a survey somebody looked at when they pressed a button."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ChosenForm(forms.Form):
    """Which theme, and which variable's groups, a reader of results wants to see; anything else is as if not asked."""

    theme = forms.CharField(required=False, max_length=120)
    by = forms.CharField(required=False, max_length=40)

    @property
    def chosen(self) -> Chosen:
        """What was chosen."""
        given = self.cleaned_data if self.is_valid() else {}
        return Chosen(given.get("theme", ""), given.get("by", ""))
