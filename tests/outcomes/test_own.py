"""A school's own results: the figures, what is hidden, what each page says, and who may open it."""

import io
import re
from datetime import date

import docx
import pytest
from django.test import Client
from django.urls import reverse

from headship.outcomes import drawing, own, own_lead, own_pages, own_views, own_year_pages, results
from headship.outcomes.models import Assessment, PupilYear
from headship.outcomes.own_frame import Asked
from headship.people.models import Pupil
from tests import cast as everybody
from tests.cast import OWN, Cast
from tests.outcomes import cohorts

DAY = date(2026, 11, 24)
PAGES = ("results", "results-gap", "results-groups", "results-years", "results-attendance")
READERS = ("headteacher", "senior_leader", "middle_leader", "teacher", "support_staff", "safeguarding_lead",
           "business_manager", "office", "chair", "governor", "clerk", "authority_leader")  # fmt: skip
OTHERS = ("external_adviser", "administrator", "data_protection_officer")
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return everybody.build(DAY)


def maths(*scores):
    return [{"maths": float(each)} for each in scores]


def gap_of(cast, yes, no, unknown=()):
    """Return the gap in mathematics of a cohort with these scores of disadvantaged, other and unknown pupils."""
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, maths(*yes), disadvantaged=True)
    cohorts.pupils(sat, maths(*no), disadvantaged=False)
    cohorts.pupils(sat, maths(*unknown), disadvantaged=None)
    found = own.sitting(cast.scope("headteacher"), sat, DAY)
    return own.gap(found, found.columns[0])


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_mean_and_the_share_who_reached_the_standard(cast: Cast):
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, [*maths(3, 4, 4, 5, 6, 8), {"french": 2.0}])
    found = own.sitting(cast.scope("headteacher"), sat, DAY)
    column = found.columns[0]
    assert (column.code, column.words, column.standard) == ("maths", "Mathematics", 4)
    mean = own.mean(column, found.fewest)
    assert (mean.value, mean.n, mean.of) == (5.0, 6, 7)
    share = own.reached(column, found.fewest)
    assert share is not None
    assert (round(share.value, 1), share.n, share.of) == (83.3, 6, 7)


def test_a_scale_without_a_standard_has_no_share(cast: Cast):
    sat = cohorts.assessment(cast.school, scale="percent")
    cohorts.pupils(sat, maths(*range(50, 60)))
    found = own.sitting(cast.scope("headteacher"), sat, DAY)
    assert own.reached(found.columns[0], found.fewest) is None


def test_the_gap_is_of_those_known_to_be_disadvantaged_and_those_known_not_to_be(cast: Cast):
    figure, one = gap_of(cast, [3, 4, 5, 3, 4, 5], [5, 6, 7, 5, 6, 7], [0] * 6)
    assert (figure.value, figure.groups) == (-2.0, (6, 6))
    assert one.value == pytest.approx(7 / 6)  # one of the others' 7 at 0


@pytest.mark.parametrize(
    ("yes", "no", "unknown"),
    [([1] * 5, [2] * 9, []), ([1] * 9, [2] * 5, []), ([1] * 9, [2] * 9, [3] * 2), ([], [2] * 9, []), ([1] * 9, [], [])],
)
def test_a_gap_is_hidden_where_it_or_one_who_is_not_known_would_be_told(cast: Cast, yes, no, unknown):
    figure, one = gap_of(cast, yes, no, unknown)
    assert (figure.value, figure.n, figure.groups, one.value) == (None, 0, (), None)


def test_the_year_group_with_most_pupils_is_shown_unless_another_is_asked_for(cast: Cast):
    sat, scope = cohorts.assessment(cast.school), cast.scope("headteacher")
    cohorts.pupils(sat, maths(*[5] * 7), year_group="11")
    cohorts.pupils(sat, maths(*[3] * 6), year_group="10")
    assert own.sitting(scope, sat, DAY).year_group == "11"
    assert own.sitting(scope, sat, DAY, year_group="10").columns[0].scores.tolist() == [3.0] * 6
    assert own.sitting(scope, sat, DAY, year_group="9").year_group == "11"
    assert own.sitting(scope, sat, DAY).year_groups == ("10", "11")


