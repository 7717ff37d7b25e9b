"""Forms of requests, keeping times and holds. They only clean."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from headship.core.components import DateField
from headship.privacy.choices import Asked, Drafts, State, Verdict
from headship.privacy.gathering import Passage, Place

LONGEST_KEEPING = 1200
WORDS = forms.Textarea(attrs={"rows": 4})


class NoteRequest(forms.Form):
    """Who asked, what, and when it was received."""

    person = forms.ChoiceField(label="Who asks?", help_text="Somebody who works here or did.")
    asks = forms.ChoiceField(label="What do they ask?", widget=forms.RadioSelect)
    received_on = DateField(label="Day it was received", help_text="The time to answer starts on this day.")
    words = forms.CharField(label="In their words", required=False, max_length=2000, widget=WORDS)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose somebody"), *people]  # type: ignore[attr-defined]  # a choice field
        self.fields["asks"].choices = [(each.value, each.words) for each in Asked]  # type: ignore[attr-defined]  # as above


class Ask(forms.Form):
    """Asking a school about one's own data."""

    school = forms.ChoiceField(label="Which school do you ask?")
    asks = forms.ChoiceField(label="What do you ask?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="Is there something in particular?", required=False, max_length=2000, widget=WORDS,
        help_text="For example a time, or a matter. Leave it empty to ask for everything.",
    )  # fmt: skip

    def __init__(self, *args: Any, schools: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = list(schools)  # type: ignore[attr-defined]  # a choice field
        self.fields["asks"].choices = [(each.value, each.words) for each in Asked]  # type: ignore[attr-defined]  # as above


class DecideDrafts(forms.Form):
    """Whether drafts that somebody was not given yet are in their file."""

    drafts = forms.TypedChoiceField(
        label="What happens to them?",
        coerce=Drafts,
        choices=[(each.value, each.words) for each in Drafts],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens to them"},
    )
    why = forms.CharField(
        label="Why?", max_length=2000, widget=WORDS, help_text="On what you rest it. The person reads this too.",
        error_messages={"required": "Say why"},
    )  # fmt: skip
    was = forms.CharField(required=False, widget=forms.HiddenInput)


class Close(forms.Form):
    """How a request ended."""

    state = forms.ChoiceField(
        label="How was it answered?",
        choices=[(each.value, each.words) for each in State if each != State.OPEN],
        widget=forms.RadioSelect,
    )
    closed_on = DateField(label="On which day?")
    outcome = forms.CharField(
        label="What was given out, or why not?", max_length=2000, widget=WORDS,
        help_text="Enough that somebody who asks next year understands it.",
    )  # fmt: skip


class SetTime(forms.Form):
    """How long a school keeps one kind of row."""

    ends = forms.ChoiceField(
        label="What happens to them?",
        choices=[("yes", "They go after the time below"), ("no", "They are kept until we say otherwise")],
        widget=forms.RadioSelect,
    )
    months = forms.IntegerField(label="Months", min_value=1, max_value=LONGEST_KEEPING, help_text="6 years are 72.")
    reason = forms.CharField(
        label="Why?", max_length=200, help_text="Whose rule it is: your schedule, that of your trust, a law."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PlaceHold(forms.Form):
    """Whose data must not be deleted, why and until when."""

    person = forms.ChoiceField(label="Whose data must stay?", required=False)
    why = forms.CharField(label="Why?", max_length=200, help_text="For example a claim, or a complaint, in few words.")
    until = DateField(label="Until when?", required=False, help_text="Leave it empty if nobody knows yet.")

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "The whole school: everybody in it"), *people]  # type: ignore[attr-defined]  # a choice field


class Read(forms.Form):
    """All passages of a request: for each a verdict, the words to give out, and what was read."""

    def __init__(self, *args: Any, passages: Sequence[Passage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passages = passages
        for number, passage in enumerate(passages):
            known = passage.decided
            self.fields[f"verdict_{number}"] = forms.ChoiceField(
                label=f"Passage {number + 1}: what is given out?",
                choices=[(each.value, each.words) for each in Verdict],
                widget=forms.RadioSelect,
                required=False,
                initial=known.verdict if known else "",
            )
            self.fields[f"words_{number}"] = forms.CharField(
                label=f"Passage {number + 1}: the words to give out",
                widget=WORDS,
                required=False,
                initial=known.words if known and known.words else passage.suggested,
            )
            self.fields[f"read_{number}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=passage.version
            )

    def verdicts(self) -> dict[Place, tuple[Verdict, str, str]]:
        """Return what was decided: verdict, words, and the version of the passage that was read."""
        told = self.cleaned_data
        return {
            passage.place: (Verdict(verdict), told[f"words_{number}"], told[f"read_{number}"])
            for number, passage in enumerate(self.passages)
            if (verdict := told[f"verdict_{number}"])
        }
