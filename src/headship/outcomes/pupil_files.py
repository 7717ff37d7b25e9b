"""Tables of pupils and results, read whole and checked whole before anything is written.

A UPN or key becomes a keyed hash as it is read; nothing else of an identifier leaves these functions.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from headship.core import tabular
from headship.core.errors import Unusable
from headship.core.pages import academic_year as in_words
from headship.core.tabular import Limits, Table
from headship.outcomes import pupil_cells as cells
from headship.outcomes import pupil_codes as codes
from headship.outcomes import pupil_columns as columns
from headship.outcomes.choices import SCALES
from headship.outcomes.pupil_brought import Brought, Known, Sat, bounds_of
from headship.outcomes.pupil_cells import Wrong
from headship.outcomes.scales import marks_on
from headship.people.rosters import Faults, hash_of

LIMITS = Limits(rows=400_000, columns=400, unpacked=400 * 1024 * 1024)
LEAVE = "leave"
DIRECT = frozenset((
    "year_group", "sex", "ethnicity", "language", "disadvantaged", "prior", "sessions_possible", "sessions_missed",
    "sen",
))  # fmt: skip
WORDS_AT_MOST = {"subject": 120, "assessment": 40}


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever brings a file says of it. `words` says what the file's own words mean (`"subject:Maths"`)."""

    year: int
    name: str = ""
    scale: str = ""
    taken_on: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def read(table: Table, mapping: Mapping[str, str], asked: Asked, *, secret: str, names: bool = False) -> Brought:
    """Read a table whose columns were named. Errors: Unusable with row and column, several faults at once."""
    columns.check_mapping(mapping, columns.allowed(names=names))
    reading = Reading(table.name, mapping, asked, secret)
    places = {to: table.headings.index(heading) for heading, to in mapping.items()}
    reading.walk(table.rows, places)
    return reading.brought("A table")


