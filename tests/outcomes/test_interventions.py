"""Interventions: who takes part by a hash alone, an honest difference, and words that neither boast nor blame."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import numpy as np
import pytest
from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from headship.analysis.adjusted import AdjustedDifference, adjusted_difference
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditDetail, AuditEvent
from headship.core.scope import installation_scope
from headship.evidence.models import Entry
from headship.outcomes import intervention_actions as actions
from headship.outcomes import intervention_pages as pages
from headship.outcomes import intervention_queries as queries
from headship.outcomes import intervention_words as words
from headship.outcomes import waiting
from headship.outcomes.intervention_queries import Came
from headship.outcomes.models import Intervention, InterventionPupil
from headship.people.models import Pupil
from headship.people.rosters import hash_of
from headship.schools.calendar_dates import year_of
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.outcomes import rows

AT = timezone.now()
TODAY = timezone.localdate(AT)
YEAR = year_of(TODAY)
URL = {"urn": everybody.OWN}


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def upn(number: int) -> str:
    return f"A{number:012}"


def pupils(cast: Cast, count: int) -> list[Pupil]:
    """Make a year 6 whose UPNs are `upn(0)` and on."""
    found = Pupil.objects.bulk_create(
        Pupil(school=cast.school, key_hash=hash_of(upn(number), settings.HEADSHIP_PUPIL_KEY), since=TODAY)
        for number in range(count)
    )
    rows.known(cast.school, found, YEAR)
    return found


def planned(cast: Cast, **changed: object) -> actions.Planned:
    told = actions.Planned(
        name="Fractions at breakfast",
        approach="Twenty minutes, three times a week, in sixes",
        subject="maths",
        year_group="Year 6",
        owner=cast.people["teacher"].pk,
        starts_on=TODAY - timedelta(days=60),
        ends_on=TODAY - timedelta(days=1),
        cost=Decimal("1200.00"),
        hours=Decimal("30.5"),
        before=rows.MOCK,
        before_year=YEAR,
        after=rows.KS2,
        after_year=YEAR,
    )
    return replace(told, **changed)


def plan(cast: Cast, persona: str = "headteacher", upns=None, **changed: object) -> int:
    return actions.plan_intervention(
        by=cast.scope(persona), at=AT, once=uuid4(), planned=planned(cast, **changed), upns=upns
    )


def results(cast: Cast, found: list[Pupil], took: int, gain: float = 3.0, noise: float = 2.0):
    """Let pupils sit before and after; the first `took` of them gained more."""
    numbers = np.random.default_rng(11)
    before = numbers.normal(98, 5, len(found)).round(1)
    after = (before + 2 + gain * (np.arange(len(found)) < took) + numbers.normal(0, noise, len(found))).round(1)
    rows.sat(cast.school, found, YEAR, before.tolist(), name=rows.MOCK)
    rows.sat(cast.school, found, YEAR, after.tolist())
    return before, after


def came(cast: Cast, key: int, persona: str = "headteacher") -> Came:
    scope = cast.scope(persona)
    (found,) = queries.came_of(scope, [queries.intervention(scope, key)])
    return found


def test_an_intervention_is_planned_with_its_evidence_and_one_audit_record(cast: Cast):
    pupils(cast, 8)
    key = plan(cast, upns=[upn(0), "", f" {upn(1).lower()} "])
    assert queries.taking_part(cast.scope("headteacher"), [key]) == {
        key: set(Pupil.objects.filter(key_hash__in=[hash_of(upn(each), settings.HEADSHIP_PUPIL_KEY) for each in (0, 1)])
                 .values_list("pk", flat=True))
    }  # fmt: skip
    entry = Entry.objects.get()
    assert (entry.kind, entry.words, entry.source) == (
        "outcomes.intervention", "Planned an intervention: Fractions at breakfast", f"outcomes.Intervention:{key}",
    )  # fmt: skip
    told = AuditEvent.objects.get(action="outcomes.plan_intervention")
    assert upn(0) not in str(vars(told))
    assert not AuditDetail.objects.exists()


def test_the_same_form_sent_twice_plans_one(cast: Cast):
    once, told = uuid4(), planned(cast)
    by = cast.scope("headteacher")
    keys = {actions.plan_intervention(by=by, at=AT, once=once, planned=told) for _ in range(2)}
    assert len(keys) == Intervention.objects.count() == Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("upns", "sentence"),
    [
        ([upn(0), "B1", "nonsense"], "Rows 2 and 3 hold no UPN"),
        ([upn(0), upn(77)], "Row 2 holds a UPN that no pupil of this school has here"),
        ([upn(number) for number in range(70, 90)],
         "Rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and more hold a UPN that no pupil"),
        ([upn(0)] * 2_001, "more than 2,000 UPNs"),
    ],
)  # fmt: skip
def test_unknown_pupils_are_told_by_row_and_no_upn_is_said_or_kept(cast: Cast, upns: list[str], sentence: str):
    pupils(cast, 3)
    Pupil.objects.create(school=cast.other, since=TODAY, key_hash=hash_of(upn(77), settings.HEADSHIP_PUPIL_KEY))
    with pytest.raises(Unusable, match=re.escape(sentence)) as refused:
        plan(cast, upns=upns)
    assert "A0" not in str(refused.value).replace("A123456789012", "")
    assert (Intervention.objects.count(), InterventionPupil.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "Give it a name"),
        ({"subject": "alchemy"}, "Choose the subject"),
        ({"year_group": ""}, "Say which year group"),
        ({"ends_on": TODAY - timedelta(days=61)}, "cannot end before it starts"),
        ({"cost": Decimal(-1)}, "0 or more"),
        ({"hours": Decimal(-1)}, "0 or more"),
        ({"before_year": None}, "the year of the results before"),
        ({"after": ""}, "the year of the results after"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, changed: dict[str, object], sentence: str):
    with pytest.raises(Unusable, match=sentence):
        plan(cast, **changed)


@pytest.mark.parametrize("persona", ["governor", "leaver", "other_teacher"])
def test_only_staff_who_work_here_today_answer_for_one(cast: Cast, persona: str):
    with pytest.raises(Unusable, match="somebody with a post here"):
        plan(cast, owner=cast.people[persona].pk)


@pytest.mark.parametrize("persona", ["teacher", "chair", "office", "business_manager"])
def test_the_others_are_told_who_keeps_them(cast: Cast, persona: str):
    with pytest.raises(Refused, match="Interventions are kept by"):
        plan(cast, persona)


def test_it_is_changed_looked_at_and_withdrawn_and_then_forgets_its_pupils(cast: Cast):
    pupils(cast, 8)
    key = plan(cast, upns=[upn(0), upn(1)])
    by = cast.scope("middle_leader")
    told = planned(cast, cost=None)
    actions.change_intervention(by=by, at=AT, intervention=key, version=1, planned=told)
    assert InterventionPupil.objects.count() == 2
    actions.change_intervention(by=by, at=AT, intervention=key, version=2, planned=told, upns=[upn(3)])
    assert InterventionPupil.objects.count() == 1
    with pytest.raises(Stale):
        actions.change_intervention(by=by, at=AT, intervention=key, version=1, planned=told)
    with pytest.raises(Http404):
        actions.change_intervention(
            by=cast.scope("other_headteacher"), at=AT, intervention=key, version=3, planned=told
        )
    owner = cast.scope("teacher")
    for version in (3, 4):
        actions.review_intervention(by=owner, at=AT, intervention=key, version=version, conclusion="We keep it")
    assert [each.kind for each in Entry.objects.order_by("pk")] == [
        "outcomes.intervention", "outcomes.intervention_reviewed",
    ]  # fmt: skip
    with pytest.raises(Refused, match="noted by who answers for it"):
        actions.review_intervention(
            by=cast.scope("support_staff"), at=AT, intervention=key, version=5, conclusion="Mine"
        )
    actions.withdraw_intervention(by=by, at=AT, intervention=key, version=5)
    assert InterventionPupil.objects.count() == Entry.objects.filter(withdrawn_at=None).count() == 0
    assert list(queries.standing(by)) == []
    with pytest.raises(Refused, match="was withdrawn"):
        actions.change_intervention(by=by, at=AT, intervention=key, version=6, planned=told)


def test_what_came_is_the_adjusted_difference_against_the_rest_of_the_year_group(cast: Cast):
    found = pupils(cast, 30)
    rows.known(cast.school, rows.pupils(cast.school, 9), YEAR, year_group="Year 5")
    before, after = results(cast, found, 10)
    key = plan(cast, upns=[upn(number) for number in range(10)])
    told = came(cast, key)
    assert told.found == adjusted_difference(before, after, np.arange(30) < 10, fewest=6)
    assert (told.count, told.each) == (10, Decimal("120.00"))
    assert words.finding(told).startswith("Those who took part scored ")
    page = pages.intervention_page(cast.scope("governor"), Intervention.objects.get())
    assert "10 pupils who took part and 20 others of the year group have both results." in page.under
    assert words.NO_PROOF in page.under
    assert words.NULL not in page.under
    assert page.picture is not None


@pytest.mark.parametrize(("took", "seen"), [(5, False), (6, True), (24, True), (25, False)])
def test_neither_few_nor_all_but_few_make_a_figure_and_only_leaders_read_how_many(cast: Cast, took: int, seen):
    results(cast, pupils(cast, 30), took)
    key = plan(cast, upns=[upn(number) for number in range(took)])
    for persona in ("chair", "teacher", "authority_leader"):
        told = came(cast, key, persona)
        assert (told.found.value is not None) == seen
        assert told.count == (took if seen else None)
        assert (told.each is not None) == seen
        page = cast.client(persona).get(reverse("intervention", kwargs={**URL, "intervention": key})).text
        assert ("Too few to say" in page) is not seen
        assert ("Too few to tell" in page) is not seen
        given = cast.program(persona).get(f"/api/v1/schools/{everybody.OWN}/interventions/{key}").json()
        assert (given["pupils"] is None, given["difference"] is None) == (not seen, not seen)
    assert came(cast, key, "middle_leader").count == took


def test_until_both_results_are_in_nothing_is_told(cast: Cast):
    found = pupils(cast, 20)
    key = plan(cast, upns=[upn(number) for number in range(8)])
    assert words.finding(came(cast, key)) == words.WAITING
    rows.sat(cast.school, found, YEAR, [100.0] * 20, name=rows.MOCK)
    assert came(cast, key).found is None
    assert came(cast, plan(cast, after="", after_year=None)).found is None


FIGURE = AdjustedDifference(2.0, 0.5, 3.5, 0.4, 0.1, 0.7, 1.5, 2.5, 30, (10, 20))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Those who took part scored 2 higher than others who had scored the same before (from 0.5 higher to 3.5 "
             "higher)"),
        ({"value": -2.0, "low": -3.5, "high": -0.5},
         "Those who took part scored 2 lower than others who had scored the same before (from 3.5 lower to 0.5 lower)"),
        ({"low": -0.5},
         "Nobody can tell a difference: those who took part scored 2 higher than others who had scored the same "
         "before, but it may be anything from 0.5 lower to 3.5 higher"),
        ({"value": 0.01, "low": 0.0},
         "Nobody can tell a difference: those who took part scored the same as others who had scored the same before, "
         "but it may be anything from none to 3.5 higher"),
        ({"low": None, "high": None},
         "Those who took part scored 2 higher than others who had scored the same before, and nobody can say how sure "
         "that is"),
    ],
)  # fmt: skip
def test_what_came_is_said_plainly(cast: Cast, changed: dict[str, object], said: str):
    told = Came(Intervention(), 10, replace(FIGURE, **changed), None, 6)
    assert words.finding(told) == said
    assert words.can_tell(told.found) == (not changed or changed.get("value") == -2.0)


def test_one_pupil_and_the_effect_are_said(cast: Cast):
    assert words.one_pupil(FIGURE) == "Leaving out any one pupil, it would still go the same way."
    assert words.one_pupil(replace(FIGURE, least=-0.1)) == "One pupil decides which way it goes."
    assert words.one_pupil(replace(FIGURE, least=None)) == words.one_pupil(None) == ""
    assert "0.40, from 0.10 to 0.70" in words.effect(FIGURE)
    assert words.effect(replace(FIGURE, effect=None)) == words.rests(None) == ""


def test_no_difference_is_told_warmly_and_the_list_is_no_ranking(cast: Cast):
    found = pupils(cast, 40)
    results(cast, found, 10, gain=0.0, noise=6.0)
    nothing = plan(cast, upns=[upn(number) for number in range(10)], name="Older")
    plan(cast, starts_on=TODAY, ends_on=None, name="Newer")
    page = pages.intervention_page(cast.scope("chair"), Intervention.objects.get(pk=nothing))
    assert page.finding.startswith("Nobody can tell a difference")
    assert words.NULL in page.under
    listed = pages.interventions_page(cast.scope("chair"))
    assert [each.name for each in listed.rows] == ["Newer", "Older"]
    assert listed.title == "Interventions: 2, none with a difference that can be told"


def test_who_answers_for_one_is_asked_on_today_what_came_of_it(cast: Cast):
    plan(cast)
    plan(cast, ends_on=TODAY, name="Ends today")
    plan(cast, ends_on=TODAY + timedelta(days=1), name="Runs")
    plan(cast, owner=cast.people["office"].pk, name="Another's")
    done = plan(cast, name="Looked at")
    actions.review_intervention(by=cast.scope("teacher"), at=AT, intervention=done, version=1, conclusion="Kept")
    told = [each.words for each in waiting.next_actions(cast.scope("teacher"))]
    assert told == ["Say what came of Fractions at breakfast", "Say what came of Ends today"]


def test_the_form_plans_changes_and_keeps_what_was_typed_where_a_upn_is_wrong(cast: Cast):
    found = pupils(cast, 9)
    results(cast, found, 3)
    client, url = cast.client("headteacher"), reverse("intervention-plan", kwargs=URL)
    form = {
        "name": "Reading friends", "subject": "reading", "year_group": "Year 6", "owner": cast.people["teacher"].pk,
        "starts_on_day": 1, "starts_on_month": 10, "starts_on_year": YEAR, "before": f"{YEAR}|{rows.MOCK}",
        "after": f"{YEAR}|{rows.KS2}", "cost": "99.50", "hours": "", "upns": f"{upn(0)}\n{upn(44)}",
        "once": str(uuid4()),
    }  # fmt: skip
    wrong = client.post(url, form)
    assert "Row 2 holds a UPN that no pupil of this school has here" in wrong.text
    assert "Reading friends" in wrong.text
    assert client.post(url, {**form, "upns": upn(0)}).status_code == 302
    made = Intervention.objects.get()
    assert (made.before, made.before_year, made.cost, made.hours) == (rows.MOCK, YEAR, Decimal("99.50"), None)
    change = reverse("intervention-change", kwargs={**URL, "intervention": made.pk})
    assert upn(0) not in client.get(change).text
    same = client.post(change, {**form, "upns": "", "version": 1, "after": form["before"]})
    assert "Choose other results than those before" in same.text
    assert client.post(change, {**form, "upns": "", "version": 1}).status_code == 302
    assert InterventionPupil.objects.count() == 1
    review = reverse("intervention-review", kwargs={**URL, "intervention": made.pk})
    assert client.post(review, {"conclusion": "We stop it", "version": 2}).status_code == 302
    withdraw = reverse("intervention-withdraw", kwargs={**URL, "intervention": made.pk})
    assert client.post(withdraw, {}).status_code == 422 or Intervention.objects.get().withdrawn_at is None
    assert client.post(withdraw, {"version": 3}).status_code == 302
    assert Intervention.objects.get().withdrawn_at is not None


def test_another_schools_pupils_count_for_nothing(cast: Cast):
    found = pupils(cast, 12)
    results(cast, found, 6)
    theirs = rows.pupils(cast.other, 30)
    rows.known(cast.other, theirs, YEAR)
    rows.sat(cast.other, theirs, YEAR, [80.0] * 30, name=rows.MOCK)
    rows.sat(cast.other, theirs, YEAR, [120.0] * 30)
    assert came(cast, plan(cast, upns=[upn(number) for number in range(6)])).found.groups == (6, 6)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(cast: Cast, django_assert_num_queries, count: int):
    for _ in range(count):
        plan(cast)
    scope = cast.scope("headteacher")
    with django_assert_num_queries(6):
        assert len(pages.interventions_page(scope).rows) == count
