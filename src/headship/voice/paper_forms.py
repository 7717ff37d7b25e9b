"""Forms for paper: who types it in, and the sheet that they type."""

from collections.abc import Sequence
from typing import Any

from django import forms

from headship.voice import instruments, phrases
from headship.voice.answer_forms import LONGEST
from headship.voice.instruments import COMMENT, Question
from headship.voice.paper_queries import Typist
from headship.voice.sheets import UNSURE

EMPTY = "-"
UNKEYED = "0"


class TypistForm(forms.Form):
    """Who types in what comes on paper, and where people put it."""

    typist = forms.TypedChoiceField(
        label="Who types the papers in?",
        help_text="Somebody of the office or support staff who leads nobody here. They see the papers; you never do.",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who types the papers in"},
    )
    paper_to = forms.CharField(
        label="Where do people put their paper?",
        help_text="A closed box that the person above empties. It stands on the form.",
        max_length=120,
        error_messages={"required": "Enter where people put their paper"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, typists: Sequence[Typist], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["typist"].choices = [(each.person, each.name) for each in typists]  # type: ignore[attr-defined]  # a field of choices


class TypingForm(forms.Form):
    """One paper: its code, one key for each line of boxes, and what was written."""

    code = forms.CharField(
        label="Code on the paper",
        max_length=200,
        error_messages={"required": "Enter the code that stands on the paper"},
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-20", "autofocus": True, "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, questions: Sequence[Question], **more: Any) -> None:
        super().__init__(*args, **more)
        self.questions = [each for each in questions if each.is_for("")]
        for number, each in enumerate(self.questions, 1):
            self.fields[f"q-{each.code}"] = _field(number, each)
        if any(each.kind == COMMENT for each in self.questions):
            self.fields["named"] = forms.CharField(
                label=phrases.english()["name"], required=False, max_length=120, widget=forms.TextInput
            )

    @property
    def steps(self) -> dict[str, int]:
        """What was ticked, by question; a line left empty is not in it."""
        given = {each.code: self.cleaned_data[f"q-{each.code}"] for each in self.questions if each.kind != COMMENT}
        return {code: step for code, step in given.items() if step is not None}

    @property
    def words(self) -> dict[str, str]:
        """What was written, by question."""
        given = {each.code: self.cleaned_data[f"q-{each.code}"] for each in self.questions if each.kind == COMMENT}
        return {code: words.strip() for code, words in given.items() if words.strip()}


class KeyField(forms.CharField):
    """One key for one line of boxes: the figure in the box that is ticked, or a dash where none is."""

    def __init__(self, *, number: int, steps: int, **more: Any) -> None:
        self.steps = steps
        wrong = f"Line {number}: type 1 to {steps}, 0, or - where nothing is ticked"
        super().__init__(max_length=1, error_messages={"required": wrong, "max_length": wrong}, **more)
        self.wrong = wrong

    def clean(self, value: Any) -> Any:
        """Return the step from 0, UNSURE, or None where the line is empty on the paper."""
        typed = super().clean(value)
        if typed in {EMPTY, "."}:
            return None
        if typed == UNKEYED:
            return UNSURE
        if typed in {str(each) for each in range(1, self.steps + 1)}:
            return int(typed) - 1
        raise forms.ValidationError(self.wrong)


def _field(number: int, question: Question) -> forms.Field:
    words = f"{number}. {question.words}"
    if question.kind == COMMENT:
        written = forms.Textarea(attrs={"rows": 2})
        return forms.CharField(label=words, required=False, max_length=LONGEST, widget=written)
    attrs = {"class": "govuk-input--width-2", "inputmode": "numeric", "autocomplete": "off"}
    steps = len(instruments.scales()[question.scale].steps)
    return KeyField(number=number, steps=steps, label=words, widget=forms.TextInput(attrs=attrs))
