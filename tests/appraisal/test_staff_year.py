"""Somebody's year of appraisal: reflection, mid-year, review, statement, comment, lock; who reads what when."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from headship.appraisal import (
    staff_copies,
    staff_course_actions,
    staff_cycle_actions,
    staff_queries,
    staff_rules,
    staff_steps,
)
from headship.appraisal.models import StaffCopy, StaffCycle, StaffYear
from headship.appraisal.staff_choices import StaffState
from headship.appraisal.staff_course_actions import Rated, Reviewed, Stated
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.pages import academic_year
from headship.evidence.models import Entry
from headship.people.models import Post
from tests import cast as everybody
from tests.appraisal import staff_flow as flow
from tests.appraisal.staff_flow import AT, THIS, TODAY, long_ago, one_of, under_way, whose

STAFF = ("headteacher", "senior_leader", "middle_leader", "teacher", "support_staff", "office", "business_manager")
PARTIES = ["headteacher", "middle_leader", "teacher"]


def url(name, urn=everybody.OWN, **rest):
    return reverse(name, kwargs={"urn": urn, **rest})


def page(cast, who, year):
    return cast.client(who).get(url("staff-year", appraised=year.pk)).text


def sure(cast, year, who="middle_leader", at=AT):
    year.refresh_from_db()
    return {"by": cast.scope(who, at=at), "at": at, "year": year.pk, "version": year.version}


def rated(year, *reached, words="Seen in every book"):
    parts = list(year.cycle.parts.order_by("number"))
    given = dict(zip((each.pk for each in parts), (Rated(each, words) for each in reached), strict=False))
    return Reviewed({one_of(year).pk: Rated("met", words)}, given)


def reviewed(cast, year, *reached):
    staff_course_actions.review_staff_year(
        **sure(cast, year), whose=whose(year), reviewed=rated(year, *(reached or ("met", "")))
    )
    return year


def stated(cast, year, **more):
    words = Stated(**{"overall": "A strong year", "needs": "To lead a team", "action": "Shadow Gwen", **more})
    staff_course_actions.draft_staff_statement(**sure(cast, year), whose=whose(year), stated=words)
    return year


def given(cast, year):
    stated(cast, reviewed(cast, year))
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    return year


def complete(cast, year, comment="Thank you"):
    given(cast, year)
    staff_course_actions.comment_on_staff_statement(**sure(cast, year, "teacher"), words=comment)
    staff_course_actions.complete_staff_year(**sure(cast, year), whose=whose(year))
    year.refresh_from_db()
    return year


def test_a_reflection_is_ones_own_until_shown_and_again_when_taken_back(cast):
    year, by = under_way(cast), cast.scope("teacher")
    write = {"by": by, "at": AT, "year": year.pk, "words": "Friday was hard"}
    staff_course_actions.write_staff_reflection(**write, version=0, shown=False)
    assert "Friday was hard" in page(cast, "teacher", year)
    assert "Friday was hard" not in page(cast, "middle_leader", year) + page(cast, "headteacher", year)
    with pytest.raises(Stale):
        staff_course_actions.write_staff_reflection(**write, version=0, shown=True)
    staff_course_actions.write_staff_reflection(**write, version=1, shown=True)
    assert "Friday was hard" in page(cast, "middle_leader", year)
    staff_course_actions.write_staff_reflection(**write, version=2, shown=False)
    assert "Friday was hard" not in page(cast, "middle_leader", year)
    with pytest.raises(Refused, match="Only the person"):
        staff_course_actions.write_staff_reflection(**write | {"by": cast.scope("headteacher")}, version=3, shown=True)
    form = {"words": "Better now", "shown": "on", "version": 3}
    assert cast.client("teacher").post(url("staff-reflection", appraised=year.pk), form).status_code == 302


def test_mid_year_is_read_by_the_person_too(cast):
    year = under_way(cast)
    staff_course_actions.note_staff_halfway(**sure(cast, year), whose=whose(year), words="Half way there")
    assert "Half way there" in page(cast, "teacher", year)
    assert StaffYear.objects.get().state == StaffState.HALFWAY


def test_ratings_are_words_and_parts_not_rated_are_left_out(cast):
    year = reviewed(cast, under_way(cast), "met", "")
    told = page(cast, "middle_leader", year)
    assert "By weight: met 100% (1 of 2 parts rated)" in told
    assert "Not rated" in told
    reviewed(cast, year, "met", "partly")
    assert "By weight: met 60%, partly met 40% (2 of 2 parts rated)" in page(cast, "middle_leader", year)


def test_what_cannot_be_a_review_is_told(cast):
    year = under_way(cast)
    send = {"whose": whose(year), "reviewed": Reviewed({}, {})}
    with pytest.raises(Unusable, match="Rate at least one objective or part"):
        staff_course_actions.review_staff_year(**sure(cast, year), **send)
    with pytest.raises(Unusable, match="Choose each rating from the list"):
        staff_course_actions.review_staff_year(**sure(cast, year), **send | {"reviewed": rated(year, "splendid")})
    with pytest.raises(Unusable, match="meant for somebody else or another year"):
        staff_course_actions.review_staff_year(
            **sure(cast, year), **send | {"whose": whose(year, person=cast.people["office"].pk)}
        )
    for who in ("headteacher", "teacher"):
        with pytest.raises(Refused, match="Only whoever appraises"):
            staff_course_actions.review_staff_year(**sure(cast, year, who), **send)


def test_a_review_by_form_confirms_whose_it_is(cast):
    year = under_way(cast)
    part = year.cycle.parts.order_by("number")[0]
    form = {"person": year.person_id, "starts_in": THIS, "version": year.version,
            f"reached_objective_{one_of(year).pk}": "met", f"words_objective_{one_of(year).pk}": "Seen",
            f"reached_part_{part.pk}": "partly", f"words_part_{part.pk}": "Less so", "ending": "on"}  # fmt: skip
    client, at = cast.client("middle_leader"), url("staff-review", appraised=year.pk)
    assert "Tick whose appraisal it is" in client.post(at, form).text
    assert client.post(at, form | {"confirmed": "on"}).status_code == 302
    told = client.get(at).text
    assert "Less so" in told
    assert f"This is about Hari Teacher-Example, {THIS}/" in told


def test_the_person_reads_ratings_and_statement_once_they_are_given(cast):
    year = stated(cast, reviewed(cast, under_way(cast)))
    assert "A strong year" in page(cast, "middle_leader", year)
    mine = page(cast, "teacher", year)
    assert "A strong year" not in mine
    assert "Seen in every book" not in mine
    assert "By weight" not in mine
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    mine = page(cast, "teacher", year)
    assert "A strong year" in mine
    assert "Seen in every book" in mine
    staff_course_actions.take_back_staff_statement(**sure(cast, year), because="An error")
    assert "A strong year" not in page(cast, "teacher", year)
    with pytest.raises(Refused, match="Comment once you were given"):
        staff_course_actions.comment_on_staff_statement(**sure(cast, year, "teacher"), words="Early")


def test_a_statement_without_what_to_learn_next_is_not_given(cast):
    year = stated(cast, reviewed(cast, under_way(cast)), needs="")
    with pytest.raises(Unusable, match="what to learn next, before it is given"):
        staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))


def test_a_statement_taken_back_leaves_a_sealed_copy_with_what_was_said_to_it(cast):
    year = given(cast, under_way(cast))
    staff_course_actions.comment_on_staff_statement(**sure(cast, year, "teacher"), words="I disagree with the first")
    client, sent = cast.client("middle_leader"), {"version": sure(cast, year)["version"], "because": "A wrong figure"}
    assert client.post(url("staff-take-back", appraised=year.pk), sent).status_code == 302
    assert "A wrong figure" in page(cast, "teacher", year)
    kept = StaffCopy.objects.get()
    assert (kept.locked, kept.stated, staff_copies.whole(kept)) == (False, True, True)
    stated(cast, year, overall="A weak year")
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    staff_course_actions.comment_on_staff_statement(**sure(cast, year, "teacher"), words="Now I agree")
    for who in PARTIES:
        told = cast.client(who).get(url("staff-copy", appraised=year.pk, copy=1)).text
        for words in ("The statement as it was given", "Its seal fits", "A strong year", "I disagree with the first"):
            assert words in told
        assert "A weak year" not in told
        assert "Statement as given, taken back on" in page(cast, who, year)
    for who in ("senior_leader", "office"):
        assert cast.client(who).get(url("staff-copy", appraised=year.pk, copy=1)).status_code == 404


def test_a_review_noted_too_early_is_asked_about_and_taken_back_with_a_reason(cast):
    year = under_way(cast)
    staff_course_actions.note_staff_halfway(**sure(cast, year), whose=whose(year), words="Half way there")
    form = {"person": year.person_id, "starts_in": THIS, "confirmed": "on", "version": sure(cast, year)["version"],
            f"reached_objective_{one_of(year).pk}": "met"}  # fmt: skip
    client, at = cast.client("middle_leader"), url("staff-review", appraised=year.pk)
    answer = client.post(at, form)
    assert "Tick that this is the review at the end, or note a mid-year review" in answer.text
    assert client.post(at, form | {"ending": "on"}).status_code == 302
    back = url("staff-review-back", appraised=year.pk)
    assert back in page(cast, "middle_leader", year)
    for who in ("teacher", "headteacher"):
        assert cast.client(who).get(back).status_code == 403
        with pytest.raises(Refused, match="Only whoever appraises"):
            staff_course_actions.take_back_staff_review(**sure(cast, year, who), because="Not so")
    sent = {"because": "It was the mid-year meeting", "version": sure(cast, year)["version"]}
    assert client.post(back, sent).status_code == 302
    year.refresh_from_db()
    assert (year.state, year.reviewed_on) == (StaffState.HALFWAY, None)
    assert one_of(year).reached == "met"
    mine = page(cast, "teacher", year)
    assert "It was the mid-year meeting" in mine
    assert "By weight" not in mine
    with pytest.raises(Refused, match="taken back once it is noted"):
        staff_course_actions.take_back_staff_review(**sure(cast, year), because="Again")
    StaffCycle.objects.update(review_by=TODAY)
    assert 'name="ending"' not in client.get(at).text


def test_objectives_set_anew_after_mid_year_ask_for_no_second_one(cast):
    year = under_way(cast)
    staff_course_actions.note_staff_halfway(**sure(cast, year), whose=whose(year), words="Half way there")
    staff_course_actions.take_up_staff_objectives(**sure(cast, year), because="A new class")
    flow.objectives_set(cast, year)
    assert year.state == StaffState.HALFWAY
    found = staff_queries.under_way(cast.scope("middle_leader"))[0]
    assert staff_steps.appraiser(found, year.cycle.half_by) is None


def test_it_is_complete_once_they_commented_or_after_two_weeks(cast):
    year = given(cast, under_way(cast))
    with pytest.raises(Refused, match="They may comment until"):
        staff_course_actions.complete_staff_year(**sure(cast, year), whose=whose(year))
    later = AT + staff_rules.WAITS
    staff_course_actions.complete_staff_year(**sure(cast, year, at=later), whose=whose(year))
    year.refresh_from_db()
    assert year.state == StaffState.COMPLETE


def test_completion_keeps_a_sealed_copy_and_private_evidence(cast):
    year = complete(cast, under_way(cast))
    kept = StaffCopy.objects.get()
    assert staff_copies.whole(kept)
    assert ["words", "Thank you"] in [list(each) for each in staff_copies.lines_of(kept)]
    event = AuditEvent.objects.get(action="appraisal.complete_staff_year")
    assert kept.seal.encode() in bytes(event.canonical)
    assert b"strong" not in bytes(event.canonical)
    (entry,) = Entry.objects.filter(kind="appraisal.staff_year")
    assert (entry.visibility, entry.owner_id) == ("private", year.person_id)
    for who in PARTIES:
        told = cast.client(who).get(url("staff-copy", appraised=year.pk, copy=1)).text
        assert "Its seal fits" in told
        assert "A strong year" in told
    StaffCopy.objects.update(lines=kept.lines.replace("strong", "weak"))
    assert (
        "was changed outside Headship" in cast.client("teacher").get(url("staff-copy", appraised=year.pk, copy=1)).text
    )


def test_a_comment_on_a_statement_that_was_taken_back_says_so_in_page_and_copy(cast):
    year = given(cast, under_way(cast))
    staff_course_actions.comment_on_staff_statement(**sure(cast, year, "teacher"), words="I disagree with the first")
    staff_course_actions.take_back_staff_statement(**sure(cast, year), because="An error")
    stated(cast, year, overall="Another statement")
    assert "Their comment on an earlier statement" in page(cast, "middle_leader", year)
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    assert "Your comment on an earlier statement" in page(cast, "teacher", year)
    later = AT + staff_rules.WAITS
    staff_course_actions.complete_staff_year(**sure(cast, year, at=later), whose=whose(year))
    lines = [list(each) for each in staff_copies.lines_of(StaffCopy.objects.get(locked=True))]
    assert ["heading", "Their comment on an earlier statement"] in lines
    assert ["heading", "Their comment"] not in lines


def test_nothing_of_a_complete_year_changes_and_opening_it_again_deletes_nothing(cast):
    year = complete(cast, under_way(cast))
    lines = StaffCopy.objects.get().lines
    for call in (
        lambda: reviewed(cast, year),
        lambda: stated(cast, year),
        lambda: flow.aim(cast, year),
        lambda: staff_course_actions.write_staff_reflection(
            by=cast.scope("teacher"), at=AT, year=year.pk, version=0, words="Late", shown=True
        ),
        lambda: staff_course_actions.comment_on_staff_statement(**sure(cast, year, "teacher"), words="Late"),
    ):
        with pytest.raises(Refused):
            call()
    with pytest.raises(Unusable, match="who appraised stands as it was"):
        staff_cycle_actions.name_appraiser(**sure(cast, year, "headteacher"), appraiser=cast.people["senior_leader"].pk)
    with pytest.raises(Refused, match="Only whoever appraises"):
        staff_course_actions.reopen_staff_year(**sure(cast, year, "teacher"), because="I would rather not")
    staff_course_actions.reopen_staff_year(**sure(cast, year), because="A word was missing")
    kept = StaffCopy.objects.get()
    assert (kept.lines, kept.because) == (lines, "A word was missing")
    assert not Entry.objects.filter(kind="appraisal.staff_year", withdrawn_at=None).exists()
    told = page(cast, "teacher", year)
    assert "A word was missing" in told
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    staff_course_actions.comment_on_staff_statement(**sure(cast, year, "teacher"), words="Now it is right")
    staff_course_actions.complete_staff_year(**sure(cast, year), whose=whose(year))
    assert [each.number for each in StaffCopy.objects.order_by("number")] == [1, 2]
    staff_course_actions.reopen_staff_year(**sure(cast, year, "headteacher"), because="The head may, too")


def test_objectives_taken_up_again_leave_a_copy(cast):
    year = under_way(cast)
    staff_course_actions.take_up_staff_objectives(**sure(cast, year), because="A new class")
    kept = StaffCopy.objects.get()
    assert (kept.locked, kept.because) == (False, "A new class")
    assert "Write an objective" in page(cast, "teacher", year)


def test_a_past_year_can_be_reviewed_and_says_which_it_is(cast):
    year = long_ago(under_way(cast))
    told = page(cast, "middle_leader", year)
    assert f"This is {THIS - 1}/{THIS % 100:02}, which is over. This academic year is {THIS}/" in told
    with pytest.raises(Refused, match="Note the review of the whole year"):
        staff_course_actions.note_staff_halfway(**sure(cast, year), whose=whose(year), words="Late")
    with pytest.raises(Unusable, match="another year"):
        staff_course_actions.review_staff_year(
            **sure(cast, year), whose=whose(year, starts_in=THIS), reviewed=rated(year, "met")
        )
    reviewed(cast, year)
    form = cast.client("middle_leader").get(url("staff-statement", appraised=year.pk)).text
    assert f"This is about Hari Teacher-Example, {THIS - 1}/" in form
    assert "which is over" in form


def test_whoever_appraised_reads_until_somebody_else_does(cast):
    year = complete(cast, under_way(cast))
    long_ago(year)
    assert [who for who in STAFF if "A strong year" in page(cast, who, year)] == PARTIES
    flow.put_in(cast, flow.a_cycle(cast, name="This year's"), by="senior_leader")
    assert [who for who in STAFF if "A strong year" in page(cast, who, year)] == ["headteacher", "teacher"]


def test_whoever_leaves_or_becomes_headteacher(cast):
    year = complete(cast, under_way(cast))
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - timedelta(days=1))
    assert cast.client("teacher").get(url("staff-year", appraised=year.pk)).status_code == 404
    Post.objects.filter(person=cast.people["headteacher"]).update(role="senior_leader")
    Post.objects.filter(person=cast.people["senior_leader"]).update(role="headteacher")
    assert [who for who in STAFF if "A strong year" in page(cast, who, year)] == ["senior_leader"]


def test_another_schools_year_does_not_exist(cast):
    year = under_way(cast)
    there = url("staff-year", everybody.OTHER, appraised=year.pk)
    assert cast.client("other_headteacher").get(there).status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_statement_and_copies_as_documents(cast, kind):
    year = complete(cast, under_way(cast))
    client = cast.client("teacher")
    for at in (url("staff-document", appraised=year.pk), url("staff-copy-document", appraised=year.pk, copy=1)):
        answer = client.get(at, {"as": kind})
        assert answer.status_code == 200
        assert answer.content[:2] == (b"%P" if kind == "pdf" else b"PK")
    assert cast.client("senior_leader").get(url("staff-document", appraised=year.pk)).status_code == 404


def test_what_is_next_waits_on_today(cast):
    cycle = flow.a_cycle(cast)
    year = flow.put_in(cast, cycle)
    today = {who: cast.client(who).get(url("today")).text for who in (*PARTIES, "office")}
    assert "Draft your appraisal objectives" in today["teacher"]
    assert "Set appraisal objectives: Hari Teacher-Example" in today["middle_leader"]
    assert "appraisal objectives" not in today["office"]
    flow.put_in(cast, cycle, "office")
    assert "Set appraisal objectives: 2 people whom you appraise" in cast.client("middle_leader").get(url("today")).text
    flow.aim(cast, year)
    given(cast, flow.objectives_set(cast, year))
    mine = cast.client("teacher").get(url("today")).text
    assert "Read your appraisal statement, and comment" in mine
    assert url("staff-comment", appraised=year.pk) in mine


def test_steps_follow_the_days_of_the_cycle(cast):
    year = under_way(cast)
    half, review = year.cycle.half_by, year.cycle.review_by
    found = staff_queries.under_way(cast.scope("middle_leader"))[0]
    assert staff_steps.appraiser(found, half - timedelta(days=40)) is None
    assert staff_steps.appraiser(found, half - timedelta(days=10)).name == "staff-halfway"
    assert staff_steps.own(found, review - timedelta(days=40)) is None
    assert staff_steps.own(found, review).name == "staff-reflection"
    assert staff_steps.appraiser(found, date(THIS + 1, 9, 10)).name == "staff-review"
    reviewed(cast, year)
    found = staff_queries.under_way(cast.scope("middle_leader"))[0]
    assert staff_steps.appraiser(found, review).name == "staff-statement"
    stated(cast, year)
    found = staff_queries.under_way(cast.scope("middle_leader"))[0]
    assert staff_steps.appraiser(found, review).name == "staff-give"


def test_the_head_is_told_to_hand_on_what_somebody_who_left_appraised(cast):
    under_way(cast)
    Post.objects.filter(person=cast.people["middle_leader"]).update(ends_on=TODAY - timedelta(days=1))
    assert (
        "Hand on 1 appraisal: whoever appraised has left (Teachers)"
        in cast.client("headteacher").get(url("today")).text
    )


def test_the_calendar_says_days_and_no_name(cast):
    year = under_way(cast)
    StaffCycle.objects.filter(pk=year.cycle_id).update(half_by=TODAY)
    text = cast.client("teacher").get(url("calendar")).text
    assert f"Appraisal of Teachers, {academic_year(THIS)}: mid-year reviews by today" in text
    assert not re.search(
        r"Appraisal, Teachers: last day: mid-year review", cast.client("office").get(url("calendar")).text
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_a_year_asks_as_often_however_much_is_in_it(cast, django_assert_num_queries, rows):
    year = flow.put_in(cast, flow.a_cycle(cast, parts=[(f"Part {at}", 100 if rows == 1 else (34, 33, 33)[at])
                                                       for at in range(rows)]))  # fmt: skip
    for at in range(rows):
        flow.aim(cast, year, words=f"Objective {at}")
    reviewed(cast, flow.objectives_set(cast, year), *["met"] * rows)
    client = cast.client("middle_leader")
    page(cast, "middle_leader", year)
    client.get(url("staff-year", appraised=year.pk))
    with django_assert_num_queries(13):
        client.get(url("staff-year", appraised=year.pk))
    client.get(url("staff-appraisal"))
    with django_assert_num_queries(8):
        client.get(url("staff-appraisal"))
