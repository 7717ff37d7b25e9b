"""The importers of the national register and of published figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from headship.core import figures
from headship.core.errors import Unusable
from headship.core.imports import Finding, Importer, Target, Value, Wanted
from headship.core.tabular import Limits, Table
from headship.schools import measure_years, readers, words
from headship.schools.choices import PUBLISHED, year_words
from headship.schools.layouts import FIELDS, LAYOUTS, MAPPABLE, Column, Layout, heading_key
from headship.schools.models import LocalAuthority, PublishedFigure, School, SchoolLink, Trust
from headship.schools.readers import Reader

REGISTER_LIMITS = Limits(rows=200_000, columns=500)
AUTHORITIES, TRUSTS, SCHOOLS, FIGURES = range(4)
NATIONAL = "rows for the whole country"
UNKNOWN = "rows of schools that are not in the register here"
ELSEWHERE = frozenset({"authority_code", "trust_name"})  # these go to other tables than the school's
URN_MEND = "A URN has six digits, such as 100000."


def urn_of(cell: str) -> int | None:
    """Return a URN, or None where the cell holds none."""
    cell = cell.strip().removesuffix(".0")
    return int(cell) if len(cell) == 6 and cell.isdecimal() and cell.isascii() else None  # six digits


def _has(headings: Sequence[str], needed: Sequence[str]) -> bool:
    return {heading_key(each) for each in needed} <= {heading_key(each) for each in headings}


@dataclass(frozen=True, slots=True)
class Placed:
    """A column found in a file: its place, heading, field or measure, and reader."""

    place: int
    heading: str
    to: str
    read: Reader
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class RegisterImporter:
    """Reads any file whose rows are schools, by its layout."""

    layout: Layout
    limits: Limits = REGISTER_LIMITS

    @property
    def name(self) -> str:
        """The layout's name."""
        return self.layout.name

    @property
    def label(self) -> str:
        """The layout's label."""
        return self.layout.label

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether the headings that tell this file are all there."""
        return _has(headings, self.layout.needs)

    def _placed(self, headings: Sequence[str]) -> tuple[list[Placed], list[Placed]]:
        """Return the columns that are there: those of the school, then the figures."""
        places = {heading_key(heading): place for place, heading in enumerate(headings)}
        found = [
            Placed(places[key], headings[places[key]], column.to, column.read or _reader(column.to), column.scale)
            for column in self.layout.columns
            if (key := heading_key(column.heading)) in places
        ]
        return [each for each in found if "@" not in each.to], [each for each in found if "@" in each.to]

    def targets(self, headings: Sequence[str]) -> tuple[Target, ...]:
        """Return authorities and trusts first, then schools, then figures."""
        fields, _ = self._placed(headings)
        return (
            Target(LocalAuthority, ("name",), ("code",), keeps=frozenset({"code"}), words="authority"),
            Target(Trust, ("uid",), ("name",), keeps=frozenset({"name"}), words="trust"),
            school_target(tuple(each.to for each in fields), fills_only=self.layout.fills_only),
            Target(
                PublishedFigure,
                ("school", "measure", "year"),
                ("value", "missing", "source"),
                references={"school": "urn"},
                whole=True,
                words="figure",
            ),
        )

    def plan(self, table: Table) -> Iterator[Wanted | Finding]:
        """Walk the rows: the school each is about, then what it says of it."""
        fields, measured = self._placed(table.headings)
        urn_place = next(
            n for n, each in enumerate(table.headings) if heading_key(each) == heading_key(self.layout.urn)
        )
        known = frozenset[int]() if self.layout.creates else frozenset(School.objects.values_list("urn", flat=True))
        reading = _Row(fields, measured)
        for row, cells in table.rows:
            urn = urn_of(cells[urn_place])
            if urn is None:
                yield _not_a_school(cells, urn_place, table.headings[urn_place], row)
            elif not self.layout.creates and urn not in known:
                yield Finding(
                    f"the URN {urn} is not in the register here",
                    "Import the register first.",
                    row,
                    self.layout.urn,
                    group=UNKNOWN,
                )
            else:
                yield from reading.of(urn, cells, row)


def _not_a_school(cells: Sequence[str], place: int, heading: str, row: int) -> Finding:
    if cells[place].strip().casefold() in {"nat", ""} and any(each.strip().upper() == "NAT" for each in cells):
        return Finding("is for the whole country", "", row, heading, group=NATIONAL)
    return Finding(f"“{readers.shown(cells[place])}” is not a URN", URN_MEND, row, heading, fault=True)


class _Row:
    """Reads one row after another by the same columns."""

    def __init__(self, fields: Sequence[Placed], measured: Sequence[Placed]) -> None:
        self.fields = fields
        self.measured = [(each, *_measure(each.to)) for each in measured]
        self.sets = tuple(dict.fromkeys(each.to for each in fields if each.to not in ELSEWHERE))
        self.codes = dict(LocalAuthority.objects.exclude(code=None).values_list("code", "name"))
        if "authority_code" in {each.to for each in fields} and "authority" not in self.sets:
            self.sets = (*self.sets, "authority")

    def of(self, urn: int, cells: Sequence[str], row: int) -> Iterator[Wanted | Finding]:
        """Yield what one row wants of authority, trust, school and figures."""
        if self.sets:
            values, faults = _read(self.fields, cells, row)
            yield from faults
            yield from self._places(values)
            yield Wanted(SCHOOLS, (urn,), tuple(values.get(name) for name in self.sets), row)
        for column, measure, year, source in self.measured:
            if cell := cells[column.place]:
                found = figures.read(cell)
                if found is None:
                    yield _not_a_figure(cell, row, column.heading)
                elif found.value is not None or found.missing:
                    value = found.value if column.scale == 1 else _scaled(found.value, column.scale)
                    yield Wanted(FIGURES, (urn, measure, year), (value, found.missing, source), row)

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


def _not_a_figure(cell: str, row: int, heading: str) -> Finding:
    words = f"“{readers.shown(cell)}” is neither a figure nor a code for a withheld one"
    return Finding(words, "Give a number such as 25.9, or leave it blank.", row, heading, fault=True)


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else round(value * scale, 6)


def _sentences(fault: ValueError) -> tuple[str, str]:
    """Return what a reader said is wrong, and the mend."""
    words, mend = fault.args
    return words, mend


def _reader(to: str) -> Reader:
    return FIELDS[to] if "@" not in to else readers.whole


def _measure(to: str) -> tuple[str, int, str]:
    code, _, year = to.partition("@")
    return code, int(year), PUBLISHED[code].source_in(int(year))


def school_target(fields: tuple[str, ...], *, fills_only: bool) -> Target:
    """Return the table of schools with these fields set, and what it is found by kept up."""
    sets = tuple(dict.fromkeys(each for each in fields if each not in ELSEWHERE))
    if "authority_code" in fields and "authority" not in sets:
        sets = (*sets, "authority")
    return Target(
        School,
        ("urn",),
        sets,
        references={"authority": "name", "trust": "uid"},
        keeps=frozenset(sets) if fills_only else frozenset(),
        reads=("name", "town", "postcode", "authority"),
        derived=("search_text",),
        derive=words.search_text,
        words="school",
    )


class LinksImporter:
    """Reads the register's links: predecessors, successors, mergers."""

    name = "gias_links"
    label = "the register's links between schools"
    limits = Limits(rows=500_000, columns=100)

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether both URNs and the kind of link are there."""
        return _has(headings, ("URN", "LinkURN", "LinkType"))

    def targets(self, headings: Sequence[str]) -> tuple[Target, ...]:
        """Return links alone."""
        del headings
        return (Target(SchoolLink, ("urn", "linked_urn", "kind"), ("linked_name", "since"), words="link"),)

    def plan(self, table: Table) -> Iterator[Wanted | Finding]:
        """Take every row as a link; either school may be missing from the register."""
        place = {heading_key(each): number for number, each in enumerate(table.headings)}
        columns = [
            Placed(place[heading_key(heading)], heading, to, read)
            for heading, to, read in (
                ("LinkType", "kind", readers.text(80)),
                ("LinkName", "linked_name", readers.text(200)),
                ("LinkEstablishedDate", "since", readers.day),
            )
            if heading_key(heading) in place
        ]
        for row, cells in table.rows:
            urns = [(heading, cells[place[heading_key(heading)]]) for heading in ("URN", "LinkURN")]
            wrong = [(heading, cell) for heading, cell in urns if urn_of(cell) is None]
            for heading, cell in wrong:
                yield Finding(f"“{readers.shown(cell)}” is not a URN", URN_MEND, row, heading, fault=True)
            values, faults = _read(columns, cells, row)
            yield from faults
            if not wrong:
                key = (urn_of(urns[0][1]), urn_of(urns[1][1]), values.get("kind") or "Other")
                yield Wanted(0, key, (values.get("linked_name"), values.get("since")), row)


class GroupsImporter:
    """Reads the register's groups: trusts, federations and sponsors."""

    name = "gias_groups"
    label = "the register's groups (trusts and federations)"
    limits = Limits(rows=200_000, columns=200)
    columns: tuple[tuple[str, str, Reader], ...] = (
        ("group_id", "group_id", readers.text(60)),
        ("group_name", "name", readers.text(200)),
        ("group_type", "kind", readers.text(80)),
        ("group_status", "status", readers.text(40)),
        ("group_postcode", "postcode", readers.postcode),
        ("open_date", "opened_on", readers.day),
        ("closed_date", "closed_on", readers.day),
    )

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether group number, name and type are there."""
        return _has(headings, ("group_uid", "group_name", "group_type"))

    def _placed(self, headings: Sequence[str]) -> list[Placed]:
        place = {heading_key(each): number for number, each in enumerate(headings)}
        return [Placed(place[heading], heading, to, read) for heading, to, read in self.columns if heading in place]

    def targets(self, headings: Sequence[str]) -> tuple[Target, ...]:
        """Return trusts alone."""
        return (Target(Trust, ("uid",), tuple(each.to for each in self._placed(headings)), words="trust"),)

    def plan(self, table: Table) -> Iterator[Wanted | Finding]:
        """Take every row as a group."""
        columns = self._placed(table.headings)
        place = next(n for n, each in enumerate(table.headings) if heading_key(each) == "group_uid")
        for row, cells in table.rows:
            uid = cells[place].strip()
            if not (uid.isdecimal() and uid.isascii() and len(uid) < 8):  # group numbers are short
                yield Finding(
                    f"“{readers.shown(uid)}” is not a group number",
                    "It is a whole number.",
                    row,
                    "group_uid",
                    fault=True,
                )
                continue
            values, faults = _read(columns, cells, row)
            yield from faults
            yield Wanted(0, (int(uid),), tuple(values.get(each.to) for each in columns), row)


def _read(columns: Sequence[Placed], cells: Sequence[str], row: int) -> tuple[dict[str, Value], list[Finding]]:
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
            faults.append(Finding(*_sentences(fault), row, column.heading, fault=True))
    return values, faults


# ── which importer ──────────────────────────────────────────────────────────────────────────────────────────────────

IMPORTERS: tuple[Importer, ...] = (*(RegisterImporter(each) for each in LAYOUTS), LinksImporter(), GroupsImporter())
ORDER = {name: place for place, name in enumerate(("gias_groups", "schools_england", "edubasealldata", "gias_all"))}
_HINTS = {
    "school name": "name", "establishment name": "name", "la": "authority", "la name": "authority",
    "local authority": "authority", "lea": "authority", "post code": "postcode", "pupils": "pupil_count",
    "type": "kind", "phase of education": "phase", "lat": "latitude", "lng": "longitude", "lon": "longitude",
    "city": "town", "address": "street", "school urn": "urn", "sex": "gender", "number on roll": "pupil_count",
    "ks1priorrwmaverage": "similar_ks1_prior", "ppperc": "similar_pupil_premium_pct", "percenteal": "similar_eal_pct",
    "polar4quintilepupils": "similar_polar4", "pstability": "similar_stability_pct", "idacipupils": "similar_idaci",
    "percentschsupport": "similar_sen_support_pct", "percentagestatementorehp": "similar_ehcp_pct",
    "numberofpupils": "similar_pupils",
}  # fmt: skip


def recognised(headings: Sequence[str]) -> Importer | None:
    """Return the importer that these headings belong to and that reads the most of them, or None."""
    keys = {heading_key(each) for each in headings}
    read = {each.name: len(keys & {heading_key(column.heading) for column in each.columns}) for each in LAYOUTS}
    return max(
        (each for each in IMPORTERS if each.fits(headings)), key=lambda each: read.get(each.name, 1), default=None
    )


def suggested(headings: Sequence[str]) -> dict[str, str]:
    """Return a guess of where each heading goes, by likeness; a field is offered once."""
    by_words = (
        {heading_key(words): field for field, words in MAPPABLE.items()} | _HINTS | {each: each for each in MAPPABLE}
    )
    guessed: dict[str, str] = {}
    for heading in headings:
        near = get_close_matches(heading_key(heading.replace("_", " ")), by_words, n=1, cutoff=0.82)
        if near and by_words[near[0]] not in guessed.values():
            guessed[heading] = by_words[near[0]]
    return guessed


def mapped(mapping: Mapping[str, str]) -> RegisterImporter:
    """Return an importer for any table, from its headings to fields ("name") or measures in years ("absence_pct@2022").

    Errors: Unusable where a field is unknown or none is the URN.
    """
    urns = [heading for heading, to in mapping.items() if to == "urn"]
    if len(urns) != 1:
        raise Unusable('Say which one column holds the URN: --map "Their column=urn". Schools are known by it alone.')
    for heading, to in mapping.items():
        _check_mapped(heading, to)
    if len(set(mapping.values())) != len(mapping):
        raise Unusable("Two columns go to the same place. Choose one of them.")
    columns = tuple(Column(heading, to) for heading, to in mapping.items() if to != "urn")
    creates = "name" in mapping.values()
    return RegisterImporter(
        Layout("mapped", "a table whose columns you named", urns[0], tuple(mapping), columns, creates=creates)
    )


def _check_mapped(heading: str, to: str) -> None:
    if to in MAPPABLE:
        return
    code, _, year = to.partition("@")
    if code in PUBLISHED and year.isdecimal() and len(year) == 4:  # a year
        if measure_years.exists(code, int(year)):
            return
        raise Unusable(
            f"“{heading}” cannot go to {PUBLISHED[code].words} for {year_words(int(year))}: the measure does not exist "
            "for that year. Leave the column out, or choose the year it is of."
        )
    raise Unusable(
        f"“{heading}” cannot go to “{to}”: choose one of {', '.join(MAPPABLE)}, or a measure with the year "
        "it begins in, such as absence_pct@2022."
    )
