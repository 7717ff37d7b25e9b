"""What a file of pupils and results would change: compared with what stands, written nowhere.

A step is (hash, what stood, what would stand); the steps are also what undoing needs.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils import timezone

from headship.core.errors import Unusable
from headship.core.scope import Scope
from headship.outcomes.models import Assessment, NamesKept, PupilName, PupilYear, Scores
from headship.outcomes.pupil_brought import KNOWN, WORDY, Brought, Known, Sat, bounds_of, packed
from headship.people.models import Pupil
from headship.schools.calendar_dates import year_of

type Step = tuple[str, Any, Any]
ROW_OF = tuple(None if name not in WORDY else "" for name in KNOWN)
MISSED, POSSIBLE = KNOWN.index("sessions_missed"), KNOWN.index("sessions_possible")


@dataclass(slots=True)
class Sitting:
    """One assessment: whether it would be made, and its scores' steps."""

    name: str
    scale: str
    taken_on: str
    made: bool
    rows: list[Step] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """All of it. `pupils` are (year group, last day on roll or ""), `years` the values of `KNOWN`."""

    year: int
    pupils: list[Step] = field(default_factory=list)
    years: list[Step] = field(default_factory=list)
    sat: list[Sitting] = field(default_factory=list)
    names: list[Step] = field(default_factory=list)
    unchanged: int = 0

    def packed(self) -> bytes:
        """Return it packed, as a batch keeps it for undoing."""
        return packed({**_shallow(self), "sat": [_shallow(each) for each in self.sat]})

    @staticmethod
    def told(found: Mapping[str, Any]) -> "Plan":
        """Return a plan from its plain values."""
        sat = [Sitting(**each) for each in found["sat"]]
        steps = {name: found[name] for name in ("pupils", "years", "names")}
        return Plan(year=found["year"], sat=sat, unchanged=found["unchanged"], **steps)

    @property
    def changes(self) -> bool:
        """Whether anything would change."""
        rows = any(each.made or each.rows for each in self.sat)
        return bool(self.pupils or self.years or self.names or rows)

    def counts(self) -> dict[str, int]:
        """Return how many pupils are new, changed and unchanged, and how many rows of scores are."""
        new = {each[0] for each in self.pupils if each[1] is None}
        steps = [*self.pupils, *self.years, *self.names, *(row for each in self.sat for row in each.rows)]
        changed = {each[0] for each in steps} - new
        return {"new": len(new), "changed": len(changed), "unchanged": self.unchanged}


def digest_of(blob: bytes) -> str:
    """Return what tells one packed plan from another: what stood, and what would stand."""
    return hashlib.sha256(blob).hexdigest()


def _shallow(told: "Plan | Sitting") -> dict[str, Any]:
    """Return the parts themselves: copying a million scores takes seconds."""
    return {each.name: getattr(told, each.name) for each in fields(told)}


def plan(scope: Scope, brought: Brought) -> Plan:
    """Compare a file with what stands at the scope's school. Errors: Unusable where the two cannot both be right."""
    found = Plan(brought.year)
    everyone = sorted({*brought.known, *(key for each in brought.sat for key in each.scores)})
    _plan_pupils(scope, brought, everyone, found)
    _plan_years(scope, brought, found)
    for each in brought.sat:
        found.sat.append(_sitting(scope, brought.year, each))
    if brought.names:
        _plan_names(scope, brought, found)
    told = found.counts()
    found.unchanged = len(everyone) - told["new"] - told["changed"]
    return found


def _plan_pupils(scope: Scope, brought: Brought, everyone: Iterable[str], found: Plan) -> None:
    """Make pupils as a list of pupils does; a file of a year that is over makes none on roll today."""
    first, last = bounds_of(brought.year)
    now = brought.year >= year_of(timezone.localdate(scope.at))
    until = "" if now else last.isoformat()
    standing = pupils_here(scope.school_id)
    for key in everyone:
        group = str(brought.known.get(key, {}).get("year_group") or "")
        before = standing.get(key)
        if before is None:
            found.pupils.append((key, None, [group, until]))
            continue
        left_before = before[1] and before[1] < first.isoformat()
        after = [group or before[0], until if left_before else before[1]] if now or left_before else before
        if after != before:
            found.pupils.append((key, before, after))


