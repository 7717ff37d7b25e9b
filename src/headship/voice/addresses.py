"""Addresses of those who are not known here (parents, mostly), pasted or in a table, checked whole."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from headship.core import tabular
from headship.core.errors import Unusable
from headship.core.tabular import Limits

LIMITS = Limits(rows=5_000, columns=40, unpacked=4 * 1024 * 1024)
LARGEST = 1024 * 1024
LONGEST_GROUP, LONGEST_ADDRESS, FAULTS = 40, 254, 50
MAIL, GROUP = ("mail",), ("group", "class", "year", "form")
type Row = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses with their groups, in the order they came; `told` says what came twice and counts once."""

    found: Sequence[tuple[str, str]]
    told: Sequence[str] = ()


@dataclass(slots=True)
class _Reading:
    group: str
    known: frozenset[str]
    found: dict[str, tuple[str, int]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def pasted(text: str, group: str, known: Iterable[str] = ()) -> Addresses:
    r"""Read lines of an address and perhaps a group, parted by a tab, a comma or a semicolon.

    `group` is for lines without one; `known` are addresses of people who are asked by name. Errors: Unusable, with a
    line for each fault.

    >>> pasted("ann@home.example, Year 5\nbo@home.example", "Year 6").found
    [('ann@home.example', 'Year 5'), ('bo@home.example', 'Year 6')]
    """
    return _read(_lines(text), group, known)


def _lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            sign = next((each for each in "\t;" if each in line), ",")
            bare = line.strip()
            # What comes out of a spreadsheet by tabs is not quoted.
            cells = (
                bare.split(sign) if sign == "\t" else next(csv.reader([bare], delimiter=sign, skipinitialspace=True))
            )
            yield number, cells


def of_table(path: Path, name: str, group: str, known: Iterable[str] = ()) -> Addresses:
    """Read a table whose headings name a column of addresses and perhaps one of groups. Errors: Unusable."""
    with tabular.opened(path, name=name, limits=LIMITS) as table:
        headings = [each.casefold() for each in table.headings]
        mail = _column(headings, MAIL)
        if mail is None:
            raise tabular.fault(
                name, "has no column of addresses", "Call it “E-mail”, and the other “Group”.", row=table.heading_row
            )
        groups = _column([each if at != mail else "" for at, each in enumerate(headings)], GROUP)
        rows = [(number, [cells[mail], cells[groups] if groups is not None else ""]) for number, cells in table.rows]
    return _read(rows, group, known)


def _column(headings: Sequence[str], words: Sequence[str]) -> int | None:
    return next((at for at, each in enumerate(headings) if any(word in each for word in words)), None)


def _read(rows: Iterable[Row], group: str, known: Iterable[str]) -> Addresses:
    reading = _Reading(group, frozenset(each.casefold() for each in known))
    for number, cells in rows:
        _take(reading, number, [" ".join(each.split()) for each in cells])
    if reading.faults:
        more = len(reading.faults) - FAULTS
        rest = [f"There are {more} more like these."] if more > 0 else []
        raise Unusable("\n".join([*reading.faults[:FAULTS], *rest]))
    if not reading.found and not reading.told:
        raise Unusable("No address stands there. Give one to a line.")
    return Addresses([(address, group) for address, (group, _) in reading.found.items()], reading.told)


def _take(reading: _Reading, number: int, cells: Sequence[str]) -> None:
    address = cells[0].casefold() if cells else ""
    group = (cells[1] if len(cells) > 1 else "") or reading.group
    if not any(cells):
        return
    if number == 1 and "@" not in address and "mail" in address:
        return  # headings were pasted along
    if wrong := _wrong(address, group, cells):
        reading.faults.append(f"Line {number}: {wrong}")
    elif address in reading.known:
        reading.told.append(f"Line {number}: {address} is somebody you ask by name, and is left out here.")
    elif address in reading.found:
        before, line = reading.found[address]
        reading.told.append(f"Line {number}: {address} stands in line {line} already, and is asked once, in {before}.")
    else:
        reading.found[address] = (group, number)


def _wrong(address: str, group: str, cells: Sequence[str]) -> str:
    if len(cells) > 2 and any(cells[2:]):
        return "has more than an address and a group. Take the other columns out."
    if len(address) > LONGEST_ADDRESS or not _is_address(address):
        return f"“{cells[0][:60]}” is no e-mail address."
    if not group:
        return f"{address} has no group. Write one behind it, or give one for all below."
    if len(group) > LONGEST_GROUP:
        return f"a group has at most {LONGEST_GROUP} characters; “{group[:20]}…” has {len(group)}."
    return ""


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
