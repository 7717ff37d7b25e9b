"""Pupil premium spending: one grid a year, its sums, the gap beside it, and no count of few pupils."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.pages import academic_year
from headship.core.scope import installation_scope
from headship.evidence.models import Entry
from headship.outcomes import spend_actions as actions
from headship.outcomes import spend_forms as forms
from headship.outcomes import spend_pages as pages
from headship.outcomes import spend_queries as queries
from headship.outcomes.models import Intervention, PupilYear, SpendLine, SpendYear
from headship.outcomes.spend_choices import Approach
from headship.schools.calendar_dates import year_of
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.outcomes import rows
from tests.outcomes.test_interventions import plan

AT = timezone.now()
TODAY = timezone.localdate(AT)
YEAR = year_of(TODAY)
URL = {"urn": everybody.OWN}
TUTORS = actions.Spent("Tutors", Approach.TARGETED, "Reading", Decimal("1200.50"), Decimal(1000))


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def keep(cast: Cast, *spent: actions.Spent, persona: str = "headteacher", version: int = 0, year: int = YEAR) -> None:
    actions.keep_spending(by=cast.scope(persona), at=AT, year=year, version=version, spent=spent)


def test_a_grid_is_kept_whole_with_its_evidence_and_one_audit_record(cast: Cast):
    keep(cast, TUTORS, replace(TUTORS, what="Books", approach=Approach.TEACHING))
    keep(cast, replace(TUTORS, what="Only this"), version=1)
    assert [each.what for each in queries.lines(cast.scope("teacher"), YEAR)] == ["Only this"]
    entry = Entry.objects.get(withdrawn_at=None)
    assert (entry.kind, entry.source) == ("outcomes.spending", f"outcomes.SpendYear:{SpendYear.objects.get().pk}")
    assert AuditEvent.objects.filter(action="outcomes.keep_spending").count() == 2
    keep(cast, version=2)
    assert (SpendLine.objects.count(), Entry.objects.filter(withdrawn_at=None).count()) == (0, 0)


@pytest.mark.parametrize("persona", ["headteacher", "senior_leader", "business_manager"])
def test_these_keep_it(cast: Cast, persona: str):
    keep(cast, TUTORS, persona=persona)
    assert SpendLine.objects.get().premium == Decimal(1000)


@pytest.mark.parametrize("persona", ["middle_leader", "teacher", "office", "chair", "governor", "authority_leader"])
def test_the_others_are_told_who_does(cast: Cast, persona: str):
    with pytest.raises(Refused, match="kept by the headteacher"):
        keep(cast, TUTORS, persona=persona)


def test_nobody_writes_over_what_they_have_not_seen(cast: Cast):
    keep(cast, TUTORS)
    for version in (0, 2):
        with pytest.raises(Stale):
            keep(cast, replace(TUTORS, what="Mine"), version=version)
    assert SpendLine.objects.get().what == "Tutors"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"what": " "}, "Row 2: say what"),
        ({"amount": Decimal(-1), "premium": Decimal(-1)}, "Row 2: amounts are 0 or more"),
        ({"premium": Decimal(1201)}, "Row 2: no more can be pupil premium"),
        ({"intervention": 7}, "Row 2: choose an intervention of the school"),
        ({"owner": 0}, "Row 2: choose somebody with a post here"),
    ],
)
def test_what_cannot_be_is_refused_with_its_row(cast: Cast, changed: dict[str, object], sentence: str):
    with pytest.raises(Unusable, match=sentence):
        keep(cast, TUTORS, replace(TUTORS, **changed))
    assert SpendYear.objects.count() == 0


def test_too_many_rows_and_years_out_of_reach_are_refused(cast: Cast):
    with pytest.raises(Unusable, match="at most 60 rows"):
        keep(cast, *[TUTORS] * 61)
    with pytest.raises(Unusable, match="within five years"):
        keep(cast, TUTORS, year=YEAR + 6)


def test_an_intervention_of_another_school_is_none_of_ours(cast: Cast):
    key = plan(cast)
    keep(cast, replace(TUTORS, intervention=key))
    Intervention.objects.update(school=cast.other)
    with pytest.raises(Unusable, match="Row 1: choose an intervention"):
        keep(cast, replace(TUTORS, intervention=key), version=1)


@pytest.mark.parametrize(
    ("disadvantaged", "others", "told"), [(5, 30, None), (6, 30, 6), (30, 6, 30), (30, 5, None), (0, 30, None)]
)
def test_the_sum_for_one_pupil_is_told_only_where_their_number_may_be(cast: Cast, disadvantaged, others, told):
    rows.known(cast.school, rows.pupils(cast.school, disadvantaged + others), YEAR, disadvantaged=disadvantaged)
    rows.known(cast.school, rows.pupils(cast.school, 40), YEAR - 1, disadvantaged=20)
    rows.known(cast.other, rows.pupils(cast.other, 40), YEAR, disadvantaged=20)
    keep(cast, TUTORS)
    scope = cast.scope("governor")
    assert queries.disadvantaged(scope, YEAR, TODAY) == told
    sums = dict(pages.spend_page(scope, YEAR).sums)
    each = f"£{round(1000 / told)}, for {told} pupils" if told else "too few pupils to say"
    assert sums == {"In all": "£1,200.50", "Of it pupil premium": "£1,000", "For one disadvantaged pupil": each}
    given = cast.program("governor").get(f"/api/v1/schools/{everybody.OWN}/pupil-premium/{YEAR}").json()
    assert given["for_one_pupil"] == (str(round(1000 / told)) if told else None)


@pytest.mark.parametrize(("unknown", "told"), [(3, None), (6, 10), (0, 10)])
def test_few_pupils_of_whom_it_is_not_known_are_not_given_away_by_those_of_whom_it_is(cast: Cast, unknown, told):
    found = rows.pupils(cast.school, 40 + unknown)
    rows.known(cast.school, found, YEAR, disadvantaged=10)
    PupilYear.objects.filter(pupil__in=[each.pk for each in found[40:]]).update(disadvantaged=None)
    assert queries.disadvantaged(cast.scope("governor"), YEAR, TODAY) == told


def test_the_gap_of_the_newest_results_stands_beside_it_for_three_years_without_a_cause(cast: Cast):
    for back, low in ((0, 90.0), (1, 100.0), (2, 90.0), (3, 80.0)):
        rows.cohort(cast.school, YEAR - 1 - back, [low, low + 2] * 8 + [104.0, 106.0] * 8, disadvantaged=16)
    page = pages.spend_page(cast.scope("chair"), YEAR)
    assert [(each[0], each[1]) for each in page.gaps] == [
        ("Mathematics", pages.academic_year(YEAR - 1 - back)) for back in range(3)
    ]
    assert page.gaps[0][2].startswith("Disadvantaged pupils were 14.0 points below others (between ")
    answer = cast.client("chair").get(reverse("spend", kwargs=URL)).text
    assert "It does not say what the money did" in answer


def test_a_gap_of_few_pupils_is_too_few_to_tell(cast: Cast):
    rows.cohort(cast.school, YEAR - 1, [90.0] * 5 + [104.0, 106.0] * 8, disadvantaged=5)
    (row,) = pages.spend_page(cast.scope("chair"), YEAR).gaps
    assert row[2] == "Disadvantaged pupils: too few to tell"


def cells(**changed: str) -> dict[str, str]:
    told = {"what": "Tutors", "approach": "targeted", "need": "Reading", "amount": "£1,200.50", "premium": "1000",
            "owner": "", "intervention": ""}  # fmt: skip
    return {**told, **changed}


def sent(*grid: dict[str, str], **more: str) -> dict[str, str]:
    return {f"{name}-{row}": text for row, each in enumerate(grid) for name, text in each.items()} | more


BLANK = cells(what="", need="", amount="", premium="", approach="teaching")


def test_blank_rows_are_left_out_and_pasted_ones_come_below():
    pasted = "What\tApproach\tNeed\n\nBooks\tTeaching\t\t300\nTrips\twider strategies\tDebt\t£50\t25.50"
    grid = forms.read(sent(BLANK, cells(), pasted=pasted), [], [])
    assert grid.faults == []
    assert grid.spent == [
        TUTORS,
        actions.Spent("Books", Approach.TEACHING, "", Decimal(300), Decimal(0)),
        actions.Spent("Trips", Approach.WIDER, "Debt", Decimal(50), Decimal("25.50")),
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"what": ""}, "Row 2, what: say what it was spent on."),
        ({"what": "x" * 121}, "Row 2, what: use at most 120 characters."),
        ({"approach": "Magic"}, "Row 2, approach: choose Teaching, Targeted support, Wider strategies."),
        ({"amount": "lots"}, "Row 2, amount, £: use pounds and pence, such as 1,200 or 1200.50."),
        ({"amount": ""}, "Row 2, amount, £: use pounds and pence, such as 1,200 or 1200.50."),
        ({"amount": "NaN"}, "Row 2, amount, £: use pounds and pence, such as 1,200 or 1200.50."),
        ({"amount": "1e99"}, "Row 2, amount, £: use pounds and pence, such as 1,200 or 1200.50."),
        ({"amount": "0.005"}, "Row 2, amount, £: use pounds and pence, such as 1,200 or 1200.50."),
        ({"premium": "-1"}, "Row 2, of it pupil premium, £: use pounds and pence, such as 1,200 or 1200.50."),
        ({"premium": "1300"}, "Row 2, of it pupil premium, £: no more can be pupil premium than was spent."),
        ({"owner": "7"}, "Row 2, owner: choose from the list."),
        ({"intervention": "x"}, "Row 2, intervention: choose from the list."),
    ],
)
def test_a_wrong_cell_is_told_with_row_and_column_and_nothing_is_half_done(changed: dict[str, str], words: str):
    grid = forms.read(sent(cells(), cells(**changed)), [5], [])
    assert words in [each.words for each in grid.faults]
    assert grid.spent == []


def test_the_page_keeps_what_was_typed_and_saves_without_a_script(cast: Cast):
    client = cast.client("business_manager")
    url = reverse("spend-edit", kwargs={**URL, "year": YEAR})
    assert client.get(url).text.count('name="what-') == 6
    wrong = client.post(url, sent(cells(), cells(what="Kept as typed", amount="?"), version="0"))
    assert "Row 2, amount, £: use pounds and pence" in wrong.text.replace("&#163;", "£")
    assert "Kept as typed" in wrong.text
    assert SpendYear.objects.count() == 0
    owner = str(cast.people["teacher"].pk)
    assert client.post(url, sent(cells(owner=owner), version="0")).status_code == 302
    made = SpendLine.objects.get()
    assert (made.owner, made.amount) == (cast.people["teacher"], Decimal("1200.50"))
    assert client.post(url, sent(cells(), version="x")).status_code == 409
    assert client.get(url).text.count('name="what-') == 7
    assert client.get(reverse("spend-edit", kwargs={**URL, "year": 1999})).status_code == 404
    shown = client.get(reverse("spend", kwargs=URL) + f"?year={YEAR}").text
    assert "Hari Teacher-Example, teacher" in shown
    assert f"£1,000 of pupil premium in {academic_year(YEAR)}, spent on 1 thing" in shown


def test_an_empty_grid_starts_from_the_year_before_and_keeps_nothing_by_itself(cast: Cast):
    keep(cast, TUTORS, year=YEAR - 1)
    head = cast.scope("headteacher")
    page = pages.spend_page(head, YEAR)
    assert page.like_last_url.endswith(f"/pupil-premium/{YEAR}?like=last")
    assert pages.spend_page(cast.scope("governor"), YEAR).like_last_url == ""
    assert pages.spend_page(head, YEAR - 1).like_last_url == ""
    client = cast.client("headteacher")
    assert 'value="Tutors"' not in client.get(page.edit_url).text
    assert 'value="Tutors"' in client.get(page.like_last_url).text
    assert SpendLine.objects.filter(spend__year=YEAR).count() == 0


def test_programs_read_and_keep_a_grid(cast: Cast):
    program, url = cast.program("headteacher"), f"/api/v1/schools/{everybody.OWN}/pupil-premium/{YEAR}"
    body = {"lines": [{"what": "Tutors", "approach": "targeted", "amount": "10.00", "premium": "5"}]}
    answer = program.put(url, body, content_type="application/json", headers={"If-Match": '"0.any"'})
    assert answer.status_code == 200
    assert (answer.json()["version"], answer.json()["premium"]) == (1, "5.00")
    assert program.get(f"/api/v1/schools/{everybody.OWN}/pupil-premium/1999").status_code == 400
