"""Comparisons of groups of staff shown once a year, so that no two years can be held against each other.

Whoever reads them knows the staff and what was decided about each, and may know who answered; only what somebody said
of themselves is hidden. An answer is known by a mark that lasts as long as it stands: changed or taken back and given
again, it has another. Method: docs/methods/fairness.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import optimize

from headship.analysis import disclosure_audit, fairness
from headship.analysis.fairness import TOO_FEW, Compared, GroupShare, Outcome
from headship.analysis.figures import Flags, Places
from headship.analysis.trades import Verdict

METHOD = "fairness-years 1"
CHANGED = "Too few changed to show it again."
PATIENCE = 5.0  # seconds for one question whether anybody is certain: unanswered by then, it is not shown

type Answer = tuple[str, str]  # its mark, and the group it says
type Sets = list[tuple[frozenset[str], frozenset[str]]]  # of comparisons: the marks counted, and of whom it holds


@dataclass(frozen=True, slots=True)
class Earlier:
    """A comparison that was shown: whose answers it `counted`, of whom it `held`, by their marks.

    `groups` are those whose figures stood there: how many were counted in each, and of how many it held.
    """

    counted: frozenset[str]
    held: frozenset[str]
    groups: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Again:
    """A year's comparisons, and of those that show a figure what later years are held against."""

    compared: dict[tuple[str, Outcome], Compared]
    shown: dict[tuple[str, Outcome], Earlier]


def compared_again(
    answers: Mapping[str, Sequence[Answer | None]],
    holds: Mapping[Outcome, Sequence[bool | None]],
    earlier: Mapping[str, Sequence[Earlier]],
    *,
    least: int,
) -> Again:
    """Compare by several characteristics, as `fairness.compared_together` does, beside all that was shown before.

    `answers` (N,) by characteristic, None where somebody did not say; `holds` (N,) by outcome, None where not known;
    `earlier` by characteristic what was shown of it, in any year. Answers that were never counted are left out, to
    wait, where more can be shown without them. Errors: as `fairness.compared`.

    >>> said = [(f"a{at}", "yes" if at % 2 else "no") for at in range(40)]
    >>> held = {Outcome.MET: [at % 4 < 2 for at in range(40)]}
    >>> first = compared_again({"disability": said}, held, {}, least=5)
    >>> before = {"disability": list(first.shown.values())}
    >>> one_more = {"disability": [*said, ("new", "yes")]}
    >>> later = compared_again(one_more, {Outcome.MET: [*held[Outcome.MET], True]}, before, least=5)
    >>> later.compared["disability", Outcome.MET].known  # the one who answered since waits
    40
    >>> one_less = {Outcome.MET: held[Outcome.MET][1:]}
    >>> gone = compared_again({"disability": said[1:]}, one_less, before, least=5)
    >>> gone.compared["disability", Outcome.MET].groups[0].words
    'Too few changed to show it again.'
    """
    chosen = {name: _chosen(given, holds, earlier.get(name, ()), least) for name, given in answers.items()}
    groups = {name: [each and each[1] for each in given] for name, (given, _) in chosen.items()}
    found = fairness.compared_together(groups, holds, least=least)
    again = Again({}, {})
    for name, (given, open_) in chosen.items():
        before = earlier.get(name, ())
        told = {outcome: _as_told(given, held, found[name, outcome]) for outcome, held in holds.items()}
        right = _uncertain(before, {each: one for each, one in told.items() if one.groups and each in open_})
        for outcome in holds:
            one = found[name, outcome]
            if outcome in right:
                again.shown[name, outcome] = right[outcome]
            elif told[outcome].groups or outcome not in open_:
                one = _hidden(one, CHANGED if before else TOO_FEW)
            again.compared[name, outcome] = one
    return again


def _uncertain(before: Sequence[Earlier], told: Mapping[Outcome, Earlier]) -> dict[Outcome, Earlier]:
    """Return what leaves nobody certain beside what was shown: all of it, or one after another what does."""
    if nobody_certain([*before, *told.values()]):
        return dict(told)
    found: dict[Outcome, Earlier] = {}
    for outcome, each in told.items():
        if nobody_certain([*before, *found.values(), each]):
            found[outcome] = each
    return found


def _chosen(
    given: Sequence[Answer | None],
    holds: Mapping[Outcome, Sequence[bool | None]],
    earlier: Sequence[Earlier],
    least: int,
) -> tuple[Sequence[Answer | None], list[Outcome]]:
    """Return the answers that are counted, all or those counted before, and which outcomes may be shown of them.

    Who answered decides, never what they said.
    """
    before = {mark for each in earlier for mark in each.counted}
    standing = [each if each and each[0] in before else None for each in given]
    ways = [given, standing] if before else [given]
    found = [(way, _open(way, holds, earlier, least)) for way in ways]
    return max(found, key=lambda each: len(each[1]))


def _open(
    given: Sequence[Answer | None],
    holds: Mapping[Outcome, Sequence[bool | None]],
    earlier: Sequence[Earlier],
    least: int,
) -> list[Outcome]:
    """Return the outcomes of which no sum, with all that was shown, could be about fewer than `least` people.

    Looked at twice: without the answers that are gone since, then without those that came. Somebody who knows what
    those said knows them already; and an answer that is gone and one that came may be the same person's.
    """
    now = {each[0] for each in given if each}
    before = {mark for each in earlier for mark in each.counted}
    out: Sets = [(each.counted, each.held) for each in earlier]
    found = []
    for outcome, held in holds.items():
        new = _sets(given, held)
        if all(_apart(out, new, among, least) for among in ([now, before] if before else [now])):
            out.append(new)
            found.append(outcome)
    return found


