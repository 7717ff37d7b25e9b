"""Published results: each figure with its interval beside England and others, over the years, and what may be said."""

from datetime import date

import pytest
from django.urls import reverse

from headship.analysis.gaps import Verdict
from headship.analysis.time_lines import Known
from headship.outcomes import (
    published_figures,
    published_pages,
    published_parts,
    published_spend,
    published_spread,
    queries,
)
from headship.outcomes.published_figures import figure_of, gap_of, line_of, tables_of, told
from headship.schools.choices import PUBLISHED
from headship.schools.models import AreaFigure, LocalAuthority, PublishedFigure, School
from tests import cast as everybody
from tests.cast import Cast

DAY = date(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    built = everybody.build(DAY)
    shire = LocalAuthority.objects.create(name="Example Shire", code=999)
    School.objects.filter(pk=built.school.pk).update(phase="Primary", status="Open", authority=shire)
    built.school.refresh_from_db()
    return built


def put(school: School, measure: str, value: float | None, year: int = 2018, **more: object) -> PublishedFigure:
    """Publish a figure."""
    source = PUBLISHED[measure].source_in(year)
    return PublishedFigure.objects.create(school=school, measure=measure, year=year, value=value, source=source, **more)


def area(measure: str, value: float | None, code: int = 0, year: int = 2018, phase: str = "") -> AreaFigure:
    """Publish a figure of England (0) or of an authority."""
    return AreaFigure.objects.create(
        authority_code=code, phase=phase, measure=measure, year=year, value=value, source="DfE"
    )


def another(number: int, **more: object) -> School:
    fields = {"phase": "Primary", "status": "Open", "name": f"Another {number}", **more}
    return School.objects.create(urn=995000 + number, **fields)


def page_of(cast: Cast) -> published_pages.PublishedPage:
    return published_pages.published_page(cast.scope("headteacher"))


RWM = "ks2_rwm_expected_pct"
POOR, REST = "ks2_rwm_expected_disadvantaged_pct", "ks2_rwm_expected_other_pct"
READING = "ks2_reading_progress"


# --- one figure and what stands beside it


def test_a_share_has_wilsons_interval_and_is_held_against_england(cast: Cast):
    put(cast.school, RWM, 75.0, count=20)
    area(RWM, 65.0)
    area(RWM, 62.0, code=999)
    area(RWM, 10.0, code=998)  # another authority
    area(RWM, 11.0, year=2017)  # another year
    found = told(tables_of(cast.school, (), [RWM]), RWM, DAY)
    assert (found.year, found.figure.value, found.figure.n, found.figure.method) == (
        2018,
        75.0,
        20,
        "share-of-pupils 1",
    )
    assert [round(each, 1) for each in found.figure.interval] == [53.1, 88.8]
    assert (found.beside.england, found.beside.authority, found.against) == (65.0, 62.0, 65.0)
    assert found.verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("england", "verdict"),
    [(53.0, Verdict.ABOVE), (53.2, Verdict.CANNOT_TELL), (88.7, Verdict.CANNOT_TELL), (88.9, Verdict.BELOW)],
)
def test_the_interval_decides_what_may_be_said(england, verdict, cast: Cast):
    put(cast.school, RWM, 75.0, count=20)
    area(RWM, england)
    assert told(tables_of(cast.school, (), [RWM]), RWM, DAY).verdict is verdict


def test_published_limits_are_taken_as_they_are(cast: Cast):
    row = put(cast.school, READING, 1.6, low=-2.6, high=5.8)
    assert (figure_of(row).interval, figure_of(row).method) == ((-2.6, 5.8), "published")
    found = told(tables_of(cast.school, (), [READING]), READING, DAY)
    assert (found.beside.england, found.against, found.verdict) == (None, 0.0, Verdict.CANNOT_TELL)


