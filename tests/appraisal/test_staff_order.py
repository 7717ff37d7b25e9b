"""Each step of somebody's year follows from where it stands: none is skipped, and none undoes another unsaid."""

from datetime import timedelta

import pytest

from headship.appraisal import (
    staff_course_actions,
    staff_cycle_actions,
    staff_objective_actions,
    staff_queries,
    staff_waiting,
)
from headship.appraisal.models import StaffYear
from headship.appraisal.staff_choices import StaffState
from headship.appraisal.staff_course_actions import Rated, Reviewed
from headship.core.errors import Refused, Stale, Unusable
from headship.people.models import Post
from tests.appraisal.staff_flow import AT, TODAY, a_cycle, aim, objectives_set, one_of, put_in, under_way, whose
from tests.appraisal.test_staff_year import page, reviewed, stated, sure, url

SET, HALFWAY = "Set the objectives", "Note the mid-year review"


def halfway(cast, year, words="Half of it is reached"):
    staff_course_actions.note_staff_halfway(**sure(cast, year), whose=whose(year), words=words)
    year.refresh_from_db()
    return year


def test_without_objectives_there_is_neither_mid_year_nor_review(cast):
    year = put_in(cast, a_cycle(cast))
    assert HALFWAY not in page(cast, "middle_leader", year)
    with pytest.raises(Refused, match="Set the objectives first: a mid-year review"):
        halfway(cast, year)
    with pytest.raises(Refused, match="Set the objectives first: a review"):
        staff_course_actions.review_staff_year(**sure(cast, year), whose=whose(year), reviewed=Reviewed({}, {}))


def test_a_review_is_undone_by_taking_it_back_and_by_nothing_else(cast):
    year = reviewed(cast, under_way(cast))
    told = page(cast, "middle_leader", year)
    assert SET not in told
    assert HALFWAY not in told
    with pytest.raises(Refused, match="Take that review back first"):
        halfway(cast, year)
    with pytest.raises(Refused, match="set already"):
        objectives_set(cast, year)
    year.refresh_from_db()
    assert (year.state, bool(year.reviewed_on)) == (StaffState.REVIEWED, True)


def test_what_was_said_at_mid_year_is_added_to_and_never_written_over(cast):
    year = halfway(cast, under_way(cast))
    form = cast.client("middle_leader").get(url("staff-halfway", appraised=year.pk)).text
    assert "Half of it is reached" in form.split("<form")[0]
    assert "Half of it is reached" not in form.split("<form", 1)[1].split("</form>")[0]
    halfway(cast, year, "All of it now")
    told = page(cast, "teacher", year)
    assert "Half of it is reached" in told
    assert "All of it now" in told


def test_a_statement_that_leaves_an_objective_out_is_not_given(cast):
    year = under_way(cast)
    part = year.cycle.parts.first()
    rated = Reviewed({}, {part.pk: Rated("met")})
    staff_course_actions.review_staff_year(**sure(cast, year), whose=whose(year), reviewed=rated)
    stated(cast, year)
    assert "Finish a review" in cast.client("middle_leader").get(url("today")).text
    assert "Give the statement" not in page(cast, "middle_leader", year)
    with pytest.raises(Unusable, match="Objective 1 is neither rated nor spoken of"):
        staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    spoken = Reviewed({one_of(year).pk: Rated("", "The class was closed in May")}, {part.pk: Rated("met")})
    staff_course_actions.review_staff_year(**sure(cast, year), whose=whose(year), reviewed=spoken)
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    year.refresh_from_db()
    assert year.state == StaffState.GIVEN


