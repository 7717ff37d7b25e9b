"""Reads one row after another of a table whose rows are schools, authorities or the country, by a layout's columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from headship.core import figures
from headship.core.imports import Finding, Key, Value, Wanted
from headship.schools import readers
from headship.schools.choices import PUBLISHED
from headship.schools.layouts import AUTHORITY, COUNTRY, FIELDS, NATIONAL_PHASES, Areas, Column, Layout, heading_key
from headship.schools.models import LocalAuthority
from headship.schools.readers import Reader

AUTHORITIES, TRUSTS, SCHOOLS, FIGURES, AREAS = range(5)
ELSEWHERE = frozenset({"authority_code", "trust_name"})  # these go to other tables than the school's
NATIONAL = "rows for the whole country"
OTHERS = "rows of an authority or a country that are of other schools too, or that nobody could place"
PARTS = ("low", "high", "count")
REMEMBERED = 1 << 15  # cells; the same few thousand figures stand in most of a table

_read_figure = lru_cache(REMEMBERED)(figures.read)


@dataclass(frozen=True, slots=True)
class Placed:
    """A column found in a file: its place, heading, field or measure, and reader."""

    place: int
    heading: str
    to: str
    read: Reader
    scale: float = 1.0


@dataclass(slots=True)
class Measured:
    """A measure in a year, and where a file has its figure and what belongs to it: limits, and number of pupils."""

    measure: str
    year: int
    source: str
    column: Placed
    parts: dict[str, Placed] = field(default_factory=dict)


def placed(layout: Layout, headings: Sequence[str]) -> tuple[list[Placed], list[Placed]]:
    """Return the columns that are there: those of the school, then the figures."""
    places = {heading_key(heading): place for place, heading in enumerate(headings)}
    found = [
        Placed(places[key], headings[places[key]], column.to, column.read or _reader(column), column.scale)
        for column in layout.columns
        if (key := heading_key(column.heading)) in places
    ]
    return [each for each in found if "@" not in each.to], [each for each in found if "@" in each.to]


def _reader(column: Column) -> Reader:
    return FIELDS[column.to] if "@" not in column.to else readers.whole


def measures(found: Sequence[Placed]) -> list[Measured]:
    """Return the measures that figures' columns tell of; a limit without its figure tells nothing."""
    whole = {each.to: Measured(*_measure(each.to), each) for each in found if ":" not in each.to}
    for each in found:
        place, _, part = each.to.partition(":")
        if part and place in whole:
            whole[place].parts[part] = each
    return list(whole.values())


def _measure(to: str) -> tuple[str, int, str]:
    code, _, year = to.partition("@")
    return code, int(year), PUBLISHED[code].source_in(int(year))


class Figures:
    """Reads the figures of a row."""

    def __init__(self, measured: Sequence[Measured]) -> None:
        self.columns = [
            (each, each.column.place, each.column.scale, tuple(each.parts.get(part) for part in PARTS))
            for each in measured
        ]

    def of(self, cells: Sequence[str], row: int) -> Iterator[tuple[Key, tuple[Value, ...]] | Finding]:
        """Yield each figure as (measure, year) and what is kept of it, or what is wrong in its cell."""
        for each, place, scale, parts in self.columns:
            cell = cells[place]
            if not cell:
                continue
            found = _read_figure(cell)
            if found is None:
                yield not_a_figure(cell, row, each.column.heading)
            elif found.value is not None:
                value = found.value if scale == 1 else round(found.value * scale, 6)
                low, high, count = (_part(part, cells) for part in parts) if any(parts) else (None, None, None)
                if fault := _fault_of(each, (value, low, high, count), cells, row):
                    yield fault
                else:
                    pupils = None if count is None else int(count)
                    yield (each.measure, each.year), (value, low, high, pupils, "", each.source)
            elif found.missing:
                yield (each.measure, each.year), (None, None, None, None, found.missing, each.source)


def _part(column: Placed | None, cells: Sequence[str]) -> float | None:
    """Return what belongs to a figure; -1e999 stands for a cell that is none, which `_fault_of` then tells."""
    if column is None or not (cell := cells[column.place]):
        return None
    found = _read_figure(cell)
    return UNREADABLE if found is None else found.value


UNREADABLE = float("-inf")
LIMITS_MEND = "Fetch the table again; if it says the same there, leave the limits out."