@pytest.mark.parametrize(
    ("measure", "value", "more"),
    [
        ("attainment8", 46.8, {"count": 200}),  # no share
        (RWM, 75.0, {}),  # of nobody knows how many
        (RWM, 101.0, {"count": 20}),  # no share of anything
        (READING, 1.6, {"low": -2.6}),  # half an interval is none
        (READING, 1.6, {"high": 5.8}),
    ],
)
def test_without_limits_or_pupils_there_is_no_interval(measure, value, more, cast: Cast):
    found = figure_of(put(cast.school, measure, value, **more))
    assert (found.value, found.interval) == (value, None)


def test_too_few_pupils_tell_nothing(cast: Cast):
    put(cast.school, RWM, 100.0, count=5)
    area(RWM, 10.0)
    assert told(tables_of(cast.school, (), [RWM]), RWM, DAY).verdict is Verdict.TOO_FEW


def test_a_row_of_the_phase_goes_before_one_of_all_schools_and_another_phase_is_none(cast: Cast):
    put(cast.school, "absence_pct", 5.0, year=2022)
    area("absence_pct", 7.0, year=2022)
    assert told(tables_of(cast.school, (), ["absence_pct"]), "absence_pct", DAY).beside.england == 7.0
    area("absence_pct", 5.9, year=2022, phase="Primary")
    area("absence_pct", 9.0, year=2022, phase="Secondary")
    assert told(tables_of(cast.school, (), ["absence_pct"]), "absence_pct", DAY).beside.england == 5.9


def test_without_england_nothing_is_said_against_it(cast: Cast):
    put(cast.school, RWM, 75.0, count=20)
    page = page_of(cast)
    assert page.parts[0].standings[0].heading == (
        "Expected standard in reading, writing and mathematics: 75%, with nothing published here to hold it against"
    )


# --- over the years


def test_years_that_do_not_exist_and_breaks_part_the_line(cast: Cast):
    for year in (2016, 2017, 2018, 2022):
        put(cast.school, "progress8", 0.1, year=year, low=-0.2, high=0.4)
    line = line_of(tables_of(cast.school, (), ["progress8"]), "progress8", DAY)
    assert [[year.starts_in for year in each.years] for each in line.segments] == [
        [2016], [2017, 2018, 2019, 2020, 2021, 2022],
    ]  # fmt: skip
    known = {year.starts_in: year.known for year in line.years}
    assert [known[year] for year in (2018, 2019, 2020, 2021)] == [
        Known.VALUE, Known.NO_SUCH, Known.NO_SUCH, Known.UNKNOWN,
    ]  # fmt: skip


def test_the_change_is_told_within_one_meaning_of_the_measure(cast: Cast):
    School.objects.filter(pk=cast.school.pk).update(phase="Secondary")
    put(cast.school, "progress8", -0.5, year=2016, low=-0.6, high=-0.4)
    put(cast.school, "progress8", 0.1, year=2017, low=0.0, high=0.2)
    years = page_of(cast).parts[0].standings[0].years
    assert years.finding == (
        "No earlier figure may be compared with the newest: it is missing, or the measure meant something else."
    )
    put(cast.school, "progress8", 0.6, year=2018, low=0.5, high=0.7)
    years = page_of(cast).parts[0].standings[0].years
    assert years.finding == "Since 2017/18: +0.5, more than chance alone makes."
    assert [row[1] for row in years.rows] == ["-0.5 (-0.6 to -0.4)", "0.1 (0 to 0.2)", "0.6 (0.5 to 0.7)"]
    assert "app-course__break" in years.picture


def test_a_withheld_year_is_hatched_with_its_reason(cast: Cast):
    put(cast.school, RWM, 75.0, count=8)
    put(cast.school, RWM, None, year=2017, missing="SUPP")
    put(cast.school, RWM, 57.0, year=2016, count=7)
    years = page_of(cast).parts[0].standings[0].years
    assert years.finding == (
        "Since 2016/17: +18 percentage points, which cannot be told from no change: the pupils were others, and few."
    )
    assert [row[1] for row in years.rows] == [
        "57% (25% to 84.2%)", "withheld because few pupils are behind it", "75% (40.9% to 92.9%)",
    ]  # fmt: skip
    assert years.picture.count("app-course__hidden") == 1
    assert "app-course__line" not in years.picture