class Reading:
    """Reads rows into what is known and scored by pupil, noting every fault with its place."""

    def __init__(self, name: str, mapping: Mapping[str, str], asked: Asked, secret: str) -> None:
        self.name, self.asked, self.secret = name, asked, secret
        self.headings = {to: heading for heading, to in mapping.items()}
        self.faults = Faults(name)
        self.known: dict[str, dict[str, Known]] = {}
        self.names: dict[str, str] = {}
        self.scores: dict[str, dict[str, dict[str, float | None]]] = {}
        self.days: dict[str, date] = {}
        self.rows: dict[Any, int] = {}
        self.years: dict[int, int] = {}
        self.left_out: Counter[str] = Counter()
        self.countries: dict[str, Counter[str]] = {"upn": Counter(), "country": Counter()}
        self.where: dict[tuple[str, str], int] = {}
        self.count = 0
        self._hashes: dict[str, str] = {}
        self._kept: dict[tuple[str, str], Any] = {}
        self._scorers: dict[str, Callable[[str], float | None]] = {}
        self.long = "score" in self.headings
        self.facts = [each for each in columns.PUPIL if each in self.headings and each in cells.READERS]
        self.wide = {each: each.removeprefix("subject:") for each in self.headings if each.startswith("subject:")}
        self._check_asked()

    def _check_asked(self) -> None:
        named = self.asked.name and self.asked.scale in SCALES
        if not named and (self.wide or (self.long and "assessment" not in self.headings)):
            raise Unusable("Say what the assessment is called and on what scale its scores are.")
        needs_day = self.wide or (self.long and "taken_on" not in self.headings)
        if needs_day and not self.asked.taken_on:
            raise Unusable("Say on which day the assessment was taken; a column of days can say it too.")
        if self.asked.taken_on and not self._within(date.fromisoformat(self.asked.taken_on)):
            raise Unusable(f"The day of the assessment is not in {in_words(self.asked.year)}. Correct one of them.")

    def _within(self, day: date) -> bool:
        first, last = bounds_of(self.asked.year)
        return first <= day <= last

    def walk(self, rows: Iterator[tuple[int, list[str]]], places: Mapping[str, int]) -> None:
        """Read every row. Errors: Unusable with the faults."""
        identifier = "upn" if "upn" in places else "key"
        for row, found in rows:
            self.count += 1
            with self._at(row, identifier):
                key = self._key(identifier, found[places[identifier]])
                self._row(row, key, {to: found[place].strip() for to, place in places.items()})
        self._check_file()
        self.faults.refuse()
        if not self.count:
            raise Unusable(f"“{self.name}” lists nobody. Check that it is the right file.")

    @contextmanager
    def _at(self, row: int, to: str) -> Iterator[None]:
        try:
            yield
        except Wrong as fault:
            self.wrong(row, to, fault.words, fault.mend)

    def wrong(self, row: int, to: str, words: str, mend: str) -> None:
        """Note a fault; the file is refused as soon as there are more than are told."""
        self.faults.add(words, mend, row, self.headings.get(to, to))

    def _key(self, identifier: str, cell: str) -> str:
        found = self._hashes.get(cell)
        if found is None:
            told = cells.upn(cell.strip()) if identifier == "upn" else cells.own_key(cell.strip())
            found = self._hashes[cell] = hash_of(told, self.secret)
            if identifier == "upn":
                self.countries["upn"]["Wales" if int(told[1:4]) in codes.WELSH else "England"] += 1
        return found

    def _row(self, row: int, key: str, found: Mapping[str, str]) -> None:
        if not self.long and not self._once(row, key, "upn" if "upn" in found else "key"):
            return
        self._note_file(row, found)
        self._facts(row, key, found)
        name = " ".join((found.get("name") or f"{found.get('forename', '')} {found.get('surname', '')}").split())
        if name:
            self.names[key] = name[:120]
        if self.long:
            self._long(row, key, found)
        if self.wide:
            self._wide(row, key, found)

    def _wide(self, row: int, key: str, found: Mapping[str, str]) -> None:
        """Read a row's scores. There may be a million such cells: nothing is looked up for each that need not be."""
        told: dict[str, float | None] = {}
        score = self._scorer(self.asked.scale)
        for to, code in self.wide.items():
            cell = found[to]
            if cell:
                try:
                    if code in codes.PAIR:
                        told.update(self._pair(self.asked.scale, code, cell))
                    else:
                        told[code] = score(cell)
                except Wrong as fault:
                    self.wrong(row, to, fault.words, fault.mend)
        if told:
            self.scores.setdefault(self.asked.name, {})[key] = told

    def _once(self, row: int, mark: Any, to: str) -> bool:
        before = self.rows.setdefault(mark, row)
        if before != row:
            self.wrong(row, to, f"is the same pupil as in row {before:,}", "Keep one of the two rows.")
        return before == row

    def _note_file(self, row: int, found: Mapping[str, str]) -> None:
        """Note what a row says of the whole file: its academic year, its country."""
        if found.get("academic_year"):
            with self._at(row, "academic_year"):
                self.years.setdefault(self._read("academic_year", found["academic_year"], cells.academic_year), row)
        if found.get("country"):
            country = codes.COUNTRIES.get(found["country"].casefold(), "England")
            self.countries["country"][country] += 1
            self.where.setdefault(("country", country), row)

    def _read(self, to: str, cell: str, reader: Callable[[str], Any]) -> Any:
        """Return a cell as read, remembering it: cells of a column repeat."""
        mark = (to, cell)
        if mark not in self._kept:
            self._kept[mark] = reader(cell)
        return self._kept[mark]

    def _facts(self, row: int, key: str, found: Mapping[str, str]) -> None:
        told: dict[str, Known] = {}
        for to in self.facts:
            if found[to]:
                with self._at(row, to):
                    told[to] = self._read(to, found[to], cells.READERS[to])
        facts = {to: value for to, value in told.items() if to in DIRECT}
        facts.update(self._derived(row, told))
        self._merge(row, key, facts)

    def _derived(self, row: int, told: Mapping[str, Known]) -> Iterator[tuple[str, Known]]:
        if "eal" in told:
            yield "language", "other" if told["eal"] else "english"
        if told.keys() & {"sen_any", "sen_plan"}:
            yield "sen", _need(told)
        possible, missed = told.get("sessions_possible"), told.get("sessions_missed")
        if "sessions_attended" in told:
            missed = int(possible or 0) - int(told["sessions_attended"] or 0)
            yield "sessions_missed", missed
        if missed is not None and (possible is None or not 0 <= int(missed) <= int(possible)):
            to = "sessions_attended" if "sessions_attended" in told else "sessions_missed"
            words = (
                "is beyond the sessions possible" if possible is not None else "stands without the sessions possible"
            )
            self.wrong(row, to, words, "Correct one of the two, or leave both blank.")

    def _merge(self, row: int, key: str, facts: Mapping[str, Known]) -> None:
        """Join what several rows say of one pupil; they must say the same."""
        standing = self.known.setdefault(key, {})
        for to, value in facts.items():
            if value in {"", None}:
                continue
            before = standing.setdefault(to, value)
            if before != value:
                before_row = f"row {self.rows[key, to]:,}" if (key, to) in self.rows else "an earlier row"
                self.wrong(row, to, f"says something else of this pupil than {before_row}", "Correct one of them.")
            if self.long:
                self.rows.setdefault((key, to), row)

    def _long(self, row: int, key: str, found: Mapping[str, str]) -> None:
        name = found.get("assessment", self.asked.name)
        if self._meant("assessment", name) == LEAVE or self._meant("subject", found["subject"]) == LEAVE:
            self.left_out["results whose assessment or subject you left out"] += 1
            return
        with self._at(row, "assessment"):
            if not name or len(name) > 80:
                raise Wrong("names no assessment: it is blank or too long", "Give its name in at most 80 letters.")
        with self._at(row, "taken_on"):
            if found.get("taken_on"):
                self._taken(name, self._read("taken_on", found["taken_on"], cells.day))
        with self._at(row, "subject"):
            code = self._meant("subject", found["subject"]) or self._read("subject", found["subject"], cells.subject)
            if self._once_scored(row, (key, name, code)) and found["score"]:
                with self._at(row, "score"):
                    self._scored(key, name, code, found["score"])

    def _meant(self, kind: str, word: str) -> str:
        return self.asked.words.get(f"{kind}:{word}", "")

    def _once_scored(self, row: int, mark: tuple[str, str, str]) -> bool:
        before = self.rows.setdefault(mark, row)
        if before != row:
            self.wrong(
                row,
                "score",
                f"is the same pupil, subject and assessment as row {before:,}",
                "Keep one of the two rows.",
            )
        return before == row

    def _taken(self, name: str, day: date) -> None:
        if not self._within(day):
            raise Wrong(f"is not in {in_words(self.asked.year)}", "Correct the day, or choose the year it is in.")
        self.days[name] = max(self.days.get(name, day), day)

    def _scored(self, key: str, name: str, code: str, cell: str) -> None:
        scale = self._meant("assessment", name) or self.asked.scale
        self.scores.setdefault(name, {}).setdefault(key, {}).update(self._pair(scale, code, cell))

    def _pair(self, scale: str, code: str, cell: str) -> dict[str, float | None]:
        """Return what a cell says: one score, or both of combined science."""
        pair = cells.pair(cell) if scale == "gcse" and code == codes.PAIR[0] else None
        told = zip(codes.PAIR, pair, strict=True) if pair else ((code, cell),)
        return {subject: self._scorer(scale)(found) for subject, found in told}

    def _scorer(self, scale: str) -> Callable[[str], float | None]:
        if scale not in self._scorers:
            if scale not in SCALES:
                raise Unusable("Say on what scale the scores of each assessment are.")
            day = date.fromisoformat(self.asked.taken_on) if self.asked.taken_on else bounds_of(self.asked.year)[1]
            self._scorers[scale] = cells.scorer(scale, marks_on(scale, day))
        return self._scorers[scale]

    def _check_file(self) -> None:
        """See that the whole file is of one year, the one it was said to be of, and of England."""
        if len(self.years) > 1:
            (first, before), (other, row) = list(self.years.items())[:2]
            said = f"is of {in_words(other)}, and row {before:,} is of {in_words(first)}"
            self.wrong(row, "academic_year", f"{said}: two years in one file", "Bring one year at a time.")
        elif self.years and self.asked.year not in self.years:
            ((year, row),) = self.years.items()
            mend = f"Choose {in_words(year)} when you bring it, if that is right."
            self.wrong(row, "academic_year", f"is of {in_words(year)}, not of {in_words(self.asked.year)}", mend)
        for to, counted in self.countries.items():
            self._check_country(to, counted)

    def _check_country(self, to: str, counted: Counter[str]) -> None:
        """See that most of what tells a country tells of England: some pupils live or came from elsewhere."""
        for country, count in counted.items():
            if country != "England" and 2 * count > counted.total():
                words = f"tells that most pupils here are of {country}: this is a file of another country"
                mend = "Headship reads files of schools in England. Bring a file of this school."
                self.wrong(self.where.get((to, country), 0), to, words, mend)

    def brought(self, source: str) -> Brought:
        """Return what the rows said."""
        known = {key: _told(facts) for key, facts in self.known.items()}
        sat = tuple(self._sat(name, scores) for name, scores in self.scores.items())
        return Brought(source, self.asked.year, known, sat, self.names, dict(self.left_out))

    def _sat(self, name: str, scores: Mapping[str, Mapping[str, float | None]]) -> Sat:
        day = self.days[name].isoformat() if name in self.days else self.asked.taken_on
        if not day:
            raise Unusable(f"“{name}” has no day in this file. Say on which day it was taken.")
        return Sat(name, self._meant("assessment", name) or self.asked.scale, day, scores)


