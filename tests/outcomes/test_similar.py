"""Schools like ours: the list by the weights, what is told of it, and what is told where it is not known."""

from datetime import date

import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone

from headship.analysis.similar_schools import nearest
from headship.core import imports as machine
from headship.core import tabular
from headship.core.scope import installation_scope
from headship.outcomes import pages, queries, similar
from headship.outcomes.choices import COMPARED
from headship.schools import actions as schools
from headship.schools import imports as importers
from headship.schools.choices import PUBLISHED
from headship.schools.models import PublishedFigure, School
from tests import cast as everybody
from tests.cast import Cast

DAY = date(2026, 11, 24)
WEIGHTS = similar.weights_on("Secondary", DAY)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    built = everybody.build(DAY)
    School.objects.filter(pk=built.school.pk).update(phase="Secondary", status="Open")
    built.school.refresh_from_db()
    return built


def values(school: School, year: int = 2022, **changed: float | None) -> None:
    """Give a school everything schools are compared by, all 10 unless changed; None leaves one out."""
    told = dict.fromkeys(WEIGHTS, 10.0) | changed
    PublishedFigure.objects.bulk_create(
        PublishedFigure(school=school, measure=name, year=year, value=value, source="DfE similar schools")
        for name, value in told.items()
        if value is not None
    )


def another(number: int, **told: object) -> School:
    fields = {"phase": "Secondary", "status": "Open", "name": f"Another {number}", **told}
    return School.objects.create(urn=995000 + number, **fields)


def test_the_nearest_come_first_with_what_they_differ_in(cast: Cast):
    values(cast.school)
    further, nearer = another(1), another(2)
    values(further, similar_ks2_reading=13)
    values(nearer, similar_ks2_reading=11, similar_pupils=11)
    found = similar.similar_to(cast.school, DAY)
    assert (found.year, found.lacking, found.known) == (2022, (), 3)
    assert [each.school for each in found.alike] == [nearer, further]
    reading, pupils = 0.30 / 2.270**2, 0.02 / 388.664809**2
    assert found.alike[0].distance == pytest.approx((reading + pupils) ** 0.5, rel=1e-12)
    assert found.alike[0].shares[0] == ("similar_ks2_reading", pytest.approx(reading / (reading + pupils)))
    assert found.alike[1].shares[:2] == (("similar_ks2_reading", 1.0), ("similar_ks2_maths", 0.0))


def test_closed_schools_other_phases_other_years_and_schools_that_lack_a_value_are_left_out(cast: Cast):
    values(cast.school)
    values(another(1, status="Closed"))
    values(another(2, phase="Primary"))
    values(another(3), year=2021)
    values(another(4), similar_idaci=None)
    assert similar.similar_to(cast.school, DAY) == similar.Similar(2022, (), (), 1)


def test_a_closed_school_still_has_its_list(cast: Cast):
    School.objects.filter(pk=cast.school.pk).update(status="Closed")
    values(cast.school)
    near = another(1)
    values(near, similar_ks2_reading=11)
    found = similar.similar_to(School.objects.get(pk=cast.school.pk), DAY)
    assert [each.school for each in found.alike] == [near]


def test_the_list_is_at_most_fifty_long(cast: Cast):
    values(cast.school)
    for number in range(60):
        values(another(number), similar_ks2_maths=10 + (number + 1) / 10)
    found = similar.similar_to(cast.school, DAY)
    assert [each.school.urn for each in found.alike] == [995000 + number for number in range(50)]


def test_a_school_without_a_value_is_told_which_and_has_no_list(cast: Cast):
    values(cast.school, similar_idaci=None, similar_polar4=None)
    values(another(1))
    page = pages.similar_page(cast.scope("headteacher"))
    assert page.unknown == (
        "This school has no value for going on to university where pupils live (POLAR4) and income deprivation where "
        "pupils live (IDACI) in 2022/23, so nobody can say which schools are like it. A value that is not known is "
        "never counted as nought."
    )
    assert (page.nearest, page.others, page.standings, page.places) == ((), (), (), None)


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("Secondary", "Nobody has brought in the values by which"),
        ("Nursery", "No way to find similar schools is published for nursery schools."),
        ("", "No way to find similar schools is published for schools whose phase is not known."),
    ],
)
def test_where_nothing_is_known_the_page_says_why(cast: Cast, phase: str, words: str):
    School.objects.filter(pk=cast.school.pk).update(phase=phase)
    answer = cast.client("chair").get(reverse("similar", kwargs={"urn": everybody.OWN}))
    assert answer.status_code == 200
    assert words in answer.text


