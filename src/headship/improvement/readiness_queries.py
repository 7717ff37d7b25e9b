"""What live evidence there is for an area of inspection, as far as a reader's posts open it, and leaders' notes.

Only what is the school's own is read: what belongs to a person, or was shown to somebody by name, is no evidence of a
school, and a count that held it would tell of it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import nlargest

from django.db.models import Max
from django.utils import timezone

from headship.analysis.evidence_gaps import Gap, evidence_gaps
from headship.core import registry
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility, opened_by
from headship.evidence import queries as evidence
from headship.evidence.models import Entry, Serves
from headship.improvement import areas
from headship.improvement.areas import Area, AreaSet
from headship.improvement.models import ReadinessNote
from headship.schools import queries as schools
from headship.schools.calendar_dates import year_of
from headship.standards import queries as standards

WITHIN = timedelta(days=365)
LATEST = 3
type Shown = tuple[date, str, bool]  # the day of an entry, its kind, and whether it came from work


@dataclass(frozen=True, slots=True)
class Live:
    """What there is for an area: counts by kind, the latest entries, readings of measures, and what is thin."""

    area: Area
    kinds: Sequence[tuple[str, int]]
    from_work: int
    newest: date | None
    latest: Sequence[Entry]
    readings: Sequence[tuple[registry.Measure, evidence.Reading]]
    gaps: Sequence[Gap]


def for_board(scope: Scope) -> frozenset[Visibility]:
    """Return the classes of what the reader may hand to governors: what both may open."""
    return scope.opens & opened_by({Role.GOVERNOR})


def areas_of(scope: Scope) -> AreaSet:
    """Return the areas the school is inspected in today, by the ages of its pupils."""
    school = schools.school_of(scope.school_id)
    return areas.of_ages(areas.on(timezone.localdate(scope.at)), school.age_from, school.age_to)


def live(scope: Scope, of: Sequence[Area], classes: frozenset[Visibility]) -> list[Live]:
    """Return what there is for each area in entries of these classes, which the reader opens."""
    today = timezone.localdate(scope.at)
    served = _served(scope, of, classes & scope.opens, today)
    shown = {each.code: _together(each, served) for each in of}
    newest = {key for found in shown.values() for key in _newest(found)}
    entries = Entry.objects.filter(school_id=scope.school_id).in_bulk(newest)
    readings = evidence.readings(scope.school_id, year_of(today))
    return [_live(each, shown[each.code], entries, readings, today) for each in of]


def _served(
    scope: Scope, of: Sequence[Area], classes: frozenset[Visibility], today: date
) -> Mapping[str, dict[int, Shown]]:
    """Return what was recorded in the last twelve months, the school's own, in these classes, by characteristic.

    In one query for all areas: those who look at readiness look at all of them.
    """
    codes = sorted({code for each in of for code in each.characteristics})
    keys = dict(zip(standards.characteristic_ids(standards.DEFAULT, codes), codes, strict=True))
    found = Serves.objects.filter(
        school_id=scope.school_id,
        characteristic_id__in=keys,
        occurred_on__range=(today - WITHIN, today),
        entry__withdrawn_at=None,
        entry__owner=None,
        entry__visibility__in=classes,
    )
    served: dict[str, dict[int, Shown]] = {code: {} for code in codes}
    rows = found.values_list("characteristic_id", "entry_id", "occurred_on", "entry__kind", "entry__from_work")
    for characteristic, entry, on, kind, worked in rows:
        served[keys[characteristic]][entry] = (on, kind, worked)
    return served


def _together(area: Area, served: Mapping[str, dict[int, Shown]]) -> dict[int, Shown]:
    """Return what serves an area, each entry once though it serves more than one of its characteristics."""
    return {key: told for code in area.characteristics for key, told in served[code].items()}


def _newest(shown: Mapping[int, Shown]) -> list[int]:
    return nlargest(LATEST, shown, key=lambda key: (shown[key][0], key))


def _live(
    area: Area,
    shown: Mapping[int, Shown],
    entries: Mapping[int, Entry],
    readings: Mapping[str, evidence.Reading],
    today: date,
) -> Live:
    counts = Counter(kind for _, kind, _ in shown.values())
    from_work = sum(worked for *_, worked in shown.values())
    newest = max((on for on, *_ in shown.values()), default=None)
    return Live(
        area=area,
        kinds=sorted(counts.items(), key=lambda each: (-each[1], each[0])),
        from_work=from_work,
        newest=newest,
        latest=[entries[key] for key in _newest(shown)],
        readings=_read(area, readings),
        gaps=evidence_gaps(counts, from_work, newest, today) if area.characteristics else (),
    )


def _read(area: Area, readings: Mapping[str, evidence.Reading]) -> list[tuple[registry.Measure, evidence.Reading]]:
    wanted = set(area.characteristics)
    return [
        (each, readings[each.code])
        for each in registry.measures().values()
        if each.code in readings and wanted & set(each.characteristics)
    ]


def notes(scope: Scope, inspectorate: str) -> dict[str, ReadinessNote]:
    """Return the newest note of each area."""
    found = ReadinessNote.objects.filter(school_id=scope.school_id, inspectorate=inspectorate)
    newest = dict(found.order_by().values_list("area").annotate(Max("version")))
    rows = [each for each in found.filter(version__in=set(newest.values())) if newest[each.area] == each.version]
    return {each.area: each for each in rows}


def versions(scope: Scope, inspectorate: str, area: str, most: int = 20) -> list[ReadinessNote]:
    """Return the notes of an area, newest first."""
    found = ReadinessNote.objects.filter(school_id=scope.school_id, inspectorate=inspectorate, area=area)
    return list(found.order_by("-version")[:most])
