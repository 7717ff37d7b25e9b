"""Moodle's competency framework CSV (its tool "Import competency framework"), both ways.

Read and kept: all 14 columns of every row, in `extensions.moodle`, so that what Moodle needs and CASE has no word for
(scales, rules, formats) comes out as it went in.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from headship.core import tabular
from headship.core.tabular import Limits, safe_cell
from headship.standards import case, trees
from headship.standards.case import Package, Resource

# As Moodle 4 and 5 write them in English. Other languages and older versions differ: the order is what counts there.
HEADINGS = (
    "Parent ID number", "ID number", "Short name", "Description", "Description format", "Scale values",
    "Scale configuration", "Rule type (optional)", "Rule outcome (optional)", "Rule config (optional)",
    "Cross-referenced competency ID numbers", "Exported ID (optional)", "Is framework", "Taxonomy",
)  # fmt: skip
COLUMNS = (
    "parentidnumber", "idnumber", "shortname", "description", "descriptionformat", "scalevalues",
    "scaleconfiguration", "ruletype", "ruleoutcome", "ruleconfig", "relatedidnumbers", "exportid", "isframework",
    "taxonomy",
)  # fmt: skip
LIMITS = Limits(rows=10_000, columns=len(COLUMNS), unpacked=20 * 1024 * 1024)
LONGEST = 100  # Moodle cuts ID numbers and short names here
PLAIN = "2"
# A framework in Moodle must have a scale. These are Headship's own four states of a reflection, not marks.
SCALE = "Not started,Noticing,Working on,Sharing"
SCALE_USE = '[{"scaleid":"0"},{"id":1,"scaledefault":1,"proficient":0},{"id":4,"scaledefault":0,"proficient":1}]'
TAXONOMY = "competency,competency,competency,competency"
type Row = dict[str, str]


def fits(headings: Sequence[str]) -> bool:
    """Whether these are Moodle's headings, in any of its versions."""
    plain = {each.casefold().replace(" ", "").replace("-", "") for each in headings}
    return {"parentidnumber", "idnumber", "shortname", "isframework"} <= plain


# ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def read(path: Path, *, name: str, moment: str) -> Package:
    """Return the framework in a file as a package; `moment` is when it was read. Errors: Unusable."""
    with tabular.opened(path, name=name, limits=LIMITS) as table:
        if not fits(table.headings) or len(table.headings) != len(COLUMNS):
            words = f"does not have the {len(COLUMNS)} columns of Moodle's competency frameworks"
            raise tabular.fault(name, words, "Export the framework from Moodle anew.", row=table.heading_row)
        rows = [(number, dict(zip(COLUMNS, map(_unquoted, cells), strict=True))) for number, cells in table.rows]
    return _Reading(name, rows, moment).package()


def _unquoted(cell: str) -> str:
    """Return a cell without the quotation mark that keeps spreadsheets from running it."""
    return cell[1:] if cell.startswith("'") and safe_cell(cell[1:]) == cell else cell


