"""What changed since the last time the same was asked, by words: whatever the survey was called, of the same people.

Only released cells are compared, of everybody, by group, and of themes. Who answered both times is known to nobody, so
the interval is that of different people: docs/methods/change.md says what that means. No database here, and no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from headship.analysis import figures
from headship.core.pages import in_words
from headship.voice import instruments, said, theme_figures
from headship.voice.instruments import Question
from headship.voice.models import Figure
from headship.voice.theme_figures import ThemeFigure

type Group = tuple[str, str]  # a variable and its group; ("", "") is everybody
EVERYBODY: Group = ("", "")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier survey: when it closed, its questions by their bare words, and its cells by question."""

    closed_on: date
    asked: Mapping[str, Question]
    held: Mapping[str, Sequence[Figure]]

    def put(self, question: Question) -> Question | None:
        """Return the question it put in the same words, with the same answers to choose from."""
        found = self.asked.get(question.bare)
        return found if found and found.scale == question.scale else None

    def cell(self, question: Question, group: Group) -> Figure | None:
        """Return what it released of such a question of a group."""
        same = self.put(question)
        held = self.held.get(same.code, ()) if same else ()
        return next((each for each in held if (each.variable, each.group) == group and each.count is not None), None)


def of_question(question: Question, now: Figure, earlier: Sequence[Earlier]) -> str:
    """Say how a cell stands beside the last time its question was put; nothing where either is not shown."""
    last = next((each for each in earlier if each.put(question)), None)
    before = last.cell(question, (now.variable, now.group)) if last else None
    if last is None or before is None or now.count is None:
        return ""
    scale = instruments.scales()[question.scale]
    if not scale.judges:
        return _half(before, scale, last.closed_on) if now.spread and before.spread else ""
    if now.mean is None or before.mean is None:
        return ""
    return _told(_of_cell(now), _of_cell(before), last.closed_on)


def of_theme(
    asked: Sequence[Question], now: ThemeFigure | None, steps: int, earlier: Sequence[Earlier], group: Group = EVERYBODY
) -> str:
    """Say the same of a theme, beside the last time all its questions were put together."""
    last = next((each for each in earlier if all(each.put(question) for question in asked)), None)
    if last is None or now is None:
        return ""
    same = [found for question in asked if (found := last.put(question))]
    before = theme_figures.theme_figure(last.held, same, steps, group)
    return _told(_of_theme(now), _of_theme(before), last.closed_on) if before else ""


def _half(before: Figure, scale: instruments.Scale, on: date) -> str:
    """Say what was said before of a scale on which more is not better: its steps are not as wide as one another."""
    words = said.share_words(before.spread or (), scale)
    return f"On {in_words(on)}: {words[:1].lower()}{words[1:]}"


def _told(now: figures.Figure, before: figures.Figure, on: date) -> str:
    found, when = figures.change(now, before), in_words(on)
    if found.value is None or found.low is None or found.high is None:
        return ""
    if found.low <= 0 <= found.high:
        return f"About the same as on {when}"
    least, most = sorted((abs(found.low), abs(found.high)))
    way = "Higher" if found.value > 0 else "Lower"
    return f"{way} than on {when}, by {abs(found.value):.1f} (likely {least:.1f} to {most:.1f})"


def _of_cell(each: Figure) -> figures.Figure:
    count = each.count or 0
    return figures.Figure(each.mean, count, each.low, each.high, None, figures.MEAN, count)


def _of_theme(each: ThemeFigure) -> figures.Figure:
    return figures.Figure(each.mean, 0, each.low, each.high, None, figures.MEAN, 0)
