"""Progress from starting points: whose grades are compared with whom, and what the page says."""

from datetime import date

import pytest

from headship.outcomes import own, progress, progress_pages
from headship.outcomes.own_frame import Asked
from headship.schools.models import NationalGrades
from tests import cast as everybody
from tests.cast import Cast
from tests.outcomes import cohorts

DAY = date(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return everybody.build(DAY)


def nation(subject="Mathematics", year=2023, **changed):
    """Say how England did: a mean of 3 from the lowest results on, of 5 from 100 on, each with a spread of 1."""
    for prior_from, counts in ((0.0, "0 0 50 0 50 0 0 0 0 0"), (100.0, "0 0 0 0 50 0 50 0 0 0")):
        NationalGrades.objects.create(
            year=year, subject=subject, prior_from=prior_from, counts=counts, source=f"of {year}", **changed
        )


def maths(*scores):
    return [{"maths": float(each)} for each in scores]


def sitting_of(cast, scores, priors, **facts):
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, scores, [{"prior": each} for each in priors], **facts)
    return own.sitting(cast.scope("headteacher"), sat, DAY)


def test_each_pupil_is_held_against_those_who_started_alike(cast: Cast):
    nation()
    found = sitting_of(cast, maths(4, 4, 4, 6, 6, 6, 9), [99.5, 80.0, 99.99, 100.0, 120.0, 110.0, None])
    (told,) = progress.progress_of(found)
    assert (told.all.value, told.all.n, told.all.of) == (1.0, 6, 7)
    assert told.all.high == pytest.approx(1.0 + 1.96 / 6**0.5)


def test_the_newest_table_up_to_the_pupils_year_is_taken(cast: Cast):
    for year in (2022, 2024, 2026):
        nation(year=year)
    found = sitting_of(cast, maths(*[4] * 6), [90.0] * 6)
    assert [each.starts.year for each in progress.progress_of(found)] == [2024]


def test_subjects_without_a_table_and_other_scales_have_none(cast: Cast):
    nation("Alchemy")
    nation("History")
    assert progress.progress_of(sitting_of(cast, maths(*[4] * 6), [90.0] * 6)) == []
    nation()
    sat = cohorts.assessment(cast.school, name="Percent", scale="percent")
    cohorts.pupils(sat, maths(*[50] * 6), prior=100.0)
    assert progress.progress_of(own.sitting(cast.scope("headteacher"), sat, DAY)) == []


def test_disadvantaged_pupils_and_others_are_shown_unless_one_of_them_is_few(cast: Cast):
    nation()
    facts = [{"prior": 90.0, "disadvantaged": place < 6} for place in range(12)]
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, maths(*[3] * 6, *[5] * 6), facts)
    scope = cast.scope("headteacher")
    (told,) = progress.progress_of(own.sitting(scope, sat, DAY))
    assert (told.disadvantaged.value, told.others.value) == (0.0, 2.0)
    cohorts.pupils(sat, maths(9), prior=90.0, disadvantaged=None)
    (told,) = progress.progress_of(own.sitting(scope, sat, DAY))
    assert (told.disadvantaged, told.others) == (None, None)
    assert progress_pages.progress_page(scope, Asked()).tables[0].rows[0][-2:] == ("too few to show",) * 2


def test_the_page_says_where_pupils_stand_and_that_progress_8_does_not_exist(cast: Cast):
    nation()
    sitting_of(cast, maths(*[5, 7] * 12), [105.0] * 24)
    page = progress_pages.progress_page(cast.scope("governor"), Asked())
    assert page.rows[0].finding == (
        "Mathematics: our pupils were 1.0 grades above pupils in England with the same key stage 2 results "
        "(between 0.6 and 1.4)"
    )
    assert page.rows[0].behind == "24 pupils with both results; England 2023/24. The line marks no difference."
    assert page.cannot[0] == "Not Progress 8: it does not exist for 2025/26."
    assert page.tables[0].note == "of 2023"


def test_the_page_says_what_is_lacking(cast: Cast):
    scope = cast.scope("headteacher")
    sitting_of(cast, maths(*[5] * 6), [None] * 6)
    assert progress_pages.progress_page(scope, Asked()).can == (progress_pages.NO_TABLE,)
    nation()
    page = progress_pages.progress_page(scope, Asked())
    assert (page.rows[0].finding, page.rows[0].behind) == ("Mathematics: too few to tell", progress_pages.NO_PRIOR)
    assert (page.can, page.lead) == ((progress_pages.NO_PRIOR,), "Too few pupils to tell.")


def test_key_stage_2_results_have_no_progress_here_and_it_is_said_why(cast: Cast):
    sat = cohorts.assessment(cast.school, scale="ks2_scaled", year=2024)
    cohorts.pupils(sat, [{"reading": 100.0}] * 6)
    page = progress_pages.progress_page(cast.scope("headteacher"), Asked())
    assert page.cannot[0] == "Not Key stage 2 progress: it does not exist for 2024/25."
    assert page.can == ("Nothing: progress is shown of GCSE grades, beside all pupils in England who started alike.",)


def test_a_year_group_that_is_not_there_yet_is_held_against_nothing(cast: Cast):
    nation()
    sitting_of(cast, maths(*[5, 7] * 6), [105.0] * 12, year_group="10")
    page = progress_pages.progress_page(cast.scope("headteacher"), Asked())
    assert page.rows == ()
    assert page.can == (
        "Nothing yet: England's grades are those at the end of Year 11, and these pupils are not there yet.",
    )


def test_groups_count_those_alone_whose_start_england_has(cast: Cast):
    nation()
    NationalGrades.objects.filter(prior_from=100.0).update(counts="0 0 0 0 0 0 0 0 0 0")
    facts = [{"disadvantaged": place < 6, "prior": 110.0 if place == 0 else 90.0} for place in range(14)]
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, maths(*[4] * 14), facts)
    (told,) = progress.progress_of(own.sitting(cast.scope("headteacher"), sat, DAY))
    assert (told.all.n, told.disadvantaged, told.others) == (13, None, None)