def test_each_measure_stands_among_similar_schools_of_the_same_year(cast: Cast):
    values(cast.school)
    figures = {"attainment8": 47.0, "progress8": None, "absence_pct": 9.0}
    for measure, value in figures.items():
        PublishedFigure.objects.create(
            school=cast.school, measure=measure, year=2022, value=value, missing="SUPP" if value is None else "",
            source="DfE",
        )  # fmt: skip
    for number in range(12):
        school = another(number, latitude=52 + number / 10, longitude=-1)
        values(school, similar_ks2_maths=10 + (number + 1) / 10)
        PublishedFigure.objects.create(school=school, measure="attainment8", year=2022, value=41.0 + number, source="D")
        PublishedFigure.objects.create(school=school, measure="attainment8", year=2021, value=90.0, source="D")
        if number < 9:
            PublishedFigure.objects.create(school=school, measure="absence_pct", year=2022, value=7, source="D")
    page = pages.similar_page(cast.scope("headteacher"))
    assert [(each.measure, each.finding) for each in page.standings] == [
        ("Attainment 8", "Ours is 47: about the same as the middle half of similar schools"),
        ("Progress 8", "Ours is withheld because few pupils are behind it"),
        (
            "Sessions missed: overall absence",
            "Ours is 9%. Fewer than ten similar schools have this figure, so nothing is compared",
        ),
    ]
    spread = "the middle half from 43.25 to 49.75, all from 41 to 52"
    assert page.standings[0].definition == (
        f"DfE key stage 4 performance tables, 2022/23. 12 similar schools have a figure: {spread}"
    )
    assert f"<title>Attainment 8: ours 47; {spread}</title>" in str(page.standings[0].picture)
    assert page.nearest[0] == ("Another 0", "", "key stage 2 mathematics of Year 11 pupils (100%)", "41",
                               "not published", "7%")  # fmt: skip
    assert (len(page.nearest), len(page.others)) == (10, 2)
    assert "Map: 12 similar schools and ours" in str(page.places)


def test_a_program_reads_the_same_list(cast: Cast):
    values(cast.school)
    near = another(1)
    values(near, similar_ks2_reading=11)
    told = cast.program("teacher").get(f"/api/v1/schools/{everybody.OWN}/similar").json()
    assert [(each["urn"], each["differs_in"][0]) for each in told["items"]] == [
        (near.urn, {"measure": "similar_ks2_reading", "share": 1.0})
    ]


def test_the_outline_is_of_a_sample_of_schools_that_have_a_place(cast: Cast):
    School.objects.bulk_create(
        School(urn=800000 + number, name="Placed", latitude=50 + number / 1000, longitude=-1.0)
        for number in range(queries.SAMPLE * 2)
    )
    places = queries.country()
    assert len(places) == queries.SAMPLE
    assert places[:2] == [(50.0, -1.0), (50.002, -1.0)]


def test_every_measure_of_the_weights_and_of_the_comparison_is_published():
    for phase, compared in COMPARED.items():
        assert set(similar.weights_on(phase, DAY)) | set(compared) <= set(PUBLISHED)
    assert similar.weights_on("Primary", DAY)["similar_ks1_prior"] == 7.648636604
    assert sum(similar.weights_on("Primary", DAY).values()) == pytest.approx(15.654198154623652, rel=1e-14)
    assert similar.weights_on("Nursery", DAY) == {}


def test_a_table_of_primary_values_names_its_columns_by_itself():
    headings = ["URN", "PPPerc", "Polar4QuintilePupils", "PStability", "PercentSchSupport", "PercentEAL",
                "IdaciPupils", "PercentageStatementOrEhp", "NumberOfPupils", "ReadMatAverage",
                "Ks1PriorRwmAverage"]  # fmt: skip
    guessed = importers.suggested(headings)
    assert set(guessed.values()) == {"urn", *similar.weights_on("Primary", DAY)}


@pytest.mark.shared_data
def test_the_secondary_values_come_in_and_every_school_of_them_gets_its_fifty(shared_data):
    path = shared_data / "similar_schools" / "SimilarSchoolsSecondaryValues_1608_2026-03-23.csv.gz"
    with tabular.opened(path) as table:
        urns = [int(cells[0]) for _, cells in table.rows]
    School.objects.bulk_create(School(urn=each, name=f"School {each}", phase="Secondary") for each in urns)
    with tabular.opened(path) as table:
        found = importers.recognised(table.headings)
    assert found is not None
    now = timezone.now()
    batch = schools.preview_import(by=installation_scope(now), at=now, preview=machine.preview(found, path))
    schools.commit_import(by=installation_scope(now), at=now, batch_id=batch.pk)
    school = School.objects.get(urn=urns[0])
    told = similar.similar_to(school, DAY)
    known, table_of = similar._values(school, 2022, tuple(WEIGHTS))  # to hold one against all
    every = nearest(table_of, np.array([*WEIGHTS.values()]), tuple(WEIGHTS), count=50)
    place = known.index(school.pk)
    assert [each.school.pk for each in told.alike] == [known[each] for each in every.neighbours[place]]
    assert [each.distance for each in told.alike] == pytest.approx(every.distances[place], rel=1e-12)


def test_percentages_of_similar_schools_have_one_decimal_at_most():
    assert pages._spread([6.3, 10.3], (8.17, 9.45), "%") == "the middle half from 8.2% to 9.4%, all from 6.3% to 10.3%"
    assert (
        pages._spread([-0.89, 0.82], (-0.29, 0.34), "") == "the middle half from -0.29 to 0.34, all from -0.89 to 0.82"
    )
