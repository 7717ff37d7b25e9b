"""Somebody becomes headteacher in the course of a year of appraisal, or steps back from it: what each reads then."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse

from headship.appraisal import (
    staff_appeal_actions,
    staff_copies,
    staff_course_actions,
    staff_cycle_actions,
    staff_moderation_queries,
    staff_queries,
)
from headship.appraisal.head_choices import HeadState
from headship.appraisal.models import HeadYear, StaffYear
from headship.appraisal.staff_choices import Looked, StaffState
from headship.appraisal.staff_kept import PERSON_DATA
from headship.appraisal.staff_objective_actions import Aimed
from headship.core.errors import Refused, Unusable
from headship.core.roles import Role
from headship.people import actions as people
from headship.people.models import Post
from headship.talent import queries as talent
from tests.appraisal import head_flow as head
from tests.appraisal import staff_flow as flow
from tests.appraisal.staff_flow import AT, TODAY, under_way
from tests.appraisal.test_staff_leaving import opens
from tests.appraisal.test_staff_year import complete, page, reviewed, stated, sure, url
from tests.cast import OWN

DAY = timedelta(days=1)
ALL = ("headteacher", "senior_leader", "middle_leader", "office", "chair", "governor", "clerk", "external_adviser")


def promoted(cast, who="teacher"):
    """Let the headteacher leave, and somebody become it, from today: by the post alone."""
    Post.objects.filter(person=cast.people["headteacher"]).update(ends_on=TODAY - DAY)
    Post.objects.filter(person=cast.people[who]).update(role=Role.HEADTEACHER)


def stepped_back(cast):
    """Let the headteacher be a teacher from today, by the action, and the deputy the headteacher."""
    post = Post.objects.get(person=cast.people["headteacher"])
    Post.objects.create(person=cast.people["trust_leader"], school=cast.school, role=Role.CHAIR, starts_on=TODAY)
    by = cast.scope("chair", "own")
    people.end_post(by=by, at=AT, post_id=post.pk, ends_on=TODAY - DAY, version=post.version)
    Post.objects.create(person=post.person, school=cast.school, role=Role.TEACHER, starts_on=TODAY)
    Post.objects.filter(person=cast.people["senior_leader"]).update(role=Role.HEADTEACHER)


def knows(cast, year):
    """Return who of the school reads somebody's year."""
    readers = []
    for who in (*ALL, "teacher"):
        try:
            scope = cast.scope(who, "own")
        except LookupError:  # no post any more
            continue
        if staff_queries.known(scope).filter(pk=year.pk).exists():
            readers.append(who)
    return readers


@pytest.mark.parametrize("so_far", [under_way, lambda cast: complete(cast, under_way(cast))])
def test_whoever_became_headteacher_alone_reads_what_was_theirs(cast, so_far):
    year = so_far(cast)
    assert knows(cast, year) == ["headteacher", "middle_leader", "teacher"]
    promoted(cast)
    assert knows(cast, year) == ["teacher"]
    assert opens(cast, "middle_leader", year) == []
    assert "Hari Teacher-Example" not in cast.client("middle_leader").get(url("staff-appraisal")).text
    for write in (lambda: reviewed(cast, year), lambda: stated(cast, year)):
        with pytest.raises(Http404):
            write()
    told = page(cast, "teacher", year)
    assert "Every lesson opens with recall" in told
    assert "Gwen Middle-Example, who appraises" not in told


def test_another_headteacher_does_not_read_it_and_reads_all_others(cast):
    year, other = under_way(cast), flow.put_in(cast, flow.a_cycle(cast, name="Office"), "office", "middle_leader")
    Post.objects.filter(person=cast.people["teacher"]).update(role=Role.HEADTEACHER)
    assert knows(cast, year) == ["teacher"]
    assert knows(cast, other) == ["headteacher", "middle_leader", "office", "teacher"]
    Post.objects.filter(person=cast.people["teacher"]).update(starts_on=TODAY + DAY)
    assert knows(cast, year) == ["headteacher"]


