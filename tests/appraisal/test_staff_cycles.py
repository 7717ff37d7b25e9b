"""Cycles of staff appraisal: set up by group, filled, who appraises whom; whose objectives these are."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from headship.appraisal import (
    staff_course_actions,
    staff_cycle_actions,
    staff_objective_actions,
    staff_pages,
    staff_queries,
    staff_rules,
)
from headship.appraisal.models import StaffCycle, StaffObjective, StaffYear
from headship.appraisal.staff_objective_actions import Aimed
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.evidence.models import Entry
from headship.people.models import Person, Post, Relationship
from tests import cast as everybody
from tests.appraisal.staff_flow import (
    AT,
    THIS,
    TODAY,
    a_cycle,
    aim,
    long_ago,
    objectives_set,
    one_of,
    planned,
    put_in,
    under_way,
    whose,
)

STAFF = ("headteacher", "senior_leader", "middle_leader", "teacher", "support_staff", "safeguarding_lead",
         "business_manager", "office")  # fmt: skip
BOARD = ("chair", "governor", "clerk", "administrator", "data_protection_officer", "external_adviser")


def url(name, urn=everybody.OWN, **rest):
    return reverse(name, kwargs={"urn": urn, **rest})


def knows(cast, who, year):
    return cast.client(who).get(url("staff-year", appraised=year.pk)).status_code == 200


def test_a_cycle_has_its_days_parts_and_evidence(cast):
    cycle = a_cycle(cast)
    assert cycle.statement_by == date(THIS + 1, 10, 31)
    assert [(each.name, each.weight) for each in cycle.parts.order_by("number")] == [
        ("Objectives", 60),
        ("Professional standards", 40),
    ]
    (entry,) = Entry.objects.filter(kind="appraisal.staff_cycle")
    assert entry.visibility == "leaders"
    page = cast.client("headteacher").get(url("staff-cycle", cycle=cycle.pk)).text
    assert "not yet checked" in page
    assert f"Teachers, {THIS}/{(THIS + 1) % 100:02}" in page


def test_the_same_form_sent_twice_is_one_cycle(cast):
    once, by = uuid4(), cast.scope("headteacher")
    keys = {
        staff_cycle_actions.open_cycle(by=by, at=AT, once=once, starts_in=THIS, planned=planned()) for _ in range(2)
    }
    assert len(keys) == 1


def test_weights_of_97_are_refused_in_a_sentence_and_nothing_typed_is_lost(cast):
    with pytest.raises(Unusable, match="The weights come to 97: they must make 100"):
        a_cycle(cast, parts=[("Objectives", 60), ("Standards", 37)])
    form = {"name": "Leaders", "starts_in": THIS, "parts": "Objectives 60\nStandards 37", "once": uuid4(),
            "organiser": "", "appeals": "no"}  # fmt: skip
    for name, day in zip(
        ("objectives_by", "half_by", "review_by", "statement_by"), staff_rules.usual(THIS), strict=True
    ):
        form |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    answer = cast.client("headteacher").post(url("staff-cycle-new"), form)
    assert 'href="#id_parts">The weights come to 97' in answer.text
    assert "Standards 37" in answer.text
    assert not StaffCycle.objects.exists()
    answer = cast.client("headteacher").post(url("staff-cycle-new"), form | {"parts": "Objectives sixty"})
    assert "Line 1 must end with the part&#39;s weight" in answer.text
    for parts, told in (("Objectives 60\nobjectives 40", "Objectives stands there twice"),
                        ("Objectives 60 Standards 40", "Write each part on a line of its own")):  # fmt: skip
        assert told in cast.client("headteacher").post(url("staff-cycle-new"), form | {"parts": parts}).text
    answer = cast.client("headteacher").post(url("staff-cycle-new"), form | {"parts": "Objectives 60\nStandards: 40"})
    assert answer.status_code == 302
    assert list(StaffCycle.objects.get().parts.values_list("name", "weight")) == [("Objectives", 60), ("Standards", 40)]


def test_what_cannot_be_a_cycle_is_told(cast):
    days = staff_rules.usual(THIS)
    for wrong, more in (
        ("must follow one another", {"days": (days[1], days[0], *days[2:])}),
        ("must lie between", {"days": (*days[:3], date(THIS + 2, 3, 1))}),
        ("Name at least one part", {"parts": []}),
        ("weight of 1 or more", {"parts": [("A", 100), ("B", 0)]}),
        ("Choose from the list who says", {"organiser": cast.people["teacher"].pk}),
    ):
        with pytest.raises(Unusable, match=wrong):
            a_cycle(cast, **more)
    with pytest.raises(Unusable, match="this academic year or the next"):
        staff_cycle_actions.open_cycle(
            by=cast.scope("headteacher"), at=AT, once=uuid4(), starts_in=THIS - 1, planned=planned()
        )
    a_cycle(cast)
    with pytest.raises(Unusable, match="of that name in this year already"):
        a_cycle(cast, name="teachers")


def test_parts_stand_once_objectives_are_set_by_them(cast):
    year, head = under_way(cast), cast.scope("headteacher")
    change = {"by": head, "at": AT, "cycle": year.cycle_id, "version": 1}
    with pytest.raises(Unusable, match="Objectives are set by these parts already"):
        staff_cycle_actions.change_cycle(**change, planned=planned(parts=[("All", 100)]))
    staff_cycle_actions.change_cycle(**change, planned=planned("All teachers"))
    with pytest.raises(Stale):
        staff_cycle_actions.change_cycle(**change, planned=planned("Teachers again"))
    page = cast.client("headteacher").get(url("staff-cycle-change", cycle=year.cycle_id)).text
    assert "Professional standards 40" in page


def test_parts_can_change_before(cast):
    cycle = a_cycle(cast)
    staff_cycle_actions.change_cycle(
        by=cast.scope("headteacher"), at=AT, cycle=cycle.pk, version=1, planned=planned(parts=[("All", 100)])
    )
    assert [each.name for each in cycle.parts.all()] == ["All"]


def test_only_the_head_sets_cycles_and_the_leader_named_for_it_fills_them_without_content(cast):
    cycle = a_cycle(cast, organiser=cast.people["senior_leader"].pk)
    for who in STAFF[1:]:
        with pytest.raises(Refused, match="set by the headteacher"):
            a_cycle(cast, who, name="Others")
    year = put_in(cast, cycle, who="senior_leader")
    aim(cast, year, words="Canary objective")
    page = cast.client("senior_leader").get(url("staff-cycle", cycle=cycle.pk)).text
    assert "Hari Teacher-Example" in page
    assert f'href="{url("staff-year", appraised=year.pk)}"' not in page
    assert not knows(cast, "senior_leader", year)
    for who in ("business_manager", "middle_leader", "teacher"):
        assert cast.client(who).get(url("staff-cycle", cycle=cycle.pk)).status_code == 404
    Post.objects.filter(person=cast.people["senior_leader"]).update(role="teacher")
    assert cast.client("senior_leader").get(url("staff-cycle", cycle=cycle.pk)).status_code == 404


def test_three_know_of_a_year_and_nobody_else(cast):
    year = under_way(cast)
    assert [who for who in (*STAFF, *BOARD) if knows(cast, who, year)] == ["headteacher", "middle_leader", "teacher"]


def test_nobody_appraises_themself(cast):
    cycle, head = a_cycle(cast), cast.scope("headteacher")
    with pytest.raises(Unusable, match="Nobody appraises themself"):
        put_in(cast, cycle, "teacher", "teacher")
    year = put_in(cast, cycle)
    with pytest.raises(Unusable, match="Nobody appraises themself"):
        staff_cycle_actions.name_appraiser(by=head, at=AT, year=year.pk, version=1, appraiser=year.person_id)


def test_the_headteacher_and_whoever_is_in_a_group_already_cannot_be_put_in(cast):
    cycle = a_cycle(cast)
    put_in(cast, cycle)
    other = a_cycle(cast, name="Others")
    for person in ("headteacher", "teacher", "governor"):
        with pytest.raises(Unusable, match="in no group of this year yet"):
            put_in(cast, other, person)
    assert StaffYear.objects.count() == 1


def test_somebody_who_left_cannot_review_and_it_can_be_handed_on(cast):
    year, head = under_way(cast), cast.scope("headteacher")
    Post.objects.filter(person=cast.people["middle_leader"]).update(ends_on=TODAY - timedelta(days=1))
    page = cast.client("headteacher").get(url("staff-cycle", cycle=year.cycle_id)).text
    assert "Gwen Middle-Example no longer works here and cannot review. Hand the appraisal" in page
    assert (
        "no longer works here and cannot review"
        in cast.client("teacher").get(url("staff-year", appraised=year.pk)).text
    )
    for who in ("middle_leader", "leaver"):
        with pytest.raises(Unusable, match="no longer work here, so they cannot review"):
            staff_cycle_actions.name_appraiser(
                by=head, at=AT, year=year.pk, version=year.version, appraiser=cast.people[who].pk
            )
    to = {"appraiser": cast.people["senior_leader"].pk, "version": year.version}
    assert cast.client("headteacher").post(url("staff-appraiser", appraised=year.pk), to).status_code == 302
    assert knows(cast, "senior_leader", year)
    with pytest.raises(Stale):
        staff_cycle_actions.name_appraiser(
            by=head, at=AT, year=year.pk, version=year.version, appraiser=cast.people["office"].pk
        )


def test_whoever_is_only_a_governor_now_is_told_that_they_cannot_review(cast):
    year = under_way(cast)
    Post.objects.filter(person=cast.people["middle_leader"]).update(role="governor")
    for name in ("staff-year", "staff-review", "staff-statement", "staff-document"):
        answer = cast.client("middle_leader").get(url(name, appraised=year.pk))
        assert answer.status_code == 403
        assert "you cannot review any more: ask the headteacher to hand that appraisal on" in answer.text
        assert "Every lesson opens" not in answer.text


def test_handed_on_whoever_appraised_before_reads_it_no_longer(cast):
    year = under_way(cast)
    staff_cycle_actions.name_appraiser(
        by=cast.scope("headteacher"), at=AT, year=year.pk, version=year.version, appraiser=cast.people["office"].pk
    )
    assert [who for who in STAFF if knows(cast, who, year)] == ["headteacher", "teacher", "office"]


def test_people_are_put_in_with_who_appraised_them_before(cast):
    cycle = a_cycle(cast)
    Relationship.objects.create(
        school=cast.school, kind="appraiser", holder=cast.people["senior_leader"], about=cast.people["teacher"],
        starts_on=TODAY,
    )  # fmt: skip
    chosen = [cast.people[who].pk for who in ("teacher", "office")]
    answer = cast.client("headteacher").post(url("staff-members", cycle=cycle.pk), {"people": chosen, "appraiser": 0})
    assert answer.status_code == 302
    found = dict(StaffYear.objects.values_list("person_id", "appraiser_id"))
    assert found == {chosen[0]: cast.people["senior_leader"].pk, chosen[1]: None}
    page = cast.client("headteacher").get(url("staff-cycle", cycle=cycle.pk)).text
    assert "Nobody is named yet who appraises 1 of 2" in page
    assert f"Say who appraises: Teachers, {THIS}" in cast.client("headteacher").get(url("today")).text


def test_one_objective_for_many_is_for_all_chosen_or_for_nobody(cast):
    cycle, head = a_cycle(cast), cast.scope("headteacher")
    years = [put_in(cast, cycle, who) for who in ("teacher", "office")]
    stranger = put_in(cast, a_cycle(cast, name="Others"), "support_staff")
    many = {"by": head, "at": AT, "cycle": cycle.pk, "aimed": Aimed("Phone home once a week")}
    with pytest.raises(Unusable, match="Somebody you chose is not in Teachers"):
        staff_cycle_actions.aim_for_many(**many, once=uuid4(), years=[years[0].pk, stranger.pk])
    assert not StaffObjective.objects.exists()
    once, keys = uuid4(), [each.pk for each in years]
    assert staff_cycle_actions.aim_for_many(**many, once=once, years=keys) == 2
    assert staff_cycle_actions.aim_for_many(**many, once=once, years=keys) == 0
    assert StaffObjective.objects.count() == 2
    objectives_set(cast, years[0])
    with pytest.raises(Unusable, match="The objectives of Hari Teacher-Example are set already"):
        staff_cycle_actions.aim_for_many(**many, once=uuid4(), years=keys)
    sent = {"words": "Read aloud", "years": [years[1].pk], "once": uuid4()}
    assert cast.client("headteacher").post(url("staff-many", cycle=cycle.pk), sent).status_code == 302
    assert years[1].objectives.count() == 2


def test_an_objective_for_the_wrong_person_or_year_is_refused(cast):
    cycle = a_cycle(cast)
    year, other = put_in(cast, cycle), put_in(cast, cycle, "office")
    for wrong in (whose(other), whose(year, starts_in=THIS - 1)):
        with pytest.raises(Unusable, match=r"These are Hari Teacher-Example's, 20.*meant for somebody else or another"):
            staff_objective_actions.add_staff_objective(
                by=cast.scope("middle_leader"), at=AT, once=uuid4(), year=year.pk, whose=wrong, aimed=Aimed("Wrong")
            )
    sent = {"words": "Wrong", "person": other.person_id, "starts_in": THIS, "confirmed": "on", "once": uuid4()}
    page = cast.client("middle_leader").post(url("staff-objective-add", appraised=year.pk), sent).text
    assert "meant for somebody else" in page
    assert "Hari Teacher-Example, 20" in page
    del sent["confirmed"]
    page = cast.client("middle_leader").post(url("staff-objective-add", appraised=year.pk), sent).text
    assert "Tick whose appraisal it is, and of which year" in page
    assert not StaffObjective.objects.exists()


def test_objectives_are_written_by_both_changed_taken_out_and_set(cast):
    year = put_in(cast, a_cycle(cast))
    first, teacher, leader = aim(cast, year, "teacher"), cast.scope("teacher"), cast.scope("middle_leader")
    once = uuid4()
    made = {
        staff_objective_actions.add_staff_objective(
            by=leader, at=AT, once=once, year=year.pk, whose=whose(year), aimed=Aimed("Read")
        )
        for _ in range(2)
    }
    assert len(made) == 1
    change = {"by": leader, "at": AT, "year": year.pk, "objective": first, "version": 1}
    staff_objective_actions.change_staff_objective(**change, whose=whose(year), aimed=Aimed("Better"))
    with pytest.raises(Stale):
        staff_objective_actions.change_staff_objective(**change, whose=whose(year), aimed=Aimed("Worse"))
    assert one_of(year).words == "Better"
    staff_objective_actions.drop_staff_objective(by=teacher, at=AT, year=year.pk, objective=made.pop(), version=1)
    with pytest.raises(Refused, match="Only whoever appraises"):
        staff_objective_actions.set_staff_objectives(by=teacher, at=AT, year=year.pk, version=1, whose=whose(year))
    with pytest.raises(Refused, match="Only whoever appraises"):
        objectives_set(cast, year, "headteacher")
    with pytest.raises(Refused, match="written by the person and whoever appraises"):
        aim(cast, year, "headteacher")
    objectives_set(cast, year)
    with pytest.raises(Refused, match="The objectives are set"):
        aim(cast, year)


def test_none_are_set_where_none_is_written(cast):
    with pytest.raises(Unusable, match="Write at least one objective"):
        objectives_set(cast, put_in(cast, a_cycle(cast)))


def test_a_past_year_is_told_and_its_objectives_stand(cast):
    year = put_in(cast, a_cycle(cast))
    aim(cast, year)
    long_ago(year)
    page = cast.client("middle_leader").get(url("staff-year", appraised=year.pk)).text
    assert f"This is {THIS - 1}/{THIS % 100:02}, which is over" in page
    head = cast.scope("headteacher")
    for call in (
        lambda: put_in(cast, year.cycle, "office"),
        lambda: staff_cycle_actions.aim_for_many(
            by=head, at=AT, once=uuid4(), cycle=year.cycle_id, years=[year.pk], aimed=Aimed("Late")
        ),
    ):
        with pytest.raises(Unusable, match="is over, so this cycle stands"):
            call()


def test_objectives_are_set_late_with_the_reason_and_the_year_goes_on(cast):
    year = put_in(cast, a_cycle(cast))
    aim(cast, year)
    long_ago(year)
    client, page = cast.client("middle_leader"), url("staff-set", appraised=year.pk)
    sent = {"person": year.person_id, "starts_in": year.starts_in, "version": year.version, "confirmed": "on"}
    assert "Say why" in client.post(page, sent | {"because": ""}).text
    with pytest.raises(Unusable, match="say why its objectives are set only now"):
        objectives_set(cast, year)
    assert client.post(page, sent | {"because": "She was ill from October"}).status_code == 302
    year.refresh_from_db()
    assert year.state == "set"
    assert "She was ill from October" in client.get(url("staff-year", appraised=year.pk)).text
    with pytest.raises(Refused, match="is over, and its objectives stand"):
        staff_course_actions.take_up_staff_objectives(
            by=cast.scope("middle_leader"), at=AT, year=year.pk, version=year.version, because="New"
        )


def test_of_a_past_group_its_organiser_and_days_for_an_appeal_can_still_be_said(cast):
    year = put_in(cast, a_cycle(cast))
    long_ago(year)
    StaffYear.objects.update(state="given", given_on=TODAY - timedelta(days=40))
    names = ("objectives_by", "half_by", "review_by", "statement_by")
    StaffCycle.objects.update(**dict(zip(names, staff_rules.usual(THIS - 1), strict=True)))
    client, page = cast.client("headteacher"), url("staff-cycle-change", cycle=year.cycle_id)
    form = client.get(page).text
    assert 'name="appeal_days"' in form
    assert 'name="statement_by_day"' not in form
    version, deputy = StaffCycle.objects.get().version, cast.people["senior_leader"].pk
    sent = {"version": version, "once": uuid4(), "organiser": deputy, "appeals": "yes", "appeal_days": ""}
    assert "Enter within how many days" in client.post(page, sent).text
    assert client.post(page, sent | {"appeal_days": 10}).status_code == 302
    year.refresh_from_db()
    assert year.appeal_until == TODAY + timedelta(days=10), "who could not appeal can from today on"
    assert (year.cycle.organiser_id, year.cycle.appeal_days) == (deputy, 10)
    again = {"by": cast.scope("headteacher"), "at": AT, "cycle": year.cycle_id, "version": version + 1}
    with pytest.raises(Unusable, match="the name, days and parts of its group stand"):
        staff_cycle_actions.change_cycle(**again, planned=planned(name="Others"))
    StaffYear.objects.update(state="complete")
    assert client.get(page).status_code == 403
    with pytest.raises(Refused, match="nothing in this group goes on"):
        staff_cycle_actions.change_cycle(**again, planned=staff_cycle_actions.planned_as(year.cycle))


def test_the_calendar_holds_the_days_for_those_who_take_part(cast):
    year = under_way(cast)
    since, until = date(THIS, 9, 1), date(THIS + 1, 12, 31)
    assert staff_queries.dated(cast.scope("teacher"), since, until) == [year.cycle]
    assert staff_queries.dated(cast.scope("middle_leader"), since, until) == [year.cycle]
    assert staff_queries.dated(cast.scope("office"), since, until) == []


@pytest.mark.parametrize("people", [1, 3])
def test_lists_ask_as_often_however_many_there_are(cast, django_assert_num_queries, people):
    cycle = a_cycle(cast)
    for number in range(people):
        person = Person.objects.create(name=f"Colleague {number}", email=f"c{number}@people.example", created_at=AT)
        Post.objects.create(person=person, school=cast.school, role="teacher", starts_on=TODAY)
        made = StaffYear.objects.create(
            school=cast.school, cycle=cycle, person=person, appraiser=cast.people["headteacher"], starts_in=THIS,
            ends_on=date(THIS + 1, 8, 31),
        )  # fmt: skip
        StaffObjective.objects.create(year=made, once=uuid4(), words="Read")
    client = cast.client("headteacher")
    for name, at in (("staff-appraisal", {}), ("staff-cycle", {"cycle": cycle.pk})):
        client.get(url(name, **at))
        with django_assert_num_queries(QUERIES[name]):
            assert "Colleague 0" in client.get(url(name, **at)).text


QUERIES = {"staff-appraisal": 15, "staff-cycle": 14}


def test_whoever_organises_names_neither_themself_nor_who_appraises_them(cast):
    cycle = a_cycle(cast, organiser=cast.people["senior_leader"].pk)
    year, deputy = put_in(cast, cycle, who="senior_leader"), cast.people["senior_leader"].pk
    own = put_in(cast, cycle, "senior_leader", None)
    for call in (
        lambda: put_in(cast, cycle, "office", "senior_leader", who="senior_leader"),
        lambda: named(cast, year, deputy, "senior_leader"),
        lambda: named(cast, own, cast.people["middle_leader"].pk, "senior_leader"),
    ):
        with pytest.raises(Unusable, match="Only the headteacher can name you"):
            call()
    client = cast.client("senior_leader")
    for at in (url("staff-appraiser", appraised=year.pk), url("staff-members", cycle=cycle.pk)):
        assert f'<option value="{deputy}"' not in client.get(at).text
    assert client.get(url("staff-appraiser", appraised=own.pk)).status_code == 403
    assert url("staff-appraiser", appraised=own.pk) not in client.get(url("staff-cycle", cycle=cycle.pk)).text
    assert not knows(cast, "senior_leader", year)
    named(cast, year, deputy, "headteacher")
    named(cast, year, cast.people["headteacher"].pk, "headteacher")


def named(cast, year, who, by):
    year.refresh_from_db()
    staff_cycle_actions.name_appraiser(by=cast.scope(by), at=AT, year=year.pk, version=year.version, appraiser=who)


def test_who_was_named_stands_in_the_history_and_their_key_in_the_audit(cast):
    year, office = under_way(cast), cast.people["office"].pk
    named(cast, year, office, "headteacher")
    told = cast.client("teacher").get(url("staff-year", appraised=year.pk)).text
    assert "Handed on: appraised from now on by Liam Office-Example" in told
    assert "Put into Teachers, appraised by Gwen Middle-Example" in told
    event = AuditEvent.objects.get(action="appraisal.name_appraiser")
    assert f'"appraiser":{office}'.encode() in bytes(event.canonical).replace(b" ", b"")
    event = AuditEvent.objects.get(action="appraisal.add_to_cycle")
    assert str(cast.people["middle_leader"].pk).encode() in bytes(event.canonical)


def test_a_group_is_told_a_page_at_a_time(cast, monkeypatch):
    monkeypatch.setattr(staff_pages, "A_PAGE", 2)
    cycle, at = a_cycle(cast), {"school": cast.school, "starts_in": THIS, "ends_on": date(THIS + 1, 8, 31)}
    for name in ("Ash", "Birch", "Cedar"):
        person = Person.objects.create(name=name, email="", created_at=AT)
        Post.objects.create(person=person, school=cast.school, role="teacher", starts_on=TODAY)
        StaffYear.objects.create(cycle=cycle, person=person, **at)
    page, client = url("staff-cycle", cycle=cycle.pk), cast.client("headteacher")
    first, second = client.get(page).text, client.get(f"{page}?page=2").text
    assert "3 people" in first
    assert "Nobody is named yet who appraises 3 of 3" in second  # counted over the whole group, on every page
    assert [f"who appraises {name}" in first for name in ("Ash", "Birch", "Cedar")] == [True, True, False]
    assert [f"who appraises {name}" in second for name in ("Ash", "Birch", "Cedar")] == [False, False, True]
    assert f'href="{page}?page=2"' in first
    assert f'href="{page}?page=1"' in second
    for wrong in ("3", "0", "x", "99999"):
        assert client.get(f"{page}?page={wrong}").status_code == 404


def test_groups_of_earlier_years_stand_apart(cast):
    a_cycle(cast)
    StaffCycle.objects.update(starts_in=THIS - 2)
    assert "Groups of earlier years" in cast.client("headteacher").get(url("staff-appraisal")).text
    StaffCycle.objects.update(starts_in=THIS - 1)
    assert "Groups of earlier years" not in cast.client("headteacher").get(url("staff-appraisal")).text
