"""A cycle begun from one there was: shown before it is taken; who left is left out and named; no words come along."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from headship.appraisal import staff_again, staff_cycle_actions, staff_rules
from headship.appraisal.models import StaffCycle, StaffObjective, StaffYear
from headship.appraisal.staff_models import StaffPart
from headship.core.errors import Refused, Unusable
from headship.people.models import Post
from tests.appraisal.staff_flow import AT, THIS, TODAY, a_cycle, aim, planned, put_in
from tests.appraisal.test_staff_cycles import url

STAYS, LEFT, UNLED, ELSEWHERE = "teacher", "support_staff", "office", "business_manager"
YESTERDAY = TODAY - timedelta(days=1)


def last_years(cast):
    """Return last year's cycle: one who stays, one who left, one whose appraiser left, one in a group already."""
    cycle = a_cycle(cast, organiser=cast.people["senior_leader"].pk, parts=[("Objectives", 70), ("Standards", 30)])
    aim(cast, put_in(cast, cycle), words="Written last year")
    put_in(cast, cycle, LEFT)
    put_in(cast, cycle, UNLED, "safeguarding_lead")
    put_in(cast, cycle, ELSEWHERE)
    StaffYear.objects.update(starts_in=THIS - 1, ends_on=date(THIS, 8, 31))
    days = staff_rules.usual(THIS - 1)
    StaffCycle.objects.update(
        starts_in=THIS - 1, objectives_by=days[0], half_by=days[1], review_by=days[2], statement_by=days[3]
    )
    for who in (LEFT, "safeguarding_lead"):
        Post.objects.filter(person=cast.people[who]).update(ends_on=YESTERDAY)
    put_in(cast, a_cycle(cast, name="Others"), ELSEWHERE)
    cycle.refresh_from_db()
    return cycle


def form(cast, cycle, **more):
    """Return what the form sends as it stands on the page."""
    ahead = staff_again.begun(cast.scope("headteacher"), cycle)
    sent = {"name": "Teachers", "starts_in": ahead.starts_in, "parts": "Objectives 70\nStandards 30", "once": uuid4(),
            "organiser": cast.people["senior_leader"].pk, "again": [each.year for each in ahead.coming],
            "appeals": "no"}  # fmt: skip
    for name, day in zip(("objectives_by", "half_by", "review_by", "statement_by"), ahead.days, strict=True):
        sent |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return sent | more


def test_what_would_come_along_is_shown_and_nothing_is_taken_by_looking(cast):
    cycle, client = last_years(cast), cast.client("headteacher")
    before = StaffYear.objects.count()
    told = client.get(url("staff-cycle-again", cycle=cycle.pk)).text
    for words in (
        "Begin Teachers, ",
        "Objectives 70",
        "Hari Teacher-Example, appraised by Gwen Middle-Example",
        "Liam Office-Example, by nobody yet: Jomo Safeguarding-Example left",
        "Iris Support-Example no longer works here.",
        "Keira Business-Example is in a group of that year already.",
    ):
        assert words in told
    assert "Written last year" not in told
    assert (StaffYear.objects.count(), StaffCycle.objects.count()) == (before, 2)
    assert url("staff-cycle-again", cycle=cycle.pk) in client.get(url("staff-cycle-new")).text
    assert url("staff-cycle-again", cycle=cycle.pk) in client.get(url("staff-cycle", cycle=cycle.pk)).text


def test_it_is_taken_as_it_was_shown(cast):
    cycle, client = last_years(cast), cast.client("headteacher")
    sent = form(cast, cycle)
    answer = client.post(url("staff-cycle-again", cycle=cycle.pk), sent)
    made = StaffCycle.objects.get(starts_in=THIS, name="Teachers")
    assert answer.headers["Location"] == url("staff-cycle", cycle=made.pk)
    assert (made.objectives_by, made.organiser_id) == (date(THIS, 10, 31), cast.people["senior_leader"].pk)
    assert list(StaffPart.objects.filter(cycle=made).values_list("name", "weight")) == [
        ("Objectives", 70),
        ("Standards", 30),
    ]
    found = dict(made.years.values_list("person_id", "appraiser_id"))
    assert found == {cast.people[STAYS].pk: cast.people["middle_leader"].pk, cast.people[UNLED].pk: None}
    assert not StaffObjective.objects.filter(year__cycle=made).exists()
    assert StaffObjective.objects.filter(words="Written last year").count() == 1


def test_the_same_form_sent_twice_is_one_cycle_and_who_is_unticked_stays_out(cast):
    cycle, once, by = last_years(cast), uuid4(), cast.scope("headteacher")
    first = staff_again.begun(by, cycle).coming[0]
    begin = {"by": by, "at": AT, "once": once, "cycle": cycle.pk, "planned": planned()}
    keys = {staff_cycle_actions.repeat_cycle(**begin, years=[first.year]) for _ in range(2)}
    assert len(keys) == 1
    assert StaffYear.objects.filter(cycle_id=keys.pop()).count() == 1


def test_all_of_it_or_nothing(cast):
    cycle, by = last_years(cast), cast.scope("headteacher")
    left = StaffYear.objects.get(cycle=cycle, person=cast.people[LEFT]).pk
    begin = {"by": by, "at": AT, "once": uuid4(), "cycle": cycle.pk}
    with pytest.raises(Unusable, match="Who can come along has changed"):
        staff_cycle_actions.repeat_cycle(**begin, planned=planned(), years=[left])
    with pytest.raises(Unusable, match="The weights come to 97"):
        staff_cycle_actions.repeat_cycle(**begin, planned=planned(parts=[("All", 97)]), years=[])
    assert not StaffCycle.objects.filter(starts_in=THIS, name="Teachers").exists()
    answer = cast.client("headteacher").post(url("staff-cycle-again", cycle=cycle.pk), form(cast, cycle, again=[left]))
    assert "Who can come along has changed meanwhile" in answer.text


def test_the_headteacher_alone_and_not_from_a_year_to_come(cast):
    cycle = last_years(cast)
    for who, status in (("senior_leader", 403), ("middle_leader", 403), ("governor", 403), ("other_headteacher", 404)):
        assert cast.client(who).get(url("staff-cycle-again", cycle=cycle.pk)).status_code == status
    with pytest.raises(Refused, match="set by the headteacher"):
        staff_cycle_actions.repeat_cycle(
            by=cast.scope("senior_leader"), at=AT, once=uuid4(), cycle=cycle.pk, planned=planned(), years=[]
        )
    StaffCycle.objects.filter(pk=cycle.pk).update(starts_in=THIS + 1)
    answer = cast.client("headteacher").get(url("staff-cycle-again", cycle=cycle.pk))
    assert answer.status_code == 403
    assert "is still to come" in answer.text
