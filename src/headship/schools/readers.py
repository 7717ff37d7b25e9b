"""How a register's cell becomes a value. A reader returns the value, None for "not given", or raises ValueError."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from headship.core import figures
from headship.schools import words

type Value = str | int | float | None
type Reader = Callable[[str], Value]

BLANKS = frozenset({"", "nan", "NULL", "z", "Not recorded", "Gender unclassified", "Denomination unclassified"})
LONG_AGO = date(1903, 1, 1)  # the register writes 1 January 1900 to 1902 where it does not know
_FORMS = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "%Y-%m-%d"),
    (re.compile(r"\d{2}/\d{2}/\d{4}"), "%d/%m/%Y"),
    (re.compile(r"\d{2}-\d{2}-\d{4}"), "%d-%m-%Y"),
    (re.compile(r"\d{8}"), "%Y%m%d"),
)


def text(longest: int) -> Reader:
    """Read text of at most so many letters."""

    def read(cell: str) -> Value:
        cell = cell.strip()
        if len(cell) > longest:
            raise ValueError(f"is longer than {longest} letters", "Shorten it.")
        return None if cell in BLANKS else cell

    return read


def whole(cell: str) -> Value:
    """Read a whole number."""
    found = figures.read(cell)
    if found is None or (found.value is not None and (not found.value.is_integer() or not 0 <= found.value < 2**31)):
        raise ValueError(f"“{shown(cell)}” is not a whole number", "Give a number such as 271, or leave it blank.")
    return None if found.value is None else int(found.value)


def degrees(furthest: int) -> Reader:
    """Read a latitude or longitude."""

    def read(cell: str) -> Value:
        found = figures.read(cell)
        if found is None or (found.value is not None and abs(found.value) > furthest):
            raise ValueError(f"“{shown(cell)}” is not in degrees", f"Give a number between -{furthest} and {furthest}.")
        return found.value

    return read


def day(cell: str) -> Value:
    """Read a date in any way the register writes one; the years it writes for "unknown" are unknown."""
    cell = cell.strip()
    if cell in BLANKS:
        return None
    for pattern, form in _FORMS:
        if pattern.fullmatch(cell):
            try:
                found = datetime.strptime(cell, form).date()  # noqa: DTZ007  # a day has no zone
            except ValueError:
                break
            return None if found < LONG_AGO else found.isoformat()
    raise ValueError(f"“{shown(cell)}” is not a date", "Write it as 31/08/2027.")


def coded(meaning: Mapping[str, str]) -> Reader:
    """Read a code by what it means; an unknown code is refused."""

    def read(cell: str) -> Value:
        if cell.strip() in BLANKS:
            return None
        try:
            return meaning[cell.strip()]
        except KeyError:
            raise ValueError(
                f"“{shown(cell)}” is not one of its codes ({', '.join(meaning)})", "Correct it, or leave it blank."
            ) from None

    return read


def age(place: int) -> Reader:
    """Read the first (0) or last (1) age of a range such as "11 to 18"."""

    def read(cell: str) -> Value:
        found = re.fullmatch(r"(\d{1,2})\s*(?:to|-)\s*(\d{1,2})", cell.strip())
        if not found and cell.strip() not in BLANKS:
            raise ValueError(f"“{shown(cell)}” is not a range of ages", "Write it as 11 to 18.")
        return int(found[place + 1]) if found else None

    return read


def postcode(cell: str) -> Value:
    """Read a postcode; what is not one is refused."""
    if cell.strip() in BLANKS:
        return None
    found = words.postcode_in(cell)
    if not found or len(cell.strip()) > 10:  # the longest postcode has 8, with stray spaces 10
        raise ValueError(f"“{shown(cell)}” is not a postcode", "Write it as LS1 4AB, or leave it blank.")
    return found


def end_of_address(cell: str) -> Value:
    """Read the postcode at the end of an address, where there is one."""
    return words.postcode_in(cell)


def shown(cell: str) -> str:
    """Return a cell's beginning, fit for a sentence."""
    kept = "".join(letter if letter.isprintable() else " " for letter in cell[:40])
    return kept + ("…" if len(cell) > 40 else "")  # as many letters as above
