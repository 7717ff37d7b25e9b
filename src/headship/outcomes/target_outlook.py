"""What may come of a target, and what came of it: distributions made of a school's own earlier results."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from headship.analysis import adjusted, targets
from headship.analysis.figures import Floats
from headship.analysis.targets import CountOutlook, ScoreOutlook
from headship.outcomes import groups
from headship.outcomes import target_rules as rules
from headship.outcomes.held import Held
from headship.outcomes.models import Assessment, Target
from headship.outcomes.target_choices import COHORTS_BACK, ENOUGH_FOR_A_LINE, FEW_LACKING, GROUPS, HALF_A_PUPIL, Kind


class Unknown(StrEnum):
    """Why nothing can be said of what may come."""

    SMALL = "small"  # so few pupils that a figure could tell of one
    NO_PUPILS = "no pupils"  # nobody brought in the pupils of that year
    NOBODY = "nobody"  # no pupil of the group is known
    NO_EARLIER = "no earlier"  # no earlier cohort, or too few pupils in all of them


class Verdict(StrEnum):
    """What came of a target."""

    WAITING = "waiting"
    MET = "met"
    NOT_MET = "not met"
    CANNOT_TELL = "cannot tell"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Rests:
    """What an outlook rests on: `pupils` of earlier cohorts in `years`; `before`, where pupils' own earlier scores."""

    years: tuple[int, ...]
    pupils: int
    before: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may come: a distribution, or why there is none. `n` pupils it is about (None: hidden, or not known)."""

    n: int | None
    small: bool
    unknown: Unknown | None
    found: CountOutlook | ScoreOutlook | None = None
    rests: Rests | None = None


@dataclass(frozen=True, slots=True)
class Actual:
    """What came: `value` pupils or mean of `n` with a result, `lacking` who have none; nothing where it is hidden."""

    verdict: Verdict
    value: float | None = None
    n: int = 0
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A target with what may come of it and what came."""

    target: Target
    outlook: Outlook
    actual: Actual


def stands(held: Held, target: Target, *, hidden_to: int, ends: tuple[float, float]) -> Standing:
    """Return what may come of a target and what came; `ends` are those of its scale."""
    everybody = held.pupils(target.year, target.year_group)
    pupils = held.pupils(target.year, target.year_group, target.group)
    n = len(pupils) if target.year in held.known else None
    others = None if n is None else len(everybody) - len(pupils)
    small = rules.is_small(n, others, group=target.group, kind=target.kind, aim=target.aim, hidden_to=hidden_to)
    if n is not None:
        small = small or not _shows(held, target, target.year, everybody, fewest=hidden_to + 1)
    outlook = _outlook(held, target, pupils, n=n, small=small, fewest=hidden_to + 1)
    return Standing(target, outlook, _actual(held, target, pupils, small=small, fewest=hidden_to + 1, ends=ends))


def _outlook(  # noqa: PLR0913  # who it is about, and what may be shown of them
    held: Held, target: Target, pupils: Sequence[int], *, n: int | None, small: bool, fewest: int
) -> Outlook:
    if small:
        return Outlook(None, small=True, unknown=Unknown.SMALL)
    if not n:
        return Outlook(n, small=False, unknown=Unknown.NO_PUPILS if n is None else Unknown.NOBODY)
    earlier = _earlier(held, target, fewest)
    known = sum(len(scores) for _, scores in earlier)
    if known < fewest:
        return Outlook(n, small=False, unknown=Unknown.NO_EARLIER)
    by_pupil = _by_pupil(held, target, pupils, earlier, fewest=fewest)
    if by_pupil is not None:
        return replace(by_pupil, n=n)
    rests = Rests(tuple(year for year, _ in earlier), known)
    return Outlook(n, small=False, unknown=None, found=_alike(target, n, earlier), rests=rests)


def _shows(held: Held, target: Target, year: int, everybody: Sequence[int], *, fewest: int) -> bool:
    """Whether a target's group may be shown beside the others of these pupils, as the page of groups shows them."""
    if not (target.group and everybody):
        return True
    its = GROUPS[target.group]
    return groups.shows(its.fact, [held.known[year][key][its.fact] for key in everybody], its.value, fewest=fewest)


def _with_score(held: Held, sat: Assessment, pupils: Sequence[int], subject: str) -> list[int]:
    known = ~np.isnan(held.column(sat, pupils, subject))
    return [pupil for pupil, knows in zip(pupils, known, strict=True) if knows]


def _shows_scored(held: Held, target: Target, sat: Assessment, year: int, *, fewest: int) -> bool:
    """Whether a target's group may be shown beside the others of a year's pupils who have a score."""
    scored = _with_score(held, sat, held.pupils(year, target.year_group), target.subject)
    return _shows(held, target, year, scored, fewest=fewest)


def _earlier(held: Held, target: Target, fewest: int) -> list[tuple[int, Floats]]:
    """Return the last cohorts' years and known scores, newest first, of the same assessment, year group and group.

    A cohort whose group could not be shown by itself is not among them: with it and without it would tell.
    """
    found = []
    for sat in _sittings(held, target):
        if not _shows_scored(held, target, sat, sat.year, fewest=fewest):
            continue
        pupils = held.pupils(sat.year, target.year_group, target.group)
        scores = held.column(sat, pupils, target.subject)
        if len(known := scores[~np.isnan(scores)]):
            found.append((sat.year, known))
    return found[:COHORTS_BACK]


