"""Forms of the map of who decides: clean values only."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from headship.core import form_parts
from headship.core.components import DateField

type Parties = Sequence[tuple[str, str]]
NAMED = ("1", "2", "3")


def _party(label: str, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, help_text=help_text)


class AreaForm(forms.Form):
    """An area, who decides it within which limit, who is consulted, who is told, and since when.

    Posts, teams and the board are ticked; people are chosen from a list, which may be long.
    """

    name = forms.CharField(
        label="What is decided?", max_length=80, error_messages={"required": "Enter what is decided"}
    )
    words = forms.CharField(label="What belongs to it? (optional)", max_length=300, required=False)
    decides = _party("Who decides?", "One person, one post, a team or the board.")
    limit = forms.CharField(
        label="Up to which limit? (optional)", max_length=80, required=False, help_text="In words: “up to £5,000”."
    )
    also_decides = _party("Who else decides? (optional)", "Beyond that limit. Two with the same limit are an overlap.")
    also_limit = forms.CharField(label="Up to which limit do they? (optional)", max_length=80, required=False)
    consulted = forms.MultipleChoiceField(
        label="Who is consulted before? (optional)", required=False, widget=forms.CheckboxSelectMultiple
    )
    consulted_1 = _party("Consulted by name (optional)")
    consulted_2 = _party("Second consulted by name (optional)")
    consulted_3 = _party("Third consulted by name (optional)")
    told = forms.MultipleChoiceField(
        label="Who is told afterwards? (optional)", required=False, widget=forms.CheckboxSelectMultiple
    )
    told_1 = _party("Told by name (optional)")
    told_2 = _party("Second told by name (optional)")
    told_3 = _party("Third told by name (optional)")
    since = DateField(label="Since when is it so?", error_messages={"required": "Enter the day since when it is so"})
    once = form_parts.once()
    version = form_parts.version()

    def __init__(self, *args: Any, groups: Parties, people: Parties, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("decides", "also_decides"):
            self._offer(name, [("", "Nobody"), *groups, *people])
        for part in ("consulted", "told"):
            self._offer(part, groups)
            for number in NAMED:
                self._offer(f"{part}_{number}", [("", "Nobody"), *people])

    def _offer(self, name: str, choices: Parties) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices

    def deciders(self) -> list[tuple[str, str]]:
        """Return who decides, each with the limit."""
        told = self.cleaned_data
        pairs = ((told["decides"], told["limit"]), (told["also_decides"], told["also_limit"]))
        return [(code, limit) for code, limit in pairs if code]

    def parties(self, part: str) -> list[str]:
        """Return who is ticked or named for a part."""
        named = (self.cleaned_data[f"{part}_{number}"] for number in NAMED)
        return [*self.cleaned_data[part], *filter(None, named)]


def typed(part: str, codes: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Yield how a form holds those who have a part: posts and teams ticked, people one by one."""
    yield part, [each for each in codes if not each.startswith("person-")]
    people = [each for each in codes if each.startswith("person-")]
    yield from ((f"{part}_{number}", code) for number, code in zip(NAMED, people, strict=False))


class DayForm(forms.Form):
    """A day to look back at."""

    on = DateField(label="Who decided what on")
