"""Lists of staff and pupils as other systems give them, read into frozen values; here any one table by its columns.

Nothing is written here. Pupils' names are never taken; their keys are hashed before anything is kept.
"""

import hashlib
import hmac
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from headship.core import tabular
from headship.core.errors import Unusable
from headship.core.tabular import Limits, Table
from headship.people import year_groups

LIMITS = Limits(rows=20_000, columns=300, unpacked=40 * 1024 * 1024)
FAULTS = 50  # told one by one
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # no I, O, S: Government Data Standards Catalogue, Unique Pupil Number 2.0
UPN = re.compile(r"[A-Z]\d{11}[\dA-Z]")
LONGEST = {"key": 180, "name": 120, "title": 80, "year_group": 20, "email": 254}
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")

# Where a column of a staff or pupil table may go; `name` or both halves of it, and what tells one person from another.
STAFF_FIELDS = {
    "key": "Staff code or number",
    "forename": "First name",
    "surname": "Last name",
    "name": "Whole name",
    "email": "E-mail address at work",
    "role": "Role: becomes a post",
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


def check_letter(upn: str) -> str:
    """Return the letter that a UPN must begin with: its places' sum modulo 23, the first figure in place 2.

    Reference: Government Data Standards Catalogue, Unique Pupil Number 2.0 (18 November 2004), validations 1 to 6.

    >>> check_letter("B801200005001"), check_letter("P207000016049")
    ('B', 'P')
    """
    values = [LETTERS.index(each) if each in LETTERS else int(each) for each in upn[1:]]
    return LETTERS[sum(place * value for place, value in enumerate(values, 2)) % len(LETTERS)]


def is_upn(text: str) -> bool:
    """Whether these are a letter and twelve figures, the last of which may be a letter too.

    >>> is_upn("A123456789012"), is_upn("S123456789012"), is_upn("A12345678901Z")
    (True, False, True)
    """
    return bool(UPN.fullmatch(text)) and text[0] in LETTERS and text[-1] in LETTERS + "0123456789"


class Faults:
    """Gathers what is wrong, each with its place; the file is refused with the first fifty, and how many more."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[str] = []
        self.more = 0

    def add(self, words: str, mend: str, row: int, column: str) -> None:
        """Note one, with its place."""
        if len(self.found) < FAULTS:
            self.found.append(str(tabular.fault(self.name, words, mend, row=row, column=column)))
        else:
            self.more += 1

    def refuse(self) -> None:
        """Errors: Unusable where anything was found."""
        if self.found:
            more = [f"And {self.more:,} more like these."] if self.more else []
            raise Unusable("\n".join([*self.found, *more]))


class Row:
    """One row's cells by their column's heading or field, read with a place for every fault."""

    def __init__(self, cells: Mapping[str, str], headings: Mapping[str, str], row: int, faults: Faults) -> None:
        self.cells, self.headings, self.row, self.faults = cells, headings, row, faults

    def text(self, name: str, longest: int = 200) -> str:
        """Return a cell on one line; one that is too long is noted."""
        found = " ".join(self.cells.get(name, "").split())
        if len(found) > longest:
            self.wrong(f"is longer than {longest} letters", "Shorten it.", name)
            return ""
        return found

    def day(self, name: str) -> str:
        """Return a date as 2027-08-31, or empty; what is no date is noted."""
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
        """Return an e-mail address in small letters, or empty; what is none is noted."""
        found = self.text(name, LONGEST["email"]).lower()
        try:
            if found:
                validate_email(found)
        except ValidationError:
            self.wrong(f"“{shown(found)}” is not an e-mail address", "Correct it, or leave it blank.", name)
            return ""
        return found

    def wrong(self, words: str, mend: str, name: str) -> None:
        """Note what is wrong in a cell of this row."""
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
    faults = Faults(table.name)
    read = _pupil if "upn" in places else _member
    seen: dict[str, int] = {}
    found: list[Member | Pupil] = []
    for row, cells in table.rows:
        line = Row({to: cells[place] for to, place in places.items()}, headings, row, faults)
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


def _member(line: Row, secret: str) -> Member | None:
    """Read one member of staff; without a column of roles, the job's title is what becomes a post."""
    del secret
    name = line.text("name", LONGEST["name"])
    if not name:
        name = f"{line.text('forename', 60)} {line.text('surname', 59)}".strip()
    email = line.email("email")
    title = line.text("title", LONGEST["title"])
    key = line.text("key", LONGEST["key"]) or email
    if not key:
        line.wrong("tells nobody apart: it is blank", "Give their number, code or e-mail address.", "key")
    if not name:
        line.wrong("has no name", "Give one.", "name" if "name" in line.headings else "surname")
    return Member(
        key=key,
        name=name,
        email=email,
        role=line.text("role", 80) if "role" in line.headings else title,
        title=title,
        starts_on=line.day("starts_on"),
        ends_on=line.day("ends_on"),
        gone=False,
        org="",
        row=line.row,
    )


def _pupil(line: Row, secret: str) -> Pupil | None:
    upn = line.text("upn", 20).upper()
    if not is_upn(upn):
        line.wrong(
            f"“{shown(upn)}” is not a UPN", "A UPN is a letter and twelve figures, such as A123456789012.", "upn"
        )
    elif check_letter(upn) != upn[0]:
        line.wrong("is not a UPN: its first letter does not fit its figures", "Look for a slip of the hand.", "upn")
    year_group = year_groups.named(line.text("year_group", LONGEST["year_group"]))
    return Pupil(hash_of(upn, secret), year_group, gone=False, org="", row=line.row)
