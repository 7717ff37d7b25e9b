"""Whether appraisal treats groups of staff alike, and how far an appraiser's outcomes lie from other appraisers'.

Groups are compared by whether something holds of each person: met their objectives, accepted support, was promised
development. Nothing is shown that could be worked out to rest on fewer people than asked for, on neither side of yes
and no: the sets of people go through the disclosure audit. Appraisers are compared for the same mix of staff, by the
model of value added, an appraiser standing in the place of a school.
Method: docs/methods/fairness.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from headship.analysis import disclosure_audit, proportions, value_added
from headship.analysis.figures import Figure, Flags, Floats, Places
from headship.analysis.trades import Verdict

METHOD = "fairness 1"
ALIKE = 0.05  # shares that differ by less, where chance could do it, are said to be about the same
TOO_FEW = "Too few people to show."
SAME = "About the same."


class Outcome(StrEnum):
    """What is looked at of each person."""

    SET = "set"
    MET = "met"
    SUPPORTED = "supported"
    DEVELOPED = "developed"

    @property
    def words(self) -> str:
        """What those of whom it holds did, or were given.

        >>> Outcome.MET.words
        'met theirs'
        """
        return {
            "set": "had objectives set in time",
            "met": "met theirs",
            "supported": "accepted support",
            "developed": "were promised development",
        }[self]


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group beside all others whose group is known: shares, 0 to 1, and the group's less the others', in words.

    `share`, `others` and `difference` are None, and `words` say so, where a figure could tell of few people.
    """

    group: str
    share: Figure | None
    others: Figure | None
    difference: Figure | None
    words: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Every group compared, in order; `known` people whose group and outcome are known, of `of`."""

    outcome: Outcome
    groups: tuple[GroupShare, ...]
    known: int
    of: int
    method: str = METHOD


@dataclass(frozen=True, slots=True)
class Severity:
    """An appraiser: how much higher (lower: below 0) their people's scores lie than others' would, for the same mix.

    `value` drawn towards 0 by how few they appraised, with its 95% interval, in the scores' units; `n` people.
    """

    appraiser: int
    n: int
    value: float
    low: float
    high: float
    words: str


def compared(groups: Sequence[str | None], holds: Sequence[bool | None], outcome: Outcome, *, least: int) -> Compared:
    """Compare each group with all others by the share of whom something holds.

    `groups` (N,) of one characteristic, None where somebody did not say; `holds` (N,) None where it is not known, and
    whoever lacks either is left out; `least` people that anything worked out must rest on. Errors: ValueError for
    `least` under 3, or lists of different length.

    >>> staff, met = ["a"] * 40 + ["b"] * 40, [True] * 30 + [False] * 10 + [True] * 20 + [False] * 20
    >>> found = compared(staff, met, Outcome.MET, least=5).groups[1]
    >>> found.share.value, found.others.value, round(found.difference.low, 2), round(found.difference.high, 2)
    (0.5, 0.75, -0.43, -0.04)
    >>> found.words
    'Fewer in this group met theirs; so large a difference is seldom chance.'
    """
    both = [(group, held) for group, held in zip(groups, holds, strict=True) if group is not None and held is not None]
    names = sorted({group for group, _ in both})
    own = np.array([[group == name for group, _ in both] for name in names], dtype=bool).reshape(len(names), len(both))
    yes = np.array([held for _, held in both], dtype=bool)
    shown = _shown(own, yes, least)
    told = [
        _group(name, of, yes, outcome, least if fits else None)
        for name, of, fits in zip(names, own, shown, strict=True)
    ]
    return Compared(outcome, tuple(told), len(both), len(groups))


def compared_together(
    characteristics: Mapping[str, Sequence[str | None]], holds: Mapping[Outcome, Sequence[bool | None]], *, least: int
) -> dict[tuple[str, Outcome], Compared]:
    """Compare by several characteristics and outcomes of the same people at once, as one page shows them.

    `characteristics`, `holds` (N,) each, as for `compared`; what is shown of all of them is audited together, so that
    no two can be held against each other to tell of fewer than `least`. The first named goes first where not all can
    be shown. Errors: as `compared`.

    >>> post, part = ["a", "b"] * 40, ["full"] * 40 + ["part"] * 40
    >>> found = compared_together({"post": post, "part": part}, {Outcome.MET: [True, True, False, False] * 20}, least=5)
    >>> [each.words for each in found["part", Outcome.MET].groups]
    ['About the same.', 'About the same.']
    """
    alone = {
        (name, outcome): compared(groups, held, outcome, least=least)
        for name, groups in characteristics.items()
        for outcome, held in holds.items()
    }
    sets = {key: _sets(characteristics[key[0]], holds[key[1]], found) for key, found in alone.items()}
    every = [each for rows in sets.values() for each in rows]
    size = len(next(iter(holds.values()), ()))
    asked = np.array(every, dtype=bool).reshape(len(every), size)
    verdicts = iter(disclosure_audit.audit_sets(asked, least=least))
    told = {key: [next(verdicts) for _ in rows] for key, rows in sets.items()}
    return {key: _kept(found, told[key]) for key, found in alone.items()}


def _sets(groups: Sequence[str | None], held: Sequence[bool | None], found: Compared) -> list[Flags]:
    """Return the sets of people that what is shown alone tells of: all, all it holds of, and each group's two."""
    both = zip(groups, held, strict=True)
    known = np.array([group is not None and each is not None for group, each in both], dtype=bool)
    yes = np.array([each is True for each in held], dtype=bool) & known
    shown = [each.group for each in found.groups if each.share is not None]
    if not shown:
        return []
    own = [np.array([group == name for group in groups], dtype=bool) & known for name in shown]
    return [known, yes, *(part for each in own for part in (each, each & yes))]


