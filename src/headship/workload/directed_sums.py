"""Who would have too much directed time, and how that is told."""

from collections.abc import Sequence

from headship.analysis.directed_time import Sum, told
from headship.core.pages import listed
from headship.people.holders import GONE, Holders
from headship.workload import pages
from headship.workload.directed_queries import Planned

NAMED = 3


def worse(before: Planned, after: Planned) -> list[int]:
    """Return who has too much after a change, and more than before it."""
    return [person for person in after.over if _more(before.sums[person], after.sums[person], after)]


def _more(was: Sum, now: Sum, after: Planned) -> bool:
    limits = after.limits
    return (
        (now.left < 0 and now.left < was.left)
        or (now.days > limits.days and now.days > was.days)
        or (now.teaching_days > limits.teaching_days and now.teaching_days > was.teaching_days)
    )


def over_told(planned: Planned, over: Sequence[int], people: Holders, lead: str = "There are ") -> str:
    """Say who has too much, how much for whoever has most of it, and of how much."""
    most = min(over, key=lambda person: planned.sums[person].left)
    held, limits = planned.sums[most], planned.limits
    if held.left < 0:
        said = f"{told(held.placed)} of {told(held.entitled)}"
    elif held.days > limits.days:
        said = f"{held.days} days of {limits.days}"
    else:
        said = f"{held.teaching_days} days with teaching of {limits.teaching_days}"
    names = [people.names.get(person, GONE) for person in over[:NAMED]]
    rest = len(over) - len(names)
    whom = listed([*names, *([f"{rest} more"] if rest else [])])
    most_of = f", for {names[0]} alone" if len(over) == 1 else f" at most, for {pages.people(len(over))}: {whom}"
    return f"{lead}{said}{most_of}."
