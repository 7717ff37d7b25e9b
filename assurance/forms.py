"""Row g's forms: every form that a page of the product offers to send, filled in as a person might."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

WORDS = "Words for the trial"
TYPED = {
    "email": "trial@people.example",
    "number": "1",
    "date": "2026-11-20",
    "url": "https://example.org/",
    "tel": "1",
}
# The parts of a date are fields of their own, told by the end of their names.
ENDS = {
    "_0": "20",
    "_1": "11",
    "_2": "2026",
    "on": "20/11/2026",
    "until": "20/11/2026",
    "day": "20",
    "month": "11",
    "year": "2026",
    "email": "trial@people.example",
}
UNTYPED = {"submit", "button", "image", "reset", "file"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form to send: where, what, as whom. `told` names its address without the keys in it."""

    persona: str
    action: str
    told: str
    fields: tuple[tuple[str, str], ...]
    signed_in: bool

    @property
    def versioned(self) -> bool:
        """Whether it says which version its sender read: one for a new thing says none."""
        return any(name == "version" and value for name, value in self.fields)

    def sent(self, **typed: str) -> dict[str, list[str]]:
        """Return what is sent; `typed` replaces words of the trial's own."""
        found: dict[str, list[str]] = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(typed.get("words", value) if value == WORDS else value)
        return found


@dataclass(slots=True)
class _Read:
    """A form while it is read."""

    action: str
    files: bool = False
    fields: list[tuple[str, str]] = field(default_factory=list)
    offered: dict[str, list[str]] = field(default_factory=dict)  # the choices of each group

    def answer(self) -> None:
        """Choose where nothing is chosen: the first, or the last where another group of the same choices has that."""
        answered = dict(self.fields)
        for name, values in self.offered.items():
            if name not in answered:
                taken = {answered.get(other) for other, those in self.offered.items() if those == values}
                answered[name] = values[-1] if values[0] in taken else values[0]
                self.fields.append((name, answered[name]))


class Reader(HTMLParser):
    """Reads the forms of a page that are posted."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page, self._form, self._select, self._area = page, None, "", ""
        self.found: list[_Read] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Take a form's beginning and its fields."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and told.get("method", "").lower() == "post":
            self._form = _Read(urljoin(self._page, told.get("action") or self._page))
        if self._form is None or "disabled" in told:
            return
        name, form = told.get("name", ""), self._form
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and told.get("value"):
            self._choose(self._select, told["value"], chosen="selected" in told)
        elif tag == "textarea":
            form.fields.append((name, WORDS))
        elif tag == "button" and name:
            form.fields.append((name, told.get("value", "")))
        elif tag == "input":
            self._input(name, told)

    def handle_endtag(self, tag: str) -> None:
        """Take a form's end."""
        if tag == "select":
            self._select = ""
        if tag == "form" and self._form is not None:
            self._form.answer()
            self.found.append(self._form)
            self._form = None

    def _input(self, name: str, told: dict[str, str]) -> None:
        form, kind = self._form, told.get("type", "text").lower()
        if kind == "file":
            form.files = True
        elif kind in {"radio", "checkbox"}:
            self._choose(name, told.get("value", "on"), chosen="checked" in told)
        elif kind == "hidden":
            form.fields.append((name, told.get("value", "")))  # nobody types there
        elif name and kind not in UNTYPED:
            kind = "number" if told.get("inputmode") == "numeric" and kind == "text" else kind
            form.fields.append((name, told.get("value") or typed(name, kind)))

    def _choose(self, name: str, value: str, *, chosen: bool) -> None:
        if chosen:
            self._form.fields.append((name, value))
        self._form.offered.setdefault(name, []).append(value)


def typed(name: str, kind: str) -> str:
    """Return what a person might type into a field; the parts of a date are told by its name, whatever they hold."""
    by_end = next((value for end, value in ENDS.items() if name.endswith(end)), "")
    return by_end or TYPED.get(kind, WORDS)


def forms_on(page: str, html: str, persona: str) -> Iterator[Form]:
    """Yield the posted forms of a page that need no file."""
    from django.urls import resolve

    reader = Reader(page)
    reader.feed(html)
    for each in reader.found:
        path = urlsplit(each.action).path
        if not each.files:
            fields = tuple((name, value) for name, value in each.fields if name and name != "csrfmiddlewaretoken")
            found = resolve(path)
            audience = getattr(found.func, "audience", None)
            yield Form(persona, each.action, found.url_name or path, fields, bool(audience and audience.signed_in))
