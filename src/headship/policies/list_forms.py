"""Forms of lists of policies: clean values only."""

from django import forms


class UploadForm(forms.Form):
    """A list to bring."""

    file = forms.FileField(
        label="CSV or XLSX file",
        help_text="One row a policy. You see what would be added before it is.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another."},
    )


class TakeForm(forms.Form):
    """How many policies the preview told of."""

    adds = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
