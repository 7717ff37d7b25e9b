"""Lists of staff and pupils as other systems give them, read into frozen values: OneRoster 1.1 and 1.2, or one table.

Nothing is written here. Pupils' names are never taken; their keys are hashed before anything is kept.
"""

import hashlib
import hmac
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from headship.core import tabular
from headship.core.errors import Unusable
from headship.core.tabular import Limits, Table

LIMITS = Limits(rows=20_000, columns=300, unpacked=40 * 1024 * 1024)
PARTS = ("manifest.csv", "orgs.csv", "users.csv", "roles.csv")
ZIP_ENTRIES = 200
PUPIL = "student"
FAULTS = 5
UPN = re.compile(r"[A-Z]\d{11}[\dA-Z]")
LONGEST = {"key": 180, "name": 120, "title": 80, "year_group": 20, "email": 254}
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")
GONE = frozenset({"tobedeleted", "inactive"})

# Where a column of a staff or pupil table may go; `name` or both halves of it, and what tells one person from another.
STAFF_FIELDS = {
    "key": "Their own number or code for the person",
    "forename": "First name",
    "surname": "Last name",
    "name": "Whole name",
    "email": "E-mail address at work",
    "role": "Role, or job (turned into a post in the next step)",
    "title": "What the school calls the job",
    "starts_on": "First day",
    "ends_on": "Last day",
}
PUPIL_FIELDS = {"upn": "UPN (only its hash is kept)", "year_group": "Year group"}
FIELDS = STAFF_FIELDS | PUPIL_FIELDS


@dataclass(frozen=True, slots=True)
class Member:
    """One member of staff in one role. `org` is the organisation it is at, where the list has several."""

    key: str
    name: str
    email: str
    role: str
    title: str
    starts_on: str
    ends_on: str
    gone: bool
    org: str
    row: int


@dataclass(frozen=True, slots=True)
class Pupil:
    """One pupil, by a hash."""

    key_hash: str
    year_group: str
    gone: bool
    org: str
    row: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """A school, trust or authority that a OneRoster list names."""

    key: str
    name: str
    kind: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything a list says, as far as it is wanted here."""

    source: str
    staff: tuple[Member, ...] = ()
    pupils: tuple[Pupil, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def roles(self) -> tuple[str, ...]:
        """The role words of the staff, most frequent first."""
        counted: dict[str, int] = {}
        for each in self.staff:
            counted[each.role] = counted.get(each.role, 0) + 1
        return tuple(sorted(counted, key=lambda role: (-counted[role], role)))

    def packed(self) -> bytes:
        """Return it packed, as a batch keeps it."""
        return zlib.compress(json.dumps(asdict(self)).encode())

    @staticmethod
    def unpacked(blob: bytes) -> "Roster":
        """Return what was packed."""
        told = json.loads(zlib.decompress(blob))
        return Roster(
            told["source"],
            tuple(Member(**each) for each in told["staff"]),
            tuple(Pupil(**each) for each in told["pupils"]),
            tuple(Organisation(**each) for each in told["organisations"]),
            told["left_out"],
        )


def hash_of(identifier: str, secret: str) -> str:
    """Return the keyed hash that stands for a pupil: HMAC-SHA-256, in hexadecimal.

    >>> hash_of("A123456789012", "secret") == hash_of(" a123456789012", "secret")
    True
    """
    return hmac.new(secret.encode(), identifier.strip().upper().encode(), hashlib.sha256).hexdigest()


class _Faults:
    """Gathers what is wrong, each with its place; the file is refused with the first few."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[str] = []

    def add(self, words: str, mend: str, row: int, column: str) -> None:
        self.found.append(str(tabular.fault(self.name, words, mend, row=row, column=column)))

    def refuse(self) -> None:
        """Errors: Unusable where anything was found."""
        if self.found:
            more = ["There are more like these."] if len(self.found) > FAULTS else []
            raise Unusable(" ".join([*self.found[:FAULTS], *more]))


