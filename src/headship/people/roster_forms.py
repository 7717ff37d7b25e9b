"""Forms of staff and pupil lists. They only clean."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from headship.core.roles import Role
from headship.people.rosters import FIELDS, Organisation


class Upload(forms.Form):
    """A list to bring."""

    file = forms.FileField(
        label="OneRoster zip, CSV or XLSX file",
        help_text="Staff or pupils, as your information system exports them. You see what would change before it does.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another."},
    )


class Columns(forms.Form):
    """For each column of a table: what it is here."""

    def __init__(self, *args: Any, headings: Sequence[str], guessed: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = headings
        for number, heading in enumerate(headings):
            self.fields[f"to{number}"] = forms.ChoiceField(
                label=heading,
                choices=[("", "Leave it out"), *FIELDS.items()],
                required=False,
                initial=guessed.get(heading, ""),
            )

    def mapping(self) -> dict[str, str]:
        """Return the chosen place of each column that has one."""
        chosen = {heading: self.cleaned_data[f"to{number}"] for number, heading in enumerate(self.headings)}
        return {heading: to for heading, to in chosen.items() if to}


class Posts(forms.Form):
    """Which post each role word of a list stands for, and which organisation is this school."""

    organisation = forms.ChoiceField(label="Which of these is this school?", required=True)
    end_missing = forms.BooleanField(
        label="End the posts, and the places on roll, of those an earlier list brought and this one no longer names",
        required=False,
        help_text="Only with a whole list. Posts that people gave by hand are never ended by a list.",
    )

    def __init__(  # a list's parts, each named by its caller
        self,
        *args: Any,
        roles: Sequence[str],
        offered: Sequence[Role],
        guessed: Mapping[str, str],
        organisations: Sequence[Organisation],
        here: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.roles = roles
        for number, words in enumerate(roles):
            self.fields[f"post{number}"] = forms.ChoiceField(
                label=f"“{words}” in the list is" if words else "Those without a role in the list are",
                choices=[("", "Left out"), *((role.value, role.words) for role in offered)],
                required=False,
                initial=guessed.get(words, ""),
            )
        if organisations:
            choices = [("", "Choose"), *((each.key, f"{each.name} ({each.kind})") for each in organisations)]
            self.fields["organisation"].choices = choices  # type: ignore[attr-defined]  # a choice field
            self.fields["organisation"].initial = here
        else:
            del self.fields["organisation"]
        self.order_fields(["organisation", *(f"post{number}" for number in range(len(roles))), "end_missing"])

    def posts(self) -> dict[str, str]:
        """Return the chosen post of each role word, or "" where it is left out."""
        return {words: self.cleaned_data[f"post{number}"] for number, words in enumerate(self.roles)}
