"""Forms of equality: clean values only. Who saves over somebody else's words keeps their own on the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from headship.core import form_parts
from headship.core.components import DateField
from headship.equality.choices import Effect, Part
from headship.policy.loader import PolicyValue

type Owners = Sequence[tuple[int, str]]
NO_NAMES = "Name no person, and no group so small that somebody is known by it."


class Versioned(forms.Form):
    """A form that knows which version its reader had before them."""

    version = form_parts.version()

    def with_version(self, version: int) -> None:
        """Take another version as the one that is known, so that saving again puts these words in its place."""
        data = self.data.copy()  # type: ignore[attr-defined]  # what was posted, which can be copied
        data["version"] = str(version)
        self.data = data


class AimForm(Versioned):
    """An equality objective."""

    words = forms.CharField(
        label="What is to be different, and for whom?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_NAMES,
        error_messages={"required": "Enter what is to be different"},
    )
    why = forms.CharField(label="Why this? (optional)", max_length=500, required=False)
    concerns = forms.MultipleChoiceField(
        label="Which protected characteristics does it concern?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose whom it concerns"},
    )
    measure = forms.CharField(
        label="How will it be measured?", max_length=200, error_messages={"required": "Enter how it will be measured"}
    )
    baseline = forms.CharField(
        label="Where does it stand today? (optional)",
        max_length=80,
        required=False,
        help_text="Words or a number; leave it empty where nobody knows.",
    )
    target = forms.CharField(label="Where is it to be? (optional)", max_length=80, required=False)
    owner = forms.TypedChoiceField(
        label="Who answers for it?", coerce=int, error_messages={"required": "Choose who answers for it"}
    )
    starts_on = DateField(label="From", error_messages={"required": "Enter its first day"})
    ends_on = DateField(label="Until", error_messages={"required": "Enter its last day"})
    review_on = DateField(label="Review it on", error_messages={"required": "Enter the day of its review"})
    once = form_parts.once()

    def __init__(self, *args: Any, owners: Owners, protected: Mapping[str, PolicyValue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]  # a field of choices
        concerns = self.fields["concerns"]
        concerns.choices = [(code, each.words) for code, each in protected.items()]  # type: ignore[attr-defined]  # the same
        concerns.hints = {code: str(each.value).capitalize() for code, each in protected.items()}  # type: ignore[attr-defined]  # as its widget reads them


class ReadingForm(forms.Form):
    """Where a measure stood on a day."""

    value = forms.CharField(
        label="Where did it stand?",
        max_length=80,
        help_text="A share or words. Leave out counts of so few people that somebody is known by them.",
        error_messages={"required": "Enter where it stood"},
    )
    on = DateField(label="On which day?", error_messages={"required": "Enter the day"})
    once = form_parts.once()


class ReviewForm(forms.Form):
    """What came of an objective, and when it is looked at again."""

    came_of_it = forms.CharField(
        label="What came of it?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_NAMES,
        error_messages={"required": "Enter what came of it"},
    )
    next_on = DateField(label="Review it again on", error_messages={"required": "Enter the day of the next review"})
    once = form_parts.once()


class StatementForm(Versioned):
    """The yearly statement, by heading."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in Part:
            self.fields[each.value] = forms.CharField(
                label=each.words,
                required=False,
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text=NO_NAMES if each == Part.SCHOOL else "",
            )

    def parts(self) -> dict[str, str]:
        """Return the words by heading."""
        return {each.value: self.cleaned_data[each.value] for each in Part}


class DayForm(forms.Form):
    """A day to look back at."""

    on = DateField(label="Which information was in force on", required=False)


class SettleForm(Versioned):
    """Whether something needs an equality check, why not, who makes it and by when."""

    needed = forms.TypedChoiceField(
        label="Does it need an equality check?",
        coerce=lambda value: value == "yes",
        choices=[("yes", "Yes, it may touch some more than others"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it needs a check"},
    )
    because = forms.CharField(
        label="Why? (where it needs none)",
        max_length=300,
        required=False,
        help_text=NO_NAMES,
    )
    owner = forms.TypedChoiceField(
        label="Who makes it? (where it needs one)", coerce=int, required=False, empty_value=None
    )
    due_on = DateField(label="By when? (where it needs one)", required=False)
    once = form_parts.once()

    def __init__(self, *args: Any, owners: Owners, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]  # a field of choices


class FindingsForm(Versioned):
    """What a check found: an effect and words for each protected characteristic, what it rests on, what is changed."""

    evidence = forms.CharField(
        label="What does this rest on?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Figures that were released, what a survey said, whom you asked. " + NO_NAMES,
    )
    changed = forms.CharField(
        label="What is changed because of it?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_on = DateField(label="When is it looked at again?", required=False)

    def __init__(self, *args: Any, protected: Mapping[str, PolicyValue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.protected = protected
        for code, each in protected.items():
            self.fields[f"{code}-effect"] = forms.ChoiceField(
                label=each.words,
                required=False,
                choices=[("", "Not said yet"), *((effect.value, effect.words) for effect in Effect)],
            )
            self.fields[f"{code}-words"] = forms.CharField(
                label=f"{each.words}: in words", required=False, max_length=300
            )

    def effects(self) -> dict[str, tuple[Effect | None, str]]:
        """Return what was said of each protected characteristic."""
        told = self.cleaned_data
        return {
            code: (Effect(told[f"{code}-effect"]) if told[f"{code}-effect"] else None, told[f"{code}-words"])
            for code in self.protected
        }