class _Reading:
    """Makes a package of Moodle's rows."""

    def __init__(self, name: str, rows: Sequence[tuple[int, Row]], moment: str) -> None:
        self.name, self.moment = name, moment
        about = [(number, row) for number, row in rows if row["isframework"].strip() not in {"", "0"}]
        if len(about) != 1:
            words = f"has {len(about)} rows that are the framework itself"
            raise tabular.fault(name, words, "Exactly one row says 1 under “Is framework”.")
        self.at, self.about = about[0]
        self.rows = [(number, row) for number, row in rows if number != self.at]
        self.uuid = uuid5(NAMESPACE_URL, f"moodle:{self.about['idnumber']}:{self.about['shortname']}")
        self.identifiers = dict(self._identifiers())

    def _identifiers(self) -> Iterator[tuple[str, UUID]]:
        seen: dict[str, int] = {}
        self._need(self.at, self.about)
        for number, row in self.rows:
            self._need(number, row)
            key = row["idnumber"]
            if key in seen:
                words = f"gives the ID number “{key[:60]}”, as row {seen[key]:,} does"
                raise tabular.fault(self.name, words, "Give each competency its own.", row=number)
            seen[key] = number
            yield key, uuid5(self.uuid, key)

    def _need(self, number: int, row: Row) -> None:
        for column in ("idnumber", "shortname"):
            if not row[column].strip():
                heading = HEADINGS[COLUMNS.index(column)]
                raise tabular.fault(self.name, "is empty", "Moodle needs it in every row.", row=number, column=heading)

    def package(self) -> Package:
        """Return the package."""
        if not self.rows:
            raise tabular.fault(self.name, "has no competencies", "Export the framework from Moodle anew.")
        document = case.resource(
            "CFDocument",
            identifier=str(self.uuid),
            uri=self.uuid.urn,
            caseVersion="1.1",
            creator="Not said in the file",
            title=self.about["shortname"],
            lastChangeDateTime=self.moment,
            description=self.about["description"],
            extensions={"moodle": _said(self.about)},
        )
        return {
            "CFDocument": document,
            "CFItems": [self._item(row) for _, row in self.rows],
            "CFAssociations": [*self._places(document), *self._related()],
        }

    def _item(self, row: Row) -> Resource:
        uuid = self.identifiers[row["idnumber"]]
        return case.resource(
            "CFItem",
            identifier=str(uuid),
            uri=uuid.urn,
            fullStatement=row["description"] if row["description"].strip() else row["shortname"],
            humanCodingScheme=row["idnumber"],
            abbreviatedStatement=row["shortname"],
            CFItemType="competency",
            lastChangeDateTime=self.moment,
            extensions={"moodle": _said(row)},
        )

    def _places(self, document: Resource) -> Iterator[Resource]:
        for place, (number, row) in enumerate(self.rows, 1):
            parent = row["parentidnumber"]
            if parent and parent not in self.identifiers:
                words, mend = f"“{parent[:60]}” is no ID number in this file", "Name a competency that is in it."
                raise tabular.fault(self.name, words, mend, row=number, column=HEADINGS[0])
            above = self._link(parent) if parent else case.link(document["title"], str(self.uuid), self.uuid.urn)
            yield self._association(row["idnumber"], "isChildOf", above, sequence=place)

    def _related(self) -> Iterator[Resource]:
        for _, row in self.rows:
            for each in filter(None, row["relatedidnumbers"].split(",")):
                other = each.replace("%2C", ",")
                if other in self.identifiers:  # Moodle passes over the others too
                    yield self._association(row["idnumber"], "isRelatedTo", self._link(other))

    def _link(self, key: str) -> Resource:
        uuid = self.identifiers[key]
        return case.link(key, str(uuid), uuid.urn)

    def _association(self, key: str, kind: str, to: Resource, sequence: int | None = None) -> Resource:
        uuid = uuid5(self.identifiers[key], f"{kind}:{to['identifier']}")
        return case.resource(
            "CFAssociation",
            identifier=str(uuid),
            uri=uuid.urn,
            associationType=kind,
            sequenceNumber=sequence,
            originNodeURI=self._link(key),
            destinationNodeURI=to,
            lastChangeDateTime=self.moment,
        )


def _said(row: Row) -> Row:
    return {name: cell for name, cell in row.items() if cell}


# ── out ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def written(package: Package, *, code: str) -> bytes:
    """Return the framework as Moodle reads it; `code` is its ID number there unless it came from Moodle."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    for row in _rows(package, code):
        writer.writerow([safe_cell(row.get(name, "")) for name in COLUMNS])
    return out.getvalue().encode()


def _rows(package: Package, code: str) -> Iterator[Row]:
    yield _kept(package["CFDocument"]) or _framework_row(package["CFDocument"], code)
    branches = trees.in_order("the package", package)
    codes = trees.codes(branches, LONGEST)
    related = _related_codes(package, codes)
    kept = {each["identifier"]: found for each in package["CFItems"] if (found := _kept(each))}
    if len(kept) == len(branches):  # it came from Moodle: every row as it was, and where it was
        yield from kept.values()
        return
    for number, (each, parent) in enumerate(branches, 1):
        identifier = each["identifier"]
        yield _item_row(each, number) | {
            "parentidnumber": codes[parent] if parent else "",
            "idnumber": codes[identifier],
            "relatedidnumbers": ",".join(related.get(identifier, ())),
        }


def _kept(each: Resource) -> Row:
    held: Row = each.get("extensions", {}).get("moodle", {})
    whole = isinstance(held, Mapping) and held.get("idnumber") and held.get("shortname")
    return dict(held) if whole and all(isinstance(cell, str) for cell in held.values()) else {}


def _framework_row(about: Resource, code: str) -> Row:
    return {
        "idnumber": code[:LONGEST],
        "shortname": trees.short(about["title"], LONGEST),
        "description": str(about.get("description", about.get("notes", ""))),
        "descriptionformat": PLAIN,
        "scalevalues": SCALE,
        "scaleconfiguration": SCALE_USE,
        "isframework": "1",
        "taxonomy": TAXONOMY,
    }


def _item_row(each: Resource, number: int) -> Row:
    return {
        "shortname": trees.short(each.get("abbreviatedStatement") or each["fullStatement"], LONGEST),
        "description": each["fullStatement"],
        "descriptionformat": PLAIN,
        "ruleoutcome": "0",
        "ruleconfig": "null",
        "exportid": str(number),
    }


def _related_codes(package: Package, codes: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in package.get("CFAssociations", ()):
        ends = [each[end]["identifier"] for end in ("originNodeURI", "destinationNodeURI")]
        if each["associationType"] == "isRelatedTo" and all(end in codes for end in ends):
            found.setdefault(ends[0], []).append(codes[ends[1]].replace(",", "%2C"))
    return found
