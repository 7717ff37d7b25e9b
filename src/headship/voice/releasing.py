"""What a survey releases: decided once, when it closes, from all sheets together. No database here, and no clock.

The exact audit (`analysis.disclosure_audit`) says which cells may be shown; this puts numbers into those, and masks
what would tell what each of a group chose.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from headship.analysis import disclosure_audit, figures
from headship.analysis.disclosure_audit import Cell, Group
from headship.voice import instruments, sheets
from headship.voice.choices import COMMENTS, SPREAD
from headship.voice.instruments import CHOICE, COMMENT, Question
from headship.voice.sheets import Answers

NEARLY = 0.9

type Shown = Callable[[Group], bool]


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


def variables_of(answers: Sequence[Answers]) -> tuple[str, ...]:
    """Return the variables by which groups are told apart."""
    return tuple(sorted({variable for each in answers for variable in each.groups}))


def cells(
    answers: Sequence[Answers], questions: Sequence[Question], fewest: int, *, also: Shown = lambda group: True
) -> Iterator[Released]:
    """Yield each cell, shown or not: every question for everybody and for each group. `also` may refuse groups, too."""
    scored = [each for each in questions if each.kind == CHOICE]
    names = variables_of(answers)
    members = [tuple(each.groups.get(name) for name in names) for each in answers]
    steps = np.array([[np.nan if step is None else step for step in sheets.scores(answers, each)] for each in scored])
    steps = steps.reshape(len(scored), len(answers))
    groups = disclosure_audit.groups_of(members, crossed=1) or [()]
    wanted = [Cell(place, group) for group in groups if also(group) for place in range(len(scored))]
    release = disclosure_audit.audit(members, ~np.isnan(steps.T), wanted, least=fewest)
    shown = set(release.shown)
    inside = dict(zip(groups, disclosure_audit.members_of(members, groups), strict=True))
    for place, question in enumerate(scored):
        for group in groups:
            bare = Released(question.code, names[group[0][0]], group[0][1]) if group else Released(question.code)
            filled = Cell(place, group) in shown
            yield _filled(bare, question, steps[place][inside[group]], fewest) if filled else bare


def _filled(bare: Released, question: Question, steps: figures.Floats, fewest: int) -> Released:
    """Put numbers into a cell that may be shown."""
    given = steps[~np.isnan(steps)]
    counted = Counter(int(step) for step in given)
    step, most = counted.most_common(1)[0]
    if most >= min(len(given) - 1, NEARLY * len(given)):
        return replace(bare, count=len(given), nearly=step)
    scale = len(instruments.scales()[question.scale].steps)
    found = figures.mean(given + 1, fewest=fewest)
    low, high = (None if each is None else min(max(each, 1.0), float(scale)) for each in (found.low, found.high))
    spread = tuple(counted[at] for at in range(scale)) if len(given) >= SPREAD else None
    return replace(bare, count=len(given), mean=found.value, low=low, high=high, spread=spread)


def written(answers: Sequence[Answers], questions: Sequence[Question], fewest: int) -> Iterator[Written]:
    """Yield what was written to each question that enough wrote to."""
    for question in questions:
        given = [each for each in answers if question.kind == COMMENT and each.words.get(question.code)]
        if len(given) >= max(fewest, COMMENTS):
            for each in given:
                yield Written(question.code, each.words[question.code], each.named)
