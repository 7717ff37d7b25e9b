"""The register of policies and documents that schools of England are asked to have, as dated data.

What no source states is None: nobody guesses a cycle, an approver, or whether a thing is published.
"""

import functools
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from headship.policy.loader import UNCHECKED

FILE = Path(__file__).parent / "required.yaml"
APPROVERS = frozenset({"board", "committee", "head"})
KINDS = frozenset({"maintained", "academy"})


@dataclass(frozen=True, slots=True)
class Required:
    """One policy or document; `only` says where it is not asked of every school of its kinds."""

    code: str
    words: str
    required_of: tuple[str, ...]
    only: str | None
    months: int | None
    approver: str | None
    published: bool | None
    in_force_from: date | None
    in_force_until: date | None
    source: str
    paragraph: str | None
    source_url: str | None
    checked_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is asked for on a day."""
        since = self.in_force_from is None or self.in_force_from <= day
        return since and (self.in_force_until is None or day <= self.in_force_until)

    @property
    def cited(self) -> str:
        """Its source in words, and whether anybody has read it there."""
        place = f"{self.source}, {self.paragraph}" if self.paragraph else self.source
        return f"{place} ({UNCHECKED})" if self.checked_on is None else place


def required(kind: str, day: date) -> tuple[Required, ...]:
    """Return what a kind of school ("maintained", "academy"; "": either) is asked to have on a day.

    >>> "pay" in {each.code for each in required("maintained", date(2026, 11, 29))}
    True
    >>> "pay" in {each.code for each in required("academy", date(2026, 11, 29))}
    False
    """
    return tuple(each for each in entries() if each.holds_on(day) and (not kind or kind in each.required_of))


def entry(code: str) -> Required | None:
    """Return one entry of the register, or None.

    >>> entry("accessibility").months, entry("own") is None
    (36, True)
    """
    return next((each for each in entries() if each.code == code), None)


@functools.cache
def entries() -> tuple[Required, ...]:
    """Return the register in the order of its file.

    >>> len(entries()) > 30
    True
    """
    return tuple(_entry(row) for row in yaml.safe_load(FILE.read_text()))


def _entry(row: dict[str, Any]) -> Required:
    """Read one entry. Errors: ValueError naming it, and the parts that are missing, unknown or no known value."""
    named = {each.name for each in fields(Required)}
    if wrong := named.symmetric_difference(row):
        raise ValueError(f"{row.get('code')}: these parts are missing or unknown: {', '.join(sorted(wrong))}.")
    of = tuple(row["required_of"])
    if not of or not KINDS.issuperset(of) or row["approver"] not in {None, *APPROVERS}:
        raise ValueError(f"{row['code']}: it is required of no known kind of school, or approved by nobody known.")
    return Required(**{**row, "required_of": of})