def _kept(found: Compared, verdicts: Sequence[Verdict]) -> Compared:
    """Hide what may not be shown beside everything else that is."""
    right = [each is Verdict.SHOWN for each in verdicts]
    pairs = iter(zip(right[2::2], right[3::2], strict=True))
    groups = []
    for each in found.groups:
        kept = each.share is None or (all(right[:2]) and all(next(pairs)))
        groups.append(each if kept else GroupShare(each.group, None, None, None, TOO_FEW))
    return replace(found, groups=tuple(groups))


def _shown(own: Flags, yes: Flags, least: int) -> list[bool]:
    """Say of each group (G, N) whether its share and the others' may be shown.

    Both sides of yes and no need `least` people, in the group and outside it; and nothing made of what is shown, groups
    and those in them of whom it holds, may rest on fewer.
    """
    large = [bool(min(_sides(each, yes)) >= least and min(_sides(~each, yes)) >= least) for each in own]
    asked = [place for place, each in enumerate(large) if each]
    if not asked:
        disclosure_audit.audit_sets(np.zeros((0, own.shape[1]), dtype=bool), least=least)
        return large
    every = np.ones((1, own.shape[1]), dtype=bool)
    sets = np.vstack([every, yes[None], *(np.stack([own[place], own[place] & yes]) for place in asked)])
    verdicts = disclosure_audit.audit_sets(sets, least=least)
    pairs = [verdicts[at : at + 2] for at in range(2, len(verdicts), 2)]
    whole = all(each is Verdict.SHOWN for each in verdicts[:2])
    passed = [place for place, pair in zip(asked, pairs, strict=True) if whole and set(pair) == {Verdict.SHOWN}]
    return [place in passed for place in range(len(own))]


def _sides(of: Flags, yes: Flags) -> tuple[int, int]:
    return int((of & yes).sum()), int((of & ~yes).sum())


def _group(name: str, of: Flags, yes: Flags, outcome: Outcome, least: int | None) -> GroupShare:
    if least is None:
        return GroupShare(name, None, None, None, TOO_FEW)
    (met, missed), (others_met, others_missed) = _sides(of, yes), _sides(~of, yes)
    reached, n = (met, others_met), (met + missed, others_met + others_missed)
    difference = proportions.difference_of_shares(reached, n, fewest=least)
    share, others = (proportions.share(each, of_them, fewest=least) for each, of_them in zip(reached, n, strict=True))
    return GroupShare(name, share, others, difference, said(difference, outcome))


def said(difference: Figure, outcome: Outcome) -> str:
    """Say a difference of shares in words.

    >>> said(proportions.difference_of_shares((9, 14), (20, 20), fewest=5), Outcome.MET)
    'Fewer in this group met theirs; with so few this may be chance.'
    """
    if difference.value is None or difference.interval is None:
        return TOO_FEW
    low, high = difference.interval
    more = f"{'More' if difference.value > 0 else 'Fewer'} in this group {outcome.words}"
    if low > 0 or high < 0:
        return f"{more}; so large a difference is seldom chance."
    return SAME if abs(difference.value) < ALIKE else f"{more}; with so few this may be chance."


def severities(scores: Floats, appraisers: Places, mix: Sequence[str]) -> tuple[Severity, ...]:
    """Return how far each appraiser's outcomes lie from other appraisers', for the same mix of staff, by key.

    `scores` (N,) of each person, such as the share of their objectives that they met; `appraisers` (N,) whole numbers;
    `mix` (N,) the kind of post each holds. Errors: value_added.Unfit for a missing score, fewer than two appraisers,
    too few people, or where scores differ by nothing but appraiser and kind of post.

    >>> rng = np.random.default_rng(3)
    >>> who, post = np.repeat(np.arange(30), 8), np.tile(["teacher", "support"], 120)
    >>> found = severities(0.7 + 0.1 * (who == 4) * 3 + 0.1 * rng.normal(size=240), who, post)
    >>> found[4].words, round(found[4].value, 1), found[5].words
    ('Higher than others, for the same mix of staff.', 0.2, 'About the same.')
    """
    posts = sorted(set(mix))[1:]  # the first is what the others are held against
    covariates = np.array([[post == each for each in posts] for post in mix], dtype=float).reshape(
        len(scores), len(posts)
    )
    told = value_added.statistics_of(scores, covariates, appraisers, posts)
    explained = np.column_stack([appraisers[:, None] == np.unique(appraisers), covariates]).astype(float)
    left = scores - explained @ np.linalg.lstsq(explained, scores)[0]
    if left @ left < value_added.ALMOST_DEPENDENT * len(scores):
        raise value_added.Unfit("Scores differ by nothing but appraiser and kind of post: chance cannot be told.")
    model = value_added.fit(told)
    rows = zip(model.statistics.schools, model.statistics.counts, model.effects[:, 0], model.intervals, strict=True)
    return tuple(
        Severity(int(key), int(n), float(value), float(low), float(high), _severe(float(low), float(high)))
        for key, n, value, (low, high) in rows
    )


def _severe(low: float, high: float) -> str:
    if low <= 0 <= high:
        return SAME
    return f"{'Higher' if low > 0 else 'Lower'} than others, for the same mix of staff."
