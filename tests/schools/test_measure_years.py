"""Years for which a measure does not exist: told by policy, and no table read here holds one."""

import pytest

from headship.schools import measure_years
from headship.schools.choices import PUBLISHED
from headship.schools.imports import EVERY_LAYOUT

PROGRESS_8 = [2015, 2016, 2017, 2018, 2021, 2022, 2023]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("progress8", PROGRESS_8),
        ("progress8_gap", PROGRESS_8),
        ("ks2_reading_progress", [*range(2015, 2023), 2025]),
        ("attainment8", [*range(2015, 2026)]),
    ],
)
def test_the_years_a_measure_exists_for(measure, expected):
    assert [year for year in range(2015, 2026) if measure_years.exists(measure, year)] == expected


def test_every_progress_measure_has_its_years():
    told = {measure for measures in measure_years.YEARS_WITHOUT.values() for measure in measures}
    assert told == {code for code in PUBLISHED if "progress" in code}


def test_no_table_read_here_claims_a_figure_of_a_year_without_the_measure():
    every = (column.to.partition(":")[0] for layout in EVERY_LAYOUT for column in layout.columns)
    places = [to.split("@") for to in every if "@" in to]
    assert len(places) > 20
    assert [each for each in places if not measure_years.exists(each[0], int(each[1]))] == []