def test_in_it_nothing_more_is_written_by_anybody_and_today_leads_to_closing_it(cast):
    year = under_way(cast)
    staff_course_actions.write_staff_reflection(
        by=cast.scope("teacher"), at=AT, year=year.pk, version=0, words="Recall helps", shown=False
    )
    promoted(cast)
    whole = {"by": cast.scope("teacher"), "at": AT, "year": year.pk}
    with pytest.raises(Refused, match="the board appraises you"):
        staff_course_actions.write_staff_reflection(**whole, version=1, words="More", shown=True)
    StaffYear.objects.filter(pk=year.pk).update(state=StaffState.AIMING)
    year.refresh_from_db()
    with pytest.raises(Refused, match="the board appraises you"):
        flow.aim(cast, year, "teacher")
    with pytest.raises(Unusable, match="the board appraises them"):
        staff_cycle_actions.aim_for_many(
            by=cast.scope("teacher"), at=AT, once=uuid4(), cycle=year.cycle_id, years=[year.pk], aimed=Aimed("Read")
        )
    with pytest.raises(Unusable, match="the board appraises them"):
        staff_cycle_actions.name_appraiser(**sure(cast, year, "teacher"), appraiser=cast.people["office"].pk)
    StaffYear.objects.filter(pk=year.pk).update(state=StaffState.GIVEN, given_on=TODAY, appeal_until=TODAY)
    year.refresh_from_db()
    with pytest.raises(Refused, match="the board appraises you"):
        staff_course_actions.comment_on_staff_statement(**sure(cast, year, "teacher"), words="Yes")
    with pytest.raises(Refused, match="the board appraises you"):
        staff_appeal_actions.lodge_staff_appeal(**sure(cast, year, "teacher"), once=uuid4(), grounds="No")
    assert not staff_queries.under_way(cast.scope("teacher"))
    assert not staff_queries.under_way(cast.scope("middle_leader"))
    today = cast.client("teacher").get(reverse("today", kwargs={"urn": OWN})).text
    assert "Close your year as a member of staff: the board appraises you now" in today
    assert url("staff-close", appraised=year.pk) in today
    assert (
        "Hari Teacher-Example is headteacher now: close their year."
        in cast.client("teacher").get(url("staff-cycle", cycle=year.cycle_id)).text
    )


def test_it_is_closed_with_a_sealed_copy_that_its_person_reads_and_nobody_else(cast):
    year = stated(cast, reviewed(cast, under_way(cast)))
    assert "A strong year" not in page(cast, "teacher", year)
    promoted(cast)
    assert "A strong year" not in page(cast, "teacher", year)
    year.refresh_from_db()
    client, at = cast.client("teacher"), url("staff-close", appraised=year.pk)
    assert "A sealed copy".lower() in client.get(at).text.lower()
    assert client.post(at, {"because": "Headteacher since today", "version": year.version}).status_code == 302
    year.refresh_from_db()
    kept = year.copies.get()
    assert (year.state, kept.closed, staff_copies.whole(kept)) == (StaffState.CLOSED, True, True)
    told = page(cast, "teacher", year)
    for words in ("Closed without a statement", "since the board appraises them now", "Headteacher since today",
                  "A strong year", "As it was closed, kept on"):  # fmt: skip
        assert words in told
    assert knows(cast, year) == ["teacher"]
    assert not staff_queries.ended_by_post(cast.scope("teacher"))
    with pytest.raises(Refused):
        staff_course_actions.reopen_staff_year(**sure(cast, year, "teacher"), because="By myself")


def test_who_steps_back_goes_on_where_they_were_and_the_draft_is_the_appraisers_again(cast):
    year = stated(cast, reviewed(cast, under_way(cast)))
    promoted(cast)
    staff_cycle_actions.close_staff_year(**sure(cast, year, "teacher"), because="Headteacher now")
    Post.objects.filter(person=cast.people["teacher"]).update(role=Role.TEACHER)
    Post.objects.filter(person=cast.people["headteacher"]).update(ends_on=None)
    year.refresh_from_db()
    staff_course_actions.reopen_staff_year(**sure(cast, year, "headteacher"), because="A teacher again")
    year.refresh_from_db()
    assert knows(cast, year) == ["headteacher", "middle_leader", "teacher"]
    assert year.state == StaffState.REVIEWED
    kept = year.copies.get()
    for who, reads in (("teacher", False), ("middle_leader", True), ("headteacher", True)):
        assert ("As it was closed" in page(cast, who, year)) is reads
        answer = cast.client(who).get(url("staff-copy", appraised=year.pk, copy=kept.number))
        assert answer.status_code == (200 if reads else 404)
    declared = next(each for each in PERSON_DATA if each.model == "appraisal.StaffCopy")
    assert (declared.later, declared.told(kept)) == (("lines",), False)
    StaffYear.objects.filter(pk=year.pk).update(state=StaffState.GIVEN, given_on=TODAY)
    year.refresh_from_db()
    kept = year.copies.get()
    assert declared.told(kept)
    kept.closed = False
    kept.year.state = StaffState.REVIEWED
    assert declared.told(kept)