class _Row:
    """One row's cells by their column's heading or field, read with a place for every fault."""

    def __init__(self, cells: Mapping[str, str], headings: Mapping[str, str], row: int, faults: _Faults) -> None:
        self.cells, self.headings, self.row, self.faults = cells, headings, row, faults

    def text(self, name: str, longest: int = 200) -> str:
        found = " ".join(self.cells.get(name, "").split())
        if len(found) > longest:
            self.wrong(f"is longer than {longest} letters", "Shorten it.", name)
            return ""
        return found

    def day(self, name: str) -> str:
        found = self.text(name)
        if not found:
            return ""
        for form in DATES:
            try:
                day = datetime.strptime(found[:10] if form == DATES[0] else found, form).date()  # noqa: DTZ007  # a day has no zone
            except ValueError:
                continue
            if 1900 <= day.year < 2200:  # beyond, it is a slip of the hand
                return day.isoformat()
        self.wrong(f"“{shown(found)}” is not a date", "Write it as 31/08/2027 or 2027-08-31.", name)
        return ""

    def email(self, name: str) -> str:
        found = self.text(name, LONGEST["email"]).lower()
        try:
            if found:
                validate_email(found)
        except ValidationError:
            self.wrong(f"“{shown(found)}” is not an e-mail address", "Correct it, or leave it blank.", name)
            return ""
        return found

    def wrong(self, words: str, mend: str, name: str) -> None:
        self.faults.add(words, mend, self.row, self.headings.get(name, name))


def shown(cell: str) -> str:
    """Return a cell's beginning, fit for a sentence.

    >>> shown("x" * 50)[-3:]
    'xx…'
    """
    kept = "".join(letter if letter.isprintable() else " " for letter in cell[:40])
    return kept + ("…" if len(cell) > len(kept) else "")


# ── one table, its columns named ────────────────────────────────────────────────────────────────────────────────────


def check_mapping(mapping: Mapping[str, str]) -> None:
    """See that a choice of columns makes a staff list or a pupil list. Errors: Unusable."""
    to = list(mapping.values())
    if len(set(to)) != len(to):
        raise Unusable("Two columns go to the same place. Choose one of them.")
    if unknown := set(to) - set(FIELDS):
        raise Unusable(f"There is no place called {min(unknown)}.")
    if "upn" in to:
        return
    if not {"key", "email"} & set(to):
        raise Unusable("Say which column tells one person from another: their own number or code, or the e-mail.")
    if "name" not in to and not {"forename", "surname"} <= set(to):
        raise Unusable("Say which column holds the name, or which hold first name and last name.")


def from_table(table: Table, mapping: Mapping[str, str], source: str, *, secret: str) -> Roster:
    """Read one table whose columns were named (`mapping`: heading to field). Errors: Unusable with row and column."""
    check_mapping(mapping)
    places = {to: table.headings.index(heading) for heading, to in mapping.items()}
    headings = {to: heading for heading, to in mapping.items()}
    faults = _Faults(table.name)
    read = _pupil if "upn" in places else _member
    seen: dict[str, int] = {}
    found: list[Member | Pupil] = []
    for row, cells in table.rows:
        line = _Row({to: cells[place] for to, place in places.items()}, headings, row, faults)
        one = read(line, secret)
        if one is None:
            continue
        key = one.key_hash if isinstance(one, Pupil) else f"{one.key}\n{one.role}"
        if key in seen:
            line.wrong(
                f"says again what row {seen[key]:,} says", "Keep one of them.", "upn" if read is _pupil else "key"
            )
        seen[key] = row
        found.append(one)
    faults.refuse()
    if not found:
        raise Unusable(f"“{table.name}” lists nobody. Check that it is the right file.")
    staff = tuple(each for each in found if isinstance(each, Member))
    return Roster(source, staff, tuple(each for each in found if isinstance(each, Pupil)))


def _member(line: _Row, secret: str) -> Member | None:
    del secret
    name = line.text("name", LONGEST["name"])
    if not name:
        name = f"{line.text('forename', 60)} {line.text('surname', 59)}".strip()
    email = line.email("email")
    key = line.text("key", LONGEST["key"]) or email
    if not key:
        line.wrong("tells nobody apart: it is blank", "Give their number, code or e-mail address.", "key")
    if not name:
        line.wrong("has no name", "Give one.", "name" if "name" in line.headings else "surname")
    return Member(
        key=key,
        name=name,
        email=email,
        role=line.text("role", 80),
        title=line.text("title", LONGEST["title"]),
        starts_on=line.day("starts_on"),
        ends_on=line.day("ends_on"),
        gone=False,
        org="",
        row=line.row,
    )


def _pupil(line: _Row, secret: str) -> Pupil | None:
    upn = line.text("upn", 20).upper()
    if not UPN.fullmatch(upn):
        line.wrong(
            f"“{shown(upn)}” is not a UPN", "A UPN is a letter and twelve figures, such as A123456789012.", "upn"
        )
    return Pupil(hash_of(upn, secret), line.text("year_group", LONGEST["year_group"]), gone=False, org="", row=line.row)


