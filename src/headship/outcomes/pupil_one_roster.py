"""OneRoster's CSV files, 1.1 and 1.2, as tables of pupils and of results; columns need no naming there.

Headings and words are those of 1EdTech's CSV bindings 1.1.1 and 1.2.1.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from headship.core import tabular
from headship.core.tabular import Table
from headship.outcomes import pupil_codes as codes
from headship.outcomes import pupil_files
from headship.outcomes.pupil_brought import Brought
from headship.outcomes.pupil_files import LIMITS, Asked, Words
from headship.outcomes.subjects import subject_of
from headship.people import one_roster, year_groups
from headship.people.one_roster import GONE
from headship.people.rosters import UPN

PARTS = (
    "orgs.csv", "users.csv", "roles.csv", "demographics.csv", "classes.csv", "courses.csv", "categories.csv",
    "lineItems.csv", "results.csv",
)  # fmt: skip
KNOWN = {"sourcedId": "key", "grades": "year_group", "sex": "sex", "ethnicity": "ethnicity"}
RESULTS = {
    "studentSourcedId": "key",
    "lineItemSourcedId": "assessment",
    "subject": "subject",
    "scoreDate": "taken_on",
    "score": "score",
}
GRADED = frozenset(("fully graded", "partially graded", ""))
type Line = tuple[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Export:
    """A OneRoster export: its pupils by their sourcedId, and the files it was taken apart into."""

    name: str
    parts: Mapping[str, Path]
    pupils: Mapping[str, tuple[str, str]]
    rows: Mapping[str, int]

    def known(self) -> Table:
        """Return what it says of its pupils, as a table."""
        told = _demographics(self.parts)
        found = (
            (self.rows[key], [identifier, group, *told.get(key, ("", ""))])
            for key, (identifier, group) in self.pupils.items()
        )
        return Table("users.csv", list(KNOWN), "utf-8", ",", 1, found)

    def results(self) -> Table | None:
        """Return its results of these pupils, as a table of one result a row, or None where it holds none."""
        if not {"results.csv", "lineItems.csv"} <= self.parts.keys():
            return None
        return Table("results.csv", list(RESULTS), "utf-8", ",", 1, self._results())

    def _results(self) -> Iterator[tuple[int, list[str]]]:
        items = _line_items(self.parts)
        for row, told in _lines(self.parts, "results.csv", ("lineItemSourcedId", "studentSourcedId", "score")):
            pupil = self.pupils.get(told["studentSourcedId"])
            if told.get("status", "").lower() in GONE or pupil is None:
                continue
            name, subject = items.get(told["lineItemSourcedId"], ("", ""))
            graded = told.get("scoreStatus", "").lower() in GRADED
            score = (told["score"] or told.get("textScore", "")) if graded else "-"
            yield row, [pupil[0], name, subject, told.get("scoreDate", "")[:10], score]


@contextmanager
def opened(path: Path, name: str, folder: Path, urn: int) -> Iterator[Export]:
    """Open a OneRoster zip for one school. Errors: Unusable."""
    with one_roster.unpacked(path, name, folder, PARTS) as parts:
        if "users.csv" not in parts:
            raise tabular.fault(name, "holds no users.csv", "Send the zip that the other system exports as OneRoster.")
        pupils, rows = _pupils(parts, urn)
        if not pupils:
            raise tabular.fault(name, "lists no pupils of this school", "Check what the other system was asked for.")
        yield Export(name, parts, pupils, rows)


def read(export: Export, asked: Asked, *, secret: str) -> Brought:
    """Read a whole export. Errors: Unusable with file, row and column."""
    known = pupil_files.read(export.known(), KNOWN, replace(asked, name="", taken_on=""), secret=secret)
    table = export.results()
    if table is None:
        return replace(known, source="OneRoster")
    results = pupil_files.read(table, RESULTS, asked, secret=secret)
    return replace(results, source="OneRoster", known=known.known)


def words_of(export: Export) -> Words:
    """Return the words of an export whose meaning somebody must say. Errors: Unusable."""
    table = export.results()
    return pupil_files.words_of(table, RESULTS) if table else Words({}, {})


def _lines(parts: Mapping[str, Path], part: str, needed: Sequence[str]) -> Iterator[Line]:
    if part not in parts:
        return
    with tabular.opened(parts[part], name=part, limits=LIMITS) as table:
        for heading in needed:
            if heading not in table.headings:
                mend = "Export it again: OneRoster names its columns exactly."
                raise tabular.fault(part, f"has no column “{heading}”", mend, row=table.heading_row)
        for row, cells in table.rows:
            yield row, dict(zip(table.headings, map(str.strip, cells), strict=True))


def _pupils(parts: Mapping[str, Path], urn: int) -> tuple[dict[str, tuple[str, str]], dict[str, int]]:
    """Return each pupil's identifier (the UPN, or what the other system calls them) and year group, and their row."""
    here = _here(parts, urn)
    students = {
        told["userSourcedId"]
        for _, told in _lines(parts, "roles.csv", ("userSourcedId", "role", "orgSourcedId"))
        if told["role"] == one_roster.PUPIL and (not here or told["orgSourcedId"] == here)
    }
    found: dict[str, tuple[str, str]] = {}
    rows: dict[str, int] = {}
    for row, told in _lines(parts, "users.csv", ("sourcedId",)):
        if "role" in told and not students:
            orgs = [each.strip() for each in told.get("orgSourcedIds", "").split(",")]
            if told["role"] != one_roster.PUPIL or (here and here not in orgs):
                continue
        elif told["sourcedId"] not in students:
            continue
        found[told["sourcedId"]] = _identifier(told), _group(told)
        rows[told["sourcedId"]] = row
    return found, rows


