"""Which areas a school is inspected in, and which characteristics of the Standards we read each one with.

The areas are dated policy values of an inspectorate. The mapping is this project's own and says so on the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import slugify

from headship.policy import loader

# A school that is inspected otherwise gets a line here, a set of areas in policy, and a mapping below.
INSPECTORATES: Mapping[str, tuple[str, str]] = {"ofsted": ("Ofsted", "inspection.areas.ofsted")}
DEFAULT = "ofsted"
MAPPING: Mapping[str, Sequence[str]] = {
    "inclusion": ("2.1", "2.2", "4.2"),
    "curriculum-and-teaching": ("2.2", "2.3", "2.4"),
    "achievement": ("2.1",),
    "attendance-and-behaviour": ("3.2", "1.2"),
    "personal-development-and-wellbeing": ("1.1", "1.2", "3.2"),
    "leadership-and-governance": ("1.6", "2.4", "3.1", "3.3", "3.4", "3.6", "P"),
    "safeguarding": ("3.2", "4.2"),
    "early-years": ("2.2", "2.3"),
    "post-16-provision": ("2.1", "2.2"),
}
ONLY_WHERE = {"early-years": "where a school has them", "post-16-provision": "where a school has it"}
FIVE, SIXTEEN = 5, 16  # a school whose pupils are known to be older, or younger, has none of them


@dataclass(frozen=True, slots=True)
class Area:
    """An area of inspection: its code, its name, the characteristics we read it with, and where it does not apply."""

    code: str
    name: str
    characteristics: Sequence[str]
    only_where: str


@dataclass(frozen=True, slots=True)
class AreaSet:
    """The areas of an inspectorate on a day, and where they stand."""

    inspectorate: str
    named: str
    source: str
    areas: Sequence[Area]

    def area(self, code: str) -> Area | None:
        """Return an area by its code."""
        return next((each for each in self.areas if each.code == code), None)


def on(day: date, inspectorate: str = DEFAULT) -> AreaSet:
    """Return the areas of an inspectorate that hold on a day. Errors: LookupError for one we do not know."""
    named, code = INSPECTORATES[inspectorate]
    held = loader.value_on(code, day)
    areas = [_area(name) for name in str(held.value).split("; ")]
    return AreaSet(inspectorate, named, held.cited, areas)


def of_ages(held: AreaSet, youngest: int | None, oldest: int | None) -> AreaSet:
    """Return the areas that apply to a school of these ages; what nobody knows leaves an area in.

    >>> [each.code for each in of_ages(on(date(2026, 11, 29)), 11, 16).areas][-2:]
    ['leadership-and-governance', 'safeguarding']
    """
    none = {"early-years"} if youngest is not None and youngest >= FIVE else set()
    none |= {"post-16-provision"} if oldest is not None and oldest <= SIXTEEN else set()
    return replace(held, areas=[each for each in held.areas if each.code not in none])


def _area(name: str) -> Area:
    code = slugify(name)
    return Area(code, name, MAPPING.get(code, ()), ONLY_WHERE.get(code, ""))