def _sittings(held: Held, target: Target) -> list[Assessment]:
    scale = held.names.get(target.assessment)
    named = [each for each in held.assessments if (each.name, each.scale) == (target.assessment, scale)]
    return sorted((each for each in named if each.year < target.year), key=lambda each: -each.year)


def _alike(target: Target, n: int, earlier: Sequence[tuple[int, Floats]]) -> CountOutlook | ScoreOutlook:
    """Return what may come from how the last cohorts did, their pupils taken as like these."""
    together = np.concatenate([scores for _, scores in earlier])
    if target.kind == Kind.STANDARD:
        reached = int((together >= _standard(target)).sum())
        missed = len(together) - reached
        return targets.how_many_alike(
            n, reached=max(reached, HALF_A_PUPIL), missed=max(missed, HALF_A_PUPIL), target=round(target.aim)
        )
    means = np.array([scores.mean() for _, scores in earlier])
    between = float(means.std(ddof=1)) if len(means) > 1 else 0.0
    spread = max(float(together.std(ddof=1)), 1e-9)
    shared = float(np.hypot(spread / np.sqrt(len(together)), between))
    return targets.mean_score(np.full(n, together.mean()), np.full(n, spread), target=target.aim, shared=shared)


def _by_pupil(
    held: Held, target: Target, pupils: Sequence[int], earlier: Sequence[tuple[int, Floats]], *, fewest: int
) -> Outlook | None:
    """Return what may come from these pupils' own earlier scores, where an earlier cohort has both; else None."""
    for before in _befores(held, target):
        now = held.column(before, pupils, target.subject)
        if np.isnan(now).mean() > FEW_LACKING or not _shows_scored(held, target, before, target.year, fewest=fewest):
            continue
        for after in _sittings(held, target):
            then = held.sat(before.name, after.year - (target.year - before.year))
            if then is None or then.scale != before.scale or then.taken_on >= after.taken_on:
                continue
            cohort = held.pupils(after.year, target.year_group)
            line = adjusted.expected_scores(
                held.column(then, cohort, target.subject),
                held.column(after, cohort, target.subject),
                now,
                fewest=ENOUGH_FOR_A_LINE,
            )
            if line.own:
                rests = Rests((after.year,), line.n, before.name)
                return Outlook(None, small=False, unknown=None, found=_expected(target, line, earlier), rests=rests)
    return None


def _befores(held: Held, target: Target) -> list[Assessment]:
    """Return the assessments that may have come before the target's own, newest first."""
    own = held.sat(target.assessment, target.year)
    until = own.taken_on if own else target.due_on
    return [each for each in reversed(held.assessments) if each.taken_on < until and each.year <= target.year]


def _expected(
    target: Target, line: adjusted.ExpectedScores, earlier: Sequence[tuple[int, Floats]]
) -> CountOutlook | ScoreOutlook:
    """Return what may come from expected scores; a pupil without an earlier score stands as one of the cohorts did."""
    assert line.expected is not None  # a line that is there has them all
    assert line.spread is not None
    assert line.own is not None
    assert line.shared is not None
    together = np.concatenate([scores for _, scores in earlier])
    lacking = np.isnan(line.expected)
    expected = np.where(lacking, together.mean(), line.expected)
    if target.kind == Kind.STANDARD:
        chances = targets.chances_of_standard(line.expected, line.spread, standard=_standard(target))
        usual = (together >= _standard(target)).mean()
        return targets.how_many(np.where(lacking, usual, chances), target=round(target.aim))
    spread = np.where(lacking, together.std(), line.own)
    return targets.mean_score(expected, spread, target=target.aim, shared=line.shared)


def _actual(  # noqa: PLR0913  # as above
    held: Held, target: Target, pupils: Sequence[int], *, small: bool, fewest: int, ends: tuple[float, float]
) -> Actual:
    sat = held.sat(target.assessment, target.year)
    if sat is None:
        return Actual(Verdict.WAITING)
    scores = held.column(sat, pupils, target.subject)
    known = scores[~np.isnan(scores)]
    if not len(known):
        return Actual(Verdict.WAITING)
    if small or len(known) < fewest or not _shows_scored(held, target, sat, target.year, fewest=fewest):
        return Actual(Verdict.HIDDEN)
    lacking = len(scores) - len(known)
    if target.kind == Kind.STANDARD:
        value = float((known >= _standard(target)).sum())
        verdict = _between(value, value + lacking, target.aim)
    else:
        value = float(known.mean())
        least, most = ((known.sum() + lacking * end) / len(scores) for end in ends)
        verdict = _between(float(least), float(most), target.aim)
    return Actual(verdict, value, len(known), lacking)


def _between(least: float, most: float, aim: float) -> Verdict:
    """Return whether an aim is met whatever comes of those without a result, or missed whatever comes."""
    if least >= aim:
        return Verdict.MET
    return Verdict.NOT_MET if most < aim else Verdict.CANNOT_TELL


def _standard(target: Target) -> float:
    assert target.standard is not None  # of a target that counts pupils
    return target.standard
