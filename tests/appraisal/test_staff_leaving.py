"""Who leaves, or was put in by mistake: a year is closed with a reason, or taken out while it is empty."""

from datetime import timedelta

import pytest
from django.http import Http404

from headship.appraisal import (
    staff_copies,
    staff_course_actions,
    staff_cycle_actions,
    staff_objective_actions,
    staff_queries,
)
from headship.appraisal.models import StaffYear
from headship.appraisal.staff_choices import StaffState
from headship.core.errors import Refused, Unusable
from headship.core.models import AuditEvent
from headship.evidence.models import Entry
from headship.people.models import Post
from tests.appraisal import staff_flow as flow
from tests.appraisal.staff_flow import AT, TODAY, under_way, whose
from tests.appraisal.test_staff_year import complete, page, reviewed, stated, sure, url

WHY = f"Left in May {'and said so ' * 23}at the end"  # as long as the form takes, or nearly


def close(cast, year, who="headteacher"):
    staff_cycle_actions.close_staff_year(**sure(cast, year, who), because="Left in May")


def test_a_leavers_year_asks_nothing_and_is_closed_with_a_reason_and_opened_again(cast):
    year = stated(cast, reviewed(cast, under_way(cast)))
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
    sent = {"because": WHY, "version": year.version}
    assert client.post(url("staff-close", appraised=year.pk), sent).status_code == 302
    told = page(cast, "headteacher", year)
    for words in ("Closed without a statement", "Closed, since they left", WHY, "A strong year"):
        assert words in told
    kept = year.copies.get()
    assert (kept.closed, kept.locked, kept.stated, staff_copies.whole(kept)) == (True, False, False, True)
    assert "A strong year" in kept.lines
    assert "As it was closed, kept on" in told
    with pytest.raises(Unusable, match="over already"):
        close(cast, year)
    with pytest.raises(Http404):
        staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    staff_course_actions.reopen_staff_year(**sure(cast, year, "headteacher"), because="They came back")
    year.refresh_from_db()
    assert year.state == StaffState.REVIEWED
    told = page(cast, "headteacher", year)
    assert "Opened again" in told
    assert "They came back" in told
    assert b"Left in May" not in b"".join(
        bytes(each) for each in AuditEvent.objects.values_list("canonical", flat=True)
    )


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


ROUTES = (("staff-year", {}), ("staff-copy", {"copy": 1}), ("staff-document", {}), ("staff-copy-document", {"copy": 1}),
          ("staff-reopen", {}))  # fmt: skip


def opens(cast, who, year):
    """Return what of a year somebody opens, of all addresses it has."""
    client = cast.client(who)
    return [name for name, at in ROUTES if client.get(url(name, appraised=year.pk, **at)).status_code == 200]


def completed(year, days):
    StaffYear.objects.filter(pk=year.pk).update(completed_on=TODAY - timedelta(days=days))


def test_whoever_appraised_reads_a_completed_year_for_a_term_and_no_longer(cast):
    year, term = flow.long_ago(complete(cast, under_way(cast))), staff_queries.TERM.days
    completed(year, term)
    assert opens(cast, "middle_leader", year) == [name for name, _ in ROUTES]
    completed(year, term + 1)
    assert opens(cast, "middle_leader", year) == []
    assert "Hari Teacher-Example" not in cast.client("middle_leader").get(url("staff-appraisal")).text
    with pytest.raises(Http404):
        staff_course_actions.reopen_staff_year(**sure(cast, year), because="To read it again")
    assert opens(cast, "headteacher", year) == [name for name, _ in ROUTES]
    assert "Gwen Middle-Example, who appraises" not in page(cast, "teacher", year)
    completed(year, term)
    assert "Gwen Middle-Example, who appraises" in page(cast, "teacher", year)
    assert Entry.objects.filter(kind="appraisal.staff_year", withdrawn_at=None).exists()


def test_they_read_last_years_while_they_appraise_this_years(cast):
    last = flow.long_ago(complete(cast, under_way(cast)))
    this = flow.put_in(cast, flow.a_cycle(cast, name="This year's"))
    completed(last, 300)
    assert "staff-year" in opens(cast, "middle_leader", last)
    StaffYear.objects.filter(pk=this.pk).update(state=StaffState.COMPLETE, completed_on=TODAY)
    assert opens(cast, "middle_leader", last) == []
    assert "staff-year" in opens(cast, "middle_leader", this)


@pytest.mark.parametrize("so_far", [under_way, lambda cast: complete(cast, under_way(cast))])
def test_once_the_person_left_the_headteacher_alone_reads_their_year(cast, so_far):
    year = so_far(cast)
    assert "staff-year" in opens(cast, "middle_leader", year)
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - timedelta(days=1))
    assert opens(cast, "middle_leader", year) == []
    for write in (
        lambda: staff_course_actions.reopen_staff_year(**sure(cast, year), because="To read it"),
        lambda: reviewed(cast, year),
        lambda: stated(cast, year),
    ):
        with pytest.raises(Http404):
            write()
    assert "staff-year" in opens(cast, "headteacher", year)
    Post.objects.filter(person=cast.people["teacher"]).update(role="governor", ends_on=None)
    assert opens(cast, "middle_leader", year) == []


def test_whoever_organises_does_not_take_themself_out(cast):
    cycle = flow.a_cycle(cast, organiser=cast.people["senior_leader"].pk)
    own, other = flow.put_in(cast, cycle, "senior_leader"), flow.put_in(cast, cycle)
    client, at = cast.client("senior_leader"), url("staff-take-out", appraised=own.pk)
    told = client.get(url("staff-cycle", cycle=cycle.pk)).text
    assert at not in told
    assert url("staff-take-out", appraised=other.pk) in told
    for answer in (client.get(at), client.post(at, {"version": own.version})):
        assert answer.status_code == 403
        assert "Only the headteacher can name you to appraise, or say who appraises you" in answer.text
    with pytest.raises(Refused, match="ask them"):
        staff_cycle_actions.take_out_of_cycle(**sure(cast, own, "senior_leader"))
    assert StaffYear.objects.filter(pk=own.pk).exists()
    staff_cycle_actions.take_out_of_cycle(**sure(cast, other, "senior_leader"))
    staff_cycle_actions.take_out_of_cycle(**sure(cast, own, "headteacher"))
