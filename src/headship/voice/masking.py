"""What would give a masked cell away, or tell as much of people who have no cell. No database here, and no clock.

Where nearly all of a group chose one step, that alone is told. Whoever reads the means of everybody and of the other
groups could subtract: then what is left must not be nearly of one mind either, or one of those cells is not shown.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from headship.analysis.figures import Flags, Floats

NEARLY = 0.9
TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Telling:
    """A group that is to be shown: its place, by which variable it is one (-1: everybody), and who answered in it."""

    place: int
    variable: int
    inside: Flags


def nearly(steps: Floats) -> int | None:
    """Return the step that all, all but one, or nine of ten chose; None where there is none, or nobody.

    >>> nearly(np.array([4.0, 4.0, 4.0, 3.0])), nearly(np.array([4.0, 3.0, 4.0, 3.0])), nearly(np.array([]))
    (4, None, None)
    """
    if not len(steps):
        return None
    step, most = Counter(int(each) for each in steps).most_common(1)[0]
    return step if most >= min(len(steps) - 1, NEARLY * len(steps)) else None


def told_of_the_rest(steps: Floats, shown: Sequence[Telling]) -> set[int]:
    """Return the places of groups that are not to be shown for a question, so that no remainder is of one mind.

    `steps` (N) of each respondent, NaN for none. From a group, or everybody, every set of groups of one variable that
    lie inside it can be taken away; the smallest remainder is of one mind where any is wholly so. What else sums of
    groups give is looked at for people who all chose one step.

    >>> steps = np.array([0.0, 1, 2, 3, 4, 2, 4, 4, 4, 4, 4])
    >>> first, second = np.arange(11) < 6, np.arange(11) >= 6
    >>> told_of_the_rest(steps, [Telling(0, -1, first | second), Telling(1, 0, first), Telling(2, 0, second)])
    {1}
    """
    telling = [each for each in shown if nearly(steps[each.inside]) is None]
    hidden: set[int] = set()
    while one := next(_given_away(steps, telling), None) or _summed_to_one_mind(steps, telling):
        hidden.add(one.place)
        telling.remove(one)
    return hidden


def told_beside_made_up(steps: Floats, shown: Sequence[Telling], sure: Flags) -> set[int]:
    """Return the places of groups that are not to be shown because their rest is of one mind without the made up.

    `sure` (N): whom the survey's runner cannot have made up. Where a group holds both, it is not even told that nearly
    all chose one step: how many the runner added would say how many of the others it needs.

    >>> steps, sure = np.array([4.0, 4, 4, 4, 4, 0, 1, 2]), np.arange(8) < 5
    >>> told_beside_made_up(steps, [Telling(0, -1, np.ones(8, bool))], sure)
    {0}
    """
    left = [(each, each.inside & sure) for each in shown]
    mixed = [(each, rest) for each, rest in left if rest.any() and rest.sum() < each.inside.sum()]
    if not mixed:
        return set()
    alike = {
        each.place for each, rest in mixed if nearly(steps[each.inside]) is not None or nearly(steps[rest]) is not None
    }
    return alike | told_of_the_rest(
        steps, [Telling(each.place, each.variable, rest) for each, rest in left if rest.any()]
    )


def _given_away(steps: Floats, telling: Sequence[Telling]) -> Iterator[Telling]:
    """Yield groups without which a remainder that is of one mind could not be worked out."""
    for whole in telling:
        for variable in sorted({each.variable for each in telling} - {-1, whole.variable}):
            inside = [each for each in telling if each.variable == variable and not (each.inside & ~whole.inside).any()]
            rest = whole.inside & ~np.any([each.inside for each in inside], axis=0) if inside else whole.inside
            if inside and nearly(steps[rest]) is not None:
                yield inside[0]


def _summed_to_one_mind(steps: Floats, telling: Sequence[Telling]) -> Telling | None:
    """Return a group that is used where sums of groups rest on nobody but people who all chose one step; else None."""
    if not telling:
        return None
    patterns, atom = np.unique(np.stack([each.inside for each in telling]), axis=1, return_inverse=True)
    chosen = [{*steps[(atom.ravel() == each) & ~np.isnan(steps)].tolist()} for each in range(patterns.shape[1])]
    inside = patterns.any(axis=0)
    for step in sorted({step for each in chosen for step in each}):
        alike = np.array([each == {step} for each in chosen]) & inside
        if alike.any() and (used := _sums_to(patterns.astype(float), alike)) is not None:
            of_some = [each for each, much in zip(telling, used, strict=True) if much and each.variable != -1]
            return next(iter(of_some), telling[0])
    return None


def _sums_to(patterns: Floats, alike: Flags) -> Flags | None:
    """Return which rows make a sum that is zero but for some columns: there not below, nor all, zero; or None."""
    if np.linalg.matrix_rank(patterns) == np.linalg.matrix_rank(patterns[:, ~alike]):
        return None
    rest, some = patterns[:, ~alike].T, patterns[:, alike].T
    found = optimize.linprog(
        -some.sum(axis=0),
        A_ub=np.vstack([some, -some]),
        b_ub=np.concatenate([np.ones(len(some)), np.zeros(len(some))]),
        A_eq=rest if len(rest) else None,
        b_eq=np.zeros(len(rest)) if len(rest) else None,
        bounds=(None, None),
    )
    return np.abs(found.x) > TINY if found.status == 0 and -found.fun > TINY else None
