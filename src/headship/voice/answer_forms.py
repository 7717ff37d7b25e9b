"""The form of somebody who was asked: a choice for each question, none required, and what they write."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from headship.voice import instruments
from headship.voice.instruments import COMMENT, Question
from headship.voice.sheets import UNSURE
from headship.voice.tongue import Tongue

LONGEST = 2000
ENGLISH = Tongue()
LETTERS = re.compile(r"[^\W\d_]+(-[^\W\d_]+)*")


class AnswerForm(forms.Form):
    """One field for each question put to a group; `names` are of people at the school, for a warning."""

    named = forms.CharField(
        label="Your name, only if you want it known (optional)",
        help_text="Leave it empty and your words stand without a name.",
        required=False,
        max_length=120,
    )
    as_it_is = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        group: str,
        names: Iterable[str],
        tongue: Tongue = ENGLISH,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.questions = [each for each in questions if each.is_for(group)]
        self.names = {part.casefold() for name in names for part in name.split() if len(part) > 2}
        self.fields["named"].label, self.fields["named"].help_text = tongue.say("named"), tongue.say("named_help")
        self.fields = {
            **{f"q-{each.code}": _field(each, group, tongue) for each in self.questions},
            **(self.fields if any(each.kind == COMMENT for each in self.questions) else {}),
        }

    @property
    def steps(self) -> dict[str, int]:
        """What was chosen, by question."""
        given = {each.code: self.cleaned_data[f"q-{each.code}"] for each in self.questions if each.kind != COMMENT}
        return {code: int(step) for code, step in given.items() if step != ""}

    @property
    def words(self) -> dict[str, str]:
        """What was written, by question."""
        given = {each.code: self.cleaned_data[f"q-{each.code}"] for each in self.questions if each.kind == COMMENT}
        return {code: words.strip() for code, words in given.items() if words.strip()}

    @property
    def people(self) -> list[str]:
        """The words written that are names of people at the school, as they were written."""
        written = " ".join(self.words.values()).split()
        bare = (LETTERS.match(each.lstrip("\"'(“‘")) for each in written)  # noqa: RUF001  # as phones type quotes
        words = {each.group() for each in bare if each}
        return sorted(each for each in words if each[0].isupper() and each.casefold() in self.names)


def _field(question: Question, group: str, tongue: Tongue) -> forms.Field:
    words = tongue.put(question.put_to(group))
    if question.kind == COMMENT:
        room: dict[str, Any] = {"max_length": LONGEST}
        if tongue != ENGLISH:  # the count of letters left is English
            wrong = tongue.say("too_long", most=f"{LONGEST:,}")
            room = {"validators": [MaxLengthValidator(LONGEST, wrong)]}
        widget = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(label=words, help_text=tongue.say("write"), required=False, widget=widget, **room)
    scale = instruments.scales()[question.scale]
    steps = [(str(at), tongue.put(step)) for at, step in enumerate(scale.steps)]
    choices = [*steps, (str(UNSURE), tongue.put(scale.unknown))]
    return forms.ChoiceField(label=words, choices=choices, required=False, widget=forms.RadioSelect)