def test_another_schools_assessment_is_not_there(cast: Cast):
    theirs = cohorts.assessment(cast.other)
    cohorts.pupils(theirs, maths(*[5] * 7))
    scope = cast.scope("headteacher")
    assert results.assessments(scope) == []
    assert results.assessment(scope, theirs.pk) is None
    assert results.cohort(scope, theirs).scores == {}


def test_years_before_are_of_the_same_name_scale_and_year_group(cast: Cast):
    scope = cast.scope("headteacher")
    sat = cohorts.assessment(cast.school, year=2025)
    cohorts.pupils(sat, maths(*[5] * 7))
    for year, name, scale, group in (
        (2024, "gcse", "gcse", "11"),
        (2023, "GCSE", "percent", "11"),
        (2022, "GCSE", "gcse", "11"),
        (2026, "GCSE", "gcse", "11"),
    ):
        cohorts.pupils(
            cohorts.assessment(cast.school, year=year, name=name, scale=scale), maths(*[4] * 7), year_group=group
        )
    mock = cohorts.assessment(cast.school, year=2024, name="Mock")
    cohorts.pupils(mock, maths(*[1] * 7))
    found = own.sitting(scope, sat, DAY)
    assert list(own.sittings_before(scope, found, DAY)) == [2024, 2025]
    PupilYear.objects.filter(year=2024).update(year_group="10")
    assert list(own.sittings_before(scope, found, DAY)) == [2025]


def attending(cast, missed, *, possible=100, year=2025, **facts):
    """Make a pupil for each number of sessions missed."""
    for each in missed:
        pupil = Pupil.objects.create(school=cast.school, key_hash=f"{Pupil.objects.count():064}", since=DAY)
        PupilYear.objects.create(
            school=cast.school, pupil=pupil, year=year, sessions_possible=possible, sessions_missed=each,
            **{**cohorts.USUAL, **facts},
        )  # fmt: skip


def test_attendance_is_of_sessions_and_persistent_absence_of_pupils(cast: Cast):
    attending(cast, [0, 0, 5, 9, 10, 36])
    found = own.attendance(cast.scope("headteacher"), 2025, DAY)
    assert (found.rate.value, found.rate.n) == (90.0, 6)
    assert (round(found.persistent.value, 1), found.persistent.n) == (33.3, 6)


def test_attendance_of_groups_counts_only_pupils_with_sessions(cast: Cast):
    attending(cast, [0] * 6, sex="female")
    attending(cast, [20] * 6, sex="male")
    attending(cast, [None] * 3, possible=None, sex="male")
    attending(cast, [0] * 3, possible=0, sex="male")
    found = own.attendance(cast.scope("headteacher"), 2025, DAY)
    sexes = next(each for each in found.groups if each.fact == "sex")
    assert [(each.words, each.count, each.figure.value) for each in sexes.groups] == [
        ("Girls", 6, 100.0),
        ("Boys", 6, 80.0),
    ]


def test_years_with_attendance_are_those_in_which_sessions_are_known(cast: Cast):
    attending(cast, [0], year=2024)
    attending(cast, [0], year=2025)
    attending(cast, [None], possible=None, year=2023)
    attending(cast, [0], possible=0, year=2022)
    assert own.attendance_years(cast.scope("headteacher")) == [2025, 2024]
    assert own.attendance_years(cast.scope("other_headteacher")) == []


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_result_says_its_interval_and_what_can_be_said(cast: Cast):
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, maths(6, 6, 6, 7, 7, 7))
    page = own_pages.results_page(cast.scope("headteacher"), Asked())
    assert page.words == "GCSE of Year 11, 2025/26. GCSE grades 9 to 1 (U is 0)."
    assert page.rows[0].finding == "Mathematics: 6.5 grades (between 5.9 and 7.1)"
    assert page.rows[0].behind.startswith("Mean of 6 pupils, on a scale from 0 to 9; the line marks 4. 100.0% (between")
    assert page.can == ("Mathematics: the mean is above 4.",)
    assert page.lead == "Mathematics is above an average of 4."


def test_too_few_is_said_once_and_not_for_every_subject(cast: Cast):
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, [*maths(3, 4, 4, 5, 6, 8), {"french": 2.0, "german": 4.0}], sex="female")
    cohorts.pupils(sat, maths(5, 6), sex="male")
    address = reverse("results", kwargs={"urn": OWN})
    page = cast.client("headteacher").get(address).content.decode().partition("<h1")[2]
    assert page.count("Too few pupils to show: French; German.") == 1
    assert page.lower().count("too few") == 1
    groups = cast.client("headteacher").get(reverse("results-groups", kwargs={"urn": OWN})).content.decode()
    assert groups.lower().count("too few") == 1
    page_of_few = own_pages.gap_page(cast.scope("headteacher"), Asked())
    assert (page_of_few.shown, page_of_few.hidden, page_of_few.drawn_up) == ((), "", ())


