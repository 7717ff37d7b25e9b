"""Who decides far more than others, and a draw that anybody can repeat.

Methods: docs/methods/decision-load.md and docs/methods/repeatable-draw.md.
"""

import hashlib
from collections.abc import Iterable, Mapping
from statistics import median

LEAST, TIMES, COMPARED = 4, 2, 3


def far_more(counts: Mapping[int, int]) -> frozenset[int]:
    """Return who decides far more than the others.

    `counts` how many areas each decides, by a key of theirs; who decides none is left out of the comparison. Somebody
    decides far more who decides at least 4 areas and more than twice the median of the others; among fewer than three
    who decide, nobody does.

    >>> sorted(far_more({1: 7, 2: 2, 3: 3, 4: 0})), sorted(far_more({1: 7, 2: 1})), sorted(far_more({1: 3, 2: 1, 3: 1}))
    ([1], [], [])
    """
    deciding = {key: count for key, count in counts.items() if count}
    if len(deciding) < COMPARED:
        return frozenset()
    return frozenset(
        key
        for key, count in deciding.items()
        if count >= LEAST and count > TIMES * median(each for other, each in deciding.items() if other != key)
    )


def drawn(key: str, numbers: Iterable[int], count: int) -> list[int]:
    """Return at most `count` of some numbers, as a key draws them: the same for everybody who has key and numbers.

    Each number is ranked by the SHA-256 digest of "key:number"; the lowest digests are drawn, and given in that order.

    >>> drawn("lighthouse", [3, 1, 2], 2) == drawn("lighthouse", [1, 2, 3], 2)
    True
    """
    return sorted(set(numbers), key=lambda each: hashlib.sha256(f"{key}:{each}".encode()).hexdigest())[:count]
