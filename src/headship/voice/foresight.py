"""What a survey that is being prepared could show if half, seven in ten or all of those asked answered. No promise.

The audit that decides at the end is asked now, with made answers: who answers is not known yet, and decides. No
database here, and no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headship.analysis import disclosure_audit
from headship.analysis.disclosure_audit import Group, Membership
from headship.voice.choices import SPREAD, Known

SHARES = ((0.5, "If half of them answer"), (0.7, "If seven in ten answer"), (1.0, "Only if all answer"))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A group, or everybody (""), how many of it are asked, and from when its figures and distributions are shown."""

    group: str
    asked: int
    figures: str
    spread: str


def foreseen(asked: Sequence[Mapping[str, str]], known: Sequence[Known], fewest: int) -> list[Foreseen]:
    """Return what can be shown of everybody and of each group; `known` says of each who is asked whether they count.

    >>> staff = [{"Post": "Teachers"}] * 12 + [{"Post": "Office"}] * 3
    >>> for each in foreseen(staff, [Known.SURE] * 15, 5):
    ...     print(each.group, each.asked, each.figures, sep=", ")
    , 15, If half of them answer
    Office, 3, Too small to be shown by itself
    Teachers, 12, Not by itself: the few others could be worked out
    """
    names = sorted({variable for each in asked for variable in each})
    members = [tuple(each.get(name) for name in names) for each in asked]
    groups = disclosure_audit.groups_of(members, crossed=1) if members else []
    sizes = disclosure_audit.members_of(members, groups).sum(axis=1).tolist()
    figures, spread = (_from(members, known, groups, least) for least in (fewest, max(fewest, SPREAD)))
    return [
        Foreseen(
            group[0][1] if group else "",
            size,
            figures.get(group) or _never(size, fewest),
            spread.get(group) or _never(size, max(fewest, SPREAD)),
        )
        for group, size in zip(groups, sizes, strict=True)
    ]


def _from(
    members: Sequence[Membership], known: Sequence[Known], groups: Sequence[Group], least: int
) -> dict[Group, str]:
    """Return of each group that can be shown the least share that makes it so, in words."""
    found: dict[Group, str] = {}
    for share, words in SHARES:
        found = dict.fromkeys(_shown(members, known, groups, least, share), words) | found
    return found


def _shown(
    members: Sequence[Membership], known: Sequence[Known], groups: Sequence[Group], least: int, share: float
) -> Iterable[Group]:
    """Return the groups that would be shown: also when those who do not count are taken away."""
    every = disclosure_audit.publishable(members, groups, least=least, share=share)
    named = [own for own, each in zip(members, known, strict=True) if each is not Known.NOBODY]
    sure = [own for own, each in zip(members, known, strict=True) if each is Known.SURE]
    if len(sure) == len(members) or not named:
        return every
    held = {
        group
        for group, any_ in zip(groups, disclosure_audit.members_of(named, groups).any(axis=1), strict=True)
        if any_
    }
    count = {*disclosure_audit.publishable(sure, groups, least=least, share=share)} if sure else set()
    return [group for group in every if group not in held or group in count]


def _never(size: int, least: int) -> str:
    return "Too small to be shown by itself" if size < least else "Not by itself: the few others could be worked out"
