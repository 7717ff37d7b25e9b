"""What a file says of pupils, once read: by keyed hash alone, packed as a batch keeps it."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

type Known = str | float | bool | None
type Scored = Mapping[str, float | None]

# What is kept of a pupil in a year, in the order of the packed rows.
KNOWN = (
    "year_group", "sex", "ethnicity", "language", "sen", "disadvantaged", "prior", "sessions_possible",
    "sessions_missed",
)  # fmt: skip
WORDY = frozenset(("year_group", "sex", "ethnicity", "language", "sen"))


@dataclass(frozen=True, slots=True)
class Sat:
    """One assessment and its scores, by pupil and subject; None takes a score away."""

    name: str
    scale: str
    taken_on: str
    scores: Mapping[str, Scored]


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file says of pupils (by hash) in one academic year. What it does not say leaves what stands."""

    source: str
    year: int
    known: Mapping[str, Mapping[str, Known]]
    sat: tuple[Sat, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)

    def packed(self) -> bytes:
        """Return it packed, as a batch keeps it."""
        sat = [{each.name: getattr(sitting, each.name) for each in fields(sitting)} for sitting in self.sat]
        return packed({**{each.name: getattr(self, each.name) for each in fields(self)}, "sat": sat})

    @staticmethod
    def unpacked(blob: bytes) -> "Brought":
        """Return what was packed."""
        told = unpacked(blob)
        sat = tuple(Sat(**each) for each in told["sat"])
        return Brought(told["source"], told["year"], told["known"], sat, told["names"], told["left_out"])


def packed(told: Any) -> bytes:
    """Return plain values packed.

    >>> unpacked(packed({"year": 2026}))
    {'year': 2026}
    """
    return zlib.compress(json.dumps(told, separators=(",", ":"), allow_nan=False).encode(), 1)


def unpacked(blob: bytes) -> Any:
    """Return what was packed."""
    return json.loads(zlib.decompress(blob))


def bounds_of(year: int) -> tuple[date, date]:
    """Return the first and last day of an academic year.

    >>> [str(day) for day in bounds_of(2026)]
    ['2026-09-01', '2027-08-31']
    """
    return date(year, 9, 1), date(year + 1, 8, 31)


def counts_of(sat: Iterable[Sat]) -> list[tuple[str, str, int]]:
    """Return each assessment's subjects with how many scores they have."""
    found: list[tuple[str, str, int]] = []
    for each in sat:
        counted: dict[str, int] = {}
        for scores in each.scores.values():
            for subject, score in scores.items():
                counted[subject] = counted.get(subject, 0) + (score is not None)
        found += [(each.name, subject, count) for subject, count in sorted(counted.items())]
    return found
