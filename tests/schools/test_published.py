"""Published figures: on the school's page, and as readings once it joins."""

import pytest
from django.utils import timezone

from headship.core.errors import Refused, Stale
from headship.core.models import AuditEvent
from headship.core.scope import installation_scope
from headship.evidence.models import Reading
from headship.schools import actions, fact_pages, published
from headship.schools.choices import PUBLISHED, READINGS
from headship.schools.models import PublishedFigure, School
from tests import cast as everybody
from tests.house.source import ROOT


def a_figure(school, measure, value, missing="", year=2022):
    return PublishedFigure.objects.create(
        school=school,
        measure=measure,
        year=year,
        value=value,
        missing=missing,
        source=PUBLISHED[measure].source_in(year),
    )


@pytest.fixture
def primaries(db):
    """Make 41 open primaries with absence from 3.0 to 7.0, and return the one with 5.0."""
    schools = School.objects.bulk_create(
        School(urn=991000 + n, name=f"Primary {n}", phase="Primary", status="Open") for n in range(41)
    )
    PublishedFigure.objects.bulk_create(
        PublishedFigure(school=each, measure="absence_pct", year=2022, value=3 + n / 10, source="DfE")
        for n, each in enumerate(schools)
    )
    return schools


def join(school):
    now = timezone.now()
    return actions.join(by=installation_scope(now), at=now, school_id=school.pk)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (20, "5%. About the same as the middle half of open primary schools"),
        (0, "3%. Lower than in three quarters of open primary schools"),
        (40, "7%. Higher than in three quarters of open primary schools"),
    ],
)
def test_a_reading_says_where_the_school_stands(primaries, place, words):
    join(primaries[place])
    reading = Reading.objects.get(school=primaries[place])
    assert (reading.measure, reading.words, reading.reference) == ("schools.absence_pct", words, 5.0)
    assert reading.reference_words == "median of 41 open schools of its phase, 2022/23"
    assert reading.method == "published-absence"


def test_closed_schools_and_other_phases_are_not_compared_with(primaries):
    School.objects.filter(urn__gte=991035).update(status="Closed")
    School.objects.filter(urn__in=range(991030, 991035)).update(phase="Secondary")
    assert published.middles(primaries[0], [("absence_pct", 2022)])["absence_pct", 2022].count == 30


def test_too_few_schools_make_no_comparison(primaries):
    School.objects.filter(urn__gte=991029).update(phase="Secondary")
    join(primaries[0])
    reading = Reading.objects.get(school=primaries[0])
    words = "3%. Too few schools of its phase are known here to compare with"
    assert (reading.words, reading.reference, reading.reference_words) == (words, None, "")


def test_a_withheld_figure_is_a_reading_without_value(primaries):
    PublishedFigure.objects.filter(school=primaries[0]).update(value=None, missing="SUPP")
    join(primaries[0])
    reading = Reading.objects.get(school=primaries[0])
    words = "Withheld because few pupils are behind it"
    assert (reading.value, reading.words, reading.reference) == (None, words, None)


def test_a_school_joins_once_and_the_audit_says_so(primaries):
    school = join(primaries[0])
    assert list(AuditEvent.objects.filter(chain=school.pk).order_by("action").values_list("action", flat=True)) == [
        "evidence.store_readings",
        "schools.join",
    ]
    with pytest.raises(Stale, match="Primary 0 has joined already"):
        join(primaries[0])


def test_only_set_up_and_operators_let_a_school_join(db):
    cast = everybody.build()
    head = cast.scope("headteacher")
    with pytest.raises(Refused, match="Only those who keep this installation running can let a school join"):
        actions.join(by=head, at=head.at, school_id=cast.other.pk)


def test_every_reading_has_a_method_page():
    pages = {path.stem for path in (ROOT / "docs" / "methods").glob("*.md")}
    assert {method for _, method in READINGS.values()} <= pages


def test_the_page_shows_figures_withheld_ones_and_no_other_schools(db):
    cast = everybody.build()
    a_figure(cast.school, "absence_pct", 5.2)
    a_figure(cast.school, "absence_pct", 4.9, year=2023)
    a_figure(cast.school, "mean_teacher_salary", None, "SUPP")
    a_figure(cast.other, "income", 123456)
    page = cast.client("teacher").get(f"/schools/{everybody.OWN}/facts/").content.decode()
    assert [words in page for words in ("4.9%", "5.2%")] == [True, False]
    assert "Withheld because few pupils are behind it" in page
    assert "DfE absence statistics, 2023/24" in page
    assert "123,456" not in page


def test_every_year_of_a_subject_has_its_own_page(db):
    cast = everybody.build()
    for measure, value, year in (("progress8", 0.4, 2023), ("progress8", 0.2, 2022), ("progress8_other", 0.7, 2022)):
        a_figure(cast.school, measure, value, year=year)
    a_figure(cast.other, "progress8", 0.9)
    address = f"/schools/{everybody.OWN}/facts/"
    front = cast.client("teacher").get(address).content.decode()
    assert "Attainment: all 3 figures, every year" in front
    assert [words in front for words in ("0.4", "0.2", "0.7", f"{address}attainment/")] == [True, False, False, True]
    page = fact_pages.subject_page(cast.scope("teacher"), "attainment")
    assert page is not None
    assert page.heads == ("Measure", "2023/24", "2022/23")
    assert page.rows == (
        ("Progress 8", "0.4", "0.2"),
        ("Progress 8 of all other pupils", "not published", "0.7"),
    )
    shown = cast.client("teacher").get(f"{address}attainment/").content.decode()
    assert [words in shown for words in ("0.4", "0.2", "0.7", "0.9")] == [True, True, True, False]
    assert cast.client("teacher").get(f"{address}nothing-of-that-name/").status_code == 404


def test_a_group_stands_on_the_first_page_where_nothing_is_told_of_all_pupils(db):
    cast = everybody.build()
    a_figure(cast.school, "progress8_disadvantaged", -0.3)
    subject = fact_pages.facts_page(cast.scope("teacher")).subjects[0]
    assert ([row[0] for row in subject.rows], subject.more) == (["Progress 8 of disadvantaged pupils"], None)


def test_the_page_of_a_school_without_figures_says_what_it_will_show(db):
    page = everybody.build().client("teacher").get(f"/schools/{everybody.OWN}/facts/").content.decode()
    assert "This page will show the school\u2019s published figures" in page


@pytest.mark.parametrize("figures", [1, 3])
def test_the_page_asks_as_often_however_many_figures(db, django_assert_num_queries, figures):
    cast = everybody.build()
    for measure in ("absence_pct", "pupils", "income")[:figures]:
        a_figure(cast.school, measure, 1)
    scope = cast.scope("teacher")
    with django_assert_num_queries(2):
        fact_pages.facts_page(scope)
