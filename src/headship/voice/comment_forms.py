"""The form of whoever puts comments under themes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from headship.voice.models import Comment
from headship.voice.themes import NONE, suggested, themes

NONE_WORDS = "About none of these"


class ThemesForm(forms.Form):
    """A choice for each comment; nothing chosen leaves it where its words put it."""

    accept = forms.BooleanField(label="Take the suggestions as they are where I choose nothing", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, comments: Sequence[Comment], **more: Any) -> None:
        super().__init__(*args, **more)
        self.comments = comments
        choices = [*((code, each.name) for code, each in themes().items()), (NONE, NONE_WORDS)]
        names = dict(choices)
        for each in comments:
            self.fields[f"of-{each.pk}"] = forms.ChoiceField(
                label=f"Theme of “{each.words[:60]}{'…' if len(each.words) > 60 else ''}”",
                choices=[("", f"Suggested: {names[suggested(each.words)]}"), *choices],
                required=False,
                initial=each.theme,
            )

    @property
    def under(self) -> dict[UUID, str]:
        """The theme of each comment, nothing where what is suggested may change."""
        given = {each: self.cleaned_data[f"of-{each.pk}"] for each in self.comments}
        accepted = self.cleaned_data["accept"]
        return {each.pk: chosen or (suggested(each.words) if accepted else "") for each, chosen in given.items()}