def test_subjects_stand_in_the_order_schools_say_them(cast: Cast):
    sat = cohorts.assessment(cast.school, scale="standardised")
    cohorts.pupils(sat, [dict.fromkeys(("history", "gps", "maths", "writing", "reading"), 5.0)] * 6)
    page = own_pages.results_page(cast.scope("headteacher"), Asked())
    assert [row.name for row in page.rows] == [
        "Reading",
        "Writing",
        "Mathematics",
        "Grammar, punctuation and spelling",
        "History",
    ]
    assert page.lead == own_lead.NO_MEASURE


@pytest.mark.parametrize(
    ("held", "first"),
    [
        ([(2025, 6, "gcse"), (2026, 11, "gcse")], 0),
        ([(2025, 6, "gcse"), (2025, 7, "percent"), (2025, 5, "percent")], 0),
        ([(2025, 6, "gcse"), (2026, 11, "gcse"), (2026, 5, "percent")], 2),
        ([(2023, 6, "gcse"), (2026, 11, "percent")], 1),
        ([(2026, 1, "percent"), (2026, 11, "percent")], 0),
        ([], None),
    ],
)
def test_the_summer_of_the_finished_year_stands_before_an_autumn(held, first):
    sat = [
        Assessment(pk=pk, year=year, name="", scale=scale, taken_on=date(year + (month < 9), month, 1))
        for pk, (year, month, scale) in enumerate(held, start=1)
    ]
    assert results.foremost(sat) == (None if first is None else sat[first])


def test_progress_is_offered_where_there_are_gcse_grades_alone(cast: Cast):
    cohorts.pupils(cohorts.assessment(cast.school, name="Key stage 2 tests", scale="ks2_scaled"), maths(*[100] * 6))
    attending(cast, [1] * 6)
    scope = cast.scope("headteacher")
    assert "Progress" not in [link.words for link in own_pages.results_page(scope, Asked()).parts]
    assert "Progress" not in [link.words for link in own_year_pages.attendance_page(scope, Asked()).parts]
    cohorts.pupils(cohorts.assessment(cast.school), maths(*[5] * 6))
    assert "Progress" in [link.words for link in own_pages.results_page(scope, Asked()).parts]


def test_attendance_is_held_against_the_year_before(cast: Cast):
    attending(cast, [10] * 5 + [4])
    scope = cast.scope("headteacher")
    assert own_year_pages.attendance_page(scope, Asked()).lead.endswith(" of their sessions.")
    attending(cast, [60, 61, 62, 60, 61, 62], year=2024)
    assert own_year_pages.attendance_page(scope, Asked()).lead.endswith("of their sessions, more than in 2024/25.")
    assert own_year_pages.attendance_page(scope, Asked(year=2024)).lead.startswith("Pupils attended 39.0% (between")


def test_five_pupils_are_too_few_to_tell_on_every_page(cast: Cast):
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, maths(1, 2, 3, 8, 9), disadvantaged=True, sex="female")
    scope = cast.scope("headteacher")
    page = own_pages.results_page(scope, Asked())
    assert page.rows[0].finding == "Mathematics: too few to tell"
    assert page.tables[0].rows == (("Mathematics", *["too few to show"] * 4),)
    assert page.can == ("Fewer than 6 pupils make no figure, so nothing can be said of so few.",)
    assert own_pages.gap_page(scope, Asked()).tables[0].rows == (("Mathematics", *["too few to show"] * 5),)
    for table in own_pages.groups_page(scope, Asked()).tables:
        assert {cell for row in table.rows for cell in row[1:]} == {"too few to show"}
    assert (own_pages.gap_page(scope, Asked()).can, own_pages.gap_page(scope, Asked()).lead) == (
        (),
        "Too few pupils to tell.",
    )
    cohorts.pupils(cohorts.assessment(cast.school, year=2024), maths(1, 2, 3, 8, 9))
    years = own_year_pages.years_page(scope, Asked())
    assert years.rows[0].finding == "Mathematics: too few to tell"
    assert years.tables[0].rows == (("Mathematics", "too few to show", "too few to show"),)


