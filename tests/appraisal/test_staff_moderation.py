"""Moderation: a group's objectives and ratings beside one another, what was asked, answered, and who reads it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from headship.appraisal import (
    staff_copies,
    staff_course_actions,
    staff_cycle_actions,
    staff_moderation_actions,
    staff_moderation_rules,
    staff_queries,
    staff_waiting,
)
from headship.appraisal import staff_moderation_queries as moderation
from headship.appraisal.models import StaffCycle, StaffModeration, StaffYear
from headship.appraisal.staff_choices import Looked
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.people.models import Post
from headship.privacy import gathering
from tests.appraisal import staff_flow as flow
from tests.appraisal.staff_flow import AT, TODAY, under_way, whose
from tests.appraisal.test_staff_year import given, page, reviewed, stated, sure, url

STAFF = ("headteacher", "senior_leader", "middle_leader", "teacher", "support_staff", "office", "business_manager")
WORDS = "Others reached this by less: what is different here?"


def ask(cast, year, words=WORDS, who="headteacher", **more):
    told = sure(cast, year, who) | {"once": uuid4(), "whose": whose(year), "words": words, **more}
    return staff_moderation_actions.ask_to_look_again(**told)


def answer(cast, year, words="I looked again: half of the books", who="middle_leader", version=1):
    staff_moderation_actions.answer_look(by=cast.scope(who), at=AT, year=year.pk, version=version, words=words)


def seen(cast, *years, looked=Looked.RATINGS):
    found = moderation.to_look_at(cast.scope("headteacher"), years[0].cycle, [each.pk for each in years])
    return staff_moderation_actions.shown(found, looked)


def look(cast, *years, looked=Looked.RATINGS, who="headteacher", **more):
    keys = [each.pk for each in years]
    told = {"once": uuid4(), "cycle": years[0].cycle_id, "looked": looked, "years": keys, **more}
    told.setdefault("seen", seen(cast, *years, looked=looked))
    return staff_moderation_actions.note_looked_at(by=cast.scope(who), at=AT, **told)


def give(cast, year):
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))


def moderated(cast):
    """Bring a year to a finished statement in a group whose ratings are looked at first."""
    year = stated(cast, reviewed(cast, under_way(cast)))
    StaffCycle.objects.update(moderated=True)
    return year


def waits(cast, who):
    return [each.words for each in staff_waiting.next_actions(cast.scope(who))]


def test_a_groups_ratings_are_moderated_from_todays_next_action_to_the_given_statement(cast):
    """The journey: the head finds it on Today, asks; whoever appraises answers and changes; it is given and sealed."""
    year = moderated(cast)
    head, appraiser = cast.client("headteacher"), cast.client("middle_leader")
    (found,) = [
        each for each in staff_waiting.next_actions(cast.scope("headteacher")) if "Look at ratings" in each.words
    ]
    assert found.words == f"Look at ratings beside one another: Teachers, {flow.THIS}/{(flow.THIS + 1) % 100}"
    assert found.minutes == 12
    group = head.get(found.url).text
    assert "Ratings beside one another" in group
    assert "Objectives: <strong>Met</strong>" in group
    at = url("staff-look-again", appraised=year.pk)
    assert at in group
    year.refresh_from_db()
    form = {"person": year.person_id, "starts_in": year.starts_in, "confirmed": "on", "version": year.version}
    assert head.post(at, form | {"once": uuid4(), "words": WORDS}).status_code == 302
    (found,) = [each for each in staff_waiting.next_actions(cast.scope("middle_leader")) if "Look again" in each.words]
    assert found.minutes == 15
    assert "Hari Teacher-Example" in found.words
    assert WORDS in appraiser.get(found.url).text
    reviewed(cast, year, "partly", "")
    assert appraiser.post(found.url, {"words": "Half the books", "version": 1}).status_code == 302
    give(cast, year)
    told = cast.client("teacher").get(url("staff-year", appraised=year.pk)).text
    assert "Ratings looked at beside those of the group by Ada Headteacher-Example" in told
    assert "Objectives: was “Met”, now “Partly met”" in told
    whole = staff_queries.year(cast.scope("teacher"), year.pk)
    assert ("words", "Objectives: was “Met”, now “Partly met”") in list(staff_copies.statement(whole))


def test_what_was_asked_and_answered_is_read_by_the_headteacher_and_whoever_appraises(cast):
    year = reviewed(cast, under_way(cast))
    ask(cast, year)
    assert "looked at beside" not in page(cast, "teacher", year)
    answer(cast, year)
    stated(cast, year)
    give(cast, year)
    for who in STAFF:
        told = cast.client(who).get(url("staff-year", appraised=year.pk)).text
        assert (WORDS in told, "half of the books" in told) == ((who in {"headteacher", "middle_leader"},) * 2), who
        assert ("looked at beside" in told) == (who in {"headteacher", "middle_leader", "teacher"})
        group = cast.client(who).get(url("staff-moderation", cycle=year.cycle_id))
        assert group.status_code == (200 if who == "headteacher" else 403)


def test_who_organises_a_group_does_not_read_it(cast):
    year = reviewed(cast, under_way(cast))
    StaffCycle.objects.update(organiser=cast.people["senior_leader"])
    leader = cast.client("senior_leader")
    assert leader.get(url("staff-cycle", cycle=year.cycle_id)).status_code == 200
    answered = leader.get(url("staff-moderation", cycle=year.cycle_id))
    assert answered.status_code == 403
    assert "reads nothing of them by that" in answered.text
    assert url("staff-moderation", cycle=year.cycle_id) not in leader.get(url("staff-appraisal")).text
    with pytest.raises(Refused, match="by the headteacher alone"):
        look(cast, year, who="senior_leader")


def test_the_persons_file_holds_the_words_once_the_statement_is_given(cast):
    year = reviewed(cast, under_way(cast))
    ask(cast, year)
    answer(cast, year)
    own = lambda: str(gathering.gather(gathering.subject_of(cast.people["teacher"]), None).parts)  # noqa: E731  # asked twice
    assert WORDS not in own()
    assert gathering.NOT_YET in own()
    stated(cast, year)
    give(cast, year)
    assert WORDS in own()
    compiled = gathering.subject_of(cast.people["teacher"], cast.school.pk)
    assert WORDS not in str(gathering.gather(compiled, cast.school.pk, reader=cast.scope("headteacher")).parts)


def test_a_statement_waits_for_an_answer_and_where_the_school_says_so_for_the_look(cast):
    year = stated(cast, reviewed(cast, under_way(cast)))
    ask(cast, year)
    with pytest.raises(Unusable, match="asked that the ratings be looked at again"):
        give(cast, year)
    assert not [each for each in waits(cast, "middle_leader") if "Give" in each]
    answer(cast, year)
    assert "Give a statement" in "".join(waits(cast, "middle_leader"))
    StaffModeration.objects.all().delete()
    StaffCycle.objects.update(moderated=True)
    with pytest.raises(Unusable, match="looks at the ratings of this group beside one another before"):
        give(cast, year)
    assert look(cast, year) == 1
    reviewed(cast, year, "not_met", "")
    with pytest.raises(Unusable, match="Ratings were changed since"):
        give(cast, year)
    assert "Look at ratings" in "".join(waits(cast, "headteacher"))
    look(cast, year)
    assert "Look at ratings" not in "".join(waits(cast, "headteacher"))
    give(cast, year)


def test_objectives_are_moderated_at_the_start_and_hold_nothing_up(cast):
    year = under_way(cast)
    StaffCycle.objects.update(moderated=True)
    assert "Look at objectives beside one another" in "".join(waits(cast, "headteacher"))
    ask(cast, year, "Others have three: is one enough?")
    assert "Look at objectives" not in "".join(waits(cast, "headteacher"))
    staff_course_actions.take_up_staff_objectives(**sure(cast, year), because="The headteacher asked")
    flow.aim(cast, year, words="Two readers lead the club")
    flow.objectives_set(cast, year)
    answer(cast, year)
    told = page(cast, "teacher", year)
    assert "Objectives looked at beside those of the group" in told
    assert "Added: Two readers lead the club. How it will be seen: We look in books" in told
    assert "Others have three" not in told
    event = AuditEvent.objects.get(action="appraisal.answer_look")
    assert b'"changed":true' in bytes(event.canonical).replace(b" ", b"")
    assert b"readers" not in bytes(event.canonical)


def test_a_group_is_noted_as_it_was_shown_or_not_at_all(cast):
    year = reviewed(cast, under_way(cast))
    was = seen(cast, year)
    reviewed(cast, year, "not_met", "")
    with pytest.raises(Stale, match="Something of this group changed"):
        look(cast, year, seen=was)
    once = uuid4()
    assert look(cast, year, once=once) == 1
    assert look(cast, year, once=once) == 0
    assert StaffModeration.objects.count() == 1
    ask(cast, year)
    with pytest.raises(Unusable, match="You asked about Hari Teacher-Example already"):
        look(cast, year)
    with pytest.raises(Unusable, match="already: wait for the answer"):
        ask(cast, year)
    with pytest.raises(Unusable, match="Objectives are looked at until the review"):
        look(cast, year, looked=Looked.OBJECTIVES)


def test_the_page_of_a_group_notes_it_by_its_button(cast):
    year = reviewed(cast, under_way(cast))
    head = cast.client("headteacher")
    shown = head.get(url("staff-moderation", cycle=year.cycle_id)).text
    assert "I looked at the ratings of one person: nothing to ask" in shown
    sent = dict(re.findall(r'name="(looked|years|seen|once)" value="([^"]*)"', shown))
    assert len(sent) == 4
    at = url("staff-looked-at", cycle=year.cycle_id)
    assert head.post(at, sent).status_code == 302
    assert "Looked at" in head.get(url("staff-moderation", cycle=year.cycle_id)).text
    assert head.post(at, {"years": "x"}).status_code == 409


def test_nobody_moderates_their_own_and_no_headteacher_asks_themself(cast):
    year = flow.put_in(cast, flow.a_cycle(cast), by="headteacher")
    flow.aim(cast, year, "headteacher")
    with pytest.raises(Refused, match="You appraise this person yourself"):
        ask(cast, year)
    StaffYear.objects.filter(pk=year.pk).update(person=cast.people["headteacher"], appraiser=cast.people["teacher"])
    year.refresh_from_db()
    with pytest.raises(Refused, match="This is your own year"):
        ask(cast, year)
    assert url("staff-year", appraised=year.pk) not in (
        cast.client("headteacher").get(url("staff-moderation", cycle=year.cycle_id)).text
    )


def test_when_whoever_was_asked_leaves_the_next_answers(cast):
    year = reviewed(cast, under_way(cast))
    ask(cast, year)
    Post.objects.filter(person=cast.people["middle_leader"]).update(ends_on=TODAY - timedelta(days=1))
    year.refresh_from_db()
    staff_cycle_actions.name_appraiser(
        by=cast.scope("headteacher"), at=AT, year=year.pk, version=year.version,
        appraiser=cast.people["senior_leader"].pk,
    )  # fmt: skip
    assert "Look again" in "".join(waits(cast, "senior_leader"))
    with pytest.raises(Refused, match="Only whoever appraises"):
        answer(cast, year, who="headteacher")
    answer(cast, year, who="senior_leader")
    with pytest.raises(Stale, match="answered already"):
        answer(cast, year, who="senior_leader")


def test_an_answer_that_came_second_keeps_its_words(cast):
    year = reviewed(cast, under_way(cast))
    ask(cast, year)
    StaffModeration.objects.update(version=4)
    client, at = cast.client("middle_leader"), url("staff-look-answer", appraised=year.pk)
    answered = client.post(at, {"words": "I looked once more", "version": 1})
    assert answered.status_code == 409
    assert "I looked once more" in answered.text
    assert client.post(at, {"words": "I looked once more", "version": 4}).status_code == 302


def test_a_question_about_a_locked_or_given_year_is_refused(cast):
    year = given(cast, under_way(cast))
    with pytest.raises(Refused, match=re.escape(staff_moderation_rules.NOT_NOW)):
        ask(cast, year)
