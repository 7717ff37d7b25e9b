"""A list of policies as a table (CSV or XLSX), read whole: every cell is checked, and each fault says its place."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from headship.core import tabular
from headship.core.tabular import Limits, Table
from headship.people.rosters import Faults, Row, shown
from headship.policies import queries, rules
from headship.policies.choices import Approver

LIMITS = Limits(rows=2_000, columns=100, unpacked=20 * 1024 * 1024)
LONGEST = 120
HEADINGS = {
    "title": "Title",
    "owner": "Owner",
    "approver": "Approver",
    "months": "Review months",
    "approved_on": "Last approved on",
    "review_on": "Next review",
}
NEEDED = ("title", "approver")
APPROVERS = {
    "head": Approver.HEAD, "headteacher": Approver.HEAD, "the headteacher": Approver.HEAD,
    "committee": Approver.COMMITTEE, "a committee": Approver.COMMITTEE, "a committee of the board": Approver.COMMITTEE,
    "board": Approver.BOARD, "full board": Approver.BOARD, "governing board": Approver.BOARD,
    "the governing board": Approver.BOARD, "governing body": Approver.BOARD, "governors": Approver.BOARD,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One policy of a list. `owner` is somebody's key, or None; days are written as 2027-08-31, or empty."""

    title: str
    owner: int | None
    approver: str
    months: int | None
    approved_on: str
    review_on: str

    @property
    def approved(self) -> date | None:
        """The day it was last approved."""
        return date.fromisoformat(self.approved_on) if self.approved_on else None

    @property
    def next_review(self) -> date | None:
        """The day it is reviewed next: as it was given, or worked out from its cycle."""
        if self.review_on:
            return date.fromisoformat(self.review_on)
        return queries.next_review(self.months, self.approved) if self.approved else None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of policies, in the order of its rows."""

    lines: tuple[Line, ...]

    def packed(self) -> bytes:
        """Return it packed, as a batch keeps it."""
        return zlib.compress(json.dumps([asdict(each) for each in self.lines]).encode())

    @staticmethod
    def unpacked(blob: bytes) -> "Listing":
        """Return what was packed."""
        return Listing(tuple(Line(**each) for each in json.loads(zlib.decompress(blob))))


def from_table(table: Table, people: Mapping[str, Sequence[int]], today: date) -> Listing:
    """Read a table by its headings; `people` are keys by name or e-mail address in small letters. Errors: Unusable."""
    places = _places(table)
    headings = {name: table.headings[place] for name, place in places.items()}
    faults, lines = Faults(table.name), []
    seen: dict[str, int] = {}
    for number, cells in table.rows:
        row = Row({name: cells[place] for name, place in places.items()}, headings, number, faults)
        if not any(cell.strip() for cell in row.cells.values()):
            continue
        line = _line(row, people, today)
        key = line.title.casefold()
        if key and key in seen:
            row.wrong(f"names the policy of row {seen[key]:,} again", "Keep one of them.", "title")
        seen[key] = number
        lines.append(line)
    faults.refuse()
    if not lines:
        raise tabular.fault(table.name, "lists no policy", "Check that it is the right file.")
    return Listing(tuple(lines))


def _places(table: Table) -> dict[str, int]:
    """Return which column is which. Errors: Unusable where one that is needed is missing or stands twice."""
    found = [" ".join(each.split()).casefold() for each in table.headings]
    for name, heading in HEADINGS.items():
        if found.count(heading.casefold()) != 1 and (name in NEEDED or heading.casefold() in found):
            words = f"has the heading “{heading}” {found.count(heading.casefold()) or 'no'} times"
            mend = f"Name the columns {', '.join(HEADINGS.values())}; only Title and Approver are needed."
            raise tabular.fault(table.name, words.replace("no times", "nowhere"), mend, row=table.heading_row)
    return {name: found.index(heading.casefold()) for name, heading in HEADINGS.items() if heading.casefold() in found}


def _line(row: Row, people: Mapping[str, Sequence[int]], today: date) -> Line:
    title, approver = row.text("title", LONGEST), row.text("approver")
    if not title:
        row.wrong("is blank", "Give the policy's title.", "title")
    if approver.casefold() not in APPROVERS:
        row.wrong(f"“{shown(approver)}” approves nothing here", "Write headteacher, committee or board.", "approver")
    approved_on, review_on = row.day("approved_on"), row.day("review_on")
    if approved_on > today.isoformat():
        row.wrong("lies in the future", "Give the day it was approved, or leave it blank.", "approved_on")
    if approved_on and review_on and review_on <= approved_on:
        row.wrong("comes before it was last approved", "Give a later day, or leave it blank.", "review_on")
    board = APPROVERS.get(approver.casefold(), Approver.BOARD)
    return Line(title, _owner(row, people), board.value, _months(row), approved_on, review_on)


def _owner(row: Row, people: Mapping[str, Sequence[int]]) -> int | None:
    told = row.text("owner")
    found = people.get(told.casefold(), ())
    if told and len(found) != 1:
        many = f"“{shown(told)}” is the name of more than one of the staff"
        none = f"“{shown(told)}” is none of the staff here"
        mend = "Give their name as it stands under People, their e-mail address, or leave it blank."
        row.wrong(many if found else none, mend, "owner")
    return found[0] if len(found) == 1 else None


def _months(row: Row) -> int | None:
    told = row.text("months")
    if not told:
        return None
    months = int(told) if told.isascii() and told.isdigit() and len(told) < 5 else 0
    if not 0 < months <= rules.MOST_MONTHS:
        mend = f"Write 1 to {rules.MOST_MONTHS}, such as 12 for every year."
        row.wrong(f"“{shown(told)}” is no number of months", mend, "months")
    return months
