"""The importer of the Department's transition matrices: GCSE grades of all pupils by their key stage 2 results."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from headship.core.imports import Finding, Wanted
from headship.core.rows import Target
from headship.core.tabular import Limits, Table
from headship.schools.choices import year_words
from headship.schools.layouts import heading_key
from headship.schools.models import NationalGrades

GRADES = ("num_u", *(f"num_{grade}" for grade in range(1, 10)))
NEEDED = ("time_period", "breakdown_topic", "breakdown", "ks2_scaled_score_group", "subject", *GRADES)
SOURCE = "DfE key stage 2 to 4 transition matrices"
LIMITS = Limits(rows=50_000, columns=500)
LOWEST = 0.0  # where "Less than 80" begins
GROUPS, WITHOUT, DOUBLE = (
    "rows about groups of pupils",
    "rows without a scaled score",
    "rows of double awards, which have no single grade",
)


@dataclass(frozen=True, slots=True)
class NationalGradesImporter:
    """Reads the rows about all pupils; those about groups of them are left out."""

    limits: Limits = LIMITS
    name: str = "national_grades"
    label: str = "GCSE grades in England by key stage 2 results (transition matrices)"

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether the headings that tell this file are all there."""
        return set(NEEDED) <= {heading_key(each) for each in headings}

    def targets(self, headings: Sequence[str]) -> tuple[Target, ...]:
        """Return the one table it fills."""
        del headings
        key = ("year", "subject", "prior_from")
        return (Target(NationalGrades, key, ("counts", "source"), whole=True, words="grades"),)

    def plan(self, table: Table) -> Iterator[Wanted | Finding]:
        """Walk the rows and say what is wanted of each."""
        places = {heading_key(heading): place for place, heading in enumerate(table.headings)}
        some = False
        for row, cells in table.rows:
            found = _wanted({name: cells[places[name]].strip() for name in NEEDED}, row)
            some = some or isinstance(found, Wanted)
            yield found
        if not some:
            yield Finding("has no row about all pupils", "Fetch the whole table again.", column="breakdown", fault=True)


def _wanted(told: Mapping[str, str], row: int) -> Wanted | Finding:
    if told["breakdown"].casefold() != "total":
        return Finding("is about one group of pupils", "", row, "breakdown", group=GROUPS)
    prior_from = _prior_from(told["ks2_scaled_score_group"])
    if prior_from is None:
        return Finding("has no range of scaled scores", "", row, "ks2_scaled_score_group", group=WITHOUT)
    if told[GRADES[0]] == "z":
        return Finding("has no single grades", "", row, GRADES[0], group=DOUBLE)
    year = _year(told["time_period"])
    if year is None:
        return _fault(told, "time_period", "An academic year is written as 202324.", row)
    for name in GRADES:
        if not (told[name].isascii() and told[name].isdecimal()):
            return _fault(told, name, "It should be a number of pupils. Fetch the file again.", row)
    counts = " ".join(str(int(told[name])) for name in GRADES)
    return Wanted(0, [(year, told["subject"][:60], prior_from, counts, f"{SOURCE}, {year_words(year)}")], row)


def _fault(told: Mapping[str, str], name: str, mend: str, row: int) -> Finding:
    return Finding(f"“{told[name][:40]}” cannot be read", mend, row, name, fault=True)


def _year(told: str) -> int | None:
    """Return the year that 202324 begins in, or None where it is no academic year.

    >>> _year("202324"), _year("202325"), _year("2023")
    (2023, None, None)
    """
    if len(told) != 6 or not (told.isascii() and told.isdecimal()):
        return None
    year = int(told[:4])
    return year if (year + 1) % 100 == int(told[4:]) else None


def _prior_from(group: str) -> float | None:
    """Return where a group of scaled scores begins, or None for one that is no range.

    >>> _prior_from("Less than 80"), _prior_from("82.5 - 86"), _prior_from("No scaled score"), _prior_from("Total")
    (0.0, 82.5, None, None)
    """
    if group.casefold().startswith("less than"):
        return LOWEST
    first, dash, _ = group.partition("-")
    try:
        return float(first) if dash else None
    except ValueError:
        return None
