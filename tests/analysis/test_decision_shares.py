"""Who decides far more than others, and a draw that anybody can repeat."""

import hashlib

from hypothesis import given
from hypothesis import strategies as some

from headship.analysis.decision_shares import drawn, far_more


def test_far_more_is_at_least_four_and_more_than_twice_the_median_of_the_others():
    assert far_more({1: 7, 2: 2, 3: 3}) == {1}
    assert far_more({1: 4, 2: 2, 3: 2}) == frozenset()
    assert far_more({1: 5, 2: 2, 3: 2}) == {1}
    assert far_more({1: 3, 2: 1, 3: 1}) == frozenset()
    assert far_more({1: 9, 2: 1}) == frozenset()
    assert far_more({1: 9, 2: 1, 3: 0}) == frozenset()


def test_the_lowest_digests_are_drawn():
    digests = {each: hashlib.sha256(f"lighthouse:{each}".encode()).hexdigest() for each in (1, 2, 3, 4)}
    assert drawn("lighthouse", [4, 3, 2, 1], 2) == sorted(digests, key=digests.__getitem__)[:2]


@given(some.text(max_size=20), some.sets(some.integers(min_value=1), max_size=30), some.integers(0, 10))
def test_a_draw_can_be_repeated_and_takes_nothing_twice(key: str, numbers: set[int], count: int):
    first = drawn(key, numbers, count)
    assert first == drawn(key, sorted(numbers, reverse=True), count)
    assert (len(first), set(first) <= numbers) == (min(count, len(numbers)), True)