def test_a_gap_that_hangs_on_one_pupil_says_so(cast: Cast):
    gap_of(cast, [4, 4, 4, 4, 4, 5], [5, 5, 5, 5, 5, 6])
    page = own_pages.gap_page(cast.scope("headteacher"), Asked())
    assert page.rows[0].finding == (
        "Mathematics. Disadvantaged pupils were 1.0 grades below others (between 0.5 and 1.5), "
        "but one pupil's result could undo that"
    )
    assert page.rows[0].behind.endswith("One pupil's result can move it by 1.5 at most.")
    assert page.tables[0].rows[0][-1] == "1.5"


def test_what_one_pupil_moves_tells_nobodys_score(cast: Cast):
    pages = []
    for lowest in (1, 4):
        gap_of(cast, [lowest, 9 - lowest, 5, 5, 5, 5], [5, 5, 5, 5, 5, 6])
        pages.append(own_pages.gap_page(cast.scope("headteacher"), Asked()).tables[0].rows[0][-1])
        Assessment.objects.all().delete()
    assert pages == ["1.5", "1.5"]


def test_groups_are_of_the_subject_asked_for(cast: Cast):
    sat = cohorts.assessment(cast.school)
    both = [{"maths": 4.0 + place % 2, "history": 7.0 + place % 2} for place in range(12)]
    cohorts.pupils(sat, both, [{"sex": "female" if place < 6 else "male"} for place in range(12)])
    scope = cast.scope("headteacher")
    assert own_pages.groups_page(scope, Asked(subject="history")).tables[0].rows[0] == (
        "Girls", "6", "7.5 grades", "6.9 to 8.1", "+0.0 (-0.7 to 0.7)",
    )  # fmt: skip
    assert own_pages.groups_page(scope, Asked(subject="nothing")).words.endswith("Mathematics.")


def test_a_change_over_the_years_is_said_only_where_the_interval_lets_it(cast: Cast):
    scope = cast.scope("headteacher")
    for year, scores in ((2023, (2, 3, 2, 3, 2, 3)), (2024, (2, 2, 2)), (2025, (7, 8, 7, 8, 7, 8))):
        cohorts.pupils(cohorts.assessment(cast.school, year=year), maths(*scores))
    page = own_year_pages.years_page(scope, Asked())
    assert page.rows[0].finding == "Mathematics: up by 5.0 grades since 2023/24"
    assert page.lead == "Mathematics is up since 2023/24."
    assert page.tables[0].heads == ("Subject", "2023/24", "2024/25", "2025/26")
    assert page.tables[0].rows == (
        ("Mathematics", "2.5 grades (between 1.9 and 3.1), 6 pupils", "too few to show",
         "7.5 grades (between 6.9 and 8.1), 6 pupils"),
    )  # fmt: skip


def test_one_year_alone_is_compared_with_nothing(cast: Cast):
    cohorts.pupils(cohorts.assessment(cast.school), maths(*[5, 6] * 6))
    page = own_year_pages.years_page(cast.scope("headteacher"), Asked())
    assert (page.rows, page.tables) == ((), ())
    assert page.can == ("Nothing yet: GCSE was brought in for one year alone. Each year is compared by that name.",)


def test_year_groups_stand_as_people_count_them(cast: Cast):
    for group in ("Year 10", "Year 9"):
        attending(cast, [1] * 6, year_group=group)
    table = own_year_pages.attendance_page(cast.scope("headteacher"), Asked()).tables[1]
    assert [row[0] for row in table.rows] == ["Year 9", "Year 10"]


def test_groups_too_close_to_tell_are_named_together(cast: Cast):
    attending(cast, [0, 40] * 3, sex="female", sen="none")
    attending(cast, [0, 38] * 3, sex="male", sen="support")
    page = own_year_pages.attendance_page(cast.scope("headteacher"), Asked())
    assert page.can == ("Too close to all others to tell: Girls; No special educational need.",)


def test_where_no_group_can_be_compared_it_is_said(cast: Cast):
    attending(cast, [0, 40] * 3, sex="female", sen="none")
    page = own_year_pages.attendance_page(cast.scope("headteacher"), Asked())
    assert page.can == ("Nothing of one group against the others: no two are large enough to compare.",)


