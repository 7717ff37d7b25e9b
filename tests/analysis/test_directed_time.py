"""Directed time: whole years, shares by days, and every sum against days counted one by one."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headship.analysis.directed_time import Days, Limits, Pattern, Placed, entitled, summed, told, worked

FIRST = date(2026, 9, 1)
DAYS = Days(tuple(day for n in range(280) if (day := FIRST + timedelta(days=n)).weekday() < 5)[:195])
FULL = Limits(1265 * 60, 195, 190)
SHARES = st.fractions(0, 1, max_denominator=20)
PATTERNS = st.lists(
    st.builds(
        Pattern,
        st.dates(FIRST - timedelta(days=9), FIRST + timedelta(days=290)),
        SHARES,
        st.frozensets(st.integers(0, 4)),
    ),
    max_size=4,
    unique_by=lambda each: each.starts_on,
)
PLACED = st.lists(
    st.builds(
        Placed,
        st.sampled_from(["teaching", "meeting"]),
        st.integers(1, 400),
        st.integers(0, 2**195 - 1),
        st.booleans(),
        st.booleans(),
    ),
    max_size=5,
)


def pattern_on(day, patterns):
    begun = [each for each in patterns if each.starts_on <= day]
    return max(begun, key=lambda each: each.starts_on, default=None)


def test_full_time_is_the_whole_and_half_is_half():
    assert entitled(FULL.minutes, DAYS, [Pattern(FIRST, Fraction(1))]) == 75_900
    assert entitled(FULL.minutes, DAYS, [Pattern(FIRST, Fraction(1, 2))]) == 37_950
    assert told(entitled(FULL.minutes, DAYS, [Pattern(FIRST, Fraction(2, 3))])) == "843 h 20 min"
    assert told(entitled(FULL.minutes, DAYS, [Pattern(FIRST, Fraction(1, 7))])) == "180 h 42 min"


def test_who_comes_or_changes_in_the_year_has_their_days_share():
    half_way = DAYS.days[39]  # 39 days before it, 156 from it on
    assert entitled(1950, DAYS, [Pattern(half_way, Fraction(1))]) == 1560
    changed = [Pattern(FIRST, Fraction(1)), Pattern(half_way, Fraction(1, 2))]
    assert entitled(1950, DAYS, changed) == 390 + 780
    gone = [Pattern(FIRST, Fraction(1)), Pattern(half_way, Fraction(0))]
    assert entitled(1950, DAYS, gone) == 390


def test_a_year_without_days_gives_nothing():
    assert entitled(10, Days(()), [Pattern(FIRST, Fraction(1))]) == 0


@given(PATTERNS, st.dates(FIRST, FIRST + timedelta(days=270)))
def test_saying_again_how_somebody_works_changes_nothing(patterns, day):
    held = pattern_on(day, patterns)
    if held is None or any(each.starts_on == day for each in patterns):
        return
    again = [*patterns, Pattern(day, held.share, held.weekdays)]
    assert entitled(FULL.minutes, DAYS, again) == entitled(FULL.minutes, DAYS, patterns)
    assert worked(DAYS, again) == worked(DAYS, patterns)


@given(PATTERNS, PLACED)
def test_sums_are_those_of_days_counted_one_by_one(patterns, placed):
    by_kind: dict[str, int] = {}
    any_day, teaching, share = set(), set(), Fraction(0)
    for at, day in enumerate(DAYS.days):
        held = pattern_on(day, patterns)
        if held is None or not held.share:
            continue
        share += held.share
        for each in placed:
            if each.on >> at & 1 and (each.named or day.weekday() in held.weekdays):
                by_kind[each.kind] = by_kind.get(each.kind, 0) + each.minutes
                any_day.add(day)
                teaching |= {day} if each.teaching else set()
    found = summed(FULL, DAYS, patterns, placed)
    assert {kind: minutes for kind, minutes in found.by_kind.items() if minutes} == by_kind
    assert (found.days, found.teaching_days) == (len(any_day), len(teaching))
    assert found.entitled == int(FULL.minutes * share / 195)
    assert found.placed + found.left == found.entitled
    assert found.is_over(FULL) == (found.left < 0 or len(any_day) > 195 or len(teaching) > 190)


@given(st.sets(st.sampled_from(DAYS.days)), st.integers(0, 4))
def test_sets_of_days_hold_what_was_put_in(chosen, weekday):
    assert DAYS.held(DAYS.on(chosen)) == sorted(chosen)
    assert DAYS.held(DAYS.weekly(weekday)) == [day for day in DAYS.days if day.weekday() == weekday]
    first, last = DAYS.days[10], DAYS.days[40]
    assert DAYS.held(DAYS.span(first, last)) == list(DAYS.days[10:41])
    assert DAYS.span(last, first) == 0
    assert DAYS.on([date(2030, 1, 1)]) == 0


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 h"), (1, "1 min"), (60, "1 h"), (76_290, "1,271 h 30 min"), (-30, "-30 min")]
)
def test_minutes_are_told_in_hours_and_minutes(minutes, said):
    assert told(minutes) == said
