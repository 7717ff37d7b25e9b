"""Self beside others in feedback: in words as far as the interval tells, as a picture, and the figures behind it.

Everything is made of what was released of each statement when the survey closed, and of one's own view.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from headship.analysis import figures, reliability
from headship.analysis.reliability import Seen, Voices
from headship.voice import drawing, said, theme_figures
from headship.voice.instruments import Scale
from headship.voice.models import Figure

MATTERS = 0.5  # steps of a scale by which two views must differ to be said to
NOTHING = "-"
VOICES: Mapping[Voices, str] = {
    Voices.TOGETHER: "Their answers lie close together",
    Voices.SPLIT: "They are of two minds",
    Voices.APART: "Their answers lie far apart",
}


@dataclass(frozen=True, slots=True)
class InFigures:
    """What stands behind pictures: a table of averages, and one of how many chose each step where that is shown."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    steps: Sequence[str] = ()
    chosen: Sequence[Sequence[str]] = ()


def beside(own: float | None, others: tuple[float, float, float] | None, *, as_whom: str = "you do") -> str:
    """Say how others see something beside how one sees it oneself; `others` is their mean with its interval.

    >>> beside(3.6, (3.6, 3.3, 3.9)), beside(4.8, (3.6, 3.2, 4.1)), beside(2.0, (3.6, 3.2, 4.1))
    ('Others see this about as you do', 'Others see less of this than you do', 'Others see more of this than you do')
    >>> beside(4.0, (3.2, 2.3, 4.1))
    'Others may see this as you do or otherwise: their answers leave it open'
    """
    if own is None or others is None:
        return ""
    value, low, high = others
    told = figures.Figure(value, 1, low, high, None, figures.MEAN, 1)
    word = reliability.seen(reliability.self_beside(own, told), matters=MATTERS)
    return {
        Seen.ALIKE: f"Others see this about as {as_whom}",
        Seen.HIGHER: f"Others see less of this than {as_whom}",
        Seen.LOWER: f"Others see more of this than {as_whom}",
        Seen.CANNOT_TELL: f"Others may see this as {as_whom} or otherwise: their answers leave it open",
    }[word]


def others_of(figure: Figure | None) -> tuple[float, float, float] | None:
    """Return what a released cell tells of others: their mean with its interval; nothing where it tells none.

    Where nearly all chose one step, that step is all there is: no interval, so nothing is said beside it.
    """
    if figure is None or figure.mean is None or figure.low is None or figure.high is None:
        return None
    return figure.mean, figure.low, figure.high


def voices(figure: Figure | None) -> str:
    """Say how far others say the same, where it is shown how many chose each step."""
    word = reliability.voices(figure.spread) if figure is not None and figure.spread else None
    return VOICES[word] if word else ""


def picture(figure: Figure | None, scale: Scale, words: str, own: float | None) -> SafeString | None:
    """Draw what a released cell tells of others, and one's own mark with it."""
    others = others_of(figure)
    if figure is None or others is None:
        return None
    return drawing.answers(len(scale.steps), figure.spread, others[0], others[1:], words, own=own)


def row(words: str, own: float | None, others: tuple[float, float, float] | None) -> tuple[str, ...]:
    """Return a line of the table: others' average, where it is likely to be, and one's own view.

    >>> row("Listens", 4.0, (3.25, 2.5, 4.0)), row("Listens", None, None)
    (('Listens', '3.2', '2.5 to 4.0', '4.0'), ('Listens', '-', '-', '-'))
    """
    mean = f"{others[0]:.1f}" if others else NOTHING
    # Made of what nearly all chose alone, it has no interval: none would be told as if it were exact.
    likely = f"{others[1]:.1f} to {others[2]:.1f}" if others and others[1] < others[2] else NOTHING
    return words, mean, likely, NOTHING if own is None else f"{own:.1f}"


def table(scale: Scale, whose: str, rows: Sequence[Sequence[str]], cells: Sequence[tuple[str, Figure]]) -> InFigures:
    """Arrange what stands behind the pictures of one part; without own views there is no column for them."""
    shown = any(each[3] != NOTHING for each in rows)
    heads = ("", f"Others, of {len(scale.steps)}", "Likely", whose or "You")
    return InFigures(
        heads if shown else heads[:3],
        [each if shown else each[:3] for each in rows],
        ("", *scale.steps),
        [(words, *(str(count) for count in each.spread)) for words, each in cells if each.spread],
    )


def theme_others(shown: Sequence[Figure], steps: int) -> tuple[float, float, float] | None:
    """Return what the released statements of a part tell together: their mean, as wide as they are on average."""
    means = [mean for each in shown if (mean := theme_figures.mean_of(each)) is not None]
    if not means:
        return None
    low, high = theme_figures.interval_of(shown, steps)
    return sum(means) / len(means), low, high


def told(figure: Figure | None, scale: Scale) -> str:
    """Say what a released cell tells, and how far others say the same."""
    words = said.told(figure, scale) if figure else said.NOT_SHOWN
    return f"{words}. {agree}" if (agree := voices(figure)) else words
