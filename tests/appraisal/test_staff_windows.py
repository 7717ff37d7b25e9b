"""Two windows on one year, and what somebody's own file holds of it before it is given."""

import re

import pytest

from headship.appraisal import staff_course_actions
from headship.appraisal.models import StaffYear
from headship.privacy import gathering
from tests.appraisal import head_flow
from tests.appraisal.staff_flow import AT, one_of, under_way, whose
from tests.appraisal.test_staff_year import complete, given, reviewed, stated, sure, url


def own_file(cast, who="teacher"):
    return str(gathering.gather(gathering.subject_of(cast.people[who]), None).parts)


def test_their_own_file_holds_no_draft_before_it_is_given(cast):
    year = stated(cast, reviewed(cast, under_way(cast)))
    told = own_file(cast)
    assert "Every lesson opens with recall" in told
    assert gathering.NOT_YET in told
    for words in ("A strong year", "Seen in every book", "To lead a team"):
        assert words not in told
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    told = own_file(cast)
    assert gathering.NOT_YET not in told
    for words in ("A strong year", "Seen in every book", "To lead a team"):
        assert words in told


def test_the_headteachers_own_file_holds_no_draft_either(cast):
    key = head_flow.to_met(cast)
    head_flow.draft(cast, key)
    drafted = head_flow.year(key).statement.standards
    assert drafted
    told = own_file(cast, "headteacher")
    assert drafted not in told
    assert gathering.NOT_YET in told
    head_flow.give(cast, key)
    assert drafted in own_file(cast, "headteacher")


def commented(cast, year):
    staff_course_actions.comment_on_staff_statement(**sure(cast, year, "teacher"), words="Yes")
    return year


FORMS = {
    "staff-halfway": (under_way, "middle_leader", {"words": "Half way"}),
    "staff-review": (under_way, "middle_leader", {"ending": "on"}),
    "staff-review-back": (lambda cast: reviewed(cast, under_way(cast)), "middle_leader", {"because": "Too early"}),
    "staff-statement": (lambda cast: reviewed(cast, under_way(cast)), "middle_leader", {"overall": "Good"}),
    "staff-take-up": (under_way, "middle_leader", {"because": "A new class"}),
    "staff-give": (lambda cast: stated(cast, reviewed(cast, under_way(cast))), "middle_leader", {}),
    "staff-complete": (lambda cast: commented(cast, given(cast, under_way(cast))), "middle_leader", {}),
    "staff-comment": (lambda cast: given(cast, under_way(cast)), "teacher", {"words": "Thank you"}),
    "staff-reopen": (lambda cast: complete(cast, under_way(cast)), "middle_leader", {"because": "A word"}),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_came_second_takes_the_version_that_stands(cast, name):
    before, who, more = FORMS[name]
    year = before(cast)
    year.refresh_from_db()
    client, at = cast.client(who), url(name, appraised=year.pk)
    form = {"person": year.person_id, "starts_in": year.starts_in, "confirmed": "on", "version": year.version, **more}
    form[f"reached_objective_{one_of(year).pk}"] = "met"
    StaffYear.objects.filter(pk=year.pk).update(version=year.version + 3)
    answer = client.post(at, form)
    assert answer.status_code == 409
    stands = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    assert int(stands) == year.version + 3
    assert client.post(at, form | {"version": stands}).status_code == 302


def test_a_reflection_that_came_second_takes_its_own_version(cast):
    year, by = under_way(cast), cast.scope("teacher")
    write = {"by": by, "at": AT, "year": year.pk, "shown": False}
    for version in range(2):
        staff_course_actions.write_staff_reflection(**write, version=version, words="In another window")
    client, at = cast.client("teacher"), url("staff-reflection", appraised=year.pk)
    answer = client.post(at, {"words": "Mine", "version": 1})
    assert answer.status_code == 409
    assert re.search(r'name="version" value="(\d+)"', answer.text)[1] == "2"
    assert client.post(at, {"words": "Mine", "version": 2}).status_code == 302


def test_of_two_windows_on_the_first_reflection_the_second_is_told(cast):
    year = under_way(cast)
    at = url("staff-reflection", appraised=year.pk)
    first_of_two(cast.client("teacher"), at)


def test_of_two_windows_on_the_headteachers_first_reflection_the_second_is_told(cast):
    key = head_flow.to_met(cast)
    at = url("head-reflection", year=key)
    first_of_two(cast.client("headteacher"), at)


def test_of_two_windows_on_the_first_statement_of_a_headteacher_the_second_is_told(cast):
    key = head_flow.to_met(cast)
    of = head_flow.year(key)
    at, form = (
        url("head-statement", year=key),
        {"head": of.head_id, "starts_in": of.starts_in, "confirmed": "on", "version": 0},
    )
    assert cast.client("chair").post(at, form | {"standards": "One window"}).status_code == 302
    answer = cast.client("chair").post(at, form | {"standards": "The other window"})
    assert answer.status_code == 409
    assert "The other window" in answer.text
    assert head_flow.year(key).statement.standards == "One window"
    assert stands_at(answer) == "1"
    assert cast.client("chair").post(at, form | {"standards": "Both", "version": 1}).status_code == 302


def first_of_two(client, at):
    """Write what nobody wrote before in two windows: the second keeps its words, and goes over the first knowingly."""
    assert stands_at(client.get(at)) == "0"
    assert client.post(at, {"words": "From one window", "version": 0}).status_code == 302
    answer = client.post(at, {"words": "From the other window", "version": 0})
    assert answer.status_code == 409
    assert "From the other window" in answer.text
    assert "Somebody changed this while you were writing" in answer.text
    assert "From one window" in client.get(at).text  # what stands
    assert stands_at(answer) == "1"
    assert client.post(at, {"words": "From the other window", "version": 1}).status_code == 302
    assert "From the other window" in client.get(at).text


def stands_at(answer):
    return re.search(r'name="version" value="(\d+)"', answer.text)[1]
