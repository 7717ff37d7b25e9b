"""What stands beside a school's own results: of which year, and of whom."""

from datetime import date

import pytest

from headship.outcomes import beside, own_pages
from headship.outcomes.own_frame import Asked
from headship.outcomes.similar import weights_on
from headship.schools.models import AreaFigure, LocalAuthority, PublishedFigure, School
from tests import cast as everybody
from tests.cast import Cast
from tests.outcomes import cohorts

DAY = date(2026, 11, 24)
WANTED = [("ks2_scaled", "reading"), ("ks2_scaled", "writing")]
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    built = everybody.build(DAY)
    authority = LocalAuthority.objects.create(name="Example authority", code=999)
    School.objects.filter(pk=built.school.pk).update(phase="Primary", status="Open", authority=authority)
    built.school.refresh_from_db()
    return built


def area(value, year=2023, code=0, measure="ks2_reading_scaled", phase=""):
    AreaFigure.objects.create(authority_code=code, measure=measure, year=year, value=value, phase=phase, source="DfE")


def test_the_newest_year_up_to_ours_stands_beside_it_all_of_one_year(cast: Cast):
    area(104.0, 2021)
    area(105.0, 2023)
    area(103.0, 2023, code=999)
    area(99.0, 2023, code=998)
    area(106.0, 2026)
    area(90.0, 2023, measure="ks2_maths_scaled")
    area(None, 2024)
    found = beside.of(cast.school, WANTED, 2025, DAY)
    assert list(found) == [("ks2_scaled", "reading")]
    told = found["ks2_scaled", "reading"]
    assert (told.year, told.england, told.authority, told.authority_name) == (2023, 105.0, 103.0, "Example authority")
    assert (told.middle, told.alike) == (None, 0)


def test_a_figure_of_the_schools_phase_goes_before_one_of_all(cast: Cast):
    area(105.0)
    area(107.0, phase="Primary")
    area(101.0, phase="Secondary")
    assert beside.of(cast.school, WANTED, 2025, DAY)["ks2_scaled", "reading"].england == 107.0


def test_an_authority_that_is_known_alone_is_shown_alone(cast: Cast):
    area(105.0, 2022)
    area(103.0, 2023, code=999)
    told = beside.of(cast.school, WANTED, 2025, DAY)["ks2_scaled", "reading"]
    assert (told.year, told.england, told.authority) == (2023, None, 103.0)


def test_similar_schools_stand_beside_it_from_ten_on(cast: Cast):
    weights = weights_on("Primary", DAY)
    fields = {"phase": "Primary", "status": "Open"}
    others = [School.objects.create(urn=995000 + place, name=f"S{place}", **fields) for place in range(11)]
    schools = [cast.school, *others]
    for school in schools:
        PublishedFigure.objects.bulk_create(
            PublishedFigure(school=school, measure=name, year=2022, value=1.0, source="") for name in weights
        )
    for place, school in enumerate(others):
        year = 2021 if place == 10 else 2022
        PublishedFigure.objects.create(
            school=school, measure="ks2_reading_scaled", year=year, value=100.0 + place, source=""
        )
    told = beside.of(cast.school, WANTED, 2025, DAY)["ks2_scaled", "reading"]
    assert (told.year, told.england, told.middle, told.alike) == (2022, None, (101.75, 107.25), 10)
    PublishedFigure.objects.filter(measure="ks2_reading_scaled", value=100.0).delete()
    assert beside.of(cast.school, WANTED, 2025, DAY)["ks2_scaled", "reading"].middle is None


def test_nothing_published_stands_beside_nothing(cast: Cast):
    assert beside.of(cast.school, WANTED, 2025, DAY) == {}
    area(None)
    assert beside.of(cast.school, WANTED, 2025, DAY) == {}


@pytest.mark.parametrize(("group", "stands"), [("6", True), ("Year 6", True), ("5", False), ("", False)])
def test_only_the_year_group_that_sits_it_is_held_against_it(cast: Cast, group, stands):
    area(99.0, 2023)
    sat = cohorts.assessment(cast.school, scale="ks2_scaled", name="Tests")
    cohorts.pupils(sat, [{"reading": 104.0 + place % 2} for place in range(12)], year_group=group)
    page = own_pages.results_page(cast.scope("headteacher"), Asked())
    assert ("Published for 2023/24: England 99.0 points." in page.rows[0].behind) is stands
    against = "England's of 2023/24" if stands else "100"
    assert page.can == (f"Reading: the mean is above {against}.",)
