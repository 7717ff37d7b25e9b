"""Reads one row after another of a table whose rows are schools, authorities or the country, by a layout's columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from headship.core import figures
from headship.core.imports import Finding, Wanted
from headship.core.rows import Row, Value
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
REMEMBERED = 1 << 15  # cells


@dataclass(frozen=True, slots=True)
class Placed:
    """A column found in a file: its place, heading, field or measure, and reader."""

    place: int
    heading: str
    to: str
    read: Reader
    scale: float = 1.0


@dataclass
class Measured:
    """A measure in a year, and where a file has its figure and what belongs to it: limits, and number of pupils."""

    measure: str
    year: int
    source: str
    column: Placed
    parts: dict[str, Placed] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether a figure comes by itself and as it is."""
        return self.column.scale == 1 and not self.parts

    @cached_property
    def placed(self) -> tuple[tuple[int, int, str], ...]:
        """The parts' places in `PARTS`, each with its column's place and heading."""
        return tuple((PARTS.index(part), column.place, column.heading) for part, column in self.parts.items())


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


class Known(dict[str, figures.Figure | None]):
    """What cells say, None where one is neither a figure nor a code. Most of a table's say one of a few thousand."""

    def __missing__(self, cell: str) -> figures.Figure | None:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[cell] = figures.read(cell)
        return found


class Figures:
    """Reads the figures of a row."""

    def __init__(self, measured: Sequence[Measured]) -> None:
        self.columns = [(each.column.place, (each.measure, each.year), each.is_plain, each) for each in measured]
        self.known = Known()

    def of(self, target: int, prefix: Row, cells: Sequence[str], row: int) -> Iterator[Wanted | Finding]:
        """Yield what is wrong in the cells of a row, and its figures, the key of each beginning with `prefix`."""
        rows: list[Row] = []
        known = self.known
        for at, name, is_plain, each in self.columns:
            if not (cell := cells[at]):
                continue
            found = known[cell]
            if found is None:
                yield not_a_figure(cell, row, each.column.heading)
            elif (value := found.value) is None:
                if found.missing:
                    rows.append((*prefix, *name, None, None, None, None, found.missing, each.source))
            elif is_plain:
                rows.append((*prefix, *name, value, None, None, None, "", each.source))
            elif isinstance(told := self._with_parts(each, value, cells, row), Finding):
                yield told
            else:
                rows.append((*prefix, *name, *told, "", each.source))
        yield Wanted(target, rows, row)

    def _with_parts(self, each: Measured, value: float, cells: Sequence[str], row: int) -> Row | Finding:
        """Return what is kept of a figure with its limits and its number of pupils, or what is wrong with them."""
        told: list[float | None] = [None, None, None]
        for place, at, heading in each.placed:
            found = self.known[cells[at]]
            if found is None:
                return not_a_figure(cells[at], row, heading)
            told[place] = found.value
        low, high, count = told
        if each.column.scale != 1:
            value = round(value * each.column.scale, 6)
        if count is not None and (count < 0 or not count.is_integer()):
            return _not_a_number_of_pupils(each, cells, row)
        if low is not None and high is not None and not low <= value <= high:
            return _outside_its_limits(each, cells, row)
        return value, low, high, None if count is None else int(count)


def _not_a_number_of_pupils(each: Measured, cells: Sequence[str], row: int) -> Finding:
    column = each.parts["count"]
    words = f"“{readers.shown(cells[column.place])}” is not a number of pupils"
    return Finding(words, "Give a whole number, or leave it blank.", row, column.heading, fault=True)


def _outside_its_limits(each: Measured, cells: Sequence[str], row: int) -> Finding:
    words = f"“{readers.shown(cells[each.column.place])}” lies outside its own limits"
    mend = "Fetch the table again; if it says the same there, leave the limits out."
    return Finding(words, mend, row, each.column.heading, fault=True)


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
            yield Wanted(SCHOOLS, [(urn, *(values.get(name) for name in self.sets))], row)
        yield from self.figures.of(FIGURES, (urn,), cells, row)

    def _places(self, values: dict[str, Value]) -> Iterator[Wanted]:
        code = values.get("authority_code")
        if isinstance(code, int):
            if values.get("authority"):
                self.codes.setdefault(code, str(values["authority"]))
            values["authority"] = self.codes.get(code)
        if values.get("authority"):
            yield Wanted(AUTHORITIES, [(values["authority"], code)], 0)
        if values.get("trust"):
            name = str(values.get("trust_name") or f"Trust {values['trust']}")
            yield Wanted(TRUSTS, [(values["trust"], name)], 0)


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
        yield from self.figures.of(AREAS, (code, phase), cells, row)

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
