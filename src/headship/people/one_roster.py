"""OneRoster's CSV files, of versions 1.1 and 1.2, read into a roster: a zip, or its users.csv alone.

Headings and words of both versions are those of 1EdTech's CSV bindings 1.1.1 and 1.2.1.
"""

import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from headship.core import tabular
from headship.people import year_groups
from headship.people.rosters import (
    LIMITS,
    LONGEST,
    UPN,
    Faults,
    Member,
    Organisation,
    Pupil,
    Roster,
    Row,
    hash_of,
    shown,
)

PARTS = ("manifest.csv", "orgs.csv", "users.csv", "roles.csv")
ZIP_ENTRIES = 200
PUPIL = "student"
FAMILY = dict.fromkeys(("parent", "guardian", "relative"), "parents, guardians and relatives")
GONE = frozenset({"tobedeleted", "inactive"})


def is_one_roster(headings: Sequence[str]) -> bool:
    """Whether these are the headings of OneRoster's users.csv, of either version.

    >>> is_one_roster(["sourcedId", "enabledUser", "givenName", "familyName", "role"])
    True
    """
    return {"sourcedId", "givenName", "familyName", "enabledUser"} <= set(headings)


@contextmanager
def unpacked(path: Path, name: str, folder: Path, wanted: Sequence[str] = PARTS) -> Iterator[Mapping[str, Path]]:
    """Take the wanted files out of a OneRoster zip, counting bytes while they stream. Errors: Unusable."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="roster-") as place:
        try:
            with zipfile.ZipFile(path) as packed:
                taken = {
                    part: _taken_out(packed, entry, Path(place, part), name)
                    for part, entry in _wanted(packed, name, wanted)
                }
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
            raise tabular.fault(name, "cannot be unpacked", "Export it again, as a zip without a password.") from fault
        yield taken


def _wanted(packed: zipfile.ZipFile, name: str, wanted: Sequence[str]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    entries = packed.infolist()
    if len(entries) > ZIP_ENTRIES:
        raise tabular.fault(name, f"holds more than {ZIP_ENTRIES} files", "A OneRoster export has at most some twenty.")
    for part in wanted:
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
    faults = Faults("users.csv")
    staff, pupils, left_out = _users(parts, roles, faults, secret)
    faults.refuse()
    if not staff and not pupils:
        raise tabular.fault(name, "lists no staff and no pupils", "Check what the other system was asked to export.")
    return Roster(f"OneRoster {version}", tuple(staff), tuple(pupils), orgs, left_out)


def _version(parts: Mapping[str, Path]) -> str:
    if "manifest.csv" in parts:
        faults = Faults("manifest.csv")
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


def _lines(parts: Mapping[str, Path], part: str, needed: Sequence[str], faults: Faults) -> Iterator[Row]:
    """Yield a file's rows by their headings, which are told apart by their case, as the standard says."""
    with tabular.opened(parts[part], name=part, limits=LIMITS) as table:
        for heading in needed:
            if heading not in table.headings:
                mend = "Export it again: OneRoster names its columns exactly."
                raise tabular.fault(part, f"has no column “{heading}”", mend, row=table.heading_row)
        for row, cells in table.rows:
            yield Row(dict(zip(table.headings, cells, strict=True)), {}, row, faults)


def _organisations(parts: Mapping[str, Path]) -> Iterator[Organisation]:
    if "orgs.csv" in parts:
        faults = Faults("orgs.csv")
        for line in _lines(parts, "orgs.csv", ("sourcedId", "name", "type"), faults):
            if line.text("status").lower() not in GONE:
                yield Organisation(*(line.text(name) for name in ("sourcedId", "name", "type", "identifier")))
        faults.refuse()


def _roles(parts: Mapping[str, Path]) -> Mapping[str, list[Row]]:
    """Return roles.csv's rows by user: OneRoster 1.2 says there who does what where."""
    found: dict[str, list[Row]] = {}
    if "roles.csv" in parts:
        for line in _lines(parts, "roles.csv", ("userSourcedId", "role", "orgSourcedId"), Faults("roles.csv")):
            found.setdefault(line.text("userSourcedId"), []).append(line)
    return found


def _users(
    parts: Mapping[str, Path], roles: Mapping[str, list[Row]], faults: Faults, secret: str
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


def _roles_of(line: Row, told: list[Row]) -> list[Row]:
    """Return a user's roles: of roles.csv, or 1.1's own column with each organisation it names."""
    if told or "role" not in line.cells:
        for role in told:
            role.cells = {**role.cells, "role": role.text("role"), "org": role.text("orgSourcedId")}
        return told
    orgs = [each.strip() for each in line.text("orgSourcedIds", 2_000).split(",")] or [""]
    headings = line.headings
    return [Row({"role": line.text("role"), "org": org}, headings, line.row, line.faults) for org in orgs]


def _gone(line: Row, role: Row) -> bool:
    disabled = line.text("enabledUser").lower() == "false"
    return disabled or line.text("status").lower() in GONE or role.text("status").lower() in GONE


def _one_roster_pupil(line: Row, role: Row, secret: str) -> Pupil:
    told = f"{line.text('userIds', 2_000)} {line.text('identifier')}".upper()
    upn = UPN.search(told)
    identifier = upn[0] if upn else line.text("sourcedId")
    grade = line.text("grades") or line.text("grade")
    year_group = year_groups.named(shown(grade)[: LONGEST["year_group"]])
    return Pupil(hash_of(identifier, secret), year_group, _gone(line, role), role.cells["org"], line.row)


def _one_roster_member(line: Row, role: Row) -> Member:
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
    if zipfile.is_zipfile(path) and is_export(path):
        with unpacked(path, name, folder) as parts:
            return one_roster(parts, name, secret=secret)
    if name.lower().endswith(".zip"):
        raise tabular.fault(name, "is not a zip that can be opened", "Export it again, or take the CSV files.")
    with tabular.opened(path, name=name, limits=LIMITS) as table:
        headings = tuple(table.headings)
        if not is_one_roster(headings):
            for _ in table.rows:  # a file that cannot be read to its end is refused before anybody names its columns
                pass
            return headings
    return one_roster({"users.csv": path}, name, secret=secret)


def is_export(path: Path) -> bool:
    """Whether a zip is a OneRoster export; a workbook is a zip too."""
    try:
        with zipfile.ZipFile(path) as packed:
            return not any(each.filename == "xl/workbook.xml" for each in packed.infolist())
    except zipfile.BadZipFile:
        return False
