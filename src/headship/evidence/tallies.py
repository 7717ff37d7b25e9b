"""What an entry counts as, and whether the tallies agree with the entries."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from headship.evidence.choices import MONTHS, month_of, year_of
from headship.evidence.models import Entry, Serves, Tally
from headship.standards import queries as standards


class TallyKey(NamedTuple):
    """What makes one row of the tally."""

    school_id: int
    characteristic_key: int
    year: int
    visibility: str
    owner_key: int
    kind: str
    from_work: bool


def pointed_at(codes: Sequence[str], framework: str = standards.DEFAULT) -> list[int]:
    """Return the keys of these characteristics. Errors: LookupError for a code evidence cannot point at."""
    known = {each.code: each.id for each in standards.framework(framework).assessable}
    if unknown := sorted(set(codes) - known.keys()):
        raise LookupError(f"{framework} has no characteristic {', '.join(unknown)}.")
    return sorted({known[code] for code in codes})


def counted_as(characteristics: Iterable[int]) -> list[int]:
    """Return what an entry for these counts as: all of them, their counterparts, and 0 for the whole school."""
    own = set(characteristics)
    return sorted({0, *own, *(other for each in own for other in counterparts(each))})


def counterparts(characteristic_id: int) -> list[int]:
    """Return the keys of a characteristic's counterparts in other frameworks.

    A link that only shows the nearest place for words the other text does not have carries no evidence across, nor
    does one that an imported framework brought: what it links was counted before it came.
    """
    return [each.statement.id for each in standards.counterparts(characteristic_id) if each.carries]


def counted_for(entry_id: int) -> list[int]:
    """Return what a standing entry counts as."""
    return counted_as(Serves.objects.filter(entry=entry_id).values_list("characteristic_id", flat=True))


def tally_keys(entry: Entry, counted: Sequence[int]) -> list[TallyKey]:
    """Return the tallies an entry belongs in, one for each characteristic it counts for."""
    return [
        TallyKey(
            entry.school_id,
            each,
            year_of(entry.occurred_on),
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


def counted_under(key: TallyKey) -> tuple[tuple[int, ...], Entry | None]:
    """Return how many standing entries belong under a key, by month, and the newest of them."""
    entries = Entry.objects.filter(
        Q(owner=key.owner_key) if key.owner_key else Q(owner=None),
        school=key.school_id,
        withdrawn_at=None,
        kind=key.kind,
        visibility=key.visibility,
        from_work=key.from_work,
        occurred_on__gte=date(key.year, 9, 1),
        occurred_on__lt=date(key.year + 1, 9, 1),
    )
    if key.characteristic_key:
        serving = [key.characteristic_key, *counterparts(key.characteristic_key)]
        entries = entries.filter(
            pk__in=Serves.objects.filter(school=key.school_id, characteristic__in=serving).values("entry")
        )
    counts = Counter(month_of(day) for day in entries.values_list("occurred_on", flat=True))
    return tuple(counts[place] for place in range(len(MONTHS))), entries.order_by("-occurred_on", "-pk").first()


def tally_faults(school_id: int) -> Iterator[str]:
    """Yield a sentence for each tally of a school that the entries do not bear out; nothing when all is well."""
    keys = {
        key
        for entry in Entry.objects.filter(school=school_id, withdrawn_at=None)
        for key in tally_keys(entry, counted_for(entry.pk))
    }
    for row in Tally.objects.filter(school=school_id):
        key = TallyKey(*(getattr(row, name) for name in TallyKey._fields))
        keys.discard(key)
        counts, newest = counted_under(key)
        told = tuple(getattr(row, month) for month in MONTHS)
        if told != counts:
            yield f"{key} says {told} entries by month; there are {counts}."
        elif newest is None or (row.latest_on, row.latest_entry_id) != (newest.occurred_on, newest.pk):
            yield f"{key} says entry {row.latest_entry_id} is the newest; it is {newest.pk if newest else 'none'}."
    for key in sorted(keys):
        yield f"{key} is missing; there are {counted_under(key)[0]} entries by month."