def test_attendance_says_the_rate_and_the_years_before(cast: Cast):
    attending(cast, [10] * 5 + [4])
    attending(cast, [8] * 5 + [20], year=2024)
    page = own_year_pages.attendance_page(cast.scope("headteacher"), Asked())
    assert page.rows[0].finding.startswith("Attendance: 91.0% (between ")
    assert [row[0] for row in page.tables[0].rows] == ["2025/26", "2024/25"]
    assert own_year_pages.attendance_page(cast.scope("headteacher"), Asked(year=2024)).words.startswith(
        "Sessions attended by the pupils of 2024/25"
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_school_without_results_is_told_what_the_page_will_show(cast: Cast, name):
    reply = cast.client("headteacher").get(reverse(name, kwargs={"urn": OWN}))
    assert (reply.status_code, b"It needs a file of results" in reply.content) == (200, True)
    asked = cast.client("teacher").get(reverse(name, kwargs={"urn": OWN}))
    assert b"Ask one of them." in asked.content


@pytest.mark.parametrize("name", PAGES)
def test_staff_governors_and_leaders_above_may_open_it_and_others_are_told_whom_to_ask(cast: Cast, name):
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, maths(*[5, 6] * 6), disadvantaged=True)
    attending(cast, [1] * 6)
    address = reverse(name, kwargs={"urn": OWN})
    assert {each: cast.client(each).get(address).status_code for each in READERS} == dict.fromkeys(READERS, 200)
    assert {each: cast.client(each).get(address).status_code for each in OTHERS} == dict.fromkeys(OTHERS, 403)
    assert cast.client("other_headteacher").get(address).status_code == 404


@pytest.mark.parametrize("asked", ["sat=0", "sat=x", f"sat={'9' * 30}", "year_group=%00", "subject=%F0%9F", "year=-1"])
@pytest.mark.parametrize("name", PAGES)
def test_what_is_no_choice_is_as_if_nothing_was_asked(cast: Cast, name, asked):
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, maths(*[5, 6] * 6))
    reply = cast.client("headteacher").get(f"{reverse(name, kwargs={'urn': OWN})}?{asked}")
    assert reply.status_code == 200


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("part", own_views.PARTS)
def test_each_part_is_a_pdf_for_screen_readers_and_a_word_document(cast: Cast, part):
    for year in (2024, 2025):
        sat = cohorts.assessment(cast.school, year=year)
        cohorts.pupils(sat, maths(*[3, 4] * 6), disadvantaged=True)
        cohorts.pupils(sat, maths(*[5, 6] * 6), disadvantaged=False)
        attending(cast, [1, 2] * 6, year=year)
    address = f"{reverse('results-document', kwargs={'urn': OWN})}?part={part}"
    pdf = cast.client("governor").get(f"{address}&as=pdf")
    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert b"pdfuaid:part" in pdf.content
    word = cast.client("governor").get(f"{address}&as=word&sat={sat.pk}")
    assert word.headers["Content-Disposition"].endswith('.docx"')
    assert "What we can say, and what we cannot" in paragraphs(word)
    assert cast.client("external_adviser").get(address).status_code == 403


def paragraphs(reply):
    return [each.text for each in docx.Document(io.BytesIO(reply.content)).paragraphs]


@pytest.mark.parametrize("part", own_views.PARTS)
def test_a_school_without_results_has_a_document_that_says_so(cast: Cast, part):
    address = reverse("results-document", kwargs={"urn": OWN})
    told = paragraphs(cast.client("headteacher").get(f"{address}?part={part}&as=word"))
    assert told[-1].startswith("This page will show how pupils do")


def test_the_other_parts_keep_the_assessment_and_the_year_group(cast: Cast):
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, maths(*[3, 4] * 6))
    page = own_pages.gap_page(cast.scope("governor"), Asked(sat=sat.pk, year_group="11", subject="maths"))
    address = reverse("results-groups", kwargs={"urn": OWN})
    assert f"{address}?sat={sat.pk}&year_group=11" in [each.url for each in page.parts]


