"""GOV.UK components: how Django's forms are rendered, and the small objects that our macros take."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

Params = dict[str, Any]
YEARS = range(1900, 2200)  # beyond, it is a slip of the hand, and sums of academic years run out of calendar
DAY_MONTH_YEAR = ("day", "month", "year")
NAMED = {
    str(forms.Field.default_error_messages["required"]): "this cannot be left empty.",
    str(forms.IntegerField.default_error_messages["invalid"]): "use a whole number.",
    str(forms.DecimalField.default_error_messages["invalid"]): "use a number.",
    str(forms.DateField.default_error_messages["invalid"]): "use a real date.",
    str(EmailValidator.message): "use an address such as name@school.example.",
}
BOUNDED = {
    "max_length": "use at most {limit_value:,} characters; this has {show_value:,}.",
    "min_value": "use {limit_value} or more.",
    "max_value": "use {limit_value} or less.",
}
ROWS = {"10": "5", "": "5"}  # Django's own ten rows are too tall for a phone
NOT_FOR_INPUTS = {"required", "aria-describedby", "aria-invalid", "maxlength", "cols", "rows"}


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing on a timeline: when, what, where to read it, by whom."""

    on: date
    words: str
    url: str = ""
    by: str = ""
    note: str = ""


def printable(text: str) -> str:
    r"""Leave out what no page may hold.

    >>> printable("a\0b")
    'ab'
    """
    return text.replace("\0", "")


def named_mistake(label: str, mistake: str) -> str:
    """Say a mistake with the name of its field.

    >>> named_mistake("Term", "use a whole number."), named_mistake("Why?", "use a real date.")
    ('Term: use a whole number.', 'Why? Use a real date.')
    """
    if label.endswith("?"):
        return f"{label} {mistake[0].upper()}{mistake[1:]}"
    return f"{label}: {mistake}"


@functools.cache
def _environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True)


@functools.cache
def _macro(name: str) -> Any:
    module = _environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html").module
    return getattr(module, "govuk" + "".join(part.title() for part in name.split("-")))


def component(name: str, params: Params) -> SafeString:
    """Render a component of the design system. Parameters ending in `Html` are the only ones not escaped.

    >>> "&lt;b&gt;" in component("tag", {"text": "<b>"})
    True
    """
    html: SafeString = mark_safe(_macro(name)(params))  # noqa: S308  # the macro escaped it
    return html


def in_reach(day: date) -> date:
    """Return a day that can be meant. Errors: ValueError for one in another age.

    >>> in_reach(date(2027, 3, 3)).year
    2027
    """
    if day.year not in YEARS:
        raise ValueError(day.year)
    return day


class DateWidget(forms.MultiWidget):
    """Day, month and year, each typed."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in DAY_MONTH_YEAR}, attrs)

    def decompress(self, value: date | None) -> list[int | str]:
        """Split a date into what stands in the three inputs."""
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def id_for_label(self, id_: str, index: str = "0") -> str:
        """Point labels and errors at the day."""
        del index
        return f"{id_}-day"


class DateField(forms.DateField):
    """A date typed in three parts."""

    widget = DateWidget

    def to_python(self, value: Any) -> date | None:
        """Return the date. Errors: ValidationError saying what is missing, or that there is no such day."""
        if not isinstance(value, (list, tuple)):
            return super().to_python(value)
        sent = dict(zip_longest(DAY_MONTH_YEAR, (str(part or "").strip() for part in value[:3]), fillvalue=""))
        if not any(sent.values()):
            return None
        missing = [name for name in DAY_MONTH_YEAR if not sent[name]]
        if missing:
            raise ValidationError(f"{self.label} must include a {' and a '.join(missing)}.", code="incomplete")
        try:
            return in_reach(date(int(sent["year"]), int(sent["month"]), int(sent["day"])))
        except (ValueError, OverflowError) as fault:
            raise ValidationError(f"{self.label} must be a real date, such as 27 3 2027.", code="invalid") from fault


class GovukField(BoundField):
    """A field on its form: its markup, and where an error about it points."""

    @property
    def anchor(self) -> str:
        """The id that the error summary links to."""
        widget = self.field.widget
        return f"{self.auto_id}-day" if isinstance(widget, DateWidget) else str(self.auto_id)

    @property
    def mistakes(self) -> list[str]:
        """What is wrong with it, in sentences that name the field where Django's own would not."""
        errors = [error for error in self.errors.as_data() if isinstance(error, ValidationError)]
        return [sentence for error in errors for sentence in self._said(error)]

    def _said(self, error: ValidationError) -> list[str]:
        label = str(self.label)
        if error.params and error.code in BOUNDED and error.code not in self.field.error_messages:
            return [named_mistake(label, BOUNDED[error.code].format(**error.params))]
        said = map(printable, error.messages)
        return [named_mistake(label, NAMED[each]) if each in NAMED else each for each in said]

    def govuk(self, **params: Any) -> SafeString:
        """Render label, hint, error and input; `params` override the component's own."""
        name, own = _described(self)
        return component(name, {**own, **params})


