"""What a review says as a whole: weights by rating, parts that were not rated left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headship.analysis.rated_parts import weighed

RATINGS = ["met", "partly", "not_met"]
PARTS = st.lists(st.tuples(st.sampled_from(["", *RATINGS]), st.integers(1, 100)), max_size=8)


def test_parts_not_rated_are_left_out_and_counted():
    found = weighed([("met", 60), ("", 10), ("partly", 30)], RATINGS)
    assert found.shares == (("met", 60 / 90), ("partly", 30 / 90))
    assert found.counted == "2 of 3 parts rated"


def test_nothing_rated_has_no_shares():
    assert weighed([("", 100)], RATINGS).shares == ()
    assert weighed([], RATINGS).counted == "0 of 0 parts rated"


@given(PARTS, st.integers(1, 100))
def test_shares_make_a_whole_and_do_not_change_by_what_is_not_rated(parts, weight):
    found = weighed(parts, RATINGS)
    assert sum(share for _, share in found.shares) == pytest.approx(1 if found.rated else 0)
    assert weighed([*parts, ("", weight)], RATINGS).shares == found.shares


@pytest.mark.parametrize("parts", [[("well", 100)], [("met", 0)]])
def test_what_cannot_be_weighed_is_refused(parts):
    with pytest.raises(ValueError, match="cannot be weighed"):
        weighed(parts, RATINGS)