def _apart(out: Sets, new: tuple[frozenset[str], frozenset[str]], among: set[str], least: int) -> bool:
    """Whether a comparison's sets of people may be shown beside those that are, looked at `among` some marks."""
    marks = sorted(among)
    shown, wanted = _flags((part for each in out for part in each), marks), _flags(new, marks)
    verdicts = disclosure_audit.audit_sets(wanted, least=least, shown=shown)
    return all(each is Verdict.SHOWN for each in verdicts)


def _flags(sets: Iterable[frozenset[str]], marks: Sequence[str]) -> Flags:
    """Return (S, N) which marks are in each set that has any of them."""
    rows = [[mark in each for mark in marks] for each in sets if not each.isdisjoint(marks)]
    return np.array(rows, dtype=bool).reshape(len(rows), len(marks))


def _sets(given: Sequence[Answer | None], held: Sequence[bool | None]) -> tuple[frozenset[str], frozenset[str]]:
    known = [(each[0], yes) for each, yes in zip(given, held, strict=True) if each is not None and yes is not None]
    return frozenset(mark for mark, _ in known), frozenset(mark for mark, yes in known if yes)


def _as_told(given: Sequence[Answer | None], held: Sequence[bool | None], found: Compared) -> Earlier:
    """Return what a comparison tells, as later ones are held against it."""
    counted, yes = _sets(given, held)
    groups = {
        each.group: (each.share.n, round(each.share.value * each.share.n))
        for each in found.groups
        if each.share is not None and each.share.value is not None
    }
    return Earlier(counted, yes, groups)


def _hidden(found: Compared, words: str) -> Compared:
    return replace(found, groups=tuple(GroupShare(each.group, None, None, None, words) for each in found.groups))


def nobody_certain(told: Sequence[Earlier]) -> bool:
    """Whether of everybody counted it stays open, after all that is told of one characteristic, what they said.

    Kinds of people are those counted in the same comparisons, of whom the same holds. For each kind and group it must
    be possible that somebody of it is in that group, and that somebody is not.

    >>> first = Earlier(frozenset("abcdef"), frozenset("abc"), {"yes": (3, 2)})
    >>> both_new_said_yes = Earlier(frozenset("abcdefgh"), frozenset("abc"), {"yes": (5, 2)})
    >>> nobody_certain([first]), nobody_certain([first, both_new_said_yes])
    (True, False)
    """
    return _Kinds.of(told).open_


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Kinds of people: `sizes` (A,), and `within` (2C, A) which are counted, and held, in each comparison."""

    sizes: Places
    within: Flags
    told: Sequence[Earlier]
    groups: Sequence[str] = field(default=())

    @classmethod
    def of(cls, told: Sequence[Earlier]) -> "_Kinds":
        """Sort people into kinds."""
        marks = sorted({mark for each in told for mark in each.counted})
        rows = [[mark in part for mark in marks] for each in told for part in (each.counted, each.held)]
        within, sizes = np.unique(np.array(rows, dtype=bool).reshape(len(rows), len(marks)), axis=1, return_counts=True)
        return cls(sizes, within, told, sorted({name for each in told for name in each.groups}))

    @property
    def open_(self) -> bool:
        """Whether each kind can have some in each group, and some outside: gone through with whole numbers."""
        count = len(self.groups) * len(self.sizes)
        wanted = np.ones(2 * count)
        while wanted.any():
            found = self._possible(wanted)
            if found is None:
                return False
            most = np.tile(self.sizes, len(self.groups))
            met = np.concatenate([found >= 1, found <= most - 1])
            if not (met & (wanted > 0)).any():
                return False
            wanted[met] = 0
        return True

    def _possible(self, wanted: np.ndarray) -> Places | None:
        """Return how many of each kind could be in each group, agreeing with all that is told, `wanted` where it can.

        Beside each number stand two choices: that it is 1 at least, and that it is not all of its kind.
        """
        rows, given = self._equations()
        count, kinds = rows.shape[1], len(self.sizes)
        one, none = np.eye(count), np.zeros((count, count))
        most = np.tile(self.sizes, len(self.groups))
        together = np.hstack([np.tile(np.eye(kinds), len(self.groups)), np.zeros((kinds, 2 * count))])
        found = optimize.milp(
            np.concatenate([np.zeros(count), -wanted]),
            constraints=[
                optimize.LinearConstraint(np.hstack([rows, np.zeros((len(rows), 2 * count))]), given, given),
                optimize.LinearConstraint(together, 0, self.sizes),
                optimize.LinearConstraint(np.hstack([one, -one, none]), 0, np.inf),
                optimize.LinearConstraint(np.hstack([one, none, one]), -np.inf, most),
            ],
            integrality=np.repeat([1, 0, 0], count),  # the choices come out whole by themselves
            bounds=optimize.Bounds(0, np.concatenate([most, np.ones(2 * count)])),
            options={"time_limit": PATIENCE, "mip_rel_gap": 0.9},  # any that goes on will do
        )
        agreed = None if found.x is None else np.round(found.x[:count]).astype(np.int64)
        return None if agreed is None or (rows @ agreed != given).any() else agreed

    def _equations(self) -> tuple[Places, Places]:
        """Return what is told as equations: (m, G * A) over kinds by group, and what each comes to."""
        rows, given = [], []
        for at, each in enumerate(self.told):
            for name, pair in each.groups.items():
                for part, count in enumerate(pair):
                    row = np.zeros((len(self.groups), len(self.sizes)), dtype=np.int64)
                    row[self.groups.index(name)] = self.within[2 * at + part]
                    rows.append(row.ravel())
                    given.append(count)
        return np.array(rows, dtype=np.int64).reshape(len(rows), -1), np.array(given, dtype=np.int64)
