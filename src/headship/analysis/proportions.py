"""Shares of pupils, and of sessions attended, with intervals that stay between 0 and 1 however few the pupils are.

Methods: docs/methods/share-of-pupils.md, difference-of-shares.md, attendance.md, persistent-absence.md.
"""

import numpy as np
from scipy import special

from headship.analysis.figures import NORMAL_95, UPPER_95, Figure, Flags, Floats, Lacking, too_few, unknown

SHARE = "share-of-pupils 1"
DIFFERENCE = "difference-of-shares 1"
ATTENDANCE = "attendance 1"
PERSISTENT = "persistent-absence 1"


def share(reached: int, n: int, *, fewest: int, of: int | None = None, method: str = SHARE) -> Figure:
    """Return the share, 0 to 1, of `n` pupils who reached a standard, with Wilson's 95% interval.

    `fewest` pupils for there to be a figure; `of` pupils who could have counted, `n` unless given. Errors: ValueError
    where more reached it than there are.

    >>> found = share(15, 20, fewest=6)
    >>> found.value, round(found.low, 3), round(found.high, 3)
    (0.75, 0.531, 0.888)
    """
    if not 0 <= reached <= n:
        raise ValueError(f"{reached} of {n} pupils cannot have reached a standard.")
    whole = n if of is None else of
    if why := too_few(n, fewest):
        return unknown(why, n, whole, method)
    low, high = _wilson(reached, n)
    return Figure(reached / n, n, low, high, None, method, whole)


def difference_of_shares(reached: tuple[int, int], n: tuple[int, int], *, fewest: int) -> Figure:
    """Return the first group's share less the second's, with Newcombe's 95% interval (his method 10).

    `reached` and `n` pupils of two groups without a pupil in both; `fewest` in each for there to be a figure.

    >>> found = difference_of_shares((56, 48), (70, 80), fewest=6)
    >>> round(found.value, 4), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    one, other = (share(each, pupils, fewest=fewest) for each, pupils in zip(reached, n, strict=True))
    if why := one.lacking or other.lacking:
        return unknown(why, sum(n), sum(n), DIFFERENCE, n)
    p, q = reached[0] / n[0], reached[1] / n[1]
    (p_low, p_high), (q_low, q_high) = _wilson(reached[0], n[0]), _wilson(reached[1], n[1])
    low = p - q - float(np.hypot(p - p_low, q_high - q))
    high = p - q + float(np.hypot(p_high - p, q - q_low))
    return Figure(p - q, sum(n), low, high, None, DIFFERENCE, sum(n), n)


def attendance_rate(attended: Floats, possible: Floats, *, fewest: int) -> Figure:
    """Return the share, 0 to 1, of possible sessions that pupils attended, with a 95% interval over pupils.

    `attended` and `possible` (N,) sessions of each pupil; a pupil with NaN, or with no possible session, is left out.
    A pupil's sessions go together, so that the interval counts pupils, not sessions. Errors: ValueError where a pupil
    attended more sessions than there were.

    >>> found = attendance_rate(np.array([90.0, 100.0, 80.0]), np.array([100.0, 100.0, 100.0]), fewest=3)
    >>> found.value, found.n, round(found.low, 3), round(found.high, 3)
    (0.9, 3, 0.363, 0.993)
    """
    known = _counted(attended, possible)
    n, of = int(known.sum()), len(known)
    if why := too_few(n, fewest):
        return unknown(why, n, of, ATTENDANCE)
    came, could = attended[known], possible[known]
    rate = float(came.sum() / could.sum())
    left = came - rate * could
    if n == 1 or not left.any():
        return Figure(rate, n, None, None, Lacking.ONE if n == 1 else Lacking.ALIKE, ATTENDANCE, of)
    error = float(np.sqrt(n / (n - 1) * (left**2).sum()) / could.sum())
    low, high = _within_bounds(rate, error, n - 1)
    return Figure(rate, n, low, high, None, ATTENDANCE, of)


def persistent_absence(attended: Floats, possible: Floats, *, threshold: float, fewest: int) -> Figure:
    """Return the share, 0 to 1, of pupils who missed at least `threshold` (0 to 1) of their possible sessions.

    Arguments as of `attendance_rate`; Wilson's 95% interval.

    >>> attended, possible = np.array([90.0, 91.0, 100.0, 0.0]), np.array([100.0, 100.0, 100.0, 0.0])
    >>> found = persistent_absence(attended, possible, threshold=0.1, fewest=3)
    >>> round(found.value, 4), found.n, found.of
    (0.3333, 3, 4)
    """
    known = _counted(attended, possible)
    came, could = attended[known], possible[known]
    missed = (could - came) >= threshold * could - 1e-9  # a tenth of 30 sessions is 3, whatever 0.1 is in binary
    return share(int(missed.sum()), int(known.sum()), fewest=fewest, of=len(known), method=PERSISTENT)


def _counted(attended: Floats, possible: Floats) -> Flags:
    known: Flags = ~np.isnan(attended) & ~np.isnan(possible) & (possible > 0)
    if (attended[known] > possible[known]).any() or (attended[known] < 0).any():
        raise ValueError("A pupil cannot attend fewer sessions than none, or more than there were.")
    return known


def _wilson(reached: int, n: int) -> tuple[float, float]:
    """Return both ends of Wilson's interval; exactly 0 and 1 where none or all reached it."""
    square = NORMAL_95**2
    middle = (reached + square / 2) / (n + square)
    half = NORMAL_95 / (n + square) * float(np.sqrt(reached * (n - reached) / n + square / 4))
    return (0.0 if reached == 0 else middle - half), (1.0 if reached == n else middle + half)


def _within_bounds(rate: float, error: float, freedom: int) -> tuple[float, float]:
    """Return Student's interval on the scale of log odds, brought back to shares; `rate` is neither 0 nor 1."""
    centre = float(special.logit(rate))
    half = float(special.stdtrit(freedom, UPPER_95)) * error / (rate * (1 - rate))
    return float(special.expit(centre - half)), float(special.expit(centre + half))
