"""Years of a measure: parted at breaks, never joined over years without one, never compared across a break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headship.analysis import figures, time_lines
from headship.analysis.figures import Figure, Lacking
from headship.analysis.time_lines import Known


def figure(value, n=80):
    return Figure(value, n, value - 0.3, value + 0.3, None, "progress-8 1", n)


def years_of(parts):
    return [[year.starts_in for year in part] for part in parts]


def test_progress_8_with_the_years_it_does_not_exist_for():
    values = {2016: figure(0.1), 2017: figure(0.2), 2018: figure(0.0), 2021: figure(-0.1), 2022: figure(0.3)}
    values |= {2023: figure(0.2), 2025: None}
    line = time_lines.time_line(values, breaks=[], absent=[2019, 2020, 2024, 2025])
    (whole,) = line.segments
    assert years_of([whole.years]) == [[*range(2016, 2026)]]
    assert years_of(whole.runs) == [[2016, 2017, 2018], [2021, 2022, 2023]]
    assert [year.starts_in for year in line.years if year.known is Known.NO_SUCH] == [2019, 2020, 2024, 2025]


def test_a_value_of_a_year_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="does not exist for the years that start in 2019, 2020"):
        time_lines.time_line({2019: figure(0.1), 2020: figure(0.0), 2021: figure(0.0)}, breaks=[], absent=[2020, 2019])


def test_a_figure_of_too_few_pupils_is_a_year_without_a_value():
    hidden = figures.unknown(Lacking.TOO_FEW, 4, 4, "progress-8 1")
    line = time_lines.time_line({2021: figure(0.1), 2022: hidden, 2023: figure(0.2)}, breaks=[], absent=[])
    assert years_of(line.segments[0].runs) == [[2021], [2023]]
    found = time_lines.change(line, since=2021, until=2022)
    assert (found.value, found.lacking) == (None, Lacking.TOO_FEW)
    assert time_lines.change(line, since=2021, until=2023).value == pytest.approx(0.1)


def test_no_year_makes_no_line():
    assert time_lines.time_line({}, breaks=[2020], absent=[2021]).segments == ()


def test_a_change_within_a_segment_has_its_interval():
    line = time_lines.time_line({2021: figure(0.1, 70), 2022: figure(0.4, 90)}, breaks=[2021, 2023], absent=[])
    found = time_lines.change(line, since=2021, until=2022)
    assert (found.value, found.low, found.high) == pytest.approx((0.3, 0.3 - 0.3 * 2**0.5, 0.3 + 0.3 * 2**0.5))
    assert found.groups == (90, 70)


@pytest.mark.parametrize(
    ("since", "until", "lacking"),
    [
        (2021, 2022, Lacking.OTHER_MEASURE),
        (2018, 2023, Lacking.OTHER_MEASURE),
        (2018, 2019, Lacking.NO_SUCH_YEAR),
        (2019, 2021, Lacking.NO_SUCH_YEAR),
        (2018, 2020, Lacking.NOT_KNOWN),
        (2023, 2024, Lacking.NOT_KNOWN),
        (2010, 2018, Lacking.NOT_KNOWN),
    ],
)
def test_what_cannot_be_compared_is_not(since, until, lacking):
    values = {2018: figure(0.1), 2020: None, 2021: figure(0.2), 2022: figure(0.0), 2023: figure(0.1), 2024: None}
    line = time_lines.time_line(values, breaks=[2022], absent=[2019])
    found = time_lines.change(line, since=since, until=until)
    assert (found.value, found.interval, found.lacking) == (None, None, lacking)


def test_a_change_goes_forward():
    line = time_lines.time_line({2021: figure(0.1)}, breaks=[], absent=[])
    with pytest.raises(ValueError, match="to a later one"):
        time_lines.change(line, since=2021, until=2021)


some_years = st.sets(st.integers(2000, 2015))


@given(known=some_years.filter(bool), breaks=some_years, absent=some_years)
def test_every_year_stands_once_and_is_compared_only_where_no_break_lies_between(known, breaks, absent):
    values = {year: figure(0.1) for year in known - absent} | dict.fromkeys(known & absent)
    line = time_lines.time_line(values, breaks=breaks, absent=absent)
    assert years_of([line.years]) == [[*range(min(known), max(known) + 1)]]
    assert all(segment.years for segment in line.segments)
    joined = [year for segment in line.segments for run in segment.runs for year in run]
    assert years_of([joined]) == [sorted(known - absent)]
    for since in sorted(known - absent):
        for until in sorted(year for year in known - absent if year > since):
            broken = any(since < each <= until for each in breaks)
            found = time_lines.change(line, since=since, until=until)
            assert found.lacking is (Lacking.OTHER_MEASURE if broken else None)
