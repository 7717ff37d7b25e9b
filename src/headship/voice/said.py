"""What a figure says, in words: how most answered, never more than the interval allows."""

from collections.abc import Sequence

from headship.voice.instruments import Scale
from headship.voice.models import Figure

NOT_SHOWN = "Too few to show"
SHARES = ((0.9, "Nearly all say"), (0.6, "Most say"), (0.4, "About half say"), (0.1, "Some say"), (0.0, "Few say"))


def told(figure: Figure, scale: Scale) -> str:
    """Say what a cell shows."""
    if figure.count is None:
        return NOT_SHOWN
    if figure.nearly is not None:
        return f"All or nearly all say “{scale.steps[figure.nearly]}”"
    if figure.spread:
        return share_words(figure.spread, scale)
    return between(figure, scale)


def share_words(spread: Sequence[int], scale: Scale) -> str:
    """Say how many chose the upper steps.

    >>> share_words([0, 1, 2, 9, 8], Scale("agreement", ("No", "Rather no", "Neither", "Agree", "Strongly agree"), "?"))
    'Most say “Agree” or “Strongly agree”: 17 of 20'
    """
    upper = max(len(scale.steps) // 2, 1)
    chose, whole = sum(spread[-upper:]), sum(spread)
    if not scale.judges:
        middle = next(at for at in range(len(spread)) if 2 * sum(spread[: at + 1]) >= whole)
        return f"Half say “{scale.steps[middle]}” or less"
    if not chose:
        return f"Nobody says {' or '.join(f'“{each}”' for each in scale.steps[-upper:])}"
    words = next(words for least, words in SHARES if chose / whole >= least)
    return f"{words} {' or '.join(f'“{each}”' for each in scale.steps[-upper:])}: {chose} of {whole}"


def between(figure: Figure, scale: Scale) -> str:
    """Say where the mean lies, as wide as its interval."""
    low, high = (step(each, scale) for each in (figure.low or figure.mean, figure.high or figure.mean))
    if low == high:
        return f"On the whole “{low}”"
    return f"On the whole between “{low}” and “{high}”"


def nearest(mean: float, scale: Scale) -> str:
    """Say which step a mean lies nearest to.

    >>> nearest(2.2, Scale("x", ("Never", "Sometimes", "Always"), "?"))
    'On the whole “Sometimes”'
    """
    return f"On the whole “{step(mean, scale)}”"


def step(value: float | None, scale: Scale) -> str:
    """Return the step a value on a scale lies nearest to."""
    assert value is not None  # a figure that is shown has a mean
    return scale.steps[min(max(round(value) - 1, 0), len(scale.steps) - 1)]
