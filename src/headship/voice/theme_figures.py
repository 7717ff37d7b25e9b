"""Figures of a theme: made of what was released of its questions, and of nothing else.

What can be worked out of released cells needs no audit of its own: anybody could do it. A cell that hides its mean
because nearly all chose one step counts as that step, as it is told; the true mean of a theme would give it away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from headship.voice.instruments import CHOICE, Question
from headship.voice.models import Figure

LEAST = 2  # questions that make a theme


@dataclass(frozen=True, slots=True)
class ThemeFigure:
    """What a group says of a theme on the scale from 1, with an interval as wide as those of its questions."""

    mean: float
    low: float
    high: float
    questions: int


def mean_of(figure: Figure) -> float | None:
    """Return the mean a cell tells: its own, or the step nearly all chose."""
    return figure.nearly + 1.0 if figure.nearly is not None else figure.mean


def interval_of(shown: Sequence[Figure], steps: int) -> tuple[float, float]:
    """Return an interval as wide as those of its cells are on average: they move together, so none narrows it."""
    if not shown:
        return 1.0, float(steps)
    lows = [each.low if each.low is not None else mean_of(each) or 1.0 for each in shown]
    highs = [each.high if each.high is not None else mean_of(each) or 1.0 for each in shown]
    return fmean(lows), fmean(highs)


def of_group(held: Mapping[str, Sequence[Figure]], asked: Sequence[Question], group: tuple[str, str]) -> list[Figure]:
    """Return the cells of a group, or of everybody (("", "")), that are shown, in the order of their questions."""
    cells = (each for question in asked for each in held.get(question.code, ()))
    return [each for each in cells if (each.variable, each.group) == group and mean_of(each) is not None]


def theme_figure(
    held: Mapping[str, Sequence[Figure]], asked: Sequence[Question], steps: int, group: tuple[str, str] = ("", "")
) -> ThemeFigure | None:
    """Return what a group says of a theme, or None where it has too few questions or one of them is not shown."""
    shown = of_group(held, asked, group)
    if len(asked) < LEAST or len(shown) < len(asked):
        return None
    low, high = interval_of(shown, steps)
    return ThemeFigure(fmean(mean_of(each) or 0.0 for each in shown), low, high, len(asked))


def alike(asked: Sequence[Question]) -> list[Question]:
    """Return the questions of a theme that are answered on its first question's scale."""
    scored = [each for each in asked if each.kind == CHOICE]
    return [each for each in scored if each.scale == scored[0].scale]
