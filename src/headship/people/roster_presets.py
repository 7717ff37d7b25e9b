"""Presets of the common school information systems: they fill in which column is which, and say they are unchecked."""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "data" / "roster_presets.yaml"


@dataclass(frozen=True, slots=True)
class Preset:
    """One system's headings of one kind of export. `checked_on` None: nobody has compared them with a real export."""

    system: str
    kind: str
    checked_on: date | None
    headings: Mapping[str, tuple[str, ...]]

    @property
    def words(self) -> str:
        """As it stands in a list to choose from."""
        checked = "" if self.checked_on else " (unchecked)"
        return f"{self.system}, {self.kind}{checked}"

    def knows(self, headings: Sequence[str]) -> dict[str, str]:
        """Return which of these headings goes where, by this preset alone."""
        there = {_key(heading): heading for heading in reversed(headings)}
        found: dict[str, str] = {}
        for to, known in self.headings.items():
            if heading := next((there[_key(each)] for each in known if _key(each) in there), ""):
                found.setdefault(heading, to)
        return found

    def guess(self, headings: Sequence[str]) -> dict[str, str]:
        """Return which of these headings goes where; what this preset does not know, as the others of its kind say."""
        found = self.knows(headings)
        for other in presets():
            if other.kind == self.kind:
                more = other.knows([each for each in headings if each not in found])
                found |= {heading: to for heading, to in more.items() if to not in found.values()}
        return found


@functools.cache  # the file is part of the release
def presets() -> tuple[Preset, ...]:
    """Return every preset, staff before pupils of each system."""
    told = yaml.safe_load(FILE.read_text())
    return tuple(
        Preset(each["system"], kind, each["checked_on"], {to: tuple(known) for to, known in each[kind].items()})
        for each in told
        for kind in ("staff", "pupils")
    )


def nearest(headings: Sequence[str]) -> Preset | None:
    """Return the preset that knows most of these headings, or None where none knows two."""
    best = max(presets(), key=lambda each: len(each.knows(headings)))
    return best if len(best.knows(headings)) >= 2 else None  # one heading says nothing


def _key(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.casefold())
