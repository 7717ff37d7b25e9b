"""How other forms let somebody choose characteristics, and the form that takes a framework's file."""

from collections.abc import Sequence

from django import forms

from headship.standards import queries

Choices = list[tuple[str, list[tuple[str, str]]]]


def characteristic_choices(suggested: Sequence[str], framework: str = queries.DEFAULT) -> Choices:
    """Return the statements evidence may point at as (heading, [(code, "1.1 Values …")]): suggested ones first."""
    view = queries.framework(framework)
    first = [each for each in view.assessable if each.code in suggested]
    groups = [("Most likely", [_choice(each) for each in first])] if first else []
    headings: dict[str, list[tuple[str, str]]] = {}
    for each in view.assessable:
        if each.code not in suggested:
            heading = view.by_code[each.parent].short_title if each.parent else "Preamble"
            headings.setdefault(heading, []).append(_choice(each))
    return [*groups, *headings.items()]


def _choice(each: queries.Statement) -> tuple[str, str]:
    return each.code, f"{each.code} {each.short_title}"


class FrameworkForm(forms.Form):
    """A file that brings a framework."""

    file = forms.FileField(
        label="The framework's file",
        help_text="A CASE package (.json), a Moodle competency framework (.csv), a Mahara SmartEvidence file (.matrix) "
        "or an OpenSALT table (.csv); at most 10 MB.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another."},
    )