def _here(parts: Mapping[str, Path], urn: int) -> str:
    """Return which organisation of an export is this school: by its URN, else none, and all count."""
    for _, told in _lines(parts, "orgs.csv", ("sourcedId",)):
        if str(urn) in {told["sourcedId"], told.get("identifier", "")}:
            return told["sourcedId"]
    return ""


def _identifier(told: Mapping[str, str]) -> str:
    """Return what stands for a pupil, as the list of pupils takes it: the UPN, or else the other system's key."""
    upn = UPN.search(f"{told.get('userIds', '')} {told.get('identifier', '')}".upper())
    return upn[0] if upn else told["sourcedId"]


def _group(told: Mapping[str, str]) -> str:
    grade = told.get("grades") or told.get("grade", "")
    return grade if grade.casefold() in year_groups.GROUPS else ""


def _demographics(parts: Mapping[str, Path]) -> dict[str, tuple[str, str]]:
    """Return the sex and the ethnic group of each pupil; several groups at once are not known here."""
    found: dict[str, tuple[str, str]] = {}
    for _, told in _lines(parts, "demographics.csv", ("sex",)):
        key = told.get("userSourcedId") or told.get("sourcedId", "")
        flagged = [words for flag, words in codes.FLAGS.items() if told.get(flag, "").lower() == "true"]
        found[key] = told["sex"], flagged[0] if len(flagged) == 1 else ""
    return found


def _line_items(parts: Mapping[str, Path]) -> dict[str, tuple[str, str]]:
    """Return the assessment and the subject of each line item: its category, and its class's or course's subject."""
    categories = {
        told["sourcedId"]: told["title"] for _, told in _lines(parts, "categories.csv", ("sourcedId", "title"))
    }
    courses = {told["sourcedId"]: _subjects(told) for _, told in _lines(parts, "courses.csv", ("sourcedId",))}
    classes = {
        told["sourcedId"]: [
            *_subjects(told)[:1],
            *courses.get(told.get("courseSourcedId", ""), ()),
            *_subjects(told)[1:],
        ]
        for _, told in _lines(parts, "classes.csv", ("sourcedId",))
    }
    found: dict[str, tuple[str, str]] = {}
    for _, told in _lines(parts, "lineItems.csv", ("sourcedId", "title", "classSourcedId")):
        words = [each for each in (*classes.get(told["classSourcedId"], ()), told["title"]) if each]
        known = next((each for each in words if subject_of(each)), words[0] if words else "")
        found[told["sourcedId"]] = categories.get(told.get("categorySourcedId", "")) or told["title"], known
    return found


def _subjects(told: Mapping[str, str]) -> list[str]:
    """Return what a class or course may be about, its declared subjects first."""
    subjects = [each.strip() for each in told.get("subjects", "").split(",") if each.strip()]
    return [*subjects, told.get("title", "")]
