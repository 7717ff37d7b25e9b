"""Whether appraisal is fair: by groups that are held, never of few, for the headteacher alone, in words."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from headship.appraisal import staff_course_actions
from headship.appraisal import staff_fairness_queries as queries
from headship.appraisal.models import StaffCycle, StaffObjective, StaffStatement, StaffYear, Support
from headship.appraisal.support_choices import Standing
from headship.core.errors import Refused
from headship.people.models import Person, Post
from headship.workload.models import DirectedYear, Working
from tests import cast as everybody
from tests.appraisal import support_flow
from tests.appraisal.staff_flow import AT, THIS, TODAY, a_cycle, aim, objectives_set, under_way
from tests.appraisal.test_staff_year import sure

STAFF = ("senior_leader", "middle_leader", "teacher", "support_staff", "office", "business_manager")
URL = reverse("staff-fairness", kwargs={"urn": everybody.OWN})


def people(cast, role, count, met, *, by="headteacher", began=TODAY - timedelta(days=2500)):
    """Make colleagues of one post, of whom so many met their objective in a completed year."""
    cycle = a_cycle(cast, name=f"{role} {uuid4().hex[:6]}")
    found = Person.objects.bulk_create(
        Person(name=f"{role} {at}", email=f"{uuid4()}@people.example", created_at=AT) for at in range(count)
    )
    Post.objects.bulk_create(Post(person=each, school=cast.school, role=role, starts_on=began) for each in found)
    years = StaffYear.objects.bulk_create(
        StaffYear(
            school=cast.school, cycle=cycle, person=each, appraiser=cast.people[by], starts_in=THIS,
            ends_on=date(THIS + 1, 8, 31), state="complete", completed_on=TODAY, set_on=date(THIS, 9, 20),
            first_set_on=date(THIS, 9, 20),
        )
        for each in found
    )  # fmt: skip
    StaffObjective.objects.bulk_create(
        StaffObjective(year=year, once=uuid4(), words="Read", reached="met" if at < met else "not_met")
        for at, year in enumerate(years)
    )
    StaffStatement.objects.bulk_create(
        StaffStatement(year=year, overall="a", needs="b", action="c" if at % 2 else "") for at, year in enumerate(years)
    )
    return found


def text(cast):
    return cast.client("headteacher").get(URL).text


def test_a_difference_is_said_in_words_and_what_is_not_held_plainly(cast):
    people(cast, "teacher", 40, 34)
    people(cast, "support_staff", 40, 12)
    told = text(cast)
    assert "Support staff: fewer in this group met theirs; so large a difference is seldom chance." in told
    assert "85% (71% to 93%), 40 people" in told
    assert "Nobody at the school can read what anybody said" in told
    assert "One group in twenty stands out by chance alone" in told
    assert "Known of 80 of 80" in told


def test_nothing_is_shown_of_few(cast):
    people(cast, "teacher", 40, 34)
    people(cast, "support_staff", 4, 1)
    told = text(cast)
    assert "Nothing stands out" not in told
    assert "Too few people in" in told
    assert "Too few people to show" in told
    assert "% (" not in told.split("Met all their objectives")[1].split("</table>")[0]


def test_development_support_hours_and_service_are_looked_at(cast):
    old = people(cast, "teacher", 30, 15)
    new = people(cast, "teacher", 30, 15, began=TODAY - timedelta(days=30))
    directed = DirectedYear.objects.create(school=cast.school, starts_in=THIS)
    for at, each in enumerate([*old, *new]):
        Working.objects.create(year=directed, person=each, starts_on=TODAY, part=1 + at % 2, whole=2, since=1)
    for each in new[:15]:
        Support.objects.create(
            school=cast.school, once=uuid4(), person=each, supporter=old[0], offered_on=TODAY, accepted_on=TODAY
        )
    found = queries.audited(cast.scope("headteacher"), THIS)
    assert found.hours_known == 60
    by_service = {each.group for each in found.compared[queries.SERVICE, queries.Outcome.SUPPORTED].groups}
    assert by_service == {"Under 2 years", "5 years or more"}
    assert {each.group for each in found.compared[queries.HOURS, queries.Outcome.MET].groups} == {
        "Full time",
        "Part time",
    }
    assert [each.known for key, each in found.compared.items() if key[1] == queries.Outcome.DEVELOPED] == [60] * 3


def test_appraisers_beside_one_another_only_of_five_people_or_more(cast):
    people(cast, "teacher", 12, 11, by="middle_leader")
    people(cast, "teacher", 12, 3, by="senior_leader")
    people(cast, "teacher", 12, 8, by="office")
    people(cast, "support_staff", 6, 4, by="office")
    people(cast, "teacher", 3, 0, by="business_manager")
    found = queries.audited(cast.scope("headteacher"), THIS)
    assert sorted(name for name, _ in found.severities) == [
        "Fatima Deputy-Example",
        "Gwen Middle-Example",
        "Liam Office-Example",
    ]
    assert "Keira Business-Example" not in text(cast)


def test_where_everybody_met_theirs_the_page_says_why_appraisers_are_not_compared(cast):
    people(cast, "teacher", 8, 8, by="middle_leader")
    people(cast, "teacher", 8, 8, by="senior_leader")
    answer = cast.client("headteacher").get(URL)
    assert answer.status_code == 200
    assert "whose outcomes differ" in answer.text


def test_the_headteacher_alone(cast):
    people(cast, "teacher", 6, 3)
    for who in STAFF:
        assert cast.client(who).get(URL).status_code == 403
        with pytest.raises(Refused, match="looked at by the headteacher"):
            queries.audited(cast.scope(who), THIS)
    assert cast.client("chair").get(URL).status_code == 403


def test_an_empty_school_and_another_year(cast):
    assert "once years of appraisal are under way" in text(cast)
    people(cast, "teacher", 6, 3)
    StaffYear.objects.update(starts_in=THIS - 1)
    people(cast, "teacher", 6, 3)
    told = text(cast)
    assert f"{THIS - 1}/{THIS % 100:02}</span>" in told
    assert f"{URL}?year={THIS}" in told
    assert f"{THIS}/{(THIS + 1) % 100:02}</span>" in cast.client("headteacher").get(URL, {"year": THIS}).text


@pytest.mark.parametrize("count", [6, 18])
def test_it_asks_as_often_however_many_there_are(cast, django_assert_num_queries, count):
    people(cast, "teacher", count, count // 2)
    client = cast.client("headteacher")
    client.get(URL)
    with django_assert_num_queries(11):
        client.get(URL)


def known(cast, outcome):
    """Return of how many something is known by post."""
    found = queries.audited(cast.scope("headteacher"), THIS).compared
    return found[queries.POST, outcome].known


def objectives_by(day):
    StaffCycle.objects.update(objectives_by=day)


def test_before_the_day_nobody_is_said_to_be_late(cast):
    people(cast, "teacher", 3, 3)
    StaffYear.objects.update(state="aiming", set_on=None, first_set_on=None)
    objectives_by(TODAY)
    assert known(cast, queries.Outcome.SET) == 0
    objectives_by(TODAY - timedelta(days=1))
    assert known(cast, queries.Outcome.SET) == 3


def held(cast, outcome):
    """Return what holds of each year, in order."""
    return queries.looked_at(cast.scope("headteacher"), THIS)[1][outcome]


def test_objectives_set_anew_were_set_on_the_first_day(cast):
    year = under_way(cast)
    StaffYear.objects.update(set_on=TODAY - timedelta(days=9), first_set_on=TODAY - timedelta(days=9))
    objectives_by(TODAY - timedelta(days=3))
    staff_course_actions.take_up_staff_objectives(**sure(cast, year), because="A new class")
    assert held(cast, queries.Outcome.SET) == [True]
    aim(cast, year)
    assert objectives_set(cast, year).set_on == TODAY
    assert held(cast, queries.Outcome.SET) == [True]
    StaffYear.objects.update(first_set_on=TODAY)
    assert held(cast, queries.Outcome.SET) == [False]


def test_a_year_closed_because_somebody_left_counts_neither_way(cast):
    people(cast, "teacher", 2, 2)
    objectives_by(TODAY - timedelta(days=1))
    StaffYear.objects.update(state="closed", first_set_on=None)
    assert [held(cast, each) for each in queries.Outcome] == [[None, None]] * 4


def test_support_counts_once_accepted_not_as_offered_or_declined(cast):
    under_way(cast)
    given, counted = support_flow.offer(cast), []
    for to in (Standing.ACCEPTED, Standing.DECLINED, Standing.ACCEPTED):
        counted += held(cast, queries.Outcome.SUPPORTED)
        support_flow.reply(cast, given, to)
    assert counted + held(cast, queries.Outcome.SUPPORTED) == [False, True, False, True]
    support_flow.note(cast, given)
    assert held(cast, queries.Outcome.SUPPORTED) == [True]