def _need(told: Mapping[str, Known]) -> Known:
    if told.get("sen_plan"):
        return "plan"
    return "support" if told.get("sen_any") else "none"


def _told(facts: Mapping[str, Known]) -> dict[str, Known]:
    return {to: value for to, value in facts.items() if value not in {"", None}}


# ── the file's own words ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a file whose meaning somebody must say: its assessments, and subjects with how often each stands."""

    assessments: Mapping[str, int]
    subjects: Mapping[str, int]


def words_of(table: Table, mapping: Mapping[str, str]) -> Words:
    """Return the assessments of a file where each row is one result, and its subjects. Errors: Unusable."""
    places = {to: table.headings.index(heading) for heading, to in mapping.items()}
    found: dict[str, Counter[str]] = {"subject": Counter(), "assessment": Counter()}
    for _, row in table.rows:
        for kind, counted in found.items():
            if kind in places and (word := row[places[kind]].strip()):
                counted[word] += 1
    for kind, counted in found.items():
        if len(counted) > WORDS_AT_MOST[kind]:
            heading = next(heading for heading, to in mapping.items() if to == kind)
            words = f"has {len(counted):,} different words; a column of each {kind} has few"
            raise tabular.fault(table.name, words, "Choose another column.", column=heading)
    return Words(found["assessment"], found["subject"])


@contextmanager
def opened(path: Path, name: str) -> Iterator[Table]:
    """Open a file of pupils, with its headings checked. Errors: Unusable."""
    with tabular.opened(path, name=name, limits=LIMITS) as table:
        columns.check_headings(name, table.headings, table.heading_row)
        yield table