# ── OneRoster ───────────────────────────────────────────────────────────────────────────────────────────────────────


def is_one_roster(headings: Sequence[str]) -> bool:
    """Whether these are the headings of OneRoster's users.csv, of either version.

    >>> is_one_roster(["sourcedId", "enabledUser", "givenName", "familyName", "role"])
    True
    """
    return {"sourcedId", "givenName", "familyName", "enabledUser"} <= set(headings)


@contextmanager
def unpacked(path: Path, name: str, folder: Path) -> Iterator[Mapping[str, Path]]:
    """Take the wanted files out of a OneRoster zip, counting bytes while they stream. Errors: Unusable."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="roster-") as place:
        try:
            with zipfile.ZipFile(path) as packed:
                yield {
                    part: _taken_out(packed, entry, Path(place, part), name) for part, entry in _wanted(packed, name)
                }
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
            raise tabular.fault(name, "cannot be unpacked", "Export it again, as a zip without a password.") from fault


def _wanted(packed: zipfile.ZipFile, name: str) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    entries = packed.infolist()
    if len(entries) > ZIP_ENTRIES:
        raise tabular.fault(name, f"holds more than {ZIP_ENTRIES} files", "A OneRoster export has at most some twenty.")
    for part in PARTS:
        for entry in entries:
            if entry.filename.rsplit("/", 1)[-1] == part:
                yield part, entry
                break


def _taken_out(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path, name: str) -> Path:
    left = LIMITS.unpacked
    with packed.open(entry) as source, to.open("wb") as out:
        while piece := source.read(1 << 16):
            left -= len(piece)
            if left < 0:
                raise tabular.fault(name, "unpacks to more than a roster holds", "Export staff or pupils alone.")
            out.write(piece)
    return to


def one_roster(parts: Mapping[str, Path], name: str, *, secret: str) -> Roster:
    """Read OneRoster's CSV files (users.csv at least). Errors: Unusable with file, row and column."""
    if "users.csv" not in parts:
        raise tabular.fault(name, "holds no users.csv", "Send the zip that the other system exports as OneRoster CSV.")
    version = _version(parts)
    orgs = tuple(_organisations(parts))
    roles = _roles(parts)
    faults = _Faults("users.csv")
    staff, pupils, left_out = _users(parts, roles, faults, secret)
    faults.refuse()
    if not staff and not pupils:
        raise tabular.fault(name, "lists no staff and no pupils", "Check what the other system was asked to export.")
    return Roster(f"OneRoster {version}", tuple(staff), tuple(pupils), orgs, left_out)


def _version(parts: Mapping[str, Path]) -> str:
    if "manifest.csv" in parts:
        faults = _Faults("manifest.csv")
        lines = _lines(parts, "manifest.csv", ("propertyName", "value"), faults)
        told = {each.text("propertyName"): each.text("value") for each in lines}
        faults.refuse()
        version = told.get("oneroster.version", "")
        if version and version not in {"1.1", "1.2"}:
            mend = "Ask for version 1.1 or 1.2."
            raise tabular.fault("manifest.csv", f"says OneRoster {shown(version)}, which is not read here", mend)
        if version:
            return version
    return "1.2" if "roles.csv" in parts else "1.1"


def _lines(parts: Mapping[str, Path], part: str, needed: Sequence[str], faults: _Faults) -> Iterator[_Row]:
    """Yield a file's rows by their headings, which are told apart by their case, as the standard says."""
    with tabular.opened(parts[part], name=part, limits=LIMITS) as table:
        for heading in needed:
            if heading not in table.headings:
                mend = "Export it again: OneRoster names its columns exactly."
                raise tabular.fault(part, f"has no column “{heading}”", mend, row=table.heading_row)
        for row, cells in table.rows:
            yield _Row(dict(zip(table.headings, cells, strict=True)), {}, row, faults)


def _organisations(parts: Mapping[str, Path]) -> Iterator[Organisation]:
    if "orgs.csv" in parts:
        faults = _Faults("orgs.csv")
        for line in _lines(parts, "orgs.csv", ("sourcedId", "name", "type"), faults):
            if line.text("status").lower() not in GONE:
                yield Organisation(*(line.text(name) for name in ("sourcedId", "name", "type", "identifier")))
        faults.refuse()