def _described(bound: GovukField) -> tuple[str, Params]:
    """Return the component for a field, and its parameters."""
    widget = bound.field.widget
    for kind, describe in DESCRIBED:
        if isinstance(widget, kind):
            return describe(bound)
    return _input(bound)


def _common(bound: GovukField) -> Params:
    return {
        "id": bound.auto_id,
        "name": bound.html_name,
        "label": {"text": bound.label, "classes": "govuk-label--s"},
        "hint": {"text": bound.help_text} if bound.help_text else None,
        "errorMessage": {"text": " ".join(bound.mistakes)} if bound.errors else None,
        "attributes": {
            name: str(value)
            for name, value in bound.field.widget.attrs.items()
            if name not in NOT_FOR_INPUTS | {"class", "autocomplete", "inputmode", "spellcheck"} and value is not False
        },
    }


def _grouped(bound: GovukField) -> Params:
    """Return the parameters of a group of inputs, which has a legend instead of a label."""
    legend = {"text": bound.label, "classes": "govuk-fieldset__legend--s"}
    return {**_common(bound), "label": None, "fieldset": {"legend": legend}, "idPrefix": bound.auto_id}


def _text(bound: GovukField) -> str:
    value = bound.value()
    return "" if value is None else printable(str(value))


def _input(bound: GovukField) -> tuple[str, Params]:
    attrs = bound.field.widget.attrs
    kind = getattr(bound.field.widget, "input_type", "text")
    number = isinstance(bound.field, (forms.IntegerField, forms.DecimalField, forms.FloatField))
    return "password-input" if kind == "password" else "input", {
        **_common(bound),
        "type": "text" if number else kind,
        "inputmode": attrs.get("inputmode", "numeric" if number else None),
        "value": "" if kind == "password" else _text(bound),
        "classes": attrs.get("class", "govuk-input--width-5" if number else ""),
        "autocomplete": attrs.get("autocomplete"),
        "spellcheck": attrs.get("spellcheck"),
    }


def _textarea(bound: GovukField) -> tuple[str, Params]:
    rows = str(bound.field.widget.attrs.get("rows", ""))
    longest = getattr(bound.field, "max_length", None)
    own = {**_common(bound), "value": _text(bound), "rows": ROWS.get(rows, rows)}
    return ("character-count", {**own, "maxlength": longest}) if longest else ("textarea", own)


def _date(bound: GovukField) -> tuple[str, Params]:
    value = bound.value()
    values = value if isinstance(value, (list, tuple)) else bound.field.widget.decompress(value)
    wrong = " govuk-input--error" if bound.errors else ""
    items = [
        {
            "name": f"{bound.html_name}_{part}",
            "id": f"{bound.auto_id}-{part}",
            "label": part.title(),
            "value": printable(str(each or "")),
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}{wrong}",
        }
        for part, each in zip(DAY_MONTH_YEAR, values, strict=True)
    ]
    return "date-input", {**_grouped(bound), "items": items}


def _choices(bound: GovukField) -> list[tuple[str, str]]:
    """Return the choices in order, those in groups laid flat."""
    flat: list[tuple[str, str]] = []
    for value, words in bound.field.choices:  # type: ignore[attr-defined]  # only fields with choices come here
        flat.extend(words if isinstance(words, (list, tuple)) else [(value, words)])
    return [(str(value), str(words)) for value, words in flat]


def _chosen(bound: GovukField) -> set[str]:
    value = bound.value()
    return {str(each) for each in (value if isinstance(value, (list, tuple)) else [value])}


def _ticks(bound: GovukField) -> tuple[str, Params]:
    chosen = _chosen(bound)
    hints: Mapping[str, str] = getattr(bound.field, "hints", {})
    items = [
        {
            "value": value,
            "text": words,
            "checked": value in chosen,
            "hint": {"text": hints[value]} if value in hints else None,
        }
        for value, words in _choices(bound)
        if value
    ]
    name = "checkboxes" if isinstance(bound.field.widget, forms.CheckboxSelectMultiple) else "radios"
    return name, {**_grouped(bound), "items": items}


def _tick(bound: GovukField) -> tuple[str, Params]:
    item = {"value": "on", "text": bound.label, "checked": bool(bound.value()), "id": bound.auto_id}
    hint = {"hint": {"text": bound.help_text}} if bound.help_text else {}
    return "checkboxes", {**_grouped(bound), "fieldset": None, "hint": None, "items": [{**item, **hint}]}


def _select(bound: GovukField) -> tuple[str, Params]:
    chosen = _chosen(bound)
    items = [{"value": value, "text": words, "selected": value in chosen} for value, words in _choices(bound)]
    return "select", {**_common(bound), "items": items}


def _file(bound: GovukField) -> tuple[str, Params]:
    return "file-upload", _common(bound)


DESCRIBED: Sequence[tuple[type | tuple[type, ...], Callable[[GovukField], tuple[str, Params]]]] = (
    (DateWidget, _date),
    ((forms.RadioSelect, forms.CheckboxSelectMultiple), _ticks),
    (forms.CheckboxInput, _tick),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.FileInput, _file),
)


class GovukRenderer(TemplatesSetting):
    """Renders forms in the design system's markup: `{{ form }}` is all of its fields."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"
    bound_field_class = GovukField
