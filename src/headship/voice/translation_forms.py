"""Forms of whoever translates a survey."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from headship.core import tabular
from headship.core.errors import Unusable
from headship.schools.queries import on_disk
from headship.voice import translating
from headship.voice.languages import LANGUAGES, Language
from headship.voice.tongue import Text


class LanguageForm(forms.Form):
    """Which language to begin with."""

    language = forms.ChoiceField(
        label="Which language?",
        choices=[("", "Choose"), *((each.code, f"{each.english}: {each.own}") for each in LANGUAGES.values())],
        error_messages={"required": "Choose a language"},
    )


class WordsForm(forms.Form):
    """One field for each text, with the words so far."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, texts: Sequence[Text], words: Mapping[str, str], language: Language, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.texts = texts
        attrs = {"rows": 2, "lang": language.code, "dir": language.direction}
        for at, each in enumerate(texts):
            self.fields[f"t{at}"] = forms.CharField(
                label=each.english,
                required=False,
                initial=words.get(each.english, ""),
                widget=forms.Textarea(attrs=attrs),
                validators=[_holding(each.english)],
            )

    @property
    def words(self) -> dict[str, str]:
        """The words given, by the English."""
        given = {each.english: self.cleaned_data[f"t{at}"] for at, each in enumerate(self.texts)}
        return {english: " ".join(words.split()) for english, words in given.items() if words.strip()}


def _holding(english: str) -> Any:
    def check(words: str) -> None:
        if fault := translating.wrong(english, words):
            raise ValidationError(f"The translation of “{english[:60]}” {fault}.")

    return check


class SheetForm(forms.Form):
    """A filled sheet."""

    file = forms.FileField(
        label="Filled sheet",
        help_text="CSV or XLSX, with the columns as they were downloaded. It takes the place of the words below.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, texts: Sequence[Text], language: Language, **more: Any) -> None:
        super().__init__(*args, **more)
        self.texts, self.language = texts, language

    def clean(self) -> dict[str, Any]:
        """Read the sheet whole, or tell every fault."""
        cleaned: dict[str, Any] = super().clean() or {}
        if file := cleaned.get("file"):
            try:
                cleaned["words"] = self._read(file)
            except Unusable as fault:
                self.add_error("file", ValidationError(str(fault).splitlines()))
        return cleaned

    def _read(self, file: Any) -> dict[str, str]:
        if file.size > translating.LARGEST:
            raise tabular.fault(file.name, "is larger than half a megabyte", "Send the sheet alone.")
        with on_disk(file.read()) as path:
            return translating.of_table(path, file.name, self.texts, self.language)
