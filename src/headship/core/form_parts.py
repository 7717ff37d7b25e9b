"""The small parts that forms share: their own mark, the version that was seen, a line, and what a button sends."""

from uuid import uuid4

from django import forms


def once() -> forms.UUIDField:
    """Return the form's own mark, by which a form sent twice is known.

    >>> once().initial().version
    4
    """
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


def version(*, required: bool = False) -> forms.IntegerField:
    """Return the version that whoever fills the form has seen.

    >>> version().required, version(required=True).required
    (False, True)
    """
    return forms.IntegerField(widget=forms.HiddenInput, required=required)


def line(label: str, longest: int, required: str = "", help_text: str = "") -> forms.CharField:
    """Return a field for one line; `required` is what is said where it is left empty.

    >>> line("What is it called?", 120, "Enter what it is called").error_messages["required"]
    'Enter what it is called'
    """
    told = {"required": required} if required else None
    return forms.CharField(
        label=label, max_length=longest, required=bool(required), error_messages=told, help_text=help_text
    )


class VersionForm(forms.Form):
    """What a button sends: the version that was seen when it was pressed."""

    version = version(required=True)
