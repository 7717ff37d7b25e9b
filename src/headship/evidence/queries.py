"""Reads of evidence: what an entry counts for, and whether the tallies agree with the entries."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from headship.evidence.choices import DEFAULT_FRAMEWORK
from headship.evidence.models import Entry, Serves, Tally
from headship.standards.models import Association, Characteristic

NEAREST = "ext:nearest"


class TallyKey(NamedTuple):
    """What makes one row of the tally."""

    school_id: int
    characteristic_id: int
    month: date
    visibility: str
    owner_key: int
    kind: str
    from_work: bool


def pointed_at(codes: Sequence[str], framework: str = DEFAULT_FRAMEWORK) -> tuple[list[int], list[int]]:
    """Return the keys of these characteristics, and of all that an entry for them counts for (counterparts too).

    Errors: LookupError for a code the framework does not have.
    """
    known = dict(Characteristic.objects.filter(framework__code=framework, assessable=True).values_list("code", "pk"))
    if unknown := sorted(set(codes) - known.keys()):
        raise LookupError(f"{framework} has no characteristic {', '.join(unknown)}.")
    own = sorted({known[code] for code in codes})
    return own, with_counterparts(own)


def with_counterparts(characteristics: Sequence[int]) -> list[int]:
    """Return the keys given and those of their counterparts in other frameworks, each once, in order."""
    ways = counterparts()
    return sorted({*characteristics, *(other for each in characteristics for other in ways.get(each, ()))})


def counterparts() -> Mapping[int, frozenset[int]]:
    """Return, for each characteristic, its counterparts: the crosswalk read in both directions.

    A link that only shows the nearest place for words the other text does not have carries no evidence across.
    """
    ways: dict[int, set[int]] = {}
    for origin, destination in Association.objects.exclude(kind=NEAREST).values_list("origin_id", "destination_id"):
        ways.setdefault(origin, set()).add(destination)
        ways.setdefault(destination, set()).add(origin)
    return {each: frozenset(others) for each, others in ways.items()}


def counted_for(entry_id: int) -> list[int]:
    """Return the keys of every characteristic a standing entry counts for."""
    return with_counterparts(list(Serves.objects.filter(entry=entry_id).values_list("characteristic_id", flat=True)))


def tally_keys(entry: Entry, counted: Sequence[int]) -> list[TallyKey]:
    """Return the tallies an entry belongs in, one for each characteristic it counts for."""
    return [
        TallyKey(
            entry.school_id,
            each,
            entry.occurred_on.replace(day=1),
            str(entry.visibility),
            entry.owner_id or 0,
            entry.kind,
            entry.from_work,
        )
        for each in counted
    ]


def tally(key: TallyKey) -> QuerySet[Tally]:
    """Return the row of a key."""
    return Tally.objects.filter(**key._asdict())


def lock_tallies(keys: Sequence[TallyKey]) -> None:
    """Lock these rows until the transaction ends, so that a count taken next is still right when it is written."""
    for key in keys:
        tally(key).select_for_update().first()


def counted_under(key: TallyKey) -> tuple[int, Entry | None]:
    """Return how many standing entries belong under a key, and the newest."""
    entries = Entry.objects.filter(
        Q(owner=key.owner_key) if key.owner_key else Q(owner=None),
        school=key.school_id,
        withdrawn_at=None,
        kind=key.kind,
        visibility=key.visibility,
        from_work=key.from_work,
        occurred_on__gte=key.month,
        occurred_on__lt=_next_month(key.month),
        pk__in=Serves.objects.filter(
            school=key.school_id, characteristic__in=with_counterparts([key.characteristic_id])
        ).values("entry"),
    )
    return entries.count(), entries.order_by("-occurred_on", "-pk").first()


def tally_faults(school_id: int) -> Iterator[str]:
    """Yield a sentence for each tally of a school that the entries do not bear out; nothing when all is well."""
    counts: Counter[TallyKey] = Counter()
    newest: dict[TallyKey, tuple[date, int]] = {}
    for entry in Entry.objects.filter(school=school_id, withdrawn_at=None):
        for key in tally_keys(entry, counted_for(entry.pk)):
            counts[key] += 1
            newest[key] = max(newest.get(key, (date.min, 0)), (entry.occurred_on, entry.pk))
    for row in Tally.objects.filter(school=school_id):
        key = TallyKey(*(getattr(row, name) for name in TallyKey._fields))
        expected = counts.pop(key, 0)
        if row.count != expected:
            yield f"{key} says {row.count} entries; there are {expected}."
        elif (row.latest_on, row.latest_entry_id) != newest[key]:
            yield f"{key} says entry {row.latest_entry_id} is the newest; it is {newest[key][1]}."
    for key, expected in counts.items():
        yield f"{key} is missing; there are {expected} entries."


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
