"""Taking entries away for good, once their time is over or their owner's data is erased."""

from collections.abc import Sequence

from headship.evidence import actions, tallies
from headship.evidence.models import Entry


def remove_entries(school_id: int, keys: Sequence[int]) -> None:
    """Delete entries of a school with all that hangs on them, and count anew what they were counted under."""
    entries = list(Entry.objects.filter(school=school_id, pk__in=keys))
    counted = {
        key
        for entry in entries
        if entry.withdrawn_at is None
        for key in tallies.tally_keys(entry, tallies.counted_for(entry.pk))
    }
    actions.uncount(entries, sorted(counted))
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