# --- the gap


def test_a_gap_of_shares_has_newcombes_interval(cast: Cast):
    put(cast.school, POOR, 80.0, count=70)
    put(cast.school, REST, 60.0, count=80)
    area(POOR, 51.0)
    area(REST, 71.0)
    found = gap_of(tables_of(cast.school, (), [RWM]), RWM, DAY)
    assert (found.gap.value, found.gap.groups, found.england, found.others_in_england) == (20.0, (70, 80), -20.0, 71.0)
    assert [round(each, 2) for each in found.gap.interval] == [5.24, 33.39]
    assert found.verdict is Verdict.ABOVE


def test_a_gap_of_published_values_has_an_interval_made_of_theirs(cast: Cast):
    put(cast.school, f"{READING}_disadvantaged", -3.0, low=-6.0, high=0.0)
    put(cast.school, f"{READING}_other", 1.0, low=-3.0, high=5.0)
    found = gap_of(tables_of(cast.school, (), [READING]), READING, DAY)
    assert (found.gap.value, found.gap.interval, found.verdict) == (-4.0, (-9.0, 1.0), Verdict.CANNOT_TELL)


def test_a_gap_without_intervals_may_be_chance(cast: Cast):
    put(cast.school, "attainment8_disadvantaged", 36.1, year=2022)
    put(cast.school, "attainment8_other", 50.2, year=2022)
    put(cast.school, "attainment8_other", 50.2, year=2023)  # of one group alone
    found = gap_of(tables_of(cast.school, (), ["attainment8"]), "attainment8", DAY)
    assert (found.year, round(found.gap.value, 1), found.verdict) == (2022, -14.1, Verdict.NO_INTERVAL)


def test_where_one_group_is_withheld_neither_is_shown(cast: Cast):
    put(cast.school, POOR, None, missing="SUPP")
    put(cast.school, REST, 71.43, count=7)
    put(cast.school, RWM, 62.0, count=8)
    page = page_of(cast)
    assert page.gaps == ()
    assert page.gaps_hidden == (
        "Not shown: the gap in expected standard in reading, writing and mathematics. A figure of one of the two "
        "groups is withheld because few pupils are behind it."
    )
    assert "71.4" not in repr(page)


# --- all schools, and what is spent


def many(measure: str, count: int, **more: object) -> None:
    schools = [another(number) for number in range(1, count + 1)]
    for number, school in enumerate(schools):
        value = (number - count / 2) / 2
        put(school, measure, value, **{"low": value - 3.0, "high": value + 3.0, **more})


def test_thirty_schools_with_an_interval_are_needed(cast: Cast):
    put(cast.school, READING, 1.0, low=-2.0, high=4.0)
    many(READING, 28)
    put(another(101, status="Closed"), READING, 0.0, low=-1.0, high=1.0)
    put(another(102, phase="Secondary"), READING, 0.0, low=-1.0, high=1.0)
    put(another(103), READING, 0.0, low=0.0, high=0.0)
    put(another(104), READING, 0.0, low=-1.0)
    put(another(105), READING, 0.0, high=1.0)
    put(another(106), READING, None, missing="SUPP")
    put(another(107), READING, 0.0, year=2017, low=-1.0, high=1.0)
    assert published_spread.spread_of(cast.school, READING) is None
    put(another(108), READING, 9.0, low=8.0, high=10.0)
    found = published_spread.spread_of(cast.school, READING)
    assert (found.year, found.apart.schools, found.apart.above, found.apart.below) == (2018, 30, 8, 8)
    assert float(found.values[found.ours]) == 1.0
    drawn, error = found.effects.shrunken[found.ours], found.effects.errors[found.ours]
    assert found.effects.mean < drawn < 1.0
    assert found.drawn_in == (drawn, drawn - 1.96 * error, drawn + 1.96 * error)


