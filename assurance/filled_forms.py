"""The forms that pages hold, as a browser would find them, and anything at all to fill them with."""

from dataclasses import dataclass
from html.parser import HTMLParser

HOSTILE = (
    "",
    " ",
    "0",
    "-1",
    "1e309",
    "NaN",
    "9" * 40,
    "a" * 6000,
    "a\0b",
    "\ud800",
    "\u202e",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "../../etc/passwd",
    "=cmd()",
    "2026-02-30",
    "31/12/9999",
    "0001-01-01",
    "\r\nBcc: all@people.example",
)


@dataclass(frozen=True, slots=True)
class Field:
    """One input: its name, the values a browser would offer, and the one it holds."""

    name: str
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is posted; `action` is empty where it goes to its own page."""

    action: str
    fields: tuple[Field, ...]

    def values(self):
        """Return a strategy of what may be sent: what is offered, what fits nowhere, too little and too much."""
        from hypothesis import strategies as st

        def filled(each: Field):
            real = st.sampled_from(each.offered) if each.offered else st.text(max_size=40)
            dates = st.dates().map(str) | st.integers(-5, 3000).map(str)
            hostile = st.sampled_from(HOSTILE)
            one = st.one_of(real, real, real, st.text(max_size=300), dates, hostile)
            return st.lists(one.map(lambda value: (each.name, value)), min_size=0, max_size=2)

        parts = st.tuples(*(filled(each) for each in self.fields))
        extra = st.lists(st.tuples(st.text(max_size=12), st.text(max_size=30)), max_size=1)
        return st.tuples(parts, extra).map(lambda sent: [pair for part in (*sent[0], sent[1]) for pair in part])


class _Reader(HTMLParser):
    """Gathers the posted forms of a page with the names and offered values of their inputs."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self.inside = False
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = told.get("method", "").lower() == "post"
            if self.inside:
                self.forms.append((told.get("action", ""), {}))
        elif self.inside:
            self._input(tag, told)

    def _input(self, tag: str, told: dict[str, str]) -> None:
        name = told.get("name", "")
        if tag == "select":
            self.select = name
        if tag == "option" and self.select:
            self.forms[-1][1].setdefault(self.select, []).append(told.get("value", ""))
        elif name and tag in {"input", "textarea", "select", "button"} and told.get("type") != "file":
            offered = self.forms[-1][1].setdefault(name, [])
            if "value" in told:
                offered.append(told["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = ""


def forms_in(page: str) -> list[Form]:
    """Return the forms of a page that are posted."""
    reader = _Reader()
    reader.feed(page)
    return [
        Form(action, tuple(Field(name, tuple(offered)) for name, offered in fields.items()))
        for action, fields in reader.forms
    ]