def _roles(parts: Mapping[str, Path]) -> Mapping[str, list[_Row]]:
    """Return roles.csv's rows by user: OneRoster 1.2 says there who does what where."""
    found: dict[str, list[_Row]] = {}
    if "roles.csv" in parts:
        for line in _lines(parts, "roles.csv", ("userSourcedId", "role", "orgSourcedId"), _Faults("roles.csv")):
            found.setdefault(line.text("userSourcedId"), []).append(line)
    return found


def _users(
    parts: Mapping[str, Path], roles: Mapping[str, list[_Row]], faults: _Faults, secret: str
) -> tuple[list[Member], list[Pupil], dict[str, int]]:
    staff: list[Member] = []
    pupils: list[Pupil] = []
    left_out: dict[str, int] = {}
    seen: dict[str, int] = {}
    for line in _lines(parts, "users.csv", ("sourcedId", "givenName", "familyName"), faults):
        key = line.text("sourcedId", LONGEST["key"])
        if not key or key in seen:
            said = f"says again what row {seen[key]:,} says" if key else "is blank"
            line.wrong(said, "Each user has a sourcedId of their own.", "sourcedId")
        seen[key] = line.row
        for role in _roles_of(line, roles.get(key, [])):
            if role.cells["role"] == PUPIL:
                pupils.append(_one_roster_pupil(line, role, secret))
            elif role.cells["role"] in FAMILY:
                left_out[FAMILY[role.cells["role"]]] = left_out.get(FAMILY[role.cells["role"]], 0) + 1
            else:
                staff.append(_one_roster_member(line, role))
    return staff, pupils, left_out


FAMILY = dict.fromkeys(("parent", "guardian", "relative"), "parents, guardians and relatives")


def _roles_of(line: _Row, told: list[_Row]) -> list[_Row]:
    """Return a user's roles: of roles.csv, or 1.1's own column with each organisation it names."""
    if told or "role" not in line.cells:
        for role in told:
            role.cells = {**role.cells, "role": role.text("role"), "org": role.text("orgSourcedId")}
        return told
    orgs = [each.strip() for each in line.text("orgSourcedIds", 2_000).split(",")] or [""]
    headings = line.headings
    return [_Row({"role": line.text("role"), "org": org}, headings, line.row, line.faults) for org in orgs]


def _gone(line: _Row, role: _Row) -> bool:
    disabled = line.text("enabledUser").lower() == "false"
    return disabled or line.text("status").lower() in GONE or role.text("status").lower() in GONE


def _one_roster_pupil(line: _Row, role: _Row, secret: str) -> Pupil:
    told = f"{line.text('userIds', 2_000)} {line.text('identifier')}".upper()
    upn = UPN.search(told)
    identifier = upn[0] if upn else line.text("sourcedId")
    grade = line.text("grades") or line.text("grade")
    year_group = shown(grade)[: LONGEST["year_group"]]
    return Pupil(hash_of(identifier, secret), year_group, _gone(line, role), role.cells["org"], line.row)


def _one_roster_member(line: _Row, role: _Row) -> Member:
    given = line.text("preferredGivenName", 60) or line.text("givenName", 60)
    family = line.text("preferredFamilyName", 59) or line.text("familyName", 59)
    if not given and not family:
        line.wrong("has no name", "Give one.", "familyName")
    ends_on = role.day("endDate")
    role.faults.refuse()
    return Member(
        key=line.text("sourcedId", LONGEST["key"]),
        name=f"{given} {family}".strip(),
        email=line.email("email"),
        role=role.cells["role"],
        title="",
        starts_on=role.day("beginDate"),
        ends_on=ends_on,
        gone=_gone(line, role),
        org=role.cells["org"],
        row=line.row,
    )


def read(path: Path, name: str, folder: Path, *, secret: str) -> Roster | Sequence[str]:
    """Return the roster in a file, or the headings of a table whose columns must be named first. Errors: Unusable."""
    if zipfile.is_zipfile(path) and _has_users(path):
        with unpacked(path, name, folder) as parts:
            return one_roster(parts, name, secret=secret)
    with tabular.opened(path, name=name, limits=LIMITS) as table:
        headings = tuple(table.headings)
        if not is_one_roster(headings):
            for _ in table.rows:  # a file that cannot be read to its end is refused before anybody names its columns
                pass
            return headings
    return one_roster({"users.csv": path}, name, secret=secret)


def _has_users(path: Path) -> bool:
    """Whether a zip is a OneRoster export; a workbook is a zip too."""
    try:
        with zipfile.ZipFile(path) as packed:
            return not any(each.filename == "xl/workbook.xml" for each in packed.infolist())
    except zipfile.BadZipFile:
        return False