def test_a_school_without_an_interval_sees_the_others(cast: Cast):
    many(READING, 30)
    put(cast.school, READING, None, missing="SUPP")
    found = published_spread.spread_of(cast.school, READING)
    assert (found.ours, found.drawn_in) == (None, None)
    view = page_of(cast).spreads[0]
    assert view.ours == "Ours is not among them: no interval is published of it."
    assert "app-caterpillar__ours" not in view.picture
    assert "Another" not in repr(view)


def test_spending_is_divided_by_the_pupils_of_its_year(cast: Cast):
    put(cast.school, "income", 600_000.0, year=2017)
    put(cast.school, "expenditure", 590_000.0, year=2017)
    put(cast.school, "pupils", 90.0, year=2022)
    found = published_spend.spend_of(cast.school, ())
    assert (found.income, found.expenditure, found.counted) == (None, None, False)
    put(cast.school, "pupil_teacher_ratio", 20.0, year=2017)
    put(cast.school, "teachers_fte", 5.0, year=2017)
    found = published_spend.spend_of(cast.school, ())
    assert (found.income, found.expenditure, found.counted) == (6_000.0, 5_900.0, False)
    put(cast.school, "pupils", 120.0, year=2017)
    assert published_spend.spend_of(cast.school, ()).income == 5_000.0
    assert published_spend.spend_of(cast.school, ()).counted


def test_a_school_whose_money_is_not_published_has_no_spending(cast: Cast):
    put(cast.school, "pupils", 120.0, year=2017)
    assert published_spend.spend_of(cast.school, ()) is None


# --- the page


def test_what_can_and_cannot_be_said(cast: Cast):
    put(cast.school, RWM, 75.0, count=200)
    put(cast.school, "ks2_rwm_higher_pct", None, missing="SUPP")
    put(cast.school, "ks2_reading_scaled", 104.0)
    put(cast.school, READING, 1.0, low=-2.0, high=4.0)
    for measure, value in ((RWM, 65.0), ("ks2_rwm_higher_pct", 11.0), ("ks2_reading_scaled", 104.0)):
        area(measure, value)
    page = page_of(cast)
    assert page.title == "Published results: 1 of 4 figures stands apart from England's"
    assert page.can == (
        "Expected standard in reading, writing and mathematics, 2018/19: 75% (68.6% to 80.5%), higher than England's "
        "65%.",
    )
    assert page.cannot == (
        "Whether key stage 2 progress in reading differ from England's, or from the average: chance alone makes such "
        "differences.",
        "Whether average scaled score in reading differ from anybody's by more than chance: no interval is published "
        "with them.",
        "Anything about higher standard in reading, writing and mathematics: the figures are withheld, or of "
        "too few pupils to tell.",
        "Why any of them is as it is, or what next year's pupils will do: a figure tells neither.",
    )
    hidden = page.parts[0].standings[1]
    assert (hidden.heading, hidden.missing, hidden.rows) == (
        "Higher standard in reading, writing and mathematics: withheld because few pupils are behind it",
        "too few to show",
        (),
    )


def test_a_school_with_no_published_figure_is_told_what_the_page_will_show(cast: Cast):
    body = cast.client("chair").get(reverse("published", kwargs={"urn": cast.school.urn})).content.decode()
    assert "No published results yet" in body
    assert "This page will show what the Department for Education publishes" in body
    assert "What we cannot say" not in body


def _part(cast: Cast, part: str) -> str:
    """Return a part of the published results as the chair sees it; "" is the first."""
    kwargs = {"urn": cast.school.urn, **({"part": part} if part else {})}
    return cast.client("chair").get(reverse("published-part" if part else "published", kwargs=kwargs)).content.decode()


