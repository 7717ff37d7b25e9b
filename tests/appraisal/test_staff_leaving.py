"""Who leaves, or was put in by mistake: a year is closed with a reason, or taken out while it is empty."""

from datetime import timedelta

import pytest
from django.http import Http404

from headship.appraisal import staff_course_actions, staff_cycle_actions, staff_objective_actions, staff_queries
from headship.appraisal.models import StaffYear
from headship.appraisal.staff_choices import StaffState
from headship.core.errors import Refused, Unusable
from headship.people.models import Post
from tests.appraisal import staff_flow as flow
from tests.appraisal.staff_flow import AT, TODAY, under_way, whose
from tests.appraisal.test_staff_year import page, reviewed, stated, sure, url


def close(cast, year, who="headteacher"):
    staff_cycle_actions.close_staff_year(**sure(cast, year, who), because="Left in May")


def test_a_leavers_year_asks_nothing_and_is_closed_with_a_reason_and_opened_again(cast):
    year = stated(cast, reviewed(cast, under_way(cast)))
    with pytest.raises(Unusable, match="They still work here"):
        close(cast, year)
    with pytest.raises(Http404):
        close(cast, year, "middle_leader")
    assert staff_queries.under_way(cast.scope("middle_leader"))
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - timedelta(days=1))
    assert not staff_queries.under_way(cast.scope("middle_leader"))
    client = cast.client("headteacher")
    told = client.get(url("staff-cycle", cycle=year.cycle_id)).text
    assert "Hari Teacher-Example left: close their year." in told
    assert url("staff-close", appraised=year.pk) in told
    year.refresh_from_db()
    sent = {"because": "Left in May", "version": year.version}
    assert client.post(url("staff-close", appraised=year.pk), sent).status_code == 302
    told = page(cast, "headteacher", year)
    for words in ("Closed: they left", "Closed, since they left: Left in May", "A strong year"):
        assert words in told
    with pytest.raises(Unusable, match="over already"):
        close(cast, year)
    with pytest.raises(Refused):
        staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    staff_course_actions.reopen_staff_year(**sure(cast, year, "headteacher"), because="They came back")
    year.refresh_from_db()
    assert year.state == StaffState.REVIEWED
    assert "Opened again: They came back" in page(cast, "headteacher", year)


def test_somebody_is_taken_out_while_nothing_is_written(cast):
    cycle = flow.a_cycle(cast)
    year, other = flow.put_in(cast, cycle), flow.put_in(cast, cycle, "office")
    aim = flow.aim(cast, other)
    staff_objective_actions.drop_staff_objective(
        by=cast.scope("middle_leader"), at=AT, year=other.pk, objective=aim, version=1
    )
    with pytest.raises(Unusable, match="Something is written in this year, so it stays"):
        staff_cycle_actions.take_out_of_cycle(**sure(cast, other, "headteacher"))
    with pytest.raises(Http404):
        staff_cycle_actions.take_out_of_cycle(**sure(cast, year, "middle_leader"))
    client, at = cast.client("headteacher"), url("staff-take-out", appraised=year.pk)
    assert at in client.get(url("staff-cycle", cycle=cycle.pk)).text
    assert "Take Hari Teacher-Example out of Teachers?" in client.get(at).text
    assert client.post(at, {"version": year.version}).status_code == 302
    assert list(StaffYear.objects.all()) == [other]
    flow.put_in(cast, cycle)
