"""The importers of the national register and of published figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from headship.core.errors import Unusable
from headship.core.imports import Finding, Importer, Wanted
from headship.core.rows import Target
from headship.core.tabular import Limits, Table
from headship.schools import measure_years, readers, words
from headship.schools.choices import PUBLISHED, year_words
from headship.schools.layouts import LAYOUTS, MAPPABLE, Column, Layout, heading_key
from headship.schools.models import AreaFigure, LocalAuthority, PublishedFigure, School, SchoolLink, Trust
from headship.schools.national_grades import NationalGradesImporter
from headship.schools.performance_layouts import PERFORMANCE
from headship.schools.readers import Reader
from headship.schools.register_rows import (
    ELSEWHERE,
    NATIONAL,
    PARTS,
    AreaRows,
    Figures,
    Placed,
    SchoolRows,
    measures,
    placed,
    read,
)

REGISTER_LIMITS = Limits(rows=200_000, columns=500)
KEPT_OF_FIGURES = ("value", "low", "high", "count", "missing", "source")
AREA_FIGURES = (
    Target(
        AreaFigure,
        ("authority_code", "phase", "measure", "year"),
        KEPT_OF_FIGURES,
        whole=True,
        words="figure of an authority or the country",
    ),
)
UNKNOWN = "rows of schools that are not in the register here"
URN_MEND = "A URN has six digits, such as 100000."


def urn_of(cell: str) -> int | None:
    """Return a URN, or None where the cell holds none."""
    cell = cell.strip().removesuffix(".0")
    return int(cell) if len(cell) == 6 and cell.isdecimal() and cell.isascii() else None  # six digits


def _has(headings: Sequence[str], needed: Sequence[str]) -> bool:
    return {heading_key(each) for each in needed} <= {heading_key(each) for each in headings}


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

    def targets(self, headings: Sequence[str]) -> tuple[Target, ...]:
        """Return authorities and trusts first, then schools, then figures, and those of areas where a file has them."""
        fields, _ = placed(self.layout, headings)
        areas = AREA_FIGURES if self.layout.areas else ()
        return (
            Target(LocalAuthority, ("name",), ("code",), keeps=frozenset({"code"}), words="authority"),
            Target(Trust, ("uid",), ("name",), keeps=frozenset({"name"}), words="trust"),
            school_target(tuple(each.to for each in fields), fills_only=self.layout.fills_only),
            Target(
                PublishedFigure,
                ("school", "measure", "year"),
                KEPT_OF_FIGURES,
                references={"school": "urn"},
                whole=True,
                words="figure",
            ),
            *areas,
        )

    def plan(self, table: Table) -> Iterator[Wanted | Finding]:
        """Walk the rows: the school or area each is about, then what it says of it."""
        fields, measured = placed(self.layout, table.headings)
        found = Figures(measures(measured))
        place = {heading_key(each): number for number, each in enumerate(table.headings)}
        urn_place = place[heading_key(self.layout.urn)]
        known = frozenset[int]() if self.layout.creates else frozenset(School.objects.values_list("urn", flat=True))
        schools, areas = SchoolRows(fields, found), AreaRows(self.layout.areas, table.headings, found)
        for row, cells in table.rows:
            yield from self._of_another_year(cells, place, row)
            if kind := areas.kind_of(cells):
                yield from areas.of(kind, cells, row)
                continue
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
                yield from schools.of(urn, cells, row)

    def _of_another_year(self, cells: Sequence[str], place: Mapping[str, int], row: int) -> Iterator[Finding]:
        """Yield the fault of a row that is of another year than the table."""
        if self.layout.only is None:
            return
        heading, said = self.layout.only
        cell = cells[place[heading_key(heading)]].strip()
        if cell not in said:
            words = f"“{readers.shown(cell)}” is another year than that of {self.layout.label}"
            yield Finding(
                words, f"It can only be {said[0]}. Import each year's file by itself.", row, heading, fault=True
            )


def _not_a_school(cells: Sequence[str], place: int, heading: str, row: int) -> Finding:
    if cells[place].strip().casefold() in {"nat", ""} and any(each.strip().upper() == "NAT" for each in cells):
        return Finding("is for the whole country", "", row, heading, group=NATIONAL)
    return Finding(f"“{readers.shown(cells[place])}” is not a URN", URN_MEND, row, heading, fault=True)


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
            values, faults = read(columns, cells, row)
            yield from faults
            if not wrong:
                key = (urn_of(urns[0][1]), urn_of(urns[1][1]), values.get("kind") or "Other")
                yield Wanted(0, [(*key, values.get("linked_name"), values.get("since"))], row)


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
            values, faults = read(columns, cells, row)
            yield from faults
            yield Wanted(0, [(int(uid), *(values.get(each.to) for each in columns))], row)


# ── which importer ──────────────────────────────────────────────────────────────────────────────────────────────────

EVERY_LAYOUT = (*LAYOUTS, *PERFORMANCE)
IMPORTERS: tuple[Importer, ...] = (
    *(RegisterImporter(each) for each in EVERY_LAYOUT),
    LinksImporter(),
    GroupsImporter(),
    NationalGradesImporter(),
)
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
    read = {each.name: len(keys & {heading_key(column.heading) for column in each.columns}) for each in EVERY_LAYOUT}
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
    year, _, part = year.partition(":")
    if code in PUBLISHED and year.isdecimal() and len(year) == 4 and part in {"", *PARTS}:  # a year
        if measure_years.exists(code, int(year)):
            return
        raise Unusable(
            f"“{heading}” cannot go to {PUBLISHED[code].words} for {year_words(int(year))}: the measure does not exist "
            "for that year. Leave the column out, or choose the year it is of."
        )
    raise Unusable(
        f"“{heading}” cannot go to “{to}”: choose one of {', '.join(MAPPABLE)}, or a measure with the year "
        "it begins in, such as absence_pct@2022 (and absence_pct@2022:low, :high or :count)."
    )