def _fault_of(
    each: Measured, told: tuple[float, float | None, float | None, float | None], cells: Sequence[str], row: int
) -> Finding | None:
    """Return what is wrong with a figure's limits or its number of pupils."""
    value, low, high, count = told
    if UNREADABLE in (low, high, count):
        part = each.parts[PARTS[(low, high, count).index(UNREADABLE)]]
        return not_a_figure(cells[part.place], row, part.heading)
    if count is not None and (count < 0 or not count.is_integer()):
        part = each.parts["count"]
        words = f"“{readers.shown(cells[part.place])}” is not a number of pupils"
        return Finding(words, "Give a whole number, or leave it blank.", row, part.heading, fault=True)
    if low is not None and high is not None and not low <= value <= high:
        words = f"“{readers.shown(cells[each.column.place])}” lies outside its own limits"
        return Finding(words, LIMITS_MEND, row, each.column.heading, fault=True)
    return None


def not_a_figure(cell: str, row: int, heading: str) -> Finding:
    """Return the fault of a cell that is neither a figure nor a code."""
    words = f"“{readers.shown(cell)}” is neither a figure nor a code for a withheld one"
    return Finding(words, "Give a number such as 25.9, or leave it blank.", row, heading, fault=True)


class SchoolRows:
    """Reads the rows of schools."""

    def __init__(self, fields: Sequence[Placed], found: Figures) -> None:
        self.fields, self.figures = fields, found
        self.sets = tuple(dict.fromkeys(each.to for each in fields if each.to not in ELSEWHERE))
        self.codes = dict(LocalAuthority.objects.exclude(code=None).values_list("code", "name"))
        if "authority_code" in {each.to for each in fields} and "authority" not in self.sets:
            self.sets = (*self.sets, "authority")

    def of(self, urn: int, cells: Sequence[str], row: int) -> Iterator[Wanted | Finding]:
        """Yield what one row wants of authority, trust, school and figures."""
        if self.sets:
            values, faults = read(self.fields, cells, row)
            yield from faults
            yield from self._places(values)
            yield Wanted(SCHOOLS, (urn,), tuple(values.get(name) for name in self.sets), row)
        for each in self.figures.of(cells, row):
            yield each if isinstance(each, Finding) else Wanted(FIGURES, (urn, *each[0]), each[1], row)

    def _places(self, values: dict[str, Value]) -> Iterator[Wanted]:
        code = values.get("authority_code")
        if isinstance(code, int):
            if values.get("authority"):
                self.codes.setdefault(code, str(values["authority"]))
            values["authority"] = self.codes.get(code)
        if values.get("authority"):
            yield Wanted(AUTHORITIES, (values["authority"],), (code,), 0)
        if values.get("trust"):
            name = str(values.get("trust_name") or f"Trust {values['trust']}")
            yield Wanted(TRUSTS, (values["trust"],), (name,), 0)


class AreaRows:
    """Knows the rows that are of an authority or of the country, and reads them."""

    def __init__(self, areas: Areas | None, headings: Sequence[str], found: Figures) -> None:
        place = {heading_key(each): number for number, each in enumerate(headings)}
        self.kinds = areas.kinds if areas else {}
        names = (areas.heading, areas.authority, areas.phase) if areas else ("", "", "")
        self.kind, self.authority, self.phase = (place.get(heading_key(each)) for each in names)
        self.figures = found

    def kind_of(self, cells: Sequence[str]) -> str:
        """Return what kind of area a row is of, or nothing where it is of a school."""
        return self.kinds.get(cells[self.kind].strip().upper(), "") if self.kind is not None else ""

    def of(self, kind: str, cells: Sequence[str], row: int) -> Iterator[Wanted | Finding]:
        """Yield the figures of an area, or that nobody could place it."""
        code = self._code(kind, cells)
        phase = NATIONAL_PHASES.get(cells[self.phase].strip().upper()) if self.phase is not None else ""
        if code is None or phase is None:
            yield Finding("is not of an area whose schools are compared here", "", row, group=OTHERS)
            return
        for each in self.figures.of(cells, row):
            yield each if isinstance(each, Finding) else Wanted(AREAS, (code, phase, *each[0]), each[1], row)

    def _code(self, kind: str, cells: Sequence[str]) -> int | None:
        """Return an authority's code, 0 for the country, or None where there is neither."""
        if kind == COUNTRY:
            return 0
        cell = cells[self.authority].strip() if kind == AUTHORITY and self.authority is not None else ""
        return int(cell) if len(cell) == 3 and cell.isdecimal() and cell.isascii() else None  # three digits


def read(columns: Sequence[Placed], cells: Sequence[str], row: int) -> tuple[dict[str, Value], list[Finding]]:
    """Return a row's values by field, and its faults."""
    values: dict[str, Value] = {}
    faults = []
    for column in columns:
        cell = cells[column.place]
        if not cell:
            continue
        try:
            values[column.to] = column.read(cell)
        except ValueError as fault:
            words, mend = fault.args
            faults.append(Finding(words, mend, row, column.heading, fault=True))
    return values, faults
