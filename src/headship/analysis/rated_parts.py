"""What a review says as a whole, in words: the weights of its parts by rating, leaving out parts that were not rated.

Method: docs/methods/rated-parts.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

METHOD = "rated-parts 1"


@dataclass(frozen=True, slots=True)
class Weighed:
    """For each rating that was given, in the order asked for, its share (0 to 1) of the weights of rated parts.

    `rated` parts of `of`; no shares where none was rated. There is no score: ratings are words, not numbers.
    """

    shares: tuple[tuple[str, float], ...]
    rated: int
    of: int
    method: str = METHOD

    @property
    def counted(self) -> str:
        """How much of it rests on a rating.

        >>> Weighed((("met", 1.0),), 2, 3).counted
        '2 of 3 parts rated'
        """
        return f"{self.rated} of {self.of} parts rated"


def weighed(parts: Sequence[tuple[str, int]], ratings: Sequence[str]) -> Weighed:
    """Return how the weights of rated parts fall on ratings.

    `parts`: each one's rating ("" where it was not rated) and its weight, over 0; `ratings` in the order in which they
    are told. Errors: ValueError for a rating that is not among them, or a weight under 1.

    >>> weighed([("met", 60), ("", 10), ("partly", 30)], ["met", "partly", "not_met"]).shares
    (('met', 0.6666666666666666), ('partly', 0.3333333333333333))
    """
    if wrong := [each for each in parts if each[1] < 1 or (each[0] and each[0] not in ratings)]:
        raise ValueError(f"These cannot be weighed: {wrong}.")
    given = [(rating, weight) for rating, weight in parts if rating]
    whole = sum(weight for _, weight in given)
    told = [(rating, sum(weight for its, weight in given if its == rating)) for rating in ratings]
    return Weighed(tuple((rating, part / whole) for rating, part in told if part), len(given), len(parts))