def test_pages_and_documents_say_which_rules_nobody_has_checked(cast: Cast):
    cohorts.pupils(cohorts.assessment(cast.school), maths(*[3, 4] * 6))
    page = cast.client("governor").get(reverse("results", kwargs={"urn": OWN})).content.decode()
    rule = "GCSE grades 9 to 1, with U as 0, and the standard pass."
    assert rule in page
    assert "as this project remembers it (not yet checked)." in page
    document = f"{reverse('results-document', kwargs={'urn': OWN})}?as=word"
    assert any(each.startswith(rule) for each in paragraphs(cast.client("governor").get(document)))


def test_a_page_leads_to_its_document_with_what_was_chosen_and_nothing_else(cast: Cast):
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, maths(*[3, 4] * 6))
    page = cast.client("governor").get(f"{reverse('results-gap', kwargs={'urn': OWN})}?sat={sat.pk}&other=1")
    address = reverse("results-document", kwargs={"urn": OWN})
    assert f'href="{address}?sat={sat.pk}&amp;part=gap&amp;as=pdf"' in page.content.decode()


def test_what_is_no_part_and_no_kind_gives_the_results_as_pdf(cast: Cast):
    reply = cast.client("headteacher").get(f"{reverse('results-document', kwargs={'urn': OWN})}?part=x&as=y")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="our-results.pdf"'


# ── for programs ────────────────────────────────────────────────────────────────────────────────────────────────────


def given_to(cast, persona, what):
    token = cast.token(persona, "outcomes:read")
    reply = Client().get(f"/api/v1/schools/{OWN}/{what}", headers={"Authorization": f"Bearer {token}"})
    return reply.status_code, reply.json()


def test_programs_get_the_figures_of_the_pages_with_the_same_ones_hidden(cast: Cast):
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, maths(*[3, 5] * 3), disadvantaged=True)
    cohorts.pupils(sat, maths(*[5, 7] * 3), disadvantaged=False)
    cohorts.pupils(sat, maths(1, 2), year_group="9")
    status, told = given_to(cast, "governor", "results")
    assert (status, len(told["items"])) == (200, 2)
    few, many = told["items"]
    assert (few["year_group"], many["year_group"]) == ("9", "11")
    assert {few[name] for name in ("pupils", "mean", "low", "high", "reached", "gap", "gap_low")} == {None}
    assert (many["pupils"], many["mean"], many["gap"], many["reached"]) == (12, 5.0, -2.0, 75.0)
    assert given_to(cast, "external_adviser", "results")[0] == 403


def test_programs_get_no_more_places_than_pages_print(cast: Cast):
    cohorts.pupils(cohorts.assessment(cast.school), maths(3, 3, 3, 3, 3, 3, 4), disadvantaged=True)
    (told,) = given_to(cast, "governor", "results")[1]["items"]
    assert (told["mean"], told["low"], told["high"], told["reached"]) == (3.1, 2.8, 3.5, 14.3)


def test_programs_get_attendance_with_the_same_groups_hidden(cast: Cast):
    attending(cast, [0] * 6, sex="female")
    attending(cast, [20] * 2, sex="male")
    status, told = given_to(cast, "teacher", "attendance")
    assert status == 200
    rows = [(each["by"], each["group"], each["pupils"], each["attendance"]) for each in told["items"]]
    assert rows == [
        ("", "", 8, 95.0), ("year_group", "11", 8, 95.0), ("sex", "Girls", None, None), ("sex", "Boys", None, None),
    ]  # fmt: skip
    assert given_to(cast, "external_adviser", "attendance")[0] == 403


def test_pupils_of_no_known_year_group_are_shown_without_the_others(cast: Cast):
    sat = cohorts.assessment(cast.school)
    cohorts.pupils(sat, maths(*[4] * 8), year_group="")
    cohorts.pupils(sat, maths(*[9] * 3), year_group="10")
    scope = cast.scope("headteacher")
    found = own.sitting(scope, sat, DAY)
    assert (found.year_group, len(found.cohort.known.pupils)) == ("", 8)
    assert len(own.sitting(scope, sat, DAY, year_group="10").cohort.known.pupils) == 3


def test_a_value_over_the_years_is_never_struck_through_by_its_line():
    runs = [[(2023, 50.0, None), (2024, 60.0, None), (2025, 55.0, None)]]
    heights = re.findall(r'y="([\d.]+)">[\d.]+</text>', drawing.years(runs, (2023, 2025), "Reading"))
    assert heights == ["112", "10", "60.0"]
    assert [drawing._off_the_line(50.0, rises=way) for way in (True, False, None)] == [70.0, 40.0, 54.0]
