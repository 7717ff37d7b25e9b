"""What a caller asks of a CASE collection: paging, sorting, filtering, chosen fields; in 1EdTech's own grammar.

`filter` is one comparison, such as title='Standards', or several joined by AND or by OR, not by both. Text is compared
without regard to capitals.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from headship.standards import case
from headship.standards.case import Resource

PAGE, LARGEST_PAGE = 100, 500
COMPARISON = re.compile(r"\s*([A-Za-z_.]{1,40})\s*(!=|>=|<=|=|>|<|~)\s*'((?:[^']|'')*)'\s*")
JOINED = re.compile(r"(AND|OR)(?=\s)")
TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "=": lambda held, asked: held == asked,
    "!=": lambda held, asked: held != asked,
    ">": lambda held, asked: held > asked,
    ">=": lambda held, asked: held >= asked,
    "<": lambda held, asked: held < asked,
    "<=": lambda held, asked: held <= asked,
    "~": lambda held, asked: asked in held,
}


class NotUnderstoodError(Exception):
    """A parameter that cannot be used: its name, CASE's code for it, and a sentence."""

    def __init__(self, name: str, code: str, words: str) -> None:
        super().__init__(words)
        self.name, self.code, self.words = name, code, words


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, checked."""

    limit: int
    offset: int
    sort: str
    descending: bool
    comparisons: tuple[tuple[str, str, str], ...]
    any_of_them: bool
    fields: tuple[str, ...]
    said: Mapping[str, str]

    def chosen(self, documents: Iterable[Resource]) -> list[Resource]:
        """Return the documents that fit, sorted, before paging."""
        fitting = [each for each in documents if self._fits(each)]
        if self.sort:
            fitting.sort(key=lambda each: _plain(each.get(self.sort, "")), reverse=self.descending)
        return fitting

    def _fits(self, each: Resource) -> bool:
        answers = [TESTS[sign](_plain(each.get(name, "")), asked.casefold()) for name, sign, asked in self.comparisons]
        return not answers or (any(answers) if self.any_of_them else all(answers))

    def page(self, fitting: list[Resource]) -> list[Resource]:
        """Return one page, with the fields asked for."""
        page = fitting[self.offset : self.offset + self.limit]
        return [{name: each[name] for name in each if not self.fields or name in self.fields} for each in page]

    def links(self, address: str, count: int) -> str:
        """Return the Link header: first, last, and where there are any, next and prev."""
        last = max(0, (count - 1) // self.limit * self.limit)
        offsets = {"first": 0, "last": last, "next": self.offset + self.limit, "prev": max(0, self.offset - self.limit)}
        there = [name for name in offsets if name in {"first", "last"}]
        there += ["next"] if offsets["next"] < count else []
        there += ["prev"] if self.offset else []
        said = {name: value for name, value in self.said.items() if name not in {"limit", "offset"}}
        queries = {name: urlencode({**said, "limit": self.limit, "offset": offsets[name]}) for name in there}
        return ", ".join(f'<{address}?{query}>; rel="{name}"' for name, query in queries.items())


def read(said: Mapping[str, str], version: str) -> Asked:
    """Return what was asked of the documents. Errors: NotUnderstoodError."""
    known = {name for name, field in case.fields("CFDocument").items() if version == case.NEWEST or field.in_1_0}
    known.add("CFPackageURI")
    order = said.get("orderBy", "asc")
    if order not in {"asc", "desc"}:
        raise NotUnderstoodError("orderBy", "invalid_sort_field", "orderBy is asc or desc.")
    comparisons, joined = _comparisons(said.get("filter", ""))
    fields = tuple(filter(None, (each.strip() for each in said.get("fields", "").split(","))))
    sort = said.get("sort", "")
    _need_known("sort", [sort] if sort else [], known, "invalid_sort_field")
    _need_known("filter", [each[0] for each in comparisons], known, "invalid_selection_field")
    _need_known("fields", fields, known, "invalid_selection_field")
    return Asked(
        limit=min(_whole(said, "limit", PAGE, 1), LARGEST_PAGE),
        offset=_whole(said, "offset", 0, 0),
        sort=sort,
        descending=order == "desc",
        comparisons=comparisons,
        any_of_them=joined == "OR",
        fields=fields,
        said=said,
    )


def _whole(said: Mapping[str, str], name: str, otherwise: int, least: int) -> int:
    text = said.get(name, str(otherwise))
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < least:
        raise NotUnderstoodError(name, "invalid_selection_field", f"{name} is a whole number from {least} on.")
    return int(text)


def _need_known(parameter: str, names: Iterable[str], known: set[str], code: str) -> None:
    for name in names:
        if name not in known:
            raise NotUnderstoodError(parameter, code, f"A CFDocument has no field “{name[:60]}”.")


def _comparisons(text: str) -> tuple[tuple[tuple[str, str, str], ...], str]:
    """Return the comparisons of a filter and what joins them. Errors: NotUnderstoodError."""
    found: list[tuple[str, str, str]] = []
    joins: set[str] = set()
    place = 0
    while text.strip() and len(found) < 20:
        match = COMPARISON.match(text, place)
        if match is None:
            break
        found.append((match[1], match[2], match[3].replace("''", "'")))
        place = match.end()
        if place == len(text) and len(joins) < 2:
            return tuple(found), "".join(joins)
        join = JOINED.match(text, place)
        if join is None:
            break
        joins.add(join[1])
        place = join.end()
    if not text.strip():
        return (), ""
    words = "filter is a comparison such as title='Standards', or several joined by AND or by OR, not by both."
    raise NotUnderstoodError("filter", "invalid_selection_field", words)


def _plain(value: Any) -> str:
    """Return a value as it is compared."""
    if isinstance(value, list):
        return " ".join(map(_plain, value))
    return str(value["title"] if isinstance(value, dict) and "title" in value else value).casefold()