def test_each_part_has_its_page_and_the_first_says_what_can_be_said(cast: Cast):
    School.objects.filter(pk=cast.school.pk).update(phase="Secondary")
    for measure in ("attainment8", "absence_pct"):
        put(cast.school, measure, 50.0, count=30)
    whole = published_pages.published_page(cast.scope("chair"))
    first, absence, gone = (published_parts.of(cast.scope("chair"), whole, part) for part in ("", "absence", "gap"))
    assert [(link.words, link.here) for link in first.links] == [
        ("Results", True),
        ("Absence", False),
        ("All schools", False),
        ("Spending", False),
    ]
    assert (first.title, absence.title) == (whole.title, "Published results: absence")
    bodies = [_part(cast, part) for part in ("", "absence", "gap")]
    assert ["What we cannot say" in body for body in bodies] == [True, False, False]
    assert ["Sessions missed: overall absence" in body for body in bodies] == [False, True, False]
    assert ["Nothing of this is published" in body for body in bodies] == [False, False, True]
    assert (gone.sections, gone.is_first) == ((), False)
    assert published_parts.named("league-table") is None


@pytest.mark.parametrize("phase", ["Primary", "Secondary", "All-through", "Nursery", ""])
def test_every_phase_has_its_page(phase, cast: Cast):
    School.objects.filter(pk=cast.school.pk).update(phase=phase)
    for measure in (RWM, "attainment8", "absence_pct", "destinations_pct", "into_education_pct"):
        put(cast.school, measure, 50.0, count=30)
    put(cast.school, "ks2_reading_expected_pct", 80.0, count=30)
    body = "".join(_part(cast, part) for part in ("", "destinations"))
    shown = [each for each in ("Year 6", "Year 11", "went after", "By subject") if each in body]
    assert shown == {
        "Primary": ["Year 6", "By subject"],
        "Secondary": ["Year 11", "went after"],
    }.get(phase, ["Year 6", "Year 11", "went after", "By subject"])


def test_the_number_of_queries_does_not_grow_with_measures_and_years(cast: Cast, django_assert_num_queries):
    put(cast.school, RWM, 75.0, count=20)
    scope = cast.scope("headteacher")
    with django_assert_num_queries(QUERIES):
        published_pages.published_page(scope)
    for year in (2016, 2017):
        for measure in (RWM, POOR, REST, "ks2_rwm_higher_pct"):
            put(cast.school, measure, 60.0, year=year, count=20)
            area(measure, 60.0, year=year)
    with django_assert_num_queries(QUERIES):
        published_pages.published_page(scope)


QUERIES = 11


def test_programs_get_the_same(cast: Cast):
    put(cast.school, RWM, 75.0, count=20)
    put(cast.school, POOR, None, missing="SUPP")
    put(cast.school, REST, 71.43, count=17)
    area(RWM, 65.0)
    address = f"/api/v1/schools/{cast.school.urn}/published"
    given = cast.program("teacher").get(address).json()["items"]
    assert [(each["measure"], each["value"], each["pupils"], each["verdict"]) for each in given] == [
        (RWM, 75.0, 20, "cannot tell")
    ]
    assert given[0]["words"] == (
        "Expected standard in reading, writing and mathematics: 75%, cannot be told from England's 65%"
    )
    gaps = cast.program("teacher").get(f"{address}/gaps").json()["items"]
    assert [(each["measure"], each["gap"], each["others"]) for each in gaps] == [(RWM, None, None)]
    many(READING, 30)
    spread = cast.program("teacher").get(f"{address}/spread").json()["items"]
    assert [(each["measure"], each["schools"], each["ours"]) for each in spread] == [(READING, 30, None)]
    assert queries.published_here(cast.scope("headteacher")).spend is None
    assert published_figures.middle_of([1.0] * 9) is None