def pupils_here(school_id: int) -> dict[str, list[str]]:
    """Return every pupil of a school: the year group, and the last day on roll or ""."""
    rows = Pupil.objects.filter(school_id=school_id).values_list("key_hash", "year_group", "left_on")
    return {key: [group, left.isoformat() if left else ""] for key, group, left in rows}


def _plan_years(scope: Scope, brought: Brought, found: Plan) -> None:
    standing = years_here(scope.school_id, brought.year)
    wrong = 0
    for key, told in brought.known.items():
        before = standing.get(key)
        after = _merged(before or list(ROW_OF), told)
        wrong += not _sensible(after[POSSIBLE], after[MISSED])
        if before != after:
            found.years.append((key, before, after))
    if wrong:
        whose = f"{wrong:,} pupil{'' if wrong == 1 else 's'}"
        raise Unusable(
            f"For {whose}, the sessions missed would be more than the sessions possible that stand here. "
            "Bring both columns together."
        )


def _sensible(possible: Any, missed: Any) -> bool:
    """Whether no more sessions are missed than were possible."""
    return missed is None or (possible is not None and missed <= possible)


def _merged(before: Sequence[Known], told: Mapping[str, Known]) -> list[Known]:
    """Return a row of `KNOWN` with what is told in place of what stood; what is not known leaves it."""
    given = (told.get(name) for name in KNOWN)
    return [old if new is None or new == "" else new for old, new in zip(before, given, strict=True)]


def years_here(school_id: int, year: int) -> dict[str, list[Known]]:
    """Return what is known of each pupil of a school in a year, in the order of `KNOWN`."""
    rows = PupilYear.objects.filter(school_id=school_id, year=year).values_list("pupil__key_hash", *KNOWN)
    return {key: list(rest) for key, *rest in rows}


def _sitting(scope: Scope, year: int, sat: Sat) -> Sitting:
    held = Assessment.objects.filter(school_id=scope.school_id, year=year, name=sat.name).first()
    if held and (held.scale, held.taken_on.isoformat()) != (sat.scale, sat.taken_on):
        raise Unusable(
            f"“{sat.name}” stands here already with another scale or day. "
            "Give the same ones to change it, or another name to keep both."
        )
    standing = scores_here(scope.school_id, year, sat.name) if held else {}
    found = Sitting(sat.name, sat.scale, sat.taken_on, made=held is None)
    for key, given in sat.scores.items():
        before = standing.get(key)
        after = {**(before or {}), **given}
        after = {subject: score for subject, score in after.items() if score is not None}
        if after != (before or {}):
            found.rows.append((key, before, after))
    found.made = found.made and bool(found.rows)
    return found


def scores_here(school_id: int, year: int, name: str) -> dict[str, dict[str, float]]:
    """Return the scores of an assessment, by pupil."""
    rows = Scores.objects.filter(assessment__school_id=school_id, assessment__year=year, assessment__name=name)
    return dict(rows.values_list("pupil__key_hash", "by_subject"))


def _plan_names(scope: Scope, brought: Brought, found: Plan) -> None:
    if not NamesKept.objects.filter(school_id=scope.school_id).exists():
        raise Unusable("This school keeps no names of pupils any more. Bring the file again without their names.")
    standing = names_here(scope.school_id)
    found.names = [(key, standing.get(key), name) for key, name in brought.names.items() if standing.get(key) != name]


def names_here(school_id: int) -> dict[str, str]:
    """Return the names that a school keeps, by pupil."""
    return dict(PupilName.objects.filter(school_id=school_id).values_list("pupil__key_hash", "name"))


def parts(found: Plan) -> Counter[str]:
    """Return how many rows of each kind a plan writes, for the audit."""
    told = Counter(pupils=len(found.pupils), years=len(found.years), names=len(found.names))
    told["scores"] = sum(len(each.rows) for each in found.sat)
    told["assessments"] = sum(each.made for each in found.sat)
    return told
