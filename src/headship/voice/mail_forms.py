"""Forms for asking by an address: clean values only."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from headship.core import tabular
from headship.core.errors import Unusable
from headship.schools.queries import on_disk
from headship.voice import addresses
from headship.voice.addresses import Addresses

PASTED = 400_000


class AddressesForm(forms.Form):
    """Addresses, pasted or as a file, and the group of those that name none."""

    pasted = forms.CharField(
        label="Paste addresses",
        help_text="One to a line, with the group behind it if you like: ann@home.example, Parents of Year 5",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Or choose a file",
        help_text="CSV or XLSX, 1 MB at most, with a column called “E-mail” and perhaps one called “Group”.",
        required=False,
        error_messages={"empty": "The file is empty. Choose another."},
    )
    group = forms.CharField(
        label="Group of those without one (optional)",
        help_text="Such as “Parents of Year 5”. Results can be told apart by group, where it is large enough.",
        required=False,
        max_length=addresses.LONGEST_GROUP,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.known = known

    def clean(self) -> dict[str, Any]:
        """Read the addresses whole, or tell every fault beside where they came from."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        place = "file" if cleaned.get("file") else "pasted"
        try:
            cleaned["addresses"] = self._read(cleaned)
        except Unusable as fault:
            self.add_error(place, ValidationError(str(fault).splitlines()))
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> Addresses:
        file, group = cleaned.get("file"), " ".join(cleaned["group"].split())
        if not file and len(cleaned["pasted"]) > PASTED:
            raise Unusable("That is too much to paste. Send it as a file.")
        if not file:
            return addresses.pasted(cleaned["pasted"], group, self.known)
        if file.size > addresses.LARGEST:
            raise tabular.fault(file.name, "is larger than 1 MB", "Keep the columns of addresses and groups alone.")
        with on_disk(file.read()) as path:
            return addresses.of_table(path, file.name, group, self.known)


class AskByMailForm(forms.Form):
    """The addresses that were looked at, on their way back."""

    pasted = forms.CharField(required=False, max_length=PASTED, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
