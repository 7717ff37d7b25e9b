"""Forms of support before capability: clean values only."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from headship.appraisal.support_actions import Ended, Offered, Reviewed
from headship.appraisal.support_choices import Standing
from headship.core import form_parts
from headship.core.components import DateField

LONGEST = 8000
type Offers = Iterable[tuple[int, str]]

_ANSWERS = {Standing.ACCEPTED: "I accept the support", Standing.DECLINED: "I do not want it"}
_OUTCOMES = {
    Standing.ENDED_WELL: "It ended well: nothing more is needed",
    Standing.EXTENDED: "It goes on, with another review",
    Standing.FORMAL: "A formal step follows, under the school's own procedure",
    Standing.CLOSED: "It closes for another reason",
}


def _words(label: str, missing: str = "", help_text: str = "", rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": missing},
    )


def _day(label: str, missing: str = "") -> DateField:
    return DateField(label=label, required=bool(missing), error_messages={"required": missing})


def _person(label: str, missing: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, error_messages={"required": missing})


class OfferForm(forms.Form):
    """An offer of support."""

    person = _person("Who is offered support?", "Choose who is offered support")
    supporter = _person("Who gives it?", "Choose who gives it")
    said = _words(
        "What do you offer, and why?",
        "Enter what you offer",
        "They read it as you write it, and it stays. Say what help there is, and what they can count on.",
    )
    aims = _words(
        "What do you both aim for? (optional)", help_text="You can write it down together once they have replied."
    )
    first_on = _day("First review", "Enter the day of the first review")
    second_on = _day("Second review (optional)")
    once = form_parts.once()

    def __init__(self, *args: Any, people: Offers, supporters: Offers, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]  # a field of choices
        self.fields["supporter"].choices = [("", "Choose"), *supporters]  # type: ignore[attr-defined]  # the same

    @property
    def offered(self) -> Offered:
        """The offer."""
        given = self.cleaned_data
        days = tuple(each for each in (given["first_on"], given["second_on"]) if each)
        return Offered(given["person"], given["supporter"], given["said"], days, given["aims"])


class ReplyForm(forms.Form):
    """A reply of the person's own, with yes or no where an offer can be answered."""

    to = forms.TypedChoiceField(
        label="Your answer", widget=forms.RadioSelect, coerce=Standing, empty_value=None, required=False
    )
    reply = _words("Your reply", "Enter your reply", "It stands on the timeline in your own words, and stays.", 7)
    once = form_parts.once()
    version = form_parts.version(required=True)

    def __init__(self, *args: Any, answers: Sequence[Standing], must: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["to"]
        field.required = must
        field.error_messages["required"] = "Say whether you accept the offer"
        own = [(each.value, _ANSWERS[each]) for each in answers]
        field.choices = own if must else [*own, ("", "Neither: I only reply")]  # type: ignore[attr-defined]  # a field of choices
        if not answers:
            del self.fields["to"]


class NoteForm(forms.Form):
    """A line of whoever supports or leads."""

    said = _words("In your own words", "Enter the words", rows=7)
    on = _day("On which day?", "Enter the day")
    once = form_parts.once()

    def __init__(self, *args: Any, label: str, dated: bool, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["said"].label = label
        self.today = today
        if not dated:
            del self.fields["on"]

    @property
    def day(self) -> date:
        """The day it tells of: today unless said."""
        on: date = self.cleaned_data.get("on") or self.today
        return on


class ReviewForm(forms.Form):
    """A review that was held."""

    on = _day("On which day was it held?", "Enter the day")
    said = _words("What did you look at together, and what did you see?", "Enter what you saw", rows=7)
    next_on = _day("Another review on (optional)")
    once = form_parts.once()
    version = form_parts.version(required=True)

    @property
    def reviewed(self) -> Reviewed:
        """The review."""
        given = self.cleaned_data
        return Reviewed(given["on"], given["said"], given["next_on"])


class EndForm(forms.Form):
    """What came of it."""

    to = forms.TypedChoiceField(
        label="What came of it?",
        widget=forms.RadioSelect,
        coerce=Standing,
        error_messages={"required": "Choose what came of it"},
    )
    said = _words("Why, in your own words?", "Enter why", "They read it as you write it.")
    next_on = _day("If it goes on: the day of the next review")
    once = form_parts.once()
    version = form_parts.version(required=True)

    def __init__(self, *args: Any, outcomes: Sequence[Standing], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].choices = [(each.value, _OUTCOMES[each]) for each in outcomes]  # type: ignore[attr-defined]  # a field of choices
        if Standing.EXTENDED not in outcomes:
            del self.fields["next_on"]

    @property
    def ended(self) -> Ended:
        """What came of it."""
        given = self.cleaned_data
        return Ended(given["to"], given["said"], given.get("next_on"))


class HandForm(forms.Form):
    """Somebody else who gives the support."""

    supporter = _person("Who gives it from now on?", "Choose who gives it")
    said = _words("Why, in your own words?", "Enter why", "The person reads it.", 3)
    once = form_parts.once()
    version = form_parts.version(required=True)

    def __init__(self, *args: Any, supporters: Offers, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["supporter"].choices = [("", "Choose"), *supporters]  # type: ignore[attr-defined]  # a field of choices


class CorrectForm(forms.Form):
    """A correction of one's own line."""

    words = _words("What should it say?", "Enter the correction", "What stood there stays; this stands as a new line.")
    once = form_parts.once()
