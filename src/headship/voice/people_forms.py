"""The form of who is asked: a page of people at a time, and what the buttons beside it do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from headship.core import form_parts
from headship.voice import choosing
from headship.voice.asking_queries import Groups, Last, Offered
from headship.voice.choices import POST, TEAM

PAGE = 50  # people a page: three fields each, far below what one form may hold
FIND = "find"
NO_ADDRESS = "No e-mail address here: asked by a link you print"


@dataclass(frozen=True, slots=True)
class Look:
    """What the reader looks at: a page (from 1) of all whose names hold `find`."""

    find: str
    page: int
    found: Sequence[Offered]

    def on(self, page: int) -> Sequence[Offered]:
        """Return whoever stands on a page."""
        return self.found[(page - 1) * PAGE : page * PAGE] if page > 0 else ()


class LookForm(forms.Form):
    """Which page of people, or whose names, the reader looks at; anything else is as if not asked."""

    find = forms.CharField(required=False, max_length=60, empty_value="")
    page = forms.IntegerField(required=False, min_value=1)

    def of(self, people: Sequence[Offered]) -> Look:
        """Return what is looked at, as far as there is such a page."""
        given = self.cleaned_data if self.is_valid() else {}
        find, page = given.get("find") or "", given.get("page") or 1
        found = [each for each in people if find.casefold() in each.name.casefold()]
        return Look(find, min(page, max(1, -(-len(found) // PAGE))), found)


class PeopleForm(forms.Form):
    """Who is asked, of those on one page: a tick, a group and a team for each.

    Who stood on a page that was sent is told by its own fields, so that nobody who came or left meanwhile moves a
    tick. `go` is the button: every one of them saves what stands here first.
    """

    version = form_parts.version(required=True)
    find = forms.CharField(label="Find somebody", required=False, max_length=60)
    go = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        everybody: Sequence[Offered],
        page: Sequence[Offered],
        groups: Mapping[str, str],
        last: Last | None,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        other = next(iter(groups))
        self.everybody = [each if each.group in groups else replace(each, group=other) for each in everybody]
        self.groups, self.last = groups, last
        keys = {each.person for each in page}
        self.people = [
            each for each in self.everybody if (f"group-{each.person}" in data if data else each.person in keys)
        ]
        for each in self.people:
            self._add(each)

    def _add(self, each: Offered) -> None:
        self.fields[f"ask-{each.person}"] = forms.BooleanField(
            label=each.name, required=False, initial=each.chosen, help_text="" if each.mailed else NO_ADDRESS
        )
        self.fields[f"group-{each.person}"] = forms.ChoiceField(
            label=f"Group of {each.name}", choices=list(self.groups.items()), initial=each.group, required=False
        )
        self.fields[f"team-{each.person}"] = forms.CharField(
            label=f"Team of {each.name}",
            initial=each.team,
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={"list": "teams", "autocomplete": "off"}),
        )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Return the three fields of each person."""
        return [
            (self[f"ask-{each.person}"], self[f"group-{each.person}"], self[f"team-{each.person}"])
            for each in self.people
        ]

    def clean(self) -> dict[str, Any]:
        """Put together who is asked; a team typed for somebody who is not would be lost."""
        given: dict[str, Any] = super().clean() or {}
        for each in self.people:
            if self._team(each) != each.team and each.person not in self.asked:
                self.add_error(f"team-{each.person}", f"Tick {each.name}, too, or leave the team as it was.")
        return given

    @property
    def asked(self) -> dict[int, Groups]:
        """Everybody who is asked, on this page and on the others, what was changed here first."""
        changed = sorted(self.people, key=lambda each: self._team(each) == each.team)
        ticked = {each.person: self._groups(each) for each in changed}
        return choosing.asked(self.everybody, ticked, self.cleaned_data.get("go", ""), self.last)

    def _team(self, each: Offered) -> str:
        return " ".join(self.cleaned_data.get(f"team-{each.person}", each.team).split())

    def _groups(self, each: Offered) -> Groups | None:
        if not self.cleaned_data.get(f"ask-{each.person}"):
            return None
        team = self._team(each)
        group = self.cleaned_data.get(f"group-{each.person}") or next(iter(self.groups))
        return {POST: group, **({TEAM: team} if team else {})}
