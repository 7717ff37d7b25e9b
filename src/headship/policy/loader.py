"""Rules of England as dated data: the value in force on a day, with the source it was taken from.

Every value says where it stands and when somebody last read it there; `checked_on` None means nobody has yet, and the
page that uses it says so. `in_force_from` None means that its first day was not read: it holds for every earlier day.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "values"
UNCHECKED = "not yet checked"
START_OF_YEAR = 9  # the academic year starts in September; `school_year.starts` says the day


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of every year, such as 31 October.

    >>> YearDay(12, 31).in_academic_year(2026), YearDay(3, 31).in_academic_year(2026)
    (datetime.date(2026, 12, 31), datetime.date(2027, 3, 31))
    """

    month: int
    day: int

    def in_academic_year(self, starts_in: int) -> date:
        """Return the day as it falls in the academic year that starts in a calendar year."""
        return date(starts_in + (self.month < START_OF_YEAR), self.month, self.day)


type Typed = YearDay | int | str | tuple[int, ...] | Mapping[str, float] | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PolicyValue:
    """One value of one parameter while it is in force; `paragraph` and `source_url` are None where they were not read.

    `binds` and `advises` name the kinds of school ("maintained", "academy") it is law for, and those it is advice to.
    """

    code: str
    words: str
    value: Typed
    unit: str
    in_force_from: date | None
    in_force_until: date | None
    source: str
    paragraph: str | None
    source_url: str | None
    checked_on: date | None
    binds: tuple[str, ...] = ()
    advises: tuple[str, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        since = self.in_force_from is None or self.in_force_from <= day
        return since and (self.in_force_until is None or day <= self.in_force_until)

    @property
    def cited(self) -> str:
        """Its source in words, and whether anybody has read it there."""
        place = f"{self.source}, {self.paragraph}" if self.paragraph else self.source
        return f"{place} ({UNCHECKED})" if self.checked_on is None else place


def value_on(code: str, day: date) -> PolicyValue:
    """Return a parameter's value on a day.

    Errors: LookupError for an unknown parameter, or a day on which it had no value. Example:

    >>> value_on("school_year.starts", date(2026, 11, 23)).value
    YearDay(month=9, day=1)
    """
    found = [each for each in values() if each.code == code and each.holds_on(day)]
    if len(found) != 1:
        raise LookupError(f"The policy parameter {code!r} has {len(found)} values on {day.isoformat()}.")
    return found[0]


@functools.cache
def values() -> tuple[PolicyValue, ...]:
    """Return every value of every parameter, in the order of the files.

    >>> {each.code for each in values()} >= {"school_year.starts", "school_year.ends"}
    True
    """
    return tuple(
        value
        for path in sorted(FOLDER.glob("*.yaml"))
        for parameter in yaml.safe_load(path.read_text())
        for value in _values(path.name, parameter)
    )


def _values(file: str, parameter: dict[str, Any]) -> list[PolicyValue]:
    """Read one parameter. Errors: ValueError naming the file, the parameter and the parts missing or unknown."""
    shared = {name: parameter[name] for name in ("code", "words", "unit")}
    told = {each.name for each in fields(PolicyValue)} - set(shared)
    read = []
    for row in parameter["values"]:
        if told != set(row):
            wrong = ", ".join(sorted(told.symmetric_difference(row)))
            raise ValueError(f"{file}: {parameter['code']}: these parts are missing or unknown: {wrong}.")
        lists = {name: tuple(row[name]) for name in ("binds", "advises")}
        read.append(PolicyValue(**{**shared, **row, **lists, "value": _typed(row["value"], parameter["unit"])}))
    return read


def _typed(value: Any, unit: str) -> Typed:
    """Give a value the type its unit names.

    "day of the year" is written month-day, such as 10-31; "academic years" as a list, such as 2019/20, and become the
    calendar years in which they start; "by measure" names a number for each measure; "choices" says each in words.
    """
    if unit == "choices":
        return {str(code): str(words) for code, words in value.items()}
    if unit == "by measure":
        return {str(name): float(number) for name, number in value.items()}
    if unit == "academic years":
        return tuple(_starts_in(str(each)) for each in value)
    if unit == "day of the year":
        month, day = str(value).split("-")
        return YearDay(int(month), int(day))
    return value if isinstance(value, int) else str(value)


def _starts_in(year: str) -> int:
    starts, ends = year.split("/")
    if int(ends) != (int(starts) + 1) % 100:
        raise ValueError(f"{year} is no academic year: write it like 2019/20.")
    return int(starts)
