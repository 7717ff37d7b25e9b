"""What a survey releases: decided once, when it closes, from all sheets together. No database here, and no clock.

The exact audit (`analysis.disclosure_audit`) says which cells may be shown, and which distributions; this puts numbers
into those, and masks what would tell what each of a group chose. Where a distribution may not be shown, intervals are
as wide as the next half steps: exact ones would, beside the mean, tell it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

import numpy as np

from headship.analysis import disclosure_audit, figures
from headship.analysis.disclosure_audit import Cell, Group
from headship.voice import instruments, made_up, masking, sheets
from headship.voice.choices import COMMENTS, SPREAD, Known
from headship.voice.instruments import CHOICE, COMMENT, Question
from headship.voice.masking import Telling
from headship.voice.sheets import Answers

type Shown = Callable[[Group, Question], bool]


@dataclass(frozen=True, slots=True)
class Released:
    """One cell as it is kept; see `models.Figure`."""

    question: str
    variable: str = ""
    group: str = ""
    count: int | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    spread: tuple[int, ...] | None = None
    nearly: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Words that are released, and the name their writer gave with them, if any."""

    question: str
    words: str
    named: str


def variables_of(asked: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the variables by which groups are told apart."""
    return tuple(sorted({variable for each in asked for variable in each}))


def cells(  # noqa: PLR0913  # who answered what, who was asked, and two ways to refuse
    answers: Sequence[Answers],
    questions: Sequence[Question],
    fewest: int,
    *,
    asked: Sequence[Mapping[str, str]],
    named: Sequence[Mapping[str, str]] = (),
    also: Shown = lambda group, question: True,
) -> Iterator[Released]:
    """Yield each cell, shown or not: every question for everybody and for each group. `also` may refuse some, too.

    `asked` are the groups of each who was asked: a group stands there whether anybody of it answered or not, so that
    its being there tells nothing. `named` are the groups of each who was asked by name: a cell that could hold one of
    them counts only those whom the survey's runner cannot have made up.
    """
    scored = [each for each in questions if each.kind == CHOICE]
    names = variables_of(asked)
    groups = disclosure_audit.groups_of(_members(asked, names), crossed=1) or [()]
    members = _members([each.groups for each in answers], names)
    steps = np.array([[np.nan if step is None else step for step in sheets.scores(answers, each)] for each in scored])
    steps = steps.reshape(len(scored), len(answers))
    wanted = [Cell(place, group) for group in groups for place, question in enumerate(scored) if also(group, question)]
    known, given = [each.known for each in answers], ~np.isnan(steps.T)
    if answers:
        enough = made_up.enough_named(members, given, known, groups, fewest)
        held = disclosure_audit.members_of(_members(named, names), groups).any(axis=1)
        may = {(group, place) for at, group in enumerate(groups) for place in range(len(scored))
               if not held[at] or enough[at, place]}  # fmt: skip
        wanted = [cell for cell in wanted if (cell.group, cell.question) in may]
    shown, spread = _audited(members, given, wanted, fewest, known) if answers else (set(), set())
    sure = np.array([each == Known.SURE for each in known], dtype=bool)
    inside = dict(zip(groups, disclosure_audit.members_of(members, groups), strict=True)) if answers else {}
    for place, question in enumerate(scored):
        out = [group for group in groups if Cell(place, group) in shown]
        telling = _telling(steps[place], inside, out)
        hidden = {out[each] for each in masking.told_of_the_rest(steps[place], telling)}
        hidden |= {out[each] for each in masking.told_beside_made_up(steps[place], telling, sure)}
        for group in groups:
            bare = Released(question.code, names[group[0][0]], group[0][1]) if group else Released(question.code)
            if Cell(place, group) in shown and group not in hidden:
                bare = _filled(bare, question, steps[place][inside[group]], fewest, wide=Cell(place, group) in spread)
            yield bare


def _members(groups: Sequence[Mapping[str, str]], names: Sequence[str]) -> list[tuple[str | None, ...]]:
    return [tuple(each.get(name) for name in names) for each in groups]


def _audited(
    members: Sequence[Sequence[str | None]],
    answered: figures.Flags,
    wanted: Sequence[Cell],
    fewest: int,
    known: Sequence[str],
) -> tuple[set[Cell], set[Cell]]:
    """Return the cells that may be shown, and those of them whose distribution may be."""
    seen = made_up.views(known, [(own, row.tobytes()) for own, row in zip(members, answered, strict=True)])
    shown = made_up.shown(members, answered, wanted, seen, least=fewest)
    return {*shown}, {*made_up.shown(members, answered, shown, seen, least=max(fewest, SPREAD))}


def _telling(steps: figures.Floats, inside: Mapping[Group, figures.Flags], out: Sequence[Group]) -> list[Telling]:
    given = ~np.isnan(steps)
    return [Telling(place, group[0][0] if group else -1, inside[group] & given) for place, group in enumerate(out)]


def _filled(bare: Released, question: Question, steps: figures.Floats, fewest: int, *, wide: bool) -> Released:
    """Put numbers into a cell that may be shown; `wide`: its distribution, too."""
    given = steps[~np.isnan(steps)]
    step = masking.nearly(given)
    if step is not None:
        return replace(bare, count=len(given), nearly=step)
    scale = len(instruments.scales()[question.scale].steps)
    found = figures.mean(given + 1, fewest=fewest)
    assert found.low is not None  # answers that are not all alike have an interval
    assert found.high is not None
    low, high = (found.low, found.high) if wide else (floor(2 * found.low) / 2, ceil(2 * found.high) / 2)
    counted = Counter(int(each) for each in given)
    spread = tuple(counted[at] for at in range(scale)) if wide else None
    return replace(
        bare, count=len(given), mean=found.value, low=max(low, 1.0), high=min(high, float(scale)), spread=spread
    )


def written(answers: Sequence[Answers], questions: Sequence[Question], fewest: int) -> Iterator[Written]:
    """Yield what was written to each question that enough wrote to: of those asked by name, and of all others apart.

    Of those asked by name, only who cannot have been made up counts: else one comment would stand beside the runner's.
    """
    most = max(fewest, COMMENTS)
    for question in questions:
        given = [each for each in answers if question.kind == COMMENT and each.words.get(question.code)]
        named = [each for each in given if each.known != Known.NOBODY]
        others = [each for each in given if each.known == Known.NOBODY]
        sure = sum(each.known == Known.SURE for each in named)
        for each in (*(named if sure >= most else ()), *(others if len(others) >= most else ())):
            yield Written(question.code, each.words[question.code], each.named)


def told(answers: Sequence[Answers], fewest: int, *, named: bool) -> int | None:
    """Return how many answered, or None where too few did; `named`: whether anybody was asked by name.

    Whoever made some up could take them away: what is left must be enough.
    """
    sure = sum(each.known == Known.SURE for each in answers)
    return len(answers) if len(answers) >= fewest and (sure >= fewest or not named) else None
