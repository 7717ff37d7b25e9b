"""What an entry counts as, and whether the tallies agree with the entries."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from headship.evidence.models import Entry, Serves, Tally
from headship.standards import queries as standards


class TallyKey(NamedTuple):
    """What makes one row of the tally."""

    school_id: int
    characteristic_key: int
    month: date
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

    A link that only shows the nearest place for words the other text does not have carries no evidence across.
    """
    return [each.statement.id for each in standards.counterparts(characteristic_id) if not each.nearest]


def counted_for(entry_id: int) -> list[int]:
    """Return what a standing entry counts as."""
    return counted_as(Serves.objects.filter(entry=entry_id).values_list("characteristic_id", flat=True))


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
    )
    if key.characteristic_key:
        serving = [key.characteristic_key, *counterparts(key.characteristic_key)]
        entries = entries.filter(
            pk__in=Serves.objects.filter(school=key.school_id, characteristic__in=serving).values("entry")
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