def test_nobody_moderates_or_waits_for_the_year_of_whoever_is_headteacher(cast):
    cycle = flow.a_cycle(cast, moderated=True)
    year = flow.put_in(cast, cycle)
    flow.aim(cast, year)
    flow.objectives_set(cast, year)
    year = reviewed(cast, year)
    waits = lambda who: [each.count for each in staff_moderation_queries.waiting(cast.scope(who))]  # noqa: E731
    assert waits("headteacher") == [1]
    Post.objects.filter(person=cast.people["teacher"]).update(role=Role.HEADTEACHER)
    for who in ("headteacher", "teacher"):
        assert waits(who) == []
        assert not staff_moderation_queries.group(cast.scope(who), cycle, Looked.RATINGS).exists()


# --- and back


def at_years(cast, who, name="head-appraisal", **more):
    return cast.client(who).get(reverse(name, kwargs={"urn": OWN, **more}))


def test_who_steps_back_reads_their_years_as_headteacher_and_no_longer_those_of_staff(cast):
    key, year = head.to_given(cast), under_way(cast)
    stepped_back(cast)
    assert knows(cast, year) == ["senior_leader", "middle_leader", "teacher"]
    assert at_years(cast, "headteacher").status_code == 200
    told = at_years(cast, "headteacher", "head-year", year=key)
    assert told.status_code == 200
    assert "A strong year" in told.text
    assert reverse("head-appraisal", kwargs={"urn": OWN}) in cast.client("headteacher").get(url("staff-appraisal")).text
    assert "Your years as headteacher" not in cast.client("teacher").get(url("staff-appraisal")).text
    for who in ("teacher", "middle_leader", "office"):
        assert at_years(cast, who).status_code == 403
        assert at_years(cast, who, "head-year", year=key).status_code == 404
    assert at_years(cast, "senior_leader", "head-year", year=key).status_code == 404
    assert "A strong year" not in at_years(cast, "senior_leader").text


def test_their_year_is_brought_to_its_end_by_the_panel_with_their_comment_and_appeal(cast):
    key = head.to_given(cast, appeal_days=10)
    stepped_back(cast)
    assert "Read your appraisal statement, and comment" in at_years(cast, "headteacher", "today").text
    assert "Close the appraisal of somebody who is headteacher no longer" in at_years(cast, "clerk", "today").text
    head.comment(cast, key, "Fair")
    head.lock(cast, key)
    assert head.year(key).state == HeadState.AGREED
    head.appeal(cast, key)
    assert head.year(key).state == HeadState.APPEALED


def test_a_closed_year_as_headteacher_is_read_by_them_alone(cast):
    key = head.to_given(cast)
    stepped_back(cast)
    HeadYear.objects.filter(pk=key).update(state=HeadState.CLOSED, closed_on=TODAY)
    readers = [who for who in ALL if at_years(cast, who, "head-year", year=key).status_code == 200]
    assert readers == ["headteacher"]
    Post.objects.filter(person=cast.people["headteacher"]).update(ends_on=TODAY - DAY)
    assert at_years(cast, "headteacher", "head-year", year=key).status_code == 404


def test_what_they_show_to_their_appraiser_is_shown_to_the_panel_no_more(cast):
    head.appoint(cast)
    assert talent.appraisers(cast.scope("headteacher")) == ["Bola Chair-Example", "Cyril Governor-Example"]
    stepped_back(cast)
    assert talent.appraisers(cast.scope("headteacher")) == []
    year = flow.put_in(cast, flow.a_cycle(cast, "senior_leader"), "headteacher", "middle_leader", "senior_leader")
    assert talent.appraisers(cast.scope("headteacher")) == ["Gwen Middle-Example"]
    assert knows(cast, year) == ["headteacher", "senior_leader", "middle_leader"]
