"""Groups of pupils: what is hidden, and that nothing hidden can be worked out from what is shown."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headship.analysis import figures, gaps
from headship.outcomes import groups
from headship.outcomes.groups import may_show


def parted(fact, values, scores=None, fewest=6):
    column = np.array(scores if scores is not None else [1.0 * place for place in range(len(values))])
    return groups.grouped(
        fact,
        tuple(values),
        ~np.isnan(column),
        measure=lambda flags: figures.mean(column[flags], fewest=fewest),
        difference=lambda flags, others: gaps.mean_gap(column[flags], column[others], fewest=fewest),
        fewest=fewest,
    )


def told(found):
    return [(each.words, each.count) for each in found.groups]


def test_groups_stand_in_their_own_order_with_the_unknown_last():
    found = parted("sex", ["male"] * 6 + ["female"] * 7 + [""] * 8)
    assert told(found) == [("Girls", 7), ("Boys", 6), ("Not known", 8)]
    assert (found.words, found.hides) == ("Sex", False)


def test_a_group_is_held_against_all_others_known_and_the_unknown_against_nobody():
    scores = [10.0] * 3 + [20.0] * 3 + [30.0] * 3 + [40.0] * 3 + [999.0] * 6
    found = parted("sex", ["female"] * 6 + ["male"] * 6 + [""] * 6, scores)
    assert [each.figure.value for each in found.groups] == [15.0, 35.0, 999.0]
    assert [each.difference and each.difference.value for each in found.groups] == [-20.0, 20.0, None]


def test_who_has_no_score_is_in_no_group():
    found = parted("sex", ["female"] * 8 + ["male"] * 7, [np.nan, *range(14)])
    assert told(found) == [("Girls", 7), ("Boys", 7)]


def test_a_small_group_hides_itself_and_the_one_that_would_give_it_away():
    found = parted("sen", ["none"] * 20 + ["plan"] * 3)
    assert told(found) == [("No special educational need", None), ("Education, health and care plan", None)]
    assert [(each.figure, each.difference) for each in found.groups] == [(None, None)] * 2
    assert found.hides


def test_small_ethnic_groups_are_put_together_until_they_can_be_shown():
    found = parted("ethnicity", ["A"] * 20 + ["B"] * 9 + ["C"] * 2 + ["D"] * 1)
    assert told(found) == [("A", 20), ("Smaller groups together", 12)]


def test_small_ethnic_groups_that_make_enough_take_nobody_with_them():
    found = parted("ethnicity", ["A"] * 20 + ["B"] * 9 + ["C"] * 4 + ["D"] * 2)
    assert told(found) == [("A", 20), ("B", 9), ("Smaller groups together", 6)]


def test_the_names_of_small_groups_are_nowhere():
    found = parted("ethnicity", ["A"] * 20 + ["Rare"] * 1)
    assert "Rare" not in str(found)


def test_year_groups_are_never_put_together():
    assert told(parted("year_group", ["7"] * 10 + ["8"] * 2)) == [("7", None), ("8", None)]


def test_nobody_makes_no_groups():
    assert told(parted("sex", [])) == []


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([6, 6], [True, True]),
        ([5], [False]),
        ([6], [True]),
        ([2, 3], [False, False]),
        ([2, 3, 20], [False, False, False]),
        ([0, 9], [True, True]),
    ],
)
def test_what_may_be_shown(counts, shown):
    assert may_show(counts, fewest=6) == shown


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of a group
@given(st.lists(st.integers(0, 30), min_size=1, max_size=5))
def test_no_small_group_is_shown_and_all_hidden_ones_together_are_none_or_many(counts):
    shown = may_show(counts, fewest=6)
    assert not any(shows and 0 < count < 6 for count, shows in zip(counts, shown, strict=True))
    hidden = [count for count, shows in zip(counts, shown, strict=True) if not shows]
    assert sum(hidden) == 0 or sum(hidden) >= 6 or not any(shown)


def test_nothing_is_held_against_others_whose_number_is_hidden():
    found = parted("sex", ["female"] * 20 + ["male"] * 20 + [""] * 2)
    assert told(found) == [("Girls", None), ("Boys", 20), ("Not known", None)]
    assert found.groups[1].difference is None
    assert parted("sex", ["female"] * 20 + ["male"] * 20 + [""] * 6).groups[1].difference is not None


@pytest.mark.parametrize(
    ("female", "male", "unknown", "girls_and_boys"),
    [
        (9, 8, 0, (True, True)),
        (9, 8, 2, (False, True)),
        (9, 5, 0, (False, False)),
        (9, 0, 0, (True, True)),
        (0, 9, 6, (True, True)),
    ],
)
def test_a_value_is_shown_where_the_page_of_groups_shows_it(female, male, unknown, girls_and_boys):
    values = ["female"] * female + ["male"] * male + [""] * unknown
    assert tuple(groups.shows("sex", values, each, fewest=6) for each in ("female", "male")) == girls_and_boys