def test_the_headteacher_closes_the_year_of_somebody_who_is_away_and_says_why(cast):
    year = under_way(cast)
    assert url("staff-close", appraised=year.pk) not in page(cast, "middle_leader", year)
    assert url("staff-close", appraised=year.pk) in page(cast, "headteacher", year)
    cycle = year.cycle
    cycle.organiser = cast.people["senior_leader"]
    cycle.save()
    with pytest.raises(Unusable, match="Only the headteacher closes such a year"):
        staff_cycle_actions.close_staff_year(**sure(cast, year, "senior_leader"), because="On leave")
    staff_cycle_actions.close_staff_year(**sure(cast, year, "headteacher"), because="On maternity leave")
    assert "On maternity leave" in page(cast, "teacher", year)


def test_a_closed_year_tells_no_draft_and_takes_no_appeal_away(cast):
    year = stated(cast, reviewed(cast, under_way(cast)))
    head = {"because": "On leave"}
    staff_cycle_actions.close_staff_year(**sure(cast, year, "headteacher"), **head)
    for words in ("A strong year", "Seen in every book"):
        assert words not in page(cast, "teacher", year)
    assert not staff_queries.was_told(StaffYear.objects.get())
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - timedelta(days=1))
    assert staff_queries.was_told(StaffYear.objects.get()), "who left will never be given it, so their file holds it"
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=None)
    staff_course_actions.reopen_staff_year(**sure(cast, year, "headteacher"), because="Back again")
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    with pytest.raises(Unusable, match="They have their statement"):
        staff_cycle_actions.close_staff_year(**sure(cast, year, "headteacher"), **head)
    assert cast.client("headteacher").get(url("staff-close", appraised=year.pk)).status_code == 403


def test_objectives_that_came_in_between_are_not_set_unseen(cast):
    year = put_in(cast, a_cycle(cast))
    aim(cast, year)
    seen = sure(cast, year)
    aim(cast, year, "teacher", "Written in between")
    with pytest.raises(Stale):
        staff_objective_actions.set_staff_objectives(**seen, whose=whose(year))


def test_each_hears_of_what_the_other_did_and_nobody_else_does(cast):
    year, since = under_way(cast), AT - timedelta(days=1)
    halfway(cast, year)

    def news(who):
        return [each.words for each in staff_waiting.news(cast.scope(who), since)]

    assert any("mid-year review noted" in each for each in news("teacher"))
    assert all(each.startswith("Your appraisal, ") for each in news("teacher"))
    assert not any("mid-year" in each for each in news("middle_leader")), "nobody is told what they did themselves"
    assert [news(who) for who in ("headteacher", "senior_leader", "office", "chair")] == [[]] * 4
    staff_course_actions.write_staff_reflection(
        by=cast.scope("teacher"), at=AT, year=year.pk, version=0, words="Hard", shown=False
    )
    aim_again(cast, year)
    assert [each for each in news("middle_leader") if "Read aloud" in each] == []
    named = [each for each in news("middle_leader") if each.startswith("The appraisal of Hari Teacher-Example, ")]
    assert [each.endswith(", has changed") for each in named] == [True], "one line a year, whatever happened in it"
    told = cast.program("teacher", "read").get(f"/api/v1/schools/{cast.school.urn}/today").content
    assert b"ppraisal" not in told
    assert b"ppraisal" in cast.client("teacher").get(url("today")).content


def aim_again(cast, year):
    staff_course_actions.take_up_staff_objectives(**sure(cast, year), because="A new class")
    aim(cast, year, "teacher", "Read aloud each day")


def test_whoever_left_is_told_so_and_what_they_wrote_stands_there(cast):
    year, client = under_way(cast), cast.client("middle_leader")
    address = url("staff-halfway", appraised=year.pk)
    Post.objects.filter(person=cast.people["middle_leader"]).update(ends_on=TODAY - timedelta(days=1))
    answer = client.post(address, {"words": "A careful account of half a year"})
    assert answer.status_code == 404
    assert "Your post here ended on" in answer.text
    assert "Ask the school to hand it on" in answer.text
    assert "A careful account of half a year" in answer.text
    stranger = cast.client("other_teacher").get(address)
    assert stranger.status_code == 404
    assert "Your post here ended on" not in stranger.text
